"""0033_who_may_see_what: runs sql/migrations/0033_who_may_see_what.sql."""

from clearbase.warehouse.statements import run_migration

revision = "0033"
down_revision = "0032"


def upgrade() -> None:
    """Forward only: there is no way back but a new migration."""
    run_migration("0033_who_may_see_what")
