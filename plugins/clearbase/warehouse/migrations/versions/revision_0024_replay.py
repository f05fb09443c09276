"""0024_replay: runs sql/migrations/0024_replay.sql."""

from clearbase.warehouse.statements import run_migration

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    """Forward only: there is no way back but a new migration."""
    run_migration("0024_replay")
