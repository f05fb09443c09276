"""0046_records_of_another: runs sql/migrations/0046_records_of_another.sql."""

from clearbase.warehouse.statements import run_migration

revision = "0046"
down_revision = "0045"


def upgrade() -> None:
    """Forward only: there is no way back but a new migration."""
    run_migration("0046_records_of_another")
