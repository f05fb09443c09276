"""0026_has_left: runs sql/migrations/0026_has_left.sql."""

from clearbase.warehouse.statements import run_migration

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    """Forward only: there is no way back but a new migration."""
    run_migration("0026_has_left")
