"""The schema: everything has a comment, the ledger is append-only for everybody, the loader is not the owner."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

from clearbase.warehouse.database import Database

OURS = "('intake','staging','ledger','identity','quality','warehouse','mart','audit')"
APPEND_ONLY = (
    "ledger.employer",
    "ledger.submission",
    "ledger.roster_line",
    "ledger.registry_load",
    "ledger.registry_record",
    "ledger.identity_decision",
    "ledger.identity_act",
    "ledger.held_apart_from",
    "ledger.takes_place",
    "ledger.line_party",
    "ledger.residence_move",
    "ledger.registry_presence",
    "audit.event",
)


def test_every_table_and_column_has_a_comment(database: Database) -> None:
    with database.loader.connect() as connection:
        bare = (
            connection.execute(
                text(f"""
            SELECT n.nspname || '.' || c.relname || coalesce('.' || a.attname, '')
            FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
            LEFT JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
            WHERE n.nspname IN {OURS} AND c.relkind IN ('r', 'p', 'v') AND NOT c.relispartition
              AND (obj_description(c.oid, 'pg_class') IS NULL OR col_description(c.oid, a.attnum) IS NULL)""")
            )
            .scalars()
            .all()
        )
    assert bare == []


@pytest.mark.parametrize("table", APPEND_ONLY)
@pytest.mark.parametrize("change", ["UPDATE {} SET {} = {}", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_append_only_tables_refuse_the_loader(database: Database, table: str, change: str) -> None:
    schema, name = table.split(".")
    with database.loader.connect() as connection:
        column = connection.execute(
            text("SELECT attname FROM pg_attribute WHERE attrelid = to_regclass(:t) AND attnum = 2"), {"t": table}
        ).scalar_one()
        with pytest.raises(DBAPIError, match="permission denied"):
            connection.exec_driver_sql(change.format(f"{schema}.{name}", column, column))


@pytest.mark.parametrize(
    "statement",
    [
        *(f"TRUNCATE {table} CASCADE" for table in APPEND_ONLY),
        "DELETE FROM ledger.employer",
        "DELETE FROM ledger.roster_line",
        "UPDATE ledger.employer SET name = 'x'",
        "UPDATE ledger.roster_line SET sealed = ''",
        "TRUNCATE ledger.roster_line_2031_01_2",
    ],
)
def test_append_only_tables_refuse_their_owner_too(database: Database, statement: str) -> None:
    engine = create_engine(database.admin)
    with engine.connect() as connection:
        connection.exec_driver_sql("SELECT ledger.ensure_month('2031-01-01')")
        connection.exec_driver_sql(
            "INSERT INTO ledger.employer (uscc, recorded_by) VALUES ('91350100M000100Y43', 'test')"
        )
        connection.exec_driver_sql(
            "INSERT INTO ledger.roster_line VALUES (1, 1, '91350100M000100Y43', '2031-01-01', 1, 1,"
            " 'published', 0, 'usable',"
            " NULL, NULL, NULL, NULL, NULL, NULL, 1, '')"
        )
        with pytest.raises(DBAPIError, match="append-only"):
            connection.exec_driver_sql(statement)
    engine.dispose()


def test_the_loader_makes_partitions_only_through_the_function(database: Database) -> None:
    with database.loader.begin() as connection:
        connection.execute(text("SELECT ledger.ensure_month(DATE '2030-05-01')"))
        connection.execute(text("SELECT ledger.ensure_month(DATE '2030-05-01')"))
        parts = connection.execute(
            text("SELECT count(*) FROM pg_class WHERE relname LIKE 'roster_line_2030_05%' AND relkind = 'r'")
        )
        assert parts.scalar_one() == 4
        with pytest.raises(DBAPIError, match="permission denied"):
            connection.exec_driver_sql("CREATE TABLE ledger.mine (a int)")


def test_no_clear_value_has_a_column(database: Database) -> None:
    """Names, numbers, phones and addresses have no text column anywhere outside dim_employer and dim_area."""
    with database.loader.connect() as connection:
        columns = (
            connection.execute(
                text(f"""
            SELECT table_schema || '.' || table_name || '.' || column_name FROM information_schema.columns
            WHERE table_schema IN {OURS} AND data_type IN ('text', 'character varying')
              AND column_name ~ '(^|_)(name|number|phone|address)($|_)'""")
            )
            .scalars()
            .all()
        )
    assert set(columns) <= {
        "intake.submission.file_name",
        "intake.sheet.name",
        "ledger.employer.name",
        "ledger.employer_version.name",
        "ledger.registry_load.file_name",
        "warehouse.dim_employer.name",
        "warehouse.dim_area.name",
        "ledger.roster_line.number_state",
    }


def test_a_new_month_waits_for_no_reader_and_two_runs_make_it_once(database: Database) -> None:
    make = text("SELECT ledger.ensure_month(DATE '2030-06-01')")
    with database.loader.connect() as reader, ThreadPoolExecutor(1) as pool:
        reader.execute(text("SELECT count(*) FROM ledger.roster_line")).scalar_one()  # its transaction stays open
        with database.loader.begin() as first:
            first.execute(text("SET LOCAL lock_timeout = '2s'"))
            first.execute(make)

            def second() -> None:
                with database.loader.begin() as connection:
                    connection.execute(make)

            other = pool.submit(second)
            until = time.monotonic() + 20
            while not reader.execute(text("SELECT count(*) FROM pg_locks WHERE NOT granted")).scalar_one():
                assert time.monotonic() < until
                time.sleep(0.05)
        other.result(30)
    with database.loader.connect() as connection:
        partitions = text("SELECT count(*) FROM pg_partition_tree('ledger.roster_line_2030_06') WHERE isleaf")
        assert connection.execute(partitions).scalar_one() == 4
