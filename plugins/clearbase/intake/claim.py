"""Stage 1, claim: a file becomes a submission, its bytes sealed in the landing store before anything reads them."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row

from clearbase.intake.discover import WaitingFile
from clearbase.privacy.keyring import Keyring
from clearbase.privacy.labels import unread_label
from clearbase.privacy.landing import CHUNK, seal_file
from clearbase.records import RosterKind
from clearbase.settings import Settings
from clearbase.warehouse.database import Database
from clearbase.warehouse.statements import statement

NO_BYTES = b""  # in the place of the SHA-256 of a file that could not be opened
LINES_A_SOURCE = 2**24  # a ledger id is the number of its source times this, plus the number of the line


@dataclass(frozen=True)
class Given:
    """What the operator said with the files; it wins over what the files say of themselves."""

    employer_uscc: str | None = None
    period: dt.date | None = None
    kind: RosterKind | None = None


def original(settings: Settings, submission_id: int) -> Path:
    """Where the sealed bytes of a submission lie."""
    return settings.landing_folder / "originals" / f"{submission_id}.sealed"


def open_batch(connection: Connection) -> int:
    """A new batch."""
    return int(connection.execute(statement("intake/open_batch")).scalar_one())


def claim(
    settings: Settings,
    database: Database,
    batch_id: int,
    files: list[WaitingFile],
    given: Given,
    claimed: Callable[[str], None],
) -> None:
    """Make a submission of each file: one transaction a file, so that a crash loses none and doubles none.

    A file that an unfinished batch already holds (same bytes and given facts: a run that was killed) is that
    submission and no second one. One that cannot be opened is a submission without bytes, which reading will say.
    ``claimed`` is told each file's label.
    """
    with database.loader.begin() as connection:
        unfinished = Counter(_key(row) for row in connection.execute(statement("intake/unfinished")))
    for file in files:
        employer = given.employer_uscc or file.employer_uscc
        label = unread_label(file.path.name)
        try:
            digest, size = _digest(file.path)
        except OSError:
            digest, size = NO_BYTES, 0
        key = (digest, employer, given.period, given.kind)
        if unfinished[key]:
            unfinished[key] -= 1
        else:
            with database.loader.begin() as connection:
                submission_id = next_source(connection)
                if digest != NO_BYTES and size <= settings.max_file_bytes:
                    # What was sealed counts, should the file have been written to since it was looked at.
                    with file.path.open("rb") as source:
                        digest, size = seal_file(database.keyring, original(settings, submission_id), source)
                connection.execute(
                    statement("intake/add_submission"),
                    {
                        "submission_id": submission_id,
                        "batch_id": batch_id,
                        "file_name": label,
                        "file_name_sealed": seal_name(database.keyring, submission_id, file.path.name),
                        "file_sha256": digest,
                        "file_bytes": size,
                        "given_employer": employer,
                        # What the operator says is settled; what the folder says, the content may contradict (read).
                        "employer_uscc": given.employer_uscc,
                        "given_period": given.period,
                        "given_kind": given.kind,
                    },
                )
        claimed(label)


def seal_name(keyring: Keyring, submission_id: int, name: str) -> bytes:
    """A file's own name, sealed; bytes that are no text in this locale are kept as they are."""
    return keyring.wrap(name.encode("utf-8", "surrogateescape"), b"file-name:%d" % submission_id)


def open_name(keyring: Keyring, submission_id: int, sealed: bytes) -> str:
    """The name that ``seal_name`` sealed."""
    return keyring.unwrap(sealed, b"file-name:%d" % submission_id).decode("utf-8", "surrogateescape")


def next_source(connection: Connection) -> int:
    """The next number of the house-wide count of sources. No gaps: a transaction that fails gives its number back."""
    connection.execute(statement("intake/lock_sources"))
    return int(connection.execute(statement("intake/next_source")).scalar_one())


def _key(row: Row[Any]) -> tuple[object, ...]:
    return bytes(row.file_sha256), row.given_employer, row.given_period, row.given_kind


def _digest(path: Path) -> tuple[bytes, int]:
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as source:
        while block := source.read(CHUNK):
            digest.update(block)
            size += len(block)
    return digest.digest(), size
