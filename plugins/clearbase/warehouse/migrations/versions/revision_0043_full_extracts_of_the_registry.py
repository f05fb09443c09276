"""0043_full_extracts_of_the_registry: runs sql/migrations/0043_full_extracts_of_the_registry.sql."""

from clearbase.warehouse.statements import run_migration

revision = "0043"
down_revision = "0042"


def upgrade() -> None:
    """Forward only: there is no way back but a new migration."""
    run_migration("0043_full_extracts_of_the_registry")
