"""0037_figures_of_files: runs sql/migrations/0037_figures_of_files.sql."""

from clearbase.warehouse.statements import run_migration

revision = "0037"
down_revision = "0036"


def upgrade() -> None:
    """Forward only: there is no way back but a new migration."""
    run_migration("0037_figures_of_files")
