"""0020_kinds_and_reporters: runs sql/migrations/0020_kinds_and_reporters.sql."""

from clearbase.warehouse.statements import run_migration

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    """Forward only: there is no way back but a new migration."""
    run_migration("0020_kinds_and_reporters")
