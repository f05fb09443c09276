"""0014_column_corrections: runs sql/migrations/0014_column_corrections.sql."""

from clearbase.warehouse.statements import run_migration

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Forward only: there is no way back but a new migration."""
    run_migration("0014_column_corrections")
