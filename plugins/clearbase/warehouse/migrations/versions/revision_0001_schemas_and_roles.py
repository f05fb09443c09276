"""0001_schemas_and_roles: runs sql/migrations/0001_schemas_and_roles.sql."""

from clearbase.warehouse.statements import run_migration

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Forward only: there is no way back but a new migration."""
    run_migration("0001_schemas_and_roles")
