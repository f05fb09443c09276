"""0035_work_tables: runs sql/migrations/0035_work_tables.sql."""

from clearbase.warehouse.statements import run_migration

revision = "0035"
down_revision = "0034"


def upgrade() -> None:
    """Forward only: there is no way back but a new migration."""
    run_migration("0035_work_tables")
