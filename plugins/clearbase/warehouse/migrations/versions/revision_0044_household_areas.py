"""0044_household_areas: runs sql/migrations/0044_household_areas.sql."""

from clearbase.warehouse.statements import run_migration

revision = "0044"
down_revision = "0043"


def upgrade() -> None:
    """Forward only: there is no way back but a new migration."""
    run_migration("0044_household_areas")
