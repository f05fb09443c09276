"""0019_units_and_kinds: runs sql/migrations/0019_units_and_kinds.sql."""

from clearbase.warehouse.statements import run_migration

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    """Forward only: there is no way back but a new migration."""
    run_migration("0019_units_and_kinds")
