"""0045_levels_of_scored_identity: runs sql/migrations/0045_levels_of_scored_identity.sql."""

from clearbase.warehouse.statements import run_migration

revision = "0045"
down_revision = "0044"


def upgrade() -> None:
    """Forward only: there is no way back but a new migration."""
    run_migration("0045_levels_of_scored_identity")
