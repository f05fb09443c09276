"""0034_places_of_tables: runs sql/migrations/0034_places_of_tables.sql."""

from clearbase.warehouse.statements import run_migration

revision = "0034"
down_revision = "0033"


def upgrade() -> None:
    """Forward only: there is no way back but a new migration."""
    run_migration("0034_places_of_tables")
