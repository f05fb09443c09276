"""0041_scored_identity: runs sql/migrations/0041_scored_identity.sql."""

from clearbase.warehouse.statements import run_migration

revision = "0041"
down_revision = "0040"


def upgrade() -> None:
    """Forward only: there is no way back but a new migration."""
    run_migration("0041_scored_identity")
