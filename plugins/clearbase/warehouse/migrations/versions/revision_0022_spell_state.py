"""0022_spell_state: runs sql/migrations/0022_spell_state.sql."""

from clearbase.warehouse.statements import run_migration

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    """Forward only: there is no way back but a new migration."""
    run_migration("0022_spell_state")
