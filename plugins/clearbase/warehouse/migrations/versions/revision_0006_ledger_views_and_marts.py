"""0006_ledger_views_and_marts: runs sql/migrations/0006_ledger_views_and_marts.sql."""

from clearbase.warehouse.statements import run_migration

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Forward only: there is no way back but a new migration."""
    run_migration("0006_ledger_views_and_marts")
