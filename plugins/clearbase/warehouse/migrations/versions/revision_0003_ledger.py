"""0003_ledger: runs sql/migrations/0003_ledger.sql."""

from clearbase.warehouse.statements import run_migration

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Forward only: there is no way back but a new migration."""
    run_migration("0003_ledger")
