"""0029_recorded_time_and_registrations: runs sql/migrations/0029_recorded_time_and_registrations.sql."""

from clearbase.warehouse.statements import run_migration

revision = "0029"
down_revision = "0028"


def upgrade() -> None:
    """Forward only: there is no way back but a new migration."""
    run_migration("0029_recorded_time_and_registrations")
