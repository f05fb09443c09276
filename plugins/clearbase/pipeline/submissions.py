"""The submissions of a batch as the stages see them, and where their staged tables lie."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from clearbase.records import RosterKind
from clearbase.settings import Settings
from clearbase.warehouse.statements import statement


@dataclass(frozen=True)
class Submission:
    """A row of ``intake.submission``."""

    submission_id: int
    batch_id: int
    file_name: str
    file_name_sealed: bytes
    file_sha256: bytes
    file_bytes: int
    received_at: dt.datetime
    given_employer: str | None
    given_period: dt.date | None
    given_kind: RosterKind | None
    employer_uscc: str | None
    period: dt.date | None
    kind: str | None
    kind_reason: str | None
    state: str
    outcome: str | None
    reason_code: str | None
    repeat_of: int | None
    held_for: str | None
    again_of: int | None = None
    replay_of: int | None = None


def submissions_in(connection: Connection, batch_id: int, state: str) -> list[Submission]:
    """Those that have come as far as ``state``, in the order in which they are published (month, then number)."""
    rows = connection.execute(statement("intake/batch_in_state"), {"batch_id": batch_id, "state": state})
    return [Submission(**row._mapping) for row in rows]


def staged(settings: Settings, submission_id: int, part: str) -> Path:
    """Where a sealed staged table of a submission lies: ``lines``, ``observed`` as read, ``checked``, ``findings``."""
    return settings.landing_folder / "staged" / f"{submission_id}.{part}.sealed"


def decide(
    connection: Connection,
    submission: Submission,
    outcome: str,
    reason_code: str,
    *,
    repeat_of: int | None = None,
    employer_uscc: str | None = None,
    period: dt.date | None = None,
    kind: str | None = None,
    kind_reason: str | None = None,
    rows_read: int = 0,
    lines: int = 0,
) -> None:
    """Write the outcome of a file that is not published; ``lines``: held, refused or repeated with it."""
    connection.execute(
        statement("intake/decide"),
        {
            "submission_id": submission.submission_id,
            "outcome": outcome,
            "reason_code": reason_code,
            "repeat_of": repeat_of,
            "employer_uscc": employer_uscc or submission.employer_uscc,
            "period": period or submission.period,
            "kind": kind or submission.kind,
            "kind_reason": kind_reason or submission.kind_reason,
            "rows_read": rows_read,
            "rows_held": lines if outcome == "held" else 0,
            "rows_refused": lines if outcome == "refused" else 0,
            "rows_repeated": lines if outcome == "repeated" else 0,
            "rows_set_aside": rows_read - (lines if outcome in ("held", "refused", "repeated") else 0),
        },
    )
