"""Stage 1, claim: a file becomes a submission, its bytes sealed in the landing store before anything reads them."""

from __future__ import annotations

import contextlib
import io
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import Connection

from clearbase.given import Given
from clearbase.intake.discover import WaitingFile, open_regular, opened_key, source_key
from clearbase.privacy.keyring import Keyring
from clearbase.privacy.labels import unread_label
from clearbase.privacy.landing import seal_file
from clearbase.reading.archive import Member, unpack
from clearbase.settings import Settings
from clearbase.warehouse.database import Database
from clearbase.warehouse.statements import statement

NO_BYTES = b""  # in the place of the SHA-256 of a file that is not kept: not to be opened, or too large
COMMAND_LINE = "command line"  # who works on a batch, where it is no Dag run
LINES_A_SOURCE = 2**24  # a ledger id is the number of its source times this, plus the number of the line


class FileChanged(Exception):
    """Somebody writes at the file still: it waits for the next look."""


def original(settings: Settings, submission_id: int) -> Path:
    """Where the sealed bytes of a submission or an extract lie."""
    return original_in(settings.landing_folder, submission_id)


def original_in(landing: Path, source_id: int) -> Path:
    """The same below a landing store."""
    return landing / "originals" / f"{source_id}.sealed"


def open_batch(connection: Connection, run_by: str = COMMAND_LINE) -> int:
    """A new batch; a Dag run has one."""
    return int(connection.execute(statement("intake/open_batch"), {"run_by": run_by}).scalar_one())


def claim(
    settings: Settings,
    database: Database,
    batch_id: int,
    files: list[WaitingFile],
    given: Given,
    claimed: Callable[[str], None],
) -> None:
    """Make a submission of each file: one transaction a file, so that a crash loses none and doubles none.

    A file that an unfinished batch already holds with the same given facts (a run that was killed) is that submission
    and no second one. One that cannot be opened is a submission without bytes, which reading will say. ``claimed`` is
    told each file's label.
    """
    with database.loader.begin() as connection:
        rows = connection.execute(statement("intake/unfinished"))
        unfinished = {(bytes(row.source_key), row.given_employer, row.given_period, row.given_kind) for row in rows}
    for file in files:
        try:
            key = source_key(file.path)
        except OSError:  # gone since it was found
            key = NO_BYTES
        if (key, given.employer_uscc or file.employer_uscc, given.period, given.kind) not in unfinished:
            claim_file(settings, database, batch_id, file, key, given)
        claimed(unread_label(file.path.name))


def claim_file(
    settings: Settings, database: Database, batch_id: int, file: WaitingFile, key: bytes, given: Given
) -> bool:
    """Make a submission of one file, or of each file in a zip. Returns whether all their bytes are sealed.

    They are not where a file is too large, damaged or shut to us. It is opened once, and what was opened is sealed: of
    a file that lies ``below`` a folder of others' raises FileChanged, and claims nothing, where that is not the one of
    ``key`` or was written to meanwhile, and FileNotFoundError where it is gone.
    """
    with database.loader.begin() as connection, _opened(file) as source:
        _check_at_rest(file, source, key)
        sealed = [
            _claim_part(settings, database, connection, batch_id, file, source, key, given, part)
            for part in _parts(settings, source)
        ]
        _check_at_rest(file, source, key)
    return all(sealed)


def _opened(file: WaitingFile) -> contextlib.AbstractContextManager[BinaryIO | None]:
    """None where the file does not let itself be opened."""
    try:
        return open_regular(file.path, file.below)
    except OSError as fault:
        if file.below is not None and isinstance(fault, FileNotFoundError):
            raise
        return contextlib.nullcontext()


def _check_at_rest(file: WaitingFile, source: BinaryIO | None, key: bytes) -> None:
    if file.below is None or source is None:
        return
    if opened_key(file.path, source) != key or os.fstat(source.fileno()).st_nlink > 1:
        raise FileChanged("the file is another one, or was written to while it was being claimed")


def _parts(settings: Settings, source: BinaryIO | None) -> Iterator[Member | None]:
    """The files of a zip; None, for the file itself, where it is no zip or one that is not unpacked."""
    found = False
    with contextlib.suppress(OSError):
        if source is not None and os.fstat(source.fileno()).st_size <= settings.max_file_bytes:
            for member in unpack(source, settings.max_file_bytes):
                found = True
                yield member
    if not found:
        yield None


def _claim_part(
    settings: Settings,
    database: Database,
    connection: Connection,
    batch_id: int,
    file: WaitingFile,
    source: BinaryIO | None,
    key: bytes,
    given: Given,
    part: Member | None,
) -> bool:
    submission_id = next_source(connection)
    if part is None:
        digest, size = _seal(settings, database.keyring, submission_id, source)
    elif part.data is None:
        digest, size = NO_BYTES, part.size
    else:
        digest, size = seal_file(database.keyring, original(settings, submission_id), io.BytesIO(part.data))
    add_submission(
        connection,
        database.keyring,
        f"{file.told_name}/{part.name}" if part else file.told_name,
        {
            "submission_id": submission_id,
            "batch_id": batch_id,
            "source_key": key,
            "file_sha256": digest,
            "file_bytes": size,
            "given_employer": given.employer_uscc or file.employer_uscc,
            # What the operator says is settled; what the folder says, the content may contradict (read).
            "employer_uscc": given.employer_uscc,
            "given_period": given.period,
            "given_kind": given.kind,
            "held_for": file.held_for,
            "again_of": None,
            "replay_of": None,
        },
    )
    return digest != NO_BYTES


def add_submission(connection: Connection, keyring: Keyring, file_name: str, facts: dict[str, object]) -> None:
    """A row of ``intake.submission``; ``facts`` are its columns but for the name, which is sealed here."""
    label, sealed = unread_label(file_name), seal_name(keyring, int(str(facts["submission_id"])), file_name)
    row = facts | {"file_name": label, "file_name_sealed": sealed}
    connection.execute(statement("intake/add_submission"), row)


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


def _seal(settings: Settings, keyring: Keyring, submission_id: int, source: BinaryIO | None) -> tuple[bytes, int]:
    """SHA-256 and size of what was sealed; NO_BYTES where the file does not let itself be read or is too large."""
    if source is None:
        return NO_BYTES, 0
    size = os.fstat(source.fileno()).st_size
    if size > settings.max_file_bytes:
        return NO_BYTES, size
    try:
        source.seek(0)
        return seal_file(keyring, original(settings, submission_id), _Source(source))
    except _SourceFault:
        return NO_BYTES, 0


class _SourceFault(Exception):
    """The employer's file cannot be read on; a fault of the landing store is another thing and stops the run."""


@dataclass(frozen=True)
class _Source:
    file: BinaryIO

    def read(self, size: int) -> bytes:
        try:
            return self.file.read(size)
        except OSError as fault:
            raise _SourceFault from fault
