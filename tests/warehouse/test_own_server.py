"""A PostgreSQL of one's own instead of the embedded one: same schema, same loader's rights, keys still at home."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import psycopg2
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from clearbase.errors import SetupError
from clearbase.runtime.postgres import ADMIN, embedded_server
from clearbase.settings import Settings
from clearbase.warehouse.database import open_database


def test_the_schema_goes_into_any_server_and_the_loader_owns_nothing(new_home: Callable[[], Path]) -> None:
    server_home, own_home = new_home(), new_home()
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
        assert not (own_home / "postgres").exists()
        for key in (own_home / "keys").iterdir():
            key.unlink()
        with (
            pytest.raises(SetupError, match="master key is missing"),
            open_database(Settings(home=own_home, database_url=url)),
        ):
            pass
        assert not list((own_home / "keys").iterdir()), "a lost key is not made anew"
