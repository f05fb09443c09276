"""0049_records_without_numbers: runs sql/migrations/0049_records_without_numbers.sql."""

from clearbase.warehouse.statements import run_migration

revision = "0049"
down_revision = "0048"


def upgrade() -> None:
    """Forward only: there is no way back but a new migration."""
    run_migration("0049_records_without_numbers")
