"""How far the audit has been verified, kept outside the base: who rules the base can begin the chain of its events
anew, but not make the mark of one that was there, for which he needs the token key (HMAC-SHA-256, RFC 2104)."""

from __future__ import annotations

import hashlib
import hmac

from sqlalchemy import Connection

from clearbase.errors import SetupError
from clearbase.runtime.private_files import read_private, write_private
from clearbase.warehouse.database import Database
from clearbase.warehouse.statements import statement


def strayed(connection: Connection, database: Database) -> list[tuple[object, ...]]:
    """The event up to which the audit was verified last, where it is gone or another; none where nothing was kept."""
    if not database.anchor.exists():
        return []
    try:
        number, mark = read_private(database.anchor).split(":")
        event_id = int(number)
    except (SetupError, ValueError):
        return [(f"{database.anchor.name} cannot be read",)]
    chain = connection.execute(statement("verify/chain_of_event"), {"event_id": event_id}).scalar()
    if chain is not None and hmac.compare_digest(mark, _mark(database, event_id, bytes(chain))):
        return []
    return [(event_id, "is gone or another since it was verified")]


def keep(connection: Connection, database: Database) -> None:
    """Remember the newest event that ``connection`` sees, of an audit that holds."""
    newest = connection.execute(statement("verify/newest_event")).one_or_none()
    if newest is not None:
        mark = _mark(database, newest.event_id, bytes(newest.chain))
        write_private(database.anchor, f"{newest.event_id}:{mark}")


def _mark(database: Database, event_id: int, chain: bytes) -> str:
    key = hmac.digest(database.keyring.token, b"clearbase audit anchor", hashlib.sha256)
    return hmac.new(key, b"%d:" % event_id + chain, hashlib.sha256).hexdigest()
