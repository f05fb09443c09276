"""0018_asked: runs sql/migrations/0018_asked.sql."""

from clearbase.warehouse.statements import run_migration

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    """Forward only: there is no way back but a new migration."""
    run_migration("0018_asked")
