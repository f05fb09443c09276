"""0038_confirmations: runs sql/migrations/0038_confirmations.sql."""

from clearbase.warehouse.statements import run_migration

revision = "0038"
down_revision = "0037"


def upgrade() -> None:
    """Forward only: there is no way back but a new migration."""
    run_migration("0038_confirmations")
