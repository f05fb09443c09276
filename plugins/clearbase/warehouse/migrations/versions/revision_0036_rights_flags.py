"""0036_rights_flags: runs sql/migrations/0036_rights_flags.sql."""

from clearbase.warehouse.statements import run_migration

revision = "0036"
down_revision = "0034"


def upgrade() -> None:
    """Forward only: there is no way back but a new migration."""
    run_migration("0036_rights_flags")
