"""0009_residence_spells_and_months: runs sql/migrations/0009_residence_spells_and_months.sql."""

from clearbase.warehouse.statements import run_migration

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Forward only: there is no way back but a new migration."""
    run_migration("0009_residence_spells_and_months")
