"""0010_file_names_and_faults: runs sql/migrations/0010_file_names_and_faults.sql."""

from clearbase.warehouse.statements import run_migration

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Forward only: there is no way back but a new migration."""
    run_migration("0010_file_names_and_faults")
