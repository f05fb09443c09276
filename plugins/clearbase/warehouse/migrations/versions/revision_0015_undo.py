"""0015_undo: runs sql/migrations/0015_undo.sql."""

from clearbase.warehouse.statements import run_migration

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Forward only: there is no way back but a new migration."""
    run_migration("0015_undo")
