"""A published submission is undone, or counts again: its effects are what the ledger says without it, or with it.

Nothing is taken back by hand: the decision is a row of the ledger, and whoever it touches is derived again, in one
transaction under the employer's lock, by the steps that publishing uses.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection

from clearbase.errors import RequestError
from clearbase.pipeline.derive import PERSONS, REPLACE, Change, derive_spells, differing, headcounts, run
from clearbase.privacy.labels import safe_reason
from clearbase.warehouse.database import Database
from clearbase.warehouse.statements import statement

Verdict = Literal["undone", "redone"]


@dataclass(frozen=True)
class Effect:
    """What a decision about a submission of ``lines`` changes: spells and headcounts at its employer; ``otherwise``: of
    how many persons something else is told (sex, birth month, record, street); ``states``: match state → persons
    (before, after), where they differ."""

    submission_id: int
    verdict: Verdict
    employer_uscc: str
    period: dt.date
    kind: str
    lines: int
    change: Change
    otherwise: int
    states: dict[str, tuple[int, int]]


def decide_submission(
    database: Database, submission_id: int, verdict: Verdict, reason: str, decided_by: str, *, commit: bool
) -> Effect:
    """Undo or redo a published submission; without ``commit`` only what that would change is told.

    Raises RequestError: for a submission that was never published, or that is already so; for one in whose place
    another counts; for no reason.
    """
    if commit and not reason.strip():
        raise RequestError("say why: the reason is kept with the decision")
    with database.loader.connect() as connection:
        effect = _decide(connection, submission_id, verdict, safe_reason(reason), decided_by)
        if commit:
            connection.commit()
        else:
            connection.rollback()
    return effect


def effect_of(database: Database, submission_id: int, verdict: Verdict, decided_by: str) -> Effect | None:
    """What the newest decision about it changed, where it is this verdict of just this one: a task that was cut short
    after it finds that all is done, and what to tell. None where it is another decision."""
    bound = {"submission_id": submission_id, "verdict": verdict, "decided_by": decided_by}
    with database.loader.connect() as connection:
        row = connection.execute(statement("undo/done"), bound).one_or_none()
    if row is None:
        return None
    counts = {dt.date.fromisoformat(month): (before, after) for month, (before, after) in row.headcounts.items()}
    change = Change(row.persons, row.ended, row.begun, counts)
    states = {state: (before, after) for state, (before, after) in row.states.items()}
    return Effect(
        submission_id, verdict, row.employer_uscc, row.period, row.kind, row.lines, change, row.otherwise, states
    )


def _decide(connection: Connection, submission_id: int, verdict: Verdict, reason: str, decided_by: str) -> Effect:
    key: dict[str, Any] = {"submission_id": submission_id, "verdict": verdict}
    row = connection.execute(statement("undo/submission"), key).one_or_none()
    if row is None:
        raise RequestError(f"submission {submission_id} was never published: there is nothing to undo")
    bound = key | {"employer_uscc": row.employer_uscc, "period": row.period, "kind": row.kind}
    connection.execute(statement("publish/lock_employer"), bound)
    row = connection.execute(statement("undo/submission"), key).one()  # under the lock
    if row.standing == (verdict == "redone"):
        raise RequestError(f"submission {submission_id} {'counts already' if row.standing else 'is undone already'}")
    other = connection.execute(statement("undo/other_self"), key).scalar() if verdict == "redone" else None
    if other is not None:
        raise RequestError(
            f"submission {other} counts in its place, the same file replayed or sent again: undo that first"
        )
    before = headcounts(connection, row.employer_uscc)
    connection.execute(statement("undo/decide"), bound | {"reason": reason, "decided_by": decided_by})
    run(connection, ("work_tables", "affected_persons", "analyse_affected"), bound)
    connection.execute(statement("undo/told_before"))
    derive_spells(connection, bound)
    changed = connection.execute(statement("undo/effect"), bound).one()
    run(connection, (*REPLACE, *PERSONS), bound)
    step = "publish/fact_submission" if verdict == "redone" else "undo/forget_submission"
    connection.execute(statement(step), bound)
    told = differing(before, headcounts(connection, row.employer_uscc))
    change = Change(changed.persons, changed.spells_ended, changed.spells_begun, told)
    otherwise = int(connection.execute(statement("undo/told_otherwise")).scalar_one())
    states = {each.state: (each.before, each.after) for each in connection.execute(statement("undo/states"))}
    effect = Effect(
        submission_id, verdict, row.employer_uscc, row.period, row.kind, row.lines, change, otherwise, states
    )
    detail: dict[str, Any] = {"decided_by": decided_by, "persons": change.persons}
    detail |= {"otherwise": otherwise, "states": states}
    detail |= {"spells": change.spells_ended + change.spells_begun}
    detail |= {"ended": change.spells_ended, "begun": change.spells_begun}
    detail["headcounts"] = {f"{month:%Y-%m-%d}": counts for month, counts in change.headcounts.items()}
    note = {"verdict": verdict, "subject": f"submission {submission_id}", "detail": json.dumps(detail)}
    connection.execute(statement("audit/note"), note)
    return effect
