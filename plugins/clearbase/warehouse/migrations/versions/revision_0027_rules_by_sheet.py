"""0027_rules_by_sheet: runs sql/migrations/0027_rules_by_sheet.sql."""

from clearbase.warehouse.statements import run_migration

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    """Forward only: there is no way back but a new migration."""
    run_migration("0027_rules_by_sheet")
