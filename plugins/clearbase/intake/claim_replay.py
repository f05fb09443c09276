"""A batch of a replay: published files, taken again from their sealed originals with what was given with them."""

from __future__ import annotations

import io
import logging

from sqlalchemy import Connection, Row

from clearbase.errors import SealError
from clearbase.intake.claim import add_submission, next_source, open_batch, open_name, original
from clearbase.privacy.landing import open_file, seal_file
from clearbase.settings import Settings
from clearbase.warehouse.database import Database
from clearbase.warehouse.locks import session_lock
from clearbase.warehouse.statements import statement

log = logging.getLogger(__name__)


def claim_replay(settings: Settings, database: Database, replay_id: int, batch_no: int) -> int:
    """The batch of intake that takes these files again; asked for twice, it is the same one. All of it is claimed, or
    nothing; a file whose original is damaged or has gone meanwhile is left out, and stays as it was."""
    key = {"replay_id": replay_id, "batch_no": batch_no}
    run_by = f"replay {replay_id}/{batch_no}"
    with session_lock(database, "claims"), database.loader.begin() as connection:
        mine = connection.execute(statement("intake/batch_of_run"), {"run_by": run_by}).scalar()
        if mine is not None:
            return int(mine)
        rows = connection.execute(statement("replay/batch_files"), key).all()
        batch_id = open_batch(connection, run_by)
        for row in rows:
            try:
                clear = open_file(database.keyring, original(settings, row.submission_id))
            except (FileNotFoundError, SealError):
                log.warning("submission %d cannot be replayed: its original does not open", row.submission_id)
                continue
            again = _again(settings, database, connection, batch_id, row, clear)
            told = {"replay_id": replay_id, "submission_id": row.submission_id, "replayed_as": again}
            connection.execute(statement("replay/claimed"), told)
    return batch_id


def _again(
    settings: Settings, database: Database, connection: Connection, batch_id: int, row: Row[tuple[object]], clear: bytes
) -> int:
    submission_id, keyring = next_source(connection), database.keyring
    seal_file(keyring, original(settings, submission_id), io.BytesIO(clear))
    facts = {
        "submission_id": submission_id,
        "batch_id": batch_id,
        "source_key": row.source_key,
        "file_sha256": row.file_sha256,
        "file_bytes": row.file_bytes,
        "given_employer": row.given_employer,
        # It was published as that of whom the operator or the folder named: that is settled.
        "employer_uscc": row.given_employer if row.given_employer == row.employer_uscc else None,
        "given_period": row.given_period,
        "given_kind": row.given_kind,
        "held_for": None,
        "again_of": row.submission_id,
        "replay_of": row.submission_id,
    }
    add_submission(connection, keyring, open_name(keyring, row.submission_id, row.file_name_sealed), facts)
    return submission_id
