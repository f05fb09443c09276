"""Keys are rotated while the base is in use (NIST SP 800-57 part 1, 5.3.6): the next link of the chain is wrapped anew,
no sealed row changes.

Each chunk is its own transaction, and what is left to do is read from the values, which name their key: what was cut
short goes on when it is asked for again. Who works with the base meanwhile opens what lies under either key
(``Keyring.unwrap``).
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
from sqlalchemy import Connection, Engine, Row, create_engine
from sqlalchemy.exc import OperationalError

from clearbase.errors import RequestError, SealError
from clearbase.privacy.key_sources import NEXT, find_key, is_from_file, key_file, make_key_file
from clearbase.privacy.keyring import Keyring, new_data_key, token_check, unwrap_data_key, wrap_data_key
from clearbase.privacy.landing import wrap_anew
from clearbase.runtime.account import acting_account
from clearbase.runtime.private_files import replace_private
from clearbase.settings import Settings
from clearbase.warehouse.copying import copy_rows
from clearbase.warehouse.database import Database
from clearbase.warehouse.statements import statement

CHUNK: Final = 20_000
# What lies under data keys in the base: statements keys/older_…, keys/put_…, and the context in which each is sealed.
UNDER_DATA_KEYS: Final = (
    ("person_keys", "person-key:%d"),
    ("file_names", "file-name:%d"),
)
Progress = Callable[[str, int], None]  # of what, how many so far


@dataclass(frozen=True)
class Rotated:
    """``key_id``: the data key that everything lies under now; ``wrapped``: what → how many were wrapped anew;
    ``unreadable``: files of the landing store that do not open, and stay as they are."""

    key_id: int
    wrapped: dict[str, int]
    unreadable: tuple[Path, ...]


def rotate_data_key(settings: Settings, database: Database, progress: Progress) -> Rotated:
    """Make a new data key, or go on with one whose rotation was cut short, and wrap under it whatever lies under older
    ones. Raises RequestError where another rotation is at work."""
    with _administrator(database, "rotation") as engine:
        key_id = _key_to_rotate_to(engine, database.keyring)
        database.keyring.refresh()
        wrapped, unreadable = _wrap_all_anew(settings, engine, database.keyring, progress)
        with engine.begin() as connection:
            connection.execute(statement("keys/rotated"), {"key_id": key_id})
            _note(connection, "data key rotated", f"data key {key_id}", wrapped)
    return Rotated(key_id, wrapped, unreadable)


def rotate_master_key(settings: Settings, database: Database) -> str | None:
    """Wrap the data keys under the next master key. Returns what the operator has to do then, where the key does not
    come from our file. Raises RequestError where no next key is at hand or another rotation is at work."""
    with _administrator(database, "rotation", "rotating") as engine:
        following = find_key(settings, NEXT)
        if following is None:
            following = _made_in_a_file(settings)
        with engine.begin() as connection:
            for key_id, wrapped, _ in connection.execute(statement("privacy/data_keys")).all():
                unwrap_data_key(database.keyring, key_id, bytes(wrapped))
                key = database.keyring.data_keys[key_id]
                bound = {"key_id": key_id, "wrapped": wrap_data_key(following, key_id, key)}
                connection.execute(statement("keys/rewrap_data_key"), bound)
            _note(connection, "master key rotated", "the data keys", {"data keys": len(database.keyring.data_keys)})
        database.keyring.master, database.keyring.next_master = following, None
        if is_from_file(settings, "master") and is_from_file(settings, NEXT):
            replace_private(key_file(settings, NEXT), key_file(settings, "master"))
            return None
    return (
        "let CLEARBASE_MASTER_KEY (or its command) give from now on what the next master key is, everywhere, and only "
        "then unset CLEARBASE_NEXT_MASTER_KEY (or its command)"
    )


def _made_in_a_file(settings: Settings) -> bytes:
    if is_from_file(settings, "master"):
        with contextlib.suppress(OSError):  # secrets of Docker lie in a folder that nobody can write
            return bytes.fromhex(make_key_file(key_file(settings, NEXT)))
    raise RequestError(
        "the master key does not come from a file that can be replaced: set CLEARBASE_NEXT_MASTER_KEY or "
        "CLEARBASE_NEXT_MASTER_KEY_COMMAND to the one that shall follow it, everywhere, and ask again"
    )


def retire_data_keys(settings: Settings, database: Database, progress: Progress) -> list[int]:
    """Delete the data keys under which nothing lies any more. Returns their numbers. Raises RequestError while anybody
    else works with the base, who might still seal under one, and where a file that lies under one does not open."""
    with _administrator(database, "rotation") as engine, engine.begin() as connection:
        newest = connection.execute(statement("keys/newest")).one()
        if newest.goes_on:
            raise RequestError("a rotation was cut short: ./clearbase keys rotate goes on with it")
        database.keyring.refresh()
        database.loader.dispose()  # from here on the pipeline's role waits for us
        connection.execute(statement("keys/patience"))
        try:
            connection.execute(statement("locks/keys_free"))
        except OperationalError:
            others = "others work with the base: stop ./clearbase up and what else runs, and ask again"
            raise RequestError(others) from None
        # A key that is not there is not asked for: whoever opens the base waits for us, and so should we.
        ring = replace(database.keyring, again=None)
        unreadable = _wrap_all_anew(settings, engine, ring, progress)[1]
        if unreadable:
            raise RequestError(f"{unreadable[0].name} and {len(unreadable) - 1} more files do not open: take them away")
        gone = sorted(connection.execute(statement("keys/retire"), {"newest": newest.key_id}).scalars())
        if gone:
            _note(connection, "data keys retired", f"data keys {', '.join(map(str, gone))}", {})
        return gone


def data_keys(database: Database) -> list[Row[Any]]:
    """A row a data key: when it was made and rotated to, and what lies under it in the base."""
    with _administrator(database) as engine, engine.connect() as connection:
        return list(connection.execute(statement("keys/status")).all())


@contextlib.contextmanager
def _administrator(database: Database, *locks: str) -> Iterator[Engine]:
    """The local administrator's, for the pipeline's own role may not change data keys; ``locks``: held meanwhile.
    Raises RequestError where another rotation holds one."""
    arguments = {"application_name": f"clearbase, {acting_account()}"}
    engine = create_engine(database.admin, hide_parameters=True, connect_args=arguments)
    try:
        with engine.connect() as session:
            for name in locks:
                if session.execute(statement(f"locks/{name}")).scalar() is False:
                    raise RequestError("another rotation of keys is at work")
            session.commit()
            yield engine
            session.invalidate()  # its locks end with it, not with the pool
    finally:
        engine.dispose()


def _note(connection: Connection, action: str, subject: str, detail: dict[str, int]) -> None:
    connection.execute(statement("audit/note"), {"verdict": action, "subject": subject, "detail": json.dumps(detail)})


def _key_to_rotate_to(engine: Engine, keyring: Keyring) -> int:
    with engine.begin() as connection:
        connection.execute(statement("locks/keys"))
        newest = connection.execute(statement("keys/newest")).one()
        if newest.goes_on:
            return int(newest.key_id)
        key_id = int(newest.key_id) + 1
        bound = {"key_id": key_id, "wrapped": new_data_key(keyring, key_id), "token_check": token_check(keyring)}
        connection.execute(statement("privacy/add_data_key"), bound)
        return key_id


def _wrap_all_anew(
    settings: Settings, engine: Engine, keyring: Keyring, progress: Progress
) -> tuple[dict[str, int], tuple[Path, ...]]:
    wrapped = {what: _wrap_rows(engine, keyring, what, context, progress) for what, context in UNDER_DATA_KEYS}
    files, unreadable = 0, []
    for path in sorted(path for path in settings.landing_folder.rglob("*") if path.is_file() and not path.is_symlink()):
        try:
            files += wrap_anew(keyring, path)
        except FileNotFoundError:  # staged, and done with meanwhile
            continue
        except (SealError, OSError):
            unreadable.append(path)
        progress("files", files)
    return wrapped | {"files": files}, tuple(unreadable)


def _wrap_rows(engine: Engine, keyring: Keyring, what: str, context: str, progress: Progress) -> int:
    done, after = 0, -1
    while True:
        with engine.begin() as connection:
            bound = {"after": after, "newest": keyring.newest, "many": CHUNK}
            rows = connection.execute(statement(f"keys/older_{what}"), bound).all()
            if not rows:
                return done
            places = [(context % row.id).encode() for row in rows]
            keys = [keyring.unwrap(bytes(row.sealed), place) for row, place in zip(rows, places, strict=True)]
            anew = {
                "id": pa.array([row.id for row in rows], pa.int64()),
                "sealed": pa.array(keyring.wrap_all(keys, places), pa.binary()),
            }
            connection.execute(statement("keys/sealed_anew"))
            copy_rows(connection, "sealed_anew", pa.table(anew))
            connection.execute(statement(f"keys/put_{what}"))
        done, after = done + len(rows), rows[-1].id
        progress(what, done)
