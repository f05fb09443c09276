"""0011_gate: runs sql/migrations/0011_gate.sql."""

from clearbase.warehouse.statements import run_migration

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Forward only: there is no way back but a new migration."""
    run_migration("0011_gate")
