"""0005_warehouse: runs sql/migrations/0005_warehouse.sql."""

from clearbase.warehouse.statements import run_migration

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Forward only: there is no way back but a new migration."""
    run_migration("0005_warehouse")
