"""An extract of the registry from a database: what a table or query answers, as the CSV that is sealed and read.

Asked for in pieces over a cursor of the server's, in a transaction that may not write. Values become the texts that
they are: whole numbers keep every digit, NULL is an empty cell, a time of day at midnight is left out.
"""

from __future__ import annotations

import contextlib
import csv
import datetime as dt
import difflib
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect
from sqlalchemy.exc import DBAPIError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from clearbase.errors import SetupError
from clearbase.intake.claim import LINES_A_SOURCE
from clearbase.reading.cells import moment_text, number_text
from clearbase.warehouse.faults import TOLD_IN_FULL

AT_ONCE: Final = 10_000  # rows in memory as the driver's own values
CONNECT_SECONDS: Final = 10
# What makes a transaction unable to write, where it is said by a statement; elsewhere the connection says it.
READ_ONLY: Final = dict.fromkeys(("mysql", "mariadb", "oracle"), "SET TRANSACTION READ ONLY")
# Classes of SQLSTATE whose words quote the query and no value of a row (PostgreSQL, appendix A), and what SQLite says.
TOLD: Final = (*TOLD_IN_FULL, "25", "42")
TOLD_OF_SQLITE: Final = ("no such", "near ", "unable to open", "attempt to write", "file is not", "ambiguous column")


@dataclass(frozen=True)
class SqlSource:
    """Where the registry lies: a database, and in it a ``table`` or what a ``query`` answers. ``name`` is that of the
    table or of the query's file. ``str(url)`` hides the password."""

    url: URL
    name: str
    table: str | None = None
    query: str | None = None

    @property
    def place(self) -> str:
        """Server and database, without login."""
        host = f"{self.url.host or ''}{f':{self.url.port}' if self.url.port else ''}"
        return f"{self.url.get_backend_name()}://{host}/{self.url.database or ''}"


@dataclass(frozen=True)
class Answer:
    """``data``: CSV in UTF-8, a header and ``rows`` records."""

    data: bytes
    columns: list[str]
    rows: int


def ask_source(source: SqlSource) -> Answer:
    """All that the source answers. Raises SetupError, one line without the password or a value, where there is no
    driver, no server, no table or no answer; nothing is written on either side."""
    with _told(source), contextlib.ExitStack() as stack:
        engine = _engine(source)
        stack.callback(engine.dispose)
        connection = stack.enter_context(_connected(source, engine))
        query = source.query or _whole_table(connection, source)
        # As it stands: % and : are the query's own.
        asked = connection.execution_options(no_parameters=True, stream_results=True, yield_per=AT_ONCE)
        result = asked.exec_driver_sql(query.strip().rstrip(";"))
        if not result.returns_rows:
            raise SetupError(f"{source.name} answers no rows; it has to be one SELECT")
        columns = list(result.keys())
        with io.BytesIO() as out:
            rows = _write(out, columns, result.partitions(AT_ONCE))
            return Answer(out.getvalue(), columns, rows)


def _write(out: io.BytesIO, columns: list[str], pieces: Iterator[Sequence[Any]]) -> int:
    rows = 0
    text = io.TextIOWrapper(out, encoding="utf-8", errors="replace", newline="", write_through=True)
    writer = csv.writer(text, lineterminator="\r\n")  # either of the two in a cell is quoted
    writer.writerow(columns)
    for piece in pieces:
        rows += len(piece)
        if rows >= LINES_A_SOURCE:
            raise SetupError(f"more than {LINES_A_SOURCE - 1} rows; ask for them in several queries, --incremental")
        writer.writerows(zip(*map(_texts, zip(*piece, strict=True)), strict=True))
    text.detach()
    return rows


def _texts(values: Sequence[Any]) -> Sequence[str]:
    """The cells of one column."""
    if set(map(type, values)) == {str} and "\0" not in "".join(values):
        return values
    return [_CELL.get(type(value), _of_other)(value) for value in values]


def _of_other(value: Any) -> str:
    return str(value).replace("\0", "")


def _decimal_text(value: Decimal) -> str:
    whole = value.is_finite() and value == value.to_integral_value()
    return str(int(value)) if whole else format(value, "f")


def _decoded(value: bytes) -> str:
    """Text that is kept as bytes, in the encodings that there are here."""
    try:
        return value.decode()
    except UnicodeDecodeError:
        pass
    try:
        return value.decode("gb18030")
    except UnicodeDecodeError:
        return value.decode(errors="replace")


def _bytes_text(value: bytes | memoryview) -> str:
    """Text that is kept as bytes; a picture or a fingerprint is no cell."""
    told = _decoded(bytes(value))
    return told if told.replace("\n", "").replace("\r", "").replace("\t", "").isprintable() else ""


_CELL: Final[dict[type, Callable[[Any], str]]] = {
    type(None): lambda _: "",
    bool: lambda value: "TRUE" if value else "FALSE",
    int: str,
    float: number_text,
    Decimal: _decimal_text,
    dt.date: dt.date.isoformat,
    dt.datetime: moment_text,
    bytes: _bytes_text,
    memoryview: _bytes_text,
}


def _engine(source: SqlSource) -> Engine:
    url, arguments = source.url, {}
    if url.get_backend_name() in ("postgresql", "postgres"):
        if "+" not in url.drivername:
            url = url.set(drivername="postgresql+psycopg2")
        options = f"{url.query.get('options', '')} -c default_transaction_read_only=on".strip()
        arguments = {"connect_timeout": CONNECT_SECONDS, "options": options}
    elif url.get_backend_name() == "sqlite":
        if not Path(url.database or "").is_file():  # it would be made
            raise SetupError(f"no such file: {url.database}")
        file = f"file:{quote(str(Path(url.database or '').resolve()))}"
        url = url.set(database=file, query={"mode": "ro", "uri": "true"})
    try:
        engine = create_engine(url, hide_parameters=True, poolclass=NullPool, connect_args=arguments)
    except (NoSuchModuleError, ImportError) as error:
        missing = error.name if isinstance(error, ImportError) else url.drivername
        raise SetupError(
            f"no driver for {url.drivername}:// is installed ({missing}); postgresql and sqlite are; put its package "
            "into requirements.in, or have the registry's owner write an extract as CSV"
        ) from None
    if url.get_backend_name() == "sqlite":

        @event.listens_for(engine, "connect")
        def _any_encoding(connection, _record) -> None:  # type: ignore[no-untyped-def]
            connection.text_factory = _decoded

    return engine


@contextlib.contextmanager
def _connected(source: SqlSource, engine: Engine) -> Iterator[Connection]:
    try:
        connection = engine.connect()
    except DBAPIError as error:
        raise SetupError(
            f"cannot connect to {source.place}: {_words(source, error)}; the server has to be up and to let this "
            "machine in, the password is CLEARBASE_REGISTRY_PASSWORD or in keys/registry.password"
        ) from None
    with connection:
        if said := READ_ONLY.get(engine.dialect.name):
            connection.exec_driver_sql(said)
        yield connection
        connection.rollback()


def _whole_table(connection: Connection, source: SqlSource) -> str:
    """A query for all of the table. Raises SetupError that names those that are nearest."""
    *schema, name = (source.table or "").split(".")
    of = ".".join(schema) or None
    there = inspect(connection)
    if not there.has_table(name, schema=of):
        with contextlib.suppress(SQLAlchemyError):
            known = [*there.get_table_names(schema=of), *there.get_view_names(schema=of)]
            near = difflib.get_close_matches(name, known, 3, cutoff=0.4) or sorted(known)[:5]
            raise SetupError(
                f"no table or view {source.table} in {source.place} that this login may see; "
                + (f"there are {', '.join(near)}" if near else "there is none in this schema: say schema.table")
            )
        raise SetupError(f"no schema {of} in {source.place} that this login may see")
    quoted = connection.dialect.identifier_preparer
    return f"SELECT * FROM {quoted.quote_schema(of) + '.' if of else ''}{quoted.quote(name)}"  # noqa: S608 (it is there)


@contextlib.contextmanager
def _told(source: SqlSource) -> Iterator[None]:
    """Faults of the driver become one line; its words are told where no value of a row can stand in them."""
    try:
        yield
    except DBAPIError as error:
        raise SetupError(f"{source.place} refused {source.name}: {_words(source, error)}") from None
    except (ValueError, OverflowError, UnicodeError, SQLAlchemyError) as error:
        raise SetupError(
            f"{source.name} of {source.place} holds a value that its driver cannot give ({type(error).__name__}), such "
            "as a date before year 1 or after 9999; cast that column to text in a query"
        ) from None


def _words(source: SqlSource, error: DBAPIError) -> str:
    fault = error.orig
    words = str(fault).strip().partition("\n")[0]
    state = getattr(fault, "pgcode", None)
    if type(fault).__module__.startswith("psycopg2"):
        told = state[:2] in TOLD if state else "Operational" in type(fault).__name__
    else:
        told = words.startswith(TOLD_OF_SQLITE)
    if source.url.password:
        words = words.replace(str(source.url.password), "***")
    return words if told else ", ".join(filter(None, (f"SQLSTATE {state}" if state else "", type(fault).__name__)))
