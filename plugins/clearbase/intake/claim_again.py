"""Decided files that are taken again from their sealed originals: after a correction of ours, an employer that was
registered meanwhile, or because somebody says what the file did not."""

from __future__ import annotations

import io
from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, Row

from clearbase.errors import RequestError
from clearbase.given import Given
from clearbase.intake.claim import add_submission, next_source, open_batch, open_name, original
from clearbase.ledger.employers import known_employers
from clearbase.privacy.landing import open_file, seal_file
from clearbase.settings import Settings
from clearbase.warehouse.database import Database
from clearbase.warehouse.locks import session_lock
from clearbase.warehouse.statements import statement


def claim_again(
    settings: Settings,
    database: Database,
    run_by: str,
    submission_id: int | None,
    given: Given,
) -> int:
    """Make new submissions of decided ones, in the batch of this run.

    With ``submission_id`` that one, whatever became of it; employer and period are then said of it and win over its
    content. Without, they choose among what was held, refused or unreadable. Raises RequestError where nothing fits.
    """
    with session_lock(database, "claims"), database.loader.begin() as connection:
        return take_again(settings, database, connection, run_by, submission_id, given)


def take_again(
    settings: Settings,
    database: Database,
    connection: Connection,
    run_by: str,
    submission_id: int | None,
    given: Given,
) -> int:
    """As ``claim_again``, within the caller's transaction, who holds the lock ``claims``."""
    mine = connection.execute(statement("intake/batch_of_run"), {"run_by": run_by}).scalar()
    if mine is not None:  # this task was tried before: all of it was done, or nothing
        return int(mine)
    asked = {"submission_id": submission_id, "employer_uscc": given.employer_uscc, "period": given.period}
    rows = connection.execute(statement("intake/take_again"), asked).all()
    if not rows:
        raise RequestError(_nothing(asked))
    batch_id, known = open_batch(connection, run_by), known_employers(connection)
    said = given if submission_id is not None else Given()
    for row in rows:
        _again(settings, database, connection, batch_id, row, said, known)
    return batch_id


def _again(
    settings: Settings,
    database: Database,
    connection: Connection,
    batch_id: int,
    row: Row[Any],
    said: Given,
    known: Collection[str],
) -> None:
    submission_id, keyring = next_source(connection), database.keyring
    clear = open_file(keyring, original(settings, row.submission_id))
    seal_file(keyring, original(settings, submission_id), io.BytesIO(clear))
    employer = said.employer_uscc or row.given_employer
    add_submission(
        connection,
        keyring,
        open_name(keyring, row.submission_id, row.file_name_sealed),
        {
            "submission_id": submission_id,
            "batch_id": batch_id,
            "source_key": row.source_key,
            "file_sha256": row.file_sha256,
            "file_bytes": row.file_bytes,
            "given_employer": employer,
            "employer_uscc": said.employer_uscc,
            "given_period": said.period or row.given_period,
            "given_kind": row.given_kind,
            # A folder that has an employer by now is as good as any other.
            "held_for": None if said.employer_uscc or employer in known else row.held_for,
            "again_of": row.submission_id,
            "replay_of": row.replay_of,
        },
    )
    if row.replay_of is not None:
        told = {"submission_id": row.submission_id, "taken_again_as": submission_id}
        connection.execute(statement("replay/taken_again"), told)


def _nothing(asked: dict[str, Any]) -> str:
    told = ", ".join(f"{name} {value}" for name, value in asked.items() if value is not None)
    return (
        f"nothing to take again for {told}: only files that were decided and are kept can be, and by employer or month "
        "only those held, refused or unreadable that were not taken again since"
    )
