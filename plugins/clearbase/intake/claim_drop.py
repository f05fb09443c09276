"""A Dag run's batch from the drop folder: what waits there, up to a budget.

The folder and the intake table say what there is to do, never an event: an event only wakes.
"""

from __future__ import annotations

import contextlib
import logging
from collections import Counter
from pathlib import Path

from clearbase.given import Given
from clearbase.intake.claim import FileChanged, claim_file, open_batch
from clearbase.intake.discover import source_key, take_away
from clearbase.intake.drop import placed, waiting_in_drop
from clearbase.ledger.employers import known_employers
from clearbase.settings import Settings
from clearbase.warehouse.database import Database
from clearbase.warehouse.locks import session_lock
from clearbase.warehouse.statements import statement

log = logging.getLogger(__name__)


def claim_dropped(settings: Settings, database: Database, run_by: str) -> int | None:
    """Seal what waits, smallest first, into the batch of this run, and empty the inboxes of it. None: nothing waits.

    A file larger than the budget makes a batch alone. Done again after a crash, it goes on with the same batch.
    """
    with session_lock(database, "claims"):
        with database.loader.begin() as connection:
            known = set(known_employers(connection))
            batch_id = connection.execute(statement("intake/batch_of_run"), {"run_by": run_by}).scalar()
            claimed = connection.execute(statement("intake/batch_bytes"), {"batch_id": batch_id}).scalar_one()
        for path, key, size in _unclaimed(settings, database):
            if claimed and claimed + size > settings.batch_bytes:
                break
            if batch_id is None:
                with database.loader.begin() as connection:
                    batch_id = open_batch(connection, run_by)
            with contextlib.suppress(FileChanged, FileNotFoundError):
                file = placed(settings, path, known)
                if claim_file(settings, database, batch_id, file, key, Given()):
                    take_away(path, settings.drop_folder, key)
                claimed += max(size, 1)
        if batch_id is not None and not claimed:  # all of it changed under our hands
            with database.loader.begin() as connection:
                connection.execute(statement("intake/close_batch"), {"batch_id": batch_id})
            return None
    return batch_id


def _unclaimed(settings: Settings, database: Database) -> list[tuple[Path, bytes, int]]:
    """Path, key and size of the waiting files that no batch has; the inbox copies of sealed ones go now if a crash
    came before that. Files that could not be sealed stay where they lie and are not taken twice."""
    waiting: list[tuple[Path, bytes, int]] = []
    skipped: Counter[str] = Counter()
    for path in waiting_in_drop(settings, skipped):
        with contextlib.suppress(OSError):  # taken away meanwhile
            waiting.append((path, source_key(path), path.stat().st_size))
    for why, number in skipped.items():
        log.warning("passed over in the drop folder: %d %s", number, why)
    keys = [key for _, key, _ in waiting]
    with database.loader.begin() as connection:
        rows = connection.execute(statement("intake/claimed_sources"), {"source_keys": keys}).all()
    claimed = {bytes(row.source_key): row.is_sealed for row in rows}
    for path, key, _ in waiting:
        if claimed.get(key):
            take_away(path, settings.drop_folder, key)
    return [entry for entry in waiting if entry[1] not in claimed]
