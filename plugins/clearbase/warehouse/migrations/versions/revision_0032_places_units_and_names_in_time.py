"""0032_places_units_and_names_in_time: runs sql/migrations/0032_places_units_and_names_in_time.sql."""

from clearbase.warehouse.statements import run_migration

revision = "0032"
down_revision = "0031"


def upgrade() -> None:
    """Forward only: there is no way back but a new migration."""
    run_migration("0032_places_units_and_names_in_time")
