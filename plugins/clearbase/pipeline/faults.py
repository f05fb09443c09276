"""A fault of ours costs one file: it is held with a receipt that says so, and the batch goes on.

What no file can help (the database away, the disk full, a wrong setting) is not caught here: it stops the run, which
goes on where it was when it is begun again.
"""

from __future__ import annotations

import contextlib
import logging
import traceback
from collections.abc import Iterator

from sqlalchemy.exc import InterfaceError, OperationalError

from clearbase.errors import SealError, SetupError
from clearbase.pipeline.submissions import Submission
from clearbase.settings import PROJECT
from clearbase.warehouse.database import Database
from clearbase.warehouse.statements import statement

LIBRARY = str(PROJECT / "plugins")
# A file of the landing store that is gone concerns one submission; any other OSError concerns the house.
OF_THE_HOUSE = (SetupError, OperationalError, InterfaceError, MemoryError)

log = logging.getLogger(__name__)


@contextlib.contextmanager
def one_file(database: Database, submission: Submission, stage: str) -> Iterator[None]:
    """Around a stage's work on one submission: hold it where the work fails, and lose nothing of the others."""
    try:
        yield
    except OF_THE_HOUSE:
        raise
    except Exception as fault:
        if isinstance(fault, OSError) and not isinstance(fault, FileNotFoundError):
            raise
        note = describe(fault, stage)
        log.error("submission %d is held: %s", submission.submission_id, note)
        key = {"submission_id": submission.submission_id}
        with database.loader.begin() as connection:
            lost = stage == "read" and isinstance(fault, (SealError, FileNotFoundError))
            reason = "original_lost" if lost else "fault"
            connection.execute(statement("intake/hold_fault"), key | {"fault": note, "reason_code": reason})
            connection.execute(statement("publish/unstage"), key)


def note_fault(database: Database, submission: Submission, fault: Exception, stage: str) -> None:
    """Record a fault that came when the outcome was reached already."""
    note = describe(fault, stage)
    log.error("submission %d: %s", submission.submission_id, note)
    with database.loader.begin() as connection:
        connection.execute(statement("intake/note_fault"), {"submission_id": submission.submission_id, "fault": note})


def describe(fault: BaseException, stage: str) -> str:
    """``stage: type at module:line``. The text of a foreign error may quote a cell, so it is left out."""
    frames = [f for f in traceback.extract_tb(fault.__traceback__) if f.filename.startswith(LIBRARY)]
    place = f"{frames[-1].filename.removeprefix(LIBRARY + '/')}:{frames[-1].lineno}" if frames else "outside"
    return f"{stage}: {type(fault).__name__} at {place}"
