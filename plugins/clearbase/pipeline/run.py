"""One run: claim what is given, then every stage, batch by batch. Killed anywhere, it goes on when run again."""

from __future__ import annotations

import contextlib
from collections.abc import Callable

from clearbase.errors import BrokenError, GateError
from clearbase.given import Given
from clearbase.intake.claim import claim, open_batch
from clearbase.intake.discover import WaitingFile
from clearbase.ledger.employers import Employer, record_employer
from clearbase.pipeline.check import check_batch
from clearbase.pipeline.holds import finish_hold, unfinished_holds
from clearbase.pipeline.publish import publish_batch
from clearbase.pipeline.read import read_batch
from clearbase.pipeline.reply import reply_batch
from clearbase.pipeline.resolve import resolve_batch
from clearbase.pipeline.sweep import sweep
from clearbase.pipeline.verify import verify_batch
from clearbase.settings import Settings
from clearbase.warehouse.database import Database
from clearbase.warehouse.locks import session_lock
from clearbase.warehouse.statements import statement

STAGES = (
    ("read", read_batch),
    ("check", check_batch),
    ("resolve", resolve_batch),
    ("publish", publish_batch),
    ("reply", reply_batch),
)

Progress = Callable[[str, str], None]


def ingest(
    settings: Settings, database: Database, files: list[WaitingFile], given: Given, progress: Progress
) -> list[int]:
    """Take ``files`` all the way. Returns the batches that were worked on.

    Decisions about held files that were cut short are finished first, then batches of a killed run, in their order; one
    that was killed while claiming goes on claiming. ``progress`` is told (stage, what). Each batch is verified at its
    end; raises BrokenError, after the last of them, for what does not hold.
    """
    sweep(settings, database)
    done, broken = _finish_decisions(settings, database, progress)
    if given.employer_uscc:
        with database.loader.begin() as connection:
            record_employer(connection, Employer(given.employer_uscc), "named with --employer")
    with contextlib.ExitStack() as held:
        current: int | None = None
        with database.loader.begin() as connection:
            unfinished = list(connection.execute(statement("intake/unfinished_batches")).all())
        mine = [
            row for row in unfinished if held.enter_context(session_lock(database, "try_batch", batch_id=row.batch_id))
        ]
        if mine and mine[-1].only_claimed:
            current = mine[-1].batch_id
        elif files:
            current = _own_batch(database, held)
        if current is not None:
            claim(settings, database, current, files, given, lambda label: progress("claim", label))
        for batch_id in sorted({row.batch_id for row in mine} | ({current} if current is not None else set())):
            for name, stage in STAGES:
                progress(name, f"batch {batch_id}")
                stage(settings, database, batch_id)
            progress("verify", f"batch {batch_id}")
            try:
                verify_batch(database, batch_id)
            except BrokenError as error:
                broken.append(str(error))
            done.append(batch_id)
    if broken:
        raise BrokenError(broken, done)
    return done


def _finish_decisions(settings: Settings, database: Database, progress: Progress) -> tuple[list[int], list[str]]:
    """Held files whose decision was cut short come to their end; what the gate stops of them stops nothing else."""
    done: list[int] = []
    broken: list[str] = []
    for batch_id in unfinished_holds(database):
        progress("decided", f"batch {batch_id}")
        try:
            finish_hold(settings, database, batch_id)
            verify_batch(database, batch_id)
        except (BrokenError, GateError) as error:
            broken.append(str(error))
        done.append(batch_id)
    return done, broken


def _own_batch(database: Database, held: contextlib.ExitStack) -> int:
    """A new batch that this run holds. Another run may have seen it first and finished it, empty as it was."""
    while True:
        with database.loader.begin() as connection:
            batch_id = open_batch(connection)
        if held.enter_context(session_lock(database, "try_batch", batch_id=batch_id)):
            return batch_id
