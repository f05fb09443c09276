"""0023_persons_decided: runs sql/migrations/0023_persons_decided.sql."""

from clearbase.warehouse.statements import run_migration

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    """Forward only: there is no way back but a new migration."""
    run_migration("0023_persons_decided")
