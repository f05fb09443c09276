"""0028_asked_about: runs sql/migrations/0028_asked_about.sql."""

from clearbase.warehouse.statements import run_migration

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    """Forward only: there is no way back but a new migration."""
    run_migration("0028_asked_about")
