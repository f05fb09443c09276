"""0017_as_of: runs sql/migrations/0017_as_of.sql."""

from clearbase.warehouse.statements import run_migration

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """Forward only: there is no way back but a new migration."""
    run_migration("0017_as_of")
