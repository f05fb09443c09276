"""0025_publishing_at_scale: runs sql/migrations/0025_publishing_at_scale.sql."""

from clearbase.warehouse.statements import run_migration

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    """Forward only: there is no way back but a new migration."""
    run_migration("0025_publishing_at_scale")
