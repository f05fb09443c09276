"""Airflow's own database: a role and a database beside ours in the embedded server, brought to this version."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.metadata import version

from sqlalchemy import URL, create_engine, make_url
from sqlalchemy.exc import DBAPIError

from clearbase.errors import SetupError
from clearbase.runtime.postgres import ADMIN, EmbeddedServer
from clearbase.service.airflow_home import METADATA, AirflowHome, metadata_password
from clearbase.settings import Settings
from clearbase.warehouse.faults import fault_text
from clearbase.warehouse.statements import statement


def metadata_url(settings: Settings, server: EmbeddedServer | None) -> str:
    """The SQLAlchemy URL, without a password where the server is ours. Raises SetupError where there is none."""
    if server is not None:
        return f"postgresql+psycopg2://{METADATA}@/{METADATA}?host={server.sockets}&port={server.port}"
    if settings.airflow_database_url is None:
        raise SetupError(
            "CLEARBASE_DATABASE_URL names a server of yours, so Airflow needs a database there too: set "
            "CLEARBASE_AIRFLOW_DATABASE_URL (postgresql+psycopg2://user:password@host/airflow)"
        )
    return settings.airflow_database_url.get_secret_value()


def make_metadata(settings: Settings, server: EmbeddedServer) -> None:
    """The role and the empty database, where they are not there yet."""
    url = URL.create(
        "postgresql+psycopg2",
        ADMIN,
        server.passwords[ADMIN],
        database="postgres",
        port=server.port,
        query={"host": str(server.sockets)},
    )
    engine = create_engine(url, hide_parameters=True)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        known = connection.execute(statement("service/role_exists"), {"name": METADATA}).first()
        # Names are ours and the password is URL-safe base64; DDL takes no bound parameters.
        verb = "ALTER" if known else "CREATE"
        connection.exec_driver_sql(f"{verb} ROLE {METADATA} LOGIN PASSWORD '{metadata_password(settings)}'")
        if not connection.execute(statement("service/database_exists"), {"name": METADATA}).first():
            connection.exec_driver_sql(f"CREATE DATABASE {METADATA} OWNER {METADATA}")
    engine.dispose()


def migrate_metadata(settings: Settings, home: AirflowHome, server: EmbeddedServer | None) -> bool:
    """``airflow db migrate``, which costs five seconds to find nothing to do; so a stamp says for which Airflow it was
    done in which cluster. Returns whether it ran."""
    stamp, airflow = home.folder / "migrated.json", version("apache-airflow")
    here = {"airflow": airflow, "database": _identity(settings, server)}
    if stamp.exists() and json.loads(stamp.read_text()) == here:
        return False
    with (home.logs / "migrate.log").open("wb") as log:
        done = subprocess.run(
            [sys.executable, "-m", "airflow", "db", "migrate"],
            env=home.environment,
            stdout=log,
            stderr=subprocess.STDOUT,
            check=False,
        )
    if done.returncode:
        raise SetupError(f"Airflow's database could not be brought to {airflow}; the log: {home.logs / 'migrate.log'}")
    stamp.write_text(json.dumps(here))
    return True


def _identity(settings: Settings, server: EmbeddedServer | None) -> str:
    url = make_url(metadata_url(settings, server))
    if server is not None:
        url = url.set(password=metadata_password(settings))
    engine = create_engine(url, hide_parameters=True)
    try:
        with engine.connect() as connection:
            return "/".join(map(str, connection.execute(statement("service/database_identity")).one()))
    except DBAPIError as error:
        raise SetupError(f"Airflow's database: {fault_text(error)}") from None
    finally:
        engine.dispose()
