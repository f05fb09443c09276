"""0030_numbers_of_what_is_published: runs sql/migrations/0030_numbers_of_what_is_published.sql."""

from clearbase.warehouse.statements import run_migration

revision = "0030"
down_revision = "0029"


def upgrade() -> None:
    """Forward only: there is no way back but a new migration."""
    run_migration("0030_numbers_of_what_is_published")
