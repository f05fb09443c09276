"""The set-based statements of identity in ``sql/link``, run in DuckDB: in memory, nothing on disk, and one thread.

Two cost a seventh more CPU of a machine that others use as well, and a usual batch is hardly sooner done.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from clearbase.settings import SQL

if TYPE_CHECKING:
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
    """All rows of ``sql/link/<name>.sql``."""
    return connection.execute(text(name), bound or {}).fetchall()


@cache
def text(name: str) -> str:
    return (FOLDER / f"{name}.sql").read_text(encoding="utf-8")
