"""The kind of a file whose words do not settle it: told in the publication, from what is believed of the employer.

A file without any word of a kind is a full roster where it names whom a full one would, a list of joiners where all of
it is new; anything else is asked about. A correction that is not much smaller than the staff is the full roster again.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import reduce
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
from sqlalchemy import Connection

from clearbase.pipeline.doubts import Figures, hold, is_approved
from clearbase.pipeline.replacing import settled_before
from clearbase.pipeline.submissions import Submission, staged
from clearbase.privacy.keyring import Keyring
from clearbase.privacy.landing import open_table
from clearbase.settings import Settings
from clearbase.warehouse.statements import statement

FULL: Final = 0.5  # of those believed to be there: more than so many, since half may be one of two shifts
KNOWN: Final = 0.1  # of those on a list of joiners, at most, were there already
RECENT: Final = 0.9  # of a list of joiners were hired near its month


def settle_kind(
    settings: Settings, keyring: Keyring, connection: Connection, submission: Submission, figures: Figures
) -> Submission | None:
    """The submission with its kind, which is written down where it was open; None where it is held because history
    does not tell it. Approved, such a file is a full roster; replayed, it is what history made of it then."""
    if figures.missing_later:
        figures.missing_later = max(figures.missing_later - _lines_left(settings, keyring, submission), 0)
    kept = settled_before(connection, submission)
    if kept is not None:
        return _settled(connection, submission, *kept)
    named = figures.persons_before - figures.missing
    if submission.kind == "correction" and submission.kind_reason != "given":
        # Who is missing on the roster of the month that it takes the place of, too, is not ended by this one.
        is_whole = not figures.missing or 0 < figures.replaced == figures.named_again
        if is_whole or is_approved(connection, submission, "kind_by_history"):
            return _settled(connection, submission, "full", submission.kind_reason)
        if named < FULL * figures.persons_before and figures.persons_now < FULL * figures.persons_before:
            return _settled(connection, submission, "correction", submission.kind_reason)
        hold(connection, submission, "kind_by_history", figures)
        return None
    if submission.kind_reason != "history":
        return submission
    most = named > FULL * figures.persons_before or not figures.persons_before
    if most or is_approved(connection, submission, "kind_by_history"):
        return _settled(connection, submission, "full", "history")
    recent = _share_hired_near(settings, keyring, submission)
    if recent == 1 and figures.persons_before > figures.persons_now:
        return _settled(connection, submission, "joiners", "content")
    if recent >= RECENT and named <= KNOWN * figures.persons_now:
        return _settled(connection, submission, "joiners", "history")
    hold(connection, submission, "kind_by_history", figures)
    return None


def _lines_left(settings: Settings, keyring: Keyring, submission: Submission) -> int:
    """Of the lines that are taken, how many say that the worker has left: nobody has to find those absent."""
    lines = open_table(keyring, staged(settings, submission.submission_id, "checked"))
    taken = lines.filter(pc.equal(lines["disposition"], "accepted"))
    says = [
        pc.is_valid(taken["leave_date"]) if "leave_date" in taken.column_names else None,
        pc.equal(taken["employment_status"], "left") if "employment_status" in taken.column_names else None,
    ]
    told = [pc.fill_null(said, False) for said in says if said is not None]
    return int(pc.sum(reduce(pc.or_, told)).as_py() or 0) if told else 0


def _settled(connection: Connection, submission: Submission, kind: str, reason: str | None) -> Submission:
    bound = {"submission_id": submission.submission_id, "kind": kind, "kind_reason": reason}
    connection.execute(statement("kind/settle"), bound)
    return replace(submission, kind=kind, kind_reason=reason)


def _share_hired_near(settings: Settings, keyring: Keyring, submission: Submission) -> float:
    """Of the lines that are taken, how many were hired in the month reported or the one before."""
    lines = open_table(keyring, staged(settings, submission.submission_id, "checked"))
    taken = lines.filter(pc.equal(lines["disposition"], "accepted"))
    if submission.period is None or not taken.num_rows or "hire_date" not in taken.column_names:
        return 0.0
    months = pc.utf8_slice_codeunits(taken["hire_date"], 0, 7)
    before = submission.period - dt.timedelta(days=1)
    near = pc.is_in(months, value_set=pa.array([f"{month:%Y-%m}" for month in (submission.period, before)]))
    return float((pc.sum(near).as_py() or 0) / taken.num_rows)
