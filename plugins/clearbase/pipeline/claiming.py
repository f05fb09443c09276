"""Before a file is published: who its lines are by now, whether it may count, and that its new numbers are its own.

All in one transaction, file after file in the order in which they are published: what is held gives no number to
anybody, and who comes first is the same however many are published at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from clearbase.pipeline.derive import run
from clearbase.pipeline.doubts import figures_of, hold_doubtful
from clearbase.pipeline.kinds import settle_kind
from clearbase.pipeline.replacing import may_take_place
from clearbase.pipeline.submissions import Submission
from clearbase.settings import Settings
from clearbase.warehouse.database import Database
from clearbase.warehouse.statements import statement


@dataclass(frozen=True)
class Sure:
    """A submission that may be published, and what its employer had sent when that was found."""

    submission: Submission
    standing: tuple[Any, ...]


def judge(settings: Settings, database: Database, submission: Submission) -> Sure | None:
    """Hold or refuse it where it cannot be right; else claim its numbers. None: it is not published (now)."""
    with database.loader.begin() as connection:
        run(connection, ("work_tables", "lock_numbers"), {})
        if not is_waiting(connection, submission) or not may_take_place(connection, submission):
            return None
        meet_known(connection, submission)
        figures = figures_of(connection, submission)
        told = settle_kind(settings, database.keyring, connection, submission, figures)
        if told is None or hold_doubtful(connection, told, figures):
            return None
        claim_numbers(connection, submission)
        return Sure(told, standing(connection, submission))


def is_waiting(connection: Connection, submission: Submission) -> bool:
    """Under the employer's lock, which this takes: whether nobody has published or decided it meanwhile, nor merged or
    split persons since its own were found (then all of the batch is resolved again)."""
    connection.execute(statement("publish/lock_employer"), _key(submission))
    return bool(connection.execute(statement("publish/still_resolved"), _key(submission)).scalar())


def meet_known(connection: Connection, submission: Submission) -> None:
    """Let its lines stand for whoever bears their numbers by now: others have published since it was resolved."""
    connection.execute(statement("publish/met_persons"), _key(submission))
    if connection.execute(statement("publish/any_moved")).scalar():
        connection.execute(statement("publish/move_lines"), _key(submission))


def claim_numbers(connection: Connection, submission: Submission) -> None:
    """Give the new numbers of a submission to its persons, in the transaction that has met who is known."""
    run(connection, ("persons", "person_tokens"), _key(submission))


def standing(connection: Connection, submission: Submission) -> tuple[Any, ...]:
    """What a judgement rests on: the employer's submissions and what was decided of them."""
    return tuple(connection.execute(statement("publish/standing"), _key(submission)).one())


def _key(submission: Submission) -> dict[str, Any]:
    return {
        "submission_id": submission.submission_id,
        "batch_id": submission.batch_id,
        "employer_uscc": submission.employer_uscc,
    }
