"""A base of an earlier version, with files in it, comes to the newest schema and keeps what it holds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine

from clearbase.settings import PROJECT, Settings
from clearbase.warehouse.database import open_database, owning

MIGRATIONS = PROJECT / "plugins" / "clearbase" / "warehouse" / "migrations"
FILLED = """
INSERT INTO intake.batch (batch_id) VALUES (1);
INSERT INTO intake.submission
    (submission_id, batch_id, file_name, file_sha256, file_bytes, state, outcome, rows_read, rows_held)
VALUES (1, 1, '花名册.xlsx', '\\x01', 10, 'closed', 'held', 3, 3);
INSERT INTO intake.sheet (submission_id, position, name, role, reason, rows_read, lines, set_aside, columns)
VALUES (1, 1, 'Sheet1', 'roster', '', 3, 3, '{}', '[]');
INSERT INTO quality.finding (submission_id, sheet, row_no, col_no, field, rule, severity)
VALUES (1, 1, 2, 3, 'phone', 'R', 'error');
"""


@pytest.mark.parametrize("version", ["0002", "0009", "0012"])
def test_a_filled_base_of_an_earlier_version_is_brought_to_the_newest(
    new_home: Callable[[], Path], version: str
) -> None:
    settings = Settings(home=new_home())
    with open_database(settings) as database:  # which makes the roles
        engine = create_engine(owning(database.admin))
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql(
                "DROP SCHEMA intake, staging, ledger, identity, quality, warehouse, mart, audit, access, extract"
                " CASCADE"
            )
            connection.exec_driver_sql("DROP TABLE public.schema_version")
        with engine.connect() as connection:
            config = Config()
            config.set_main_option("script_location", str(MIGRATIONS))
            config.set_main_option("path_separator", "os")
            config.attributes["connection"] = connection
            command.upgrade(config, version)
            if version < "0012":
                connection.exec_driver_sql(FILLED)
            connection.commit()
            command.upgrade(config, "head")
            connection.commit()
            kept = connection.exec_driver_sql("SELECT file_name, outcome FROM intake.submission").all()
            assert [tuple(row) for row in kept] == ([("花名册.xlsx", "held")] if version < "0012" else [])
        engine.dispose()
