"""0042_acts_of_people: runs sql/migrations/0042_acts_of_people.sql."""

from clearbase.warehouse.statements import run_migration

revision = "0042"
down_revision = "0041"


def upgrade() -> None:
    """Forward only: there is no way back but a new migration."""
    run_migration("0042_acts_of_people")
