"""0021_match_states: runs sql/migrations/0021_match_states.sql."""

from clearbase.warehouse.statements import run_migration

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    """Forward only: there is no way back but a new migration."""
    run_migration("0021_match_states")
