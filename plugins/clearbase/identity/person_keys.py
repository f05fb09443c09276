"""Each person's key: made when the person first owns a sealed row, wrapped in ``identity.person_key``, deletable."""

from __future__ import annotations

import os

import psycopg2.errors
import pyarrow as pa
from sqlalchemy import Connection

from clearbase.privacy.key_sources import KEY_BYTES
from clearbase.privacy.keyring import Keyring
from clearbase.warehouse.copying import copy_rows
from clearbase.warehouse.statements import statement


def keys_of_persons(
    connection: Connection, keyring: Keyring, person_ids: list[int], begun_from: int | None = None
) -> dict[int, tuple[int, bytes]]:
    """person id → (key number, clear key), making the keys that are missing. Ids from ``begun_from`` on are persons who
    have hardly been written of before: their keys are made first, and looked up only where another was quicker."""
    begun = [each for each in person_ids if begun_from is not None and each >= begun_from]
    keys = _keys(connection, keyring, "person", person_ids[: len(person_ids) - len(begun)])
    return keys | _missing(connection, keyring, "person", begun)


def key_of_source(connection: Connection, keyring: Keyring, source_id: int) -> tuple[int, bytes]:
    """The key of what belongs to nobody in a submission or registry load."""
    return _keys(connection, keyring, "source", [source_id])[source_id]


def _keys(connection: Connection, keyring: Keyring, owner: str, ids: list[int]) -> dict[int, tuple[int, bytes]]:
    keys = _known(connection, keyring, owner, ids)
    return keys | _missing(connection, keyring, owner, [each for each in ids if each not in keys])


def _missing(connection: Connection, keyring: Keyring, owner: str, missing: list[int]) -> dict[int, tuple[int, bytes]]:
    """In the order of ``missing``, persons sorted: two publications that share some wait for one another and never in
    a circle. Where another was quicker with one of them its keys hold."""
    if not missing:
        return {}
    numbers = connection.execute(statement("publish/key_numbers"), {"count": len(missing)}).scalar_one()
    drawn = os.urandom(KEY_BYTES * len(missing))
    fresh = [drawn[start : start + KEY_BYTES] for start in range(0, len(drawn), KEY_BYTES)]
    rows = pa.table(
        {
            "key_no": pa.array(numbers, pa.int64()),
            f"{owner}_id": pa.array(missing, pa.int64()),
            "wrapped": pa.array(keyring.wrap_all(fresh, map(_context, numbers)), pa.binary()),
        }
    )
    try:
        with connection.begin_nested():
            copy_rows(connection, "identity.person_key", rows)
    except psycopg2.errors.UniqueViolation:
        known = _known(connection, keyring, owner, missing)
        return known | _missing(connection, keyring, owner, [each for each in missing if each not in known])
    return {each: (no, key) for each, no, key in zip(missing, numbers, fresh, strict=True)}


def _known(connection: Connection, keyring: Keyring, owner: str, ids: list[int]) -> dict[int, tuple[int, bytes]]:
    rows = connection.execute(statement(f"publish/{owner}_keys"), {"ids": ids})
    return {row.owner_id: (row.key_no, unwrapped(keyring, row.key_no, row.wrapped)) for row in rows}


def unwrapped(keyring: Keyring, key_no: int, wrapped: bytes) -> bytes:
    """The clear key number ``key_no``. Raises SealError where it was altered or is another home's."""
    return keyring.unwrap(bytes(wrapped), _context(key_no))


def _context(key_no: int) -> bytes:
    return b"person-key:%d" % key_no
