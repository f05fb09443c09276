"""A PostgreSQL of one's own instead of the embedded one: same schema, same loader's rights, keys still at home."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg2
import pytest
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.exc import DBAPIError

from clearbase.errors import RequestError, SetupError
from clearbase.pipeline.access import export_employed, reveal
from clearbase.runtime.postgres import ADMIN, embedded_server
from clearbase.settings import PROJECT, Settings
from clearbase.warehouse.database import libpq_environment, open_database


def test_the_schema_goes_into_any_server_and_the_loader_owns_nothing(bare_home: Callable[[], Path]) -> None:
    server_home, own_home = bare_home(), bare_home()
    with embedded_server(Settings(home=server_home)) as server:
        admin = psycopg2.connect(
            host=str(server.sockets), user=ADMIN, password=server.passwords[ADMIN], dbname="postgres"
        )
        admin.autocommit = True
        with admin.cursor() as cursor:
            cursor.execute("CREATE ROLE district LOGIN CREATEROLE PASSWORD 'district'")
            cursor.execute("CREATE DATABASE base OWNER district")
        admin.close()
        url = f"postgresql://district:district@/base?host={server.sockets}"
        for _ in range(2):  # the second opening finds everything in place
            with (
                open_database(Settings(home=own_home, database_url=url)) as database,
                database.loader.connect() as connection,
            ):
                assert connection.execute(text("SELECT current_user")).scalar_one() == "clearbase_loader"
                assert connection.execute(text("SELECT count(*) FROM identity.data_key")).scalar_one() == 1
                with pytest.raises(DBAPIError, match="permission denied"):
                    connection.exec_driver_sql("DELETE FROM ledger.employer")
                for word, person in database.people.items():
                    with create_engine(person).connect() as session:
                        who = session.execute(text("SELECT current_user || ' ' || session_user")).scalar_one()
                        assert who == f"clearbase_{word} district"
                assert export_employed(database, "人社局", "monthly comparison", dt.date(2026, 1, 31))[1] == 0
                with pytest.raises(RequestError, match="belongs to no open case"):
                    reveal(database, "R1", "is it the same man")
        assert not (own_home / "postgres").exists()
        for key in (own_home / "keys").iterdir():
            key.unlink()
        with (
            pytest.raises(SetupError, match="master key is missing"),
            open_database(Settings(home=own_home, database_url=url)),
        ):
            pass
        assert not list((own_home / "keys").iterdir()), "a lost key is not made anew"


def test_in_a_server_that_the_deployment_has_prepared_locks_are_the_house_s_own(
    bare_home: Callable[[], Path], tmp_path: Path
) -> None:
    """As ``deploy/postgres/databases.sql`` does at every start, before and after the schema is there."""
    passwords = tmp_path / "pgpass"
    passwords.write_text("h:5432:airflow:airflow:one\nh:5432:clearbase:clearbase:two\n")
    prepare = tmp_path / "databases.sql"
    prepare.write_text(
        (PROJECT / "deploy/postgres/databases.sql").read_text().replace("/run/secrets/pgpass", str(passwords))
    )
    own_home = bare_home()
    with embedded_server(Settings(home=bare_home())) as server:
        admin = {"PGHOST": str(server.sockets), "PGUSER": ADMIN, "PGPASSWORD": server.passwords[ADMIN]}
        url = f"postgresql://clearbase:two@/clearbase?host={server.sockets}"
        for _ in range(2):
            subprocess.run(
                [server.psql, "--quiet", "--no-psqlrc", f"--file={prepare}"],
                env=admin | {"PGDATABASE": "postgres", "PATH": os.environ["PATH"]},
                check=True,
            )
            with open_database(Settings(home=own_home, database_url=url)) as database:
                with database.loader.begin() as connection:
                    connection.exec_driver_sql("SELECT ledger.ensure_month('2031-01-01')")
                export_employed(database, "人社局", "monthly comparison", dt.date(2026, 1, 31))
                with (
                    create_engine(database.people["analyst"]).connect() as connection,
                    pytest.raises(DBAPIError, match="permission denied"),
                ):
                    connection.exec_driver_sql("SELECT pg_advisory_lock(1)")


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("mysql://a:secret@h/d", "names mysql; only PostgreSQL"),
        ("sqlite:///x.db", "names sqlite; only PostgreSQL"),
        ("postgresql://a:secret@h:port/d", "is not a URL such as"),
    ],
)
def test_a_url_of_something_else_is_refused(tmp_path: Path, url: str, says: str) -> None:
    with pytest.raises(SetupError, match=says) as told, open_database(Settings(home=tmp_path, database_url=url)):
        pass
    assert "secret" not in str(told.value)


def test_psql_is_given_the_url_s_options() -> None:
    url = make_url("postgresql+psycopg2://a:b@h:5433/d?sslmode=require&target_session_attrs=any&connect_timeout=3")
    assert libpq_environment(url) == {
        "PGHOST": "h",
        "PGPORT": "5433",
        "PGUSER": "a",
        "PGPASSWORD": "b",
        "PGDATABASE": "d",
        "PGSSLMODE": "require",
        "PGTARGETSESSIONATTRS": "any",
        "PGCONNECT_TIMEOUT": "3",
    }


def test_psql_reaches_the_server_with_the_url_s_options(clearbase: Callable[..., Any]) -> None:
    done = clearbase("psql", "-At", "-c", "SELECT current_user, current_setting('TimeZone')")
    assert done.stdout.strip() == f"{ADMIN}|Asia/Shanghai"
