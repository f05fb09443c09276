"""0039_rules_of_submissions: runs sql/migrations/0039_rules_of_submissions.sql."""

from clearbase.warehouse.statements import run_migration

revision = "0039"
down_revision = "0038"


def upgrade() -> None:
    """Forward only: there is no way back but a new migration."""
    run_migration("0039_rules_of_submissions")
