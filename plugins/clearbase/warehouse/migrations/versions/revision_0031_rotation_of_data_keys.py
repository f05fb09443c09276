"""0031_rotation_of_data_keys: runs sql/migrations/0031_rotation_of_data_keys.sql."""

from clearbase.warehouse.statements import run_migration

revision = "0031"
down_revision = "0030"


def upgrade() -> None:
    """Forward only: there is no way back but a new migration."""
    run_migration("0031_rotation_of_data_keys")
