"""0002_intake_and_quality: runs sql/migrations/0002_intake_and_quality.sql."""

from clearbase.warehouse.statements import run_migration

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Forward only: there is no way back but a new migration."""
    run_migration("0002_intake_and_quality")
