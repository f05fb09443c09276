"""0007_statistics: runs sql/migrations/0007_statistics.sql."""

from clearbase.warehouse.statements import run_migration

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Forward only: there is no way back but a new migration."""
    run_migration("0007_statistics")
