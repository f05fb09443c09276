"""Each person's key: made when the person first owns a sealed row, wrapped in ``identity.person_key``, deletable."""

from __future__ import annotations

import os

import pyarrow as pa
from sqlalchemy import Connection

from clearbase.privacy.keyring import KEY_BYTES, Keyring
from clearbase.warehouse.copying import copy_rows
from clearbase.warehouse.statements import statement


def keys_of_persons(connection: Connection, keyring: Keyring, person_ids: list[int]) -> dict[int, tuple[int, bytes]]:
    """person id → (key number, clear key), making the keys that are missing."""
    return _keys(connection, keyring, "person", person_ids)


def key_of_source(connection: Connection, keyring: Keyring, source_id: int) -> tuple[int, bytes]:
    """The key of what belongs to nobody in a submission or registry load."""
    return _keys(connection, keyring, "source", [source_id])[source_id]


def _keys(connection: Connection, keyring: Keyring, owner: str, ids: list[int]) -> dict[int, tuple[int, bytes]]:
    known = {row.owner_id: row for row in connection.execute(statement(f"publish/{owner}_keys"), {"ids": ids})}
    keys = {
        row.owner_id: (row.key_no, keyring.unwrap(bytes(row.wrapped), _context(row.key_no))) for row in known.values()
    }
    missing = [each for each in ids if each not in keys]
    if missing:
        numbers = list(connection.execute(statement("publish/key_numbers"), {"count": len(missing)}).scalars())
        fresh = [os.urandom(KEY_BYTES) for _ in missing]
        copy_rows(
            connection,
            "identity.person_key",
            pa.table(
                {
                    "key_no": pa.array(numbers, pa.int64()),
                    f"{owner}_id": pa.array(missing, pa.int64()),
                    "wrapped": pa.array(
                        [keyring.wrap(key, _context(no)) for no, key in zip(numbers, fresh, strict=True)], pa.binary()
                    ),
                }
            ),
        )
        keys |= {each: (no, key) for each, no, key in zip(missing, numbers, fresh, strict=True)}
    return keys


def _context(key_no: int) -> bytes:
    return b"person-key:%d" % key_no
