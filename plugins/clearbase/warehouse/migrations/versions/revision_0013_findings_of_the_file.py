"""0013_findings_of_the_file: runs sql/migrations/0013_findings_of_the_file.sql."""

from clearbase.warehouse.statements import run_migration

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Forward only: there is no way back but a new migration."""
    run_migration("0013_findings_of_the_file")
