"""Stage 2, read: what a file holds, whose it is, and for which month. Facts that were given win over the content."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection
from dataclasses import asdict, dataclass

import pyarrow.compute as pc
from sqlalchemy import Connection

from clearbase.intake.claim import NO_BYTES, open_name, original
from clearbase.ledger.employers import Employer, comparable_name, known_employers, record_employer
from clearbase.pipeline.faults import one_file
from clearbase.pipeline.submissions import Submission, decide, staged, submissions_in
from clearbase.privacy.labels import personal_names, safe_label
from clearbase.privacy.landing import open_file, seal_table
from clearbase.quality.standardise import NAMES
from clearbase.reading.file import read_roster
from clearbase.records import FileFacts, FileRead
from clearbase.settings import Settings
from clearbase.warehouse.database import Database
from clearbase.warehouse.statements import statement


@dataclass(frozen=True)
class Belonging:
    """Whose roster it is, for which month, of which kind; ``missing`` is why it has to be held."""

    employer_uscc: str | None
    period: dt.date | None
    kind: str | None
    missing: str | None


def read_batch(settings: Settings, database: Database, batch_id: int, only: Collection[int] | None = None) -> None:
    """Read every claimed file of the batch, or of its submissions ``only`` these. One transaction a file; one that
    cannot be read gets its outcome here."""
    with database.loader.begin() as connection:
        waiting = submissions_in(connection, batch_id, "claimed")
    for submission in waiting:
        if only is not None and submission.submission_id not in only:
            continue
        with one_file(database, submission, "read"):
            name = open_name(database.keyring, submission.submission_id, submission.file_name_sealed)
            result = _read(settings, database, submission, name)
            if result.lines is not None:
                seal_table(database.keyring, staged(settings, submission.submission_id, "lines"), result.lines)
            with database.loader.begin() as connection:
                if result.outcome == "read":
                    label = {"submission_id": submission.submission_id, "file_name": safe_label(name, _names(result))}
                    connection.execute(statement("intake/show_name"), label)
                _settle(connection, submission, result)


def _read(settings: Settings, database: Database, submission: Submission, name: str) -> FileRead:
    if submission.file_bytes > settings.max_file_bytes:
        return FileRead(outcome="unreadable", reason="too_large")
    if submission.file_sha256 == NO_BYTES:
        return FileRead(outcome="unreadable", reason="unopenable")
    return read_roster(open_file(database.keyring, original(settings, submission.submission_id)), name)


def _settle(connection: Connection, submission: Submission, result: FileRead) -> None:
    rows = sum(sheet.read for sheet in result.sheets)
    lines = sum(sheet.lines for sheet in result.sheets)
    _write_sheets(connection, submission.submission_id, result)
    if result.outcome == "unreadable":
        decide(
            connection,
            submission,
            "unreadable",
            result.reason,
            employer_uscc=submission.given_employer,
            period=submission.given_period,
            kind=submission.given_kind,
            rows_read=rows,
        )
        return
    if submission.held_for:
        # Where it lay says that it is nobody's yet, whatever it says itself: no receipt goes to an employer's folder.
        decide(connection, submission, "held", submission.held_for, rows_read=rows, lines=lines)
        return
    belonging = _belonging(connection, submission, result)
    facts = {"employer_uscc": belonging.employer_uscc, "period": belonging.period, "kind": belonging.kind}
    if belonging.missing or not lines:
        decide(connection, submission, "held", belonging.missing or "no_lines", rows_read=rows, lines=lines, **facts)  # type: ignore[arg-type]
        return
    earlier = connection.execute(
        statement("intake/same_bytes"), facts | {"submission_id": submission.submission_id}
    ).scalar()
    if earlier is not None:
        decide(
            connection,
            submission,
            "repeated",
            "same_bytes",
            repeat_of=earlier,
            rows_read=rows,
            lines=lines,
            **facts,  # type: ignore[arg-type]
        )
        return
    connection.execute(
        statement("intake/set_facts"),
        facts
        | {
            "submission_id": submission.submission_id,
            "state": "read",
            "rows_read": rows,
            "rows_set_aside": rows - lines,
        },
    )


def _belonging(connection: Connection, submission: Submission, result: FileRead) -> Belonging:
    facts = result.facts
    employers = known_employers(connection)
    employer = submission.given_employer
    missing: str | None = None
    if employer is not None:
        # Named by the operator or by the folder: that registers it, with the name that the file gives it.
        same = facts.employer_uscc in (None, employer) and facts.sources.get("employer_uscc") != "conflict"
        if employer not in employers or (employers[employer].name is None and same and facts.employer_name):
            record_employer(
                connection, Employer(employer, facts.employer_name if same else None), "named with the file"
            )
        if submission.employer_uscc is None and _names_another(facts, employer):
            missing = "employer_conflict"
    elif facts.sources.get("employer_uscc") == "conflict":
        missing = "employer_conflict"
    elif facts.employer_uscc is not None:
        employer = facts.employer_uscc
        missing = None if employer in employers else "employer_unknown"
    elif facts.employer_name is not None:
        wanted = comparable_name(facts.employer_name)
        named = [e.uscc for e in employers.values() if e.name and comparable_name(e.name) == wanted]
        employer = named[0] if len(named) == 1 else None
        missing = None if employer else "employer_unknown"
    else:
        in_conflict = facts.sources.get("employer_name") == "conflict"
        missing = "employer_conflict" if in_conflict else "employer_missing"
    period = submission.given_period or facts.period
    if period is None and missing is None:
        missing = "period_missing"
    kind = submission.given_kind or facts.kind
    if kind is None and facts.sources.get("kind") == "conflict":
        missing = missing or "kind_unclear"
    elif kind is None:
        kind = "full"  # nothing in the file names a kind: most are full rosters. History will tell them better.
    return Belonging(employer, period, kind, missing)


def _names_another(facts: FileFacts, folders: str) -> bool:
    """Whether the content gives its people to another employer than the one whose folder it lay in (代报): by credit
    code alone, since names vary. Not asked where the operator named the employer, whose code stands since claiming."""
    source = facts.sources.get("employer_uscc")
    return source == "conflict" or (source != "other_party" and facts.employer_uscc not in (None, folders))


def _write_sheets(connection: Connection, submission_id: int, result: FileRead) -> None:
    connection.execute(statement("intake/forget_sheets"), {"submission_id": submission_id})
    # A sheet may be called after one of its people.
    names = _names(result)
    rows = [
        {
            "submission_id": submission_id,
            "position": sheet.position,
            "name": safe_label(sheet.name, names),
            "role": sheet.role,
            "reason": safe_label(sheet.reason, names),
            "header_row": sheet.header_row,
            "rows_read": sheet.read,
            "lines": sheet.lines,
            "set_aside": json.dumps(sheet.set_aside),
            "columns": json.dumps(
                [
                    asdict(column)
                    | {"header": safe_label(column.header, names), "reason": safe_label(column.reason, names)}
                    for column in sheet.columns
                ],
                ensure_ascii=False,
            ),
        }
        for sheet in result.sheets
    ]
    if rows:
        connection.execute(statement("intake/add_sheet"), rows)


def _names(result: FileRead) -> frozenset[str]:
    """Whoever a label could name: the workers, and the other people of whom the sheet speaks."""
    if result.lines is None:
        return frozenset()
    columns = [field for field in NAMES if field in result.lines.column_names]
    return personal_names(text for field in columns for text in pc.unique(result.lines[field]).to_pylist())
