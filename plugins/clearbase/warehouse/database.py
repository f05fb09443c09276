"""The database of a home: the embedded server or one of your own, with the schema in place and the keys at hand."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.pool import QueuePool

from clearbase.errors import SetupError
from clearbase.privacy.keyring import Keyring, load_keyring, new_data_key, token_check, unwrap_data_key
from clearbase.runtime.postgres import ADMIN, DATABASE, PEOPLE, embedded_server
from clearbase.settings import TIME_ZONE, Settings
from clearbase.warehouse.faults import fault_text
from clearbase.warehouse.statements import newest_migration, statement

LOADER, OWNER = "clearbase_loader", "clearbase_owner"
OLDEST_SERVER = 150000
PATIENCE = "locks/patience"
LIBPQ_VARIABLES = {
    "dbname": "PGDATABASE",
    "application_name": "PGAPPNAME",
    "connect_timeout": "PGCONNECT_TIMEOUT",
}


@dataclass(frozen=True)
class Database:
    """``loader``: what the pipeline works with. ``admin``: the URL of the local administrator, who sees all rows.
    ``people``: word → URL of each role that people have (docs/roles.md); in a server of your own the administrator's,
    with the role taken on. ``landing``: the home's landing store, which the rows' originals lie in. ``anchor``: the
    file that says how far the audit was verified."""

    loader: Engine
    admin: URL
    keyring: Keyring
    psql: Path | None
    landing: Path
    people: Mapping[str, URL]
    anchor: Path


@contextlib.contextmanager
def open_database(settings: Settings) -> Iterator[Database]:
    """Open the home's database for the length of a ``with`` block. Raises SetupError, one line, and nothing is written
    where server, password, version or key is wrong."""
    with contextlib.ExitStack() as stack:
        psql: Path | None = None
        if settings.database_url is not None:
            migrates = admin = loader = _own_server(settings.database_url.get_secret_value())
            people = {word: _taking_on(admin, role) for word, role in PEOPLE.items()}
        else:
            server = stack.enter_context(embedded_server(settings))
            psql = server.psql
            urls = {
                role: URL.create(
                    "postgresql+psycopg2",
                    role,
                    server.passwords[role],
                    database=DATABASE,
                    port=server.port,
                    query={"host": str(server.sockets)},
                )
                for role in server.passwords
            }
            admin, loader = urls[ADMIN], urls[LOADER]
            migrates = owning(admin)
            people = {word: urls[role] for word, role in PEOPLE.items()}
            _ensure_roles_and_database(admin, server.passwords)
        _migrate(migrates)
        engine = _engine(_taking_on(loader, LOADER) if settings.database_url is not None else loader, holds_keys=True)
        stack.callback(engine.dispose)
        keyring, anchor = _keyring(settings, engine), settings.home / "audit.anchor"
        yield Database(engine, admin, keyring, psql, settings.landing_folder, people, anchor)


def libpq_environment(url: URL) -> dict[str, str]:
    """What a client such as psql finds in its environment to connect as the library does, options of the URL too:
    libpq's variable of an option is PG and its name without underscores, but for a few (PostgreSQL, 34.15)."""
    options = url.get_dialect()().create_connect_args(url)[1]
    return {
        LIBPQ_VARIABLES.get(name, f"PG{name.upper().replace('_', '')}"): str(value) for name, value in options.items()
    }


def owning(admin: URL) -> URL:
    """Who migrates an embedded server: what he makes is the owner's, and what the administrator alone may do he does
    by ``SET LOCAL ROLE NONE``. So the owner itself needs no other role's rights."""
    return _taking_on(admin, OWNER)


def _taking_on(url: URL, role: str) -> URL:
    given = url.query.get("options", "")
    return url.update_query_dict({"options": f"{given} -c role={role}".strip()})


def _own_server(url: str) -> URL:
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):  # ValueError: a port that is no number
        raise SetupError(
            "CLEARBASE_DATABASE_URL is not a URL such as postgresql://user:password@host/database"
        ) from None
    if parsed.get_backend_name() not in ("postgresql", "postgres"):
        raise SetupError(
            f"CLEARBASE_DATABASE_URL names {parsed.get_backend_name()}; only PostgreSQL will do (postgresql://…)"
        )
    return parsed.set(drivername="postgresql+psycopg2")


def _engine(url: URL, *, holds_keys: bool = False) -> Engine:
    # hide_parameters: bound values never reach an error text.
    engine = create_engine(
        url,
        hide_parameters=True,
        poolclass=QueuePool,
        # A publication has three at once, and one more than the pool keeps would be made anew for each file.
        pool_size=4,
        pool_pre_ping=False,
        connect_args={
            "connect_timeout": 10,
            # What is derived of a file of ten thousand lines stays in memory.
            "options": f"{url.query.get('options', '')} -c TimeZone={TIME_ZONE} -c jit=off -c temp_buffers=64MB",
            "application_name": "clearbase",
        },
    )

    if holds_keys:

        @event.listens_for(engine, "connect")
        def _hold(connection, _record) -> None:  # type: ignore[no-untyped-def]
            with connection.cursor() as cursor:
                cursor.execute(statement(PATIENCE).text)
                cursor.execute(statement("locks/keys_held").text)
            connection.commit()

    return engine


@contextlib.contextmanager
def _told(what: str) -> Iterator[None]:
    """Database faults at the start become one line."""
    try:
        yield
    except DBAPIError as error:
        raise SetupError(f"{what}: {fault_text(error)}") from None


def _ensure_roles_and_database(admin: URL, passwords: dict[str, str]) -> None:
    with _told("the embedded Postgres"):
        engine = _engine(admin.set(database="postgres"))
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            have = set(connection.execute(statement("service/roles"), {"names": [OWNER, *PEOPLE.values()]}).scalars())
            is_there = connection.execute(statement("service/database_exists"), {"name": DATABASE}).first()
            for role in (OWNER, *PEOPLE.values()):
                if not is_there or role not in have:
                    verb = "ALTER" if role in have else "CREATE"
                    # Role names are ours and passwords are URL-safe base64; DDL takes no bound parameters.
                    connection.exec_driver_sql(f"{verb} ROLE {role} LOGIN PASSWORD '{passwords[role]}'")
            # Who may connect to ours is settled by its migrations; to the server's own and Airflow's nobody of PEOPLE.
            for name in connection.execute(statement("service/open_to_all")).scalars().all():
                connection.exec_driver_sql(f'REVOKE ALL ON DATABASE "{name}" FROM PUBLIC')
            if not is_there:
                connection.exec_driver_sql(f"CREATE DATABASE {DATABASE} OWNER {OWNER}")
        engine.dispose()


def _migrate(migrates: URL) -> None:
    engine = _engine(migrates)
    with _told("the database"), engine.connect() as connection:
        version = connection.execute(statement("service/server_version")).scalar_one()
        if int(version) < OLDEST_SERVER:
            raise SetupError(f"PostgreSQL 15 or later is needed, this server is {version}")
        have = connection.execute(statement("service/schema_table")).scalar_one()
        current = connection.execute(statement("service/schema_version")).scalar() if have else ""
        newest = newest_migration()
        if (current or "") > newest:
            raise SetupError(f"the database's schema {current} is newer than this copy of Clearbase ({newest})")
        if current != newest:
            _run_migrations(connection)
    engine.dispose()


def _run_migrations(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    connection.execute(statement("locks/migrate"))
    connection.commit()
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    connection.commit()


def _keyring(settings: Settings, engine: Engine) -> Keyring:
    """Unwrap the data keys, making the first one. A new key file is made only for a database that holds no key yet."""
    with _told("the keys of the database"), engine.begin() as connection:
        connection.execute(statement(PATIENCE))
        connection.execute(statement("locks/keys"))
        rows = connection.execute(statement("privacy/data_keys")).all()
        keyring = load_keyring(settings, may_create=not rows)
        for key_id, wrapped, check in rows:
            unwrap_data_key(keyring, key_id, bytes(wrapped))
            if bytes(check) != token_check(keyring):
                raise SetupError("the token key is not the one that this database's tokens were made with")
        if not rows:
            connection.execute(
                statement("privacy/add_data_key"),
                {"key_id": 1, "wrapped": new_data_key(keyring, 1), "token_check": token_check(keyring)},
            )
    keyring.again = lambda: _keyring(settings, engine)
    return keyring
