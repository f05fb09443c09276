"""0016_holds: runs sql/migrations/0016_holds.sql."""

from clearbase.warehouse.statements import run_migration

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Forward only: there is no way back but a new migration."""
    run_migration("0016_holds")
