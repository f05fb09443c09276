"""0040_what_is_given_out: runs sql/migrations/0040_what_is_given_out.sql."""

from clearbase.warehouse.statements import run_migration

revision = "0040"
down_revision = "0039"


def upgrade() -> None:
    """Forward only: there is no way back but a new migration."""
    run_migration("0040_what_is_given_out")
