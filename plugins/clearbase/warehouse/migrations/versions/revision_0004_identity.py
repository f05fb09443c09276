"""0004_identity: runs sql/migrations/0004_identity.sql."""

from clearbase.warehouse.statements import run_migration

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Forward only: there is no way back but a new migration."""
    run_migration("0004_identity")
