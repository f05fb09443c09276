"""0012_runs: runs sql/migrations/0012_runs.sql."""

from clearbase.warehouse.statements import run_migration

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Forward only: there is no way back but a new migration."""
    run_migration("0012_runs")
