"""0008_trainings: runs sql/migrations/0008_trainings.sql."""

from clearbase.warehouse.statements import run_migration

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Forward only: there is no way back but a new migration."""
    run_migration("0008_trainings")
