"""Locks that a session holds and that end with it, however it ends."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from clearbase.warehouse.database import Database
from clearbase.warehouse.statements import statement


@contextlib.contextmanager
def session_lock(database: Database, name: str, **bound: int) -> Iterator[bool]:
    """Hold the advisory lock that ``sql/locks/<name>`` takes. Yields what the statement says: False where it only
    tried and another session has it."""
    # Not from the pool: closing the session frees the lock.
    connection = database.loader.connect()
    connection.detach()
    try:
        taken = connection.execute(statement(f"locks/{name}"), bound).scalar()
        connection.commit()
        yield taken is not False
    finally:
        connection.close()
