"""A replayed file among the stages: whether it may take its former self's place, and how it takes it.

Its former self is undone in the transaction that publishes it: whoever reads sees the one or the other, and an undo of
the new one later leaves neither (decision 0014).
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import Connection, Row

from clearbase.pipeline.submissions import Submission
from clearbase.warehouse.statements import statement


def is_elsewhere(connection: Connection, replay_of: int, employer_uscc: str | None, period: dt.date | None) -> bool:
    """Whether it is now taken for another employer's or month's: there it would speak out of its order."""
    former = _former(connection, replay_of)
    return (former.employer_uscc, former.period) != (employer_uscc, period)


def settled_before(connection: Connection, submission: Submission) -> tuple[str, str] | None:
    """Kind and reason that a publication settled of the same words, or of the same lack of them, before: history is not
    asked twice, for it knows by now what came later. None for a file that is no replay or that words tell."""
    if submission.replay_of is None:
        return None
    former = _former(connection, submission.replay_of)
    by_history = submission.kind_reason == "history" and former.kind_reason in ("history", "content")
    is_part = submission.kind == "correction" and former.kind_reason == submission.kind_reason != "given"
    if by_history or (is_part and former.kind in ("correction", "full")):
        return former.kind, former.kind_reason
    return None


def may_take_place(connection: Connection, submission: Submission) -> bool:
    """Under the employer's lock; a replay that may not is refused, and its former self stays. True of what is none."""
    if submission.replay_of is None:
        return True
    obstacle = connection.execute(statement("replay/obstacle"), _bound(submission)).scalar()
    if obstacle is not None:
        for step in ("replay/refuse", "publish/unstage"):
            connection.execute(statement(step), _bound(submission) | {"reason_code": obstacle})
    return obstacle is None


def take_place(connection: Connection, submission: Submission) -> None:
    """Undo its former self, and leave in `affected` whom that or the new one may change."""
    bound = _bound(submission)
    for step in ("replay/undo_former", "replay/affected"):
        connection.execute(statement(step), bound)
    connection.execute(statement("undo/forget_submission"), {"submission_id": submission.replay_of})


def note_change(connection: Connection, submission: Submission) -> None:
    """Once its spells are derived and before they are believed: of how many persons they are others."""
    if submission.replay_of is not None:
        connection.execute(statement("replay/note_change"), _bound(submission))


def _former(connection: Connection, replay_of: int) -> Row[Any]:
    return connection.execute(statement("replay/former"), {"replay_of": replay_of}).one()


def _bound(submission: Submission) -> dict[str, Any]:
    return {
        "submission_id": submission.submission_id,
        "replay_of": submission.replay_of,
        "employer_uscc": submission.employer_uscc,
        "period": submission.period,
    }
