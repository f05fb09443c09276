"""The set-based statements of identity in ``sql/link``, run in DuckDB: in memory, nothing on disk, and one thread.

Two cost a seventh more CPU of a machine that others use as well, and a usual batch is hardly sooner done.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

from clearbase.errors import StageFault
from clearbase.settings import SQL

if TYPE_CHECKING:
    import pyarrow as pa
    from duckdb import DuckDBPyConnection

FOLDER = SQL / "link"


def open_memory() -> DuckDBPyConnection:
    """An empty base in memory that knows the macros. It writes nothing to disk and asks nothing of the network."""
    import duckdb

    connection = duckdb.connect(
        ":memory:", config={"threads": 1, "temp_directory": "", "autoinstall_known_extensions": False}
    )
    for path in sorted((FOLDER / "macros").glob("*.sql")):
        run(connection, f"macros/{path.stem}")
    return connection


def run(connection: DuckDBPyConnection, name: str, bound: dict[str, Any] | None = None) -> list[tuple[Any, ...]]:
    """All rows of ``sql/link/<name>.sql``. Raises StageFault where DuckDB cannot do it."""
    with _without_cells(name):
        return connection.execute(text(name), bound or {}).fetchall()


def table_of(connection: DuckDBPyConnection, name: str) -> pa.Table:
    """The same as a table."""
    with _without_cells(name):
        return connection.sql(text(name)).to_arrow_table()


@contextmanager
def _without_cells(name: str) -> Iterator[None]:
    """DuckDB's own words may quote a cell."""
    import duckdb

    try:
        yield
    except duckdb.Error as error:
        raise StageFault(f"sql/link/{name}.sql: {type(error).__name__}") from None


@cache
def text(name: str) -> str:
    return (FOLDER / f"{name}.sql").read_text(encoding="utf-8")
