"""Stage 2, read: what a file holds, whose it is, and for which month. Facts that were given win over the content."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Mapping
from dataclasses import asdict, replace
from typing import TypedDict

import pyarrow as pa
from sqlalchemy import Connection

from clearbase.given import Given
from clearbase.intake.belonging import Belonging, belonging, lines_by_employer, told_of_file
from clearbase.intake.claim import NO_BYTES, open_name, original
from clearbase.intake.corrections import Corrections, known_corrections
from clearbase.intake.file_labels import people_named
from clearbase.ledger.employers import Employer, known_employers, record_employer
from clearbase.ledger.reporters import Authority, known_authorities
from clearbase.pipeline.doubts import is_approved
from clearbase.pipeline.faults import one_file
from clearbase.pipeline.replacing import is_elsewhere
from clearbase.pipeline.submissions import Submission, decide, staged, submissions_in
from clearbase.privacy.labels import names_somebody, safe_label, unread_label
from clearbase.privacy.landing import open_file, seal_table
from clearbase.reading.catalogue import load_catalogue
from clearbase.reading.file import read_roster
from clearbase.reading.units import branch_of
from clearbase.records import FileRead, MappedColumn
from clearbase.settings import Settings
from clearbase.warehouse.database import Database
from clearbase.warehouse.statements import statement


class _Facts(TypedDict):
    employer_uscc: str | None
    period: dt.date | None
    kind: str | None
    kind_reason: str | None


def read_batch(settings: Settings, database: Database, batch_id: int, only: Collection[int] | None = None) -> None:
    """Read every claimed file of the batch, or of its submissions ``only`` these. One transaction a file; one that
    cannot be read gets its outcome here."""
    with database.loader.begin() as connection:
        waiting = submissions_in(connection, batch_id, "claimed")
        corrections = known_corrections(connection)
        employers, authorities = known_employers(connection), known_authorities(connection)
    for submission in waiting:
        if only is not None and submission.submission_id not in only:
            continue
        with one_file(database, submission, "read"):
            name = open_name(database.keyring, submission.submission_id, submission.file_name_sealed)
            result = read_original(settings, database, submission, name, corrections, employers)
            if result.lines is not None:
                seal_table(database.keyring, staged(settings, submission.submission_id, "lines"), result.lines)
            with database.loader.begin() as connection:
                key = {"submission_id": submission.submission_id}
                if connection.execute(statement("intake/still_claimed"), key).scalar() != "claimed":
                    continue  # another run was faster
                if result.outcome == "read":
                    label = {
                        "submission_id": submission.submission_id,
                        "file_name": _file_label(name, result),
                    }
                    connection.execute(statement("intake/show_name"), label)
                if (told := _settle(connection, submission, result, employers, authorities)) is not None:
                    seal_table(database.keyring, staged(settings, submission.submission_id, "observed"), told)


def read_original(
    settings: Settings,
    database: Database,
    submission: Submission,
    name: str,
    corrections: Corrections,
    employers: Mapping[str, Employer],
) -> FileRead:
    """A submission's sealed bytes as they are read today, with the columns that were assigned for its employer. Raises
    OSError or SealError where they are gone or do not open."""
    if submission.file_bytes > settings.max_file_bytes:
        return FileRead(outcome="unreadable", reason="too_large")
    if submission.file_sha256 == NO_BYTES:
        return FileRead(outcome="unreadable", reason="unopenable")
    data = open_file(database.keyring, original(settings, submission.submission_id))
    told = corrections.get(submission.given_employer or "", {})
    result = read_roster(data, name, load_catalogue().corrected(told), submission.given_period)
    if submission.given_employer is None and corrections:
        # Whose columns they are is known only now.
        whose = belonging(result.facts, Given(), None, _names_by_code(employers)).employer_uscc
        if told := corrections.get(whose or "", {}):
            return read_roster(data, name, load_catalogue().corrected(told), submission.given_period)
    return result


def _names_by_code(employers: Mapping[str, Employer]) -> dict[str, str | None]:
    return {employer.uscc: employer.name for employer in employers.values()}


def _settle(
    connection: Connection,
    submission: Submission,
    result: FileRead,
    employers: dict[str, Employer],
    authorities: list[Authority],
) -> pa.Table | None:
    """The outcome of a file that goes no further; else its facts, and what there is to tell of it before any rule."""
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
        return None
    if submission.held_for:
        # Where it lay says that it is nobody's yet, whatever it says itself: no receipt goes to an employer's folder.
        decide(connection, submission, "held", submission.held_for, rows_read=rows, lines=lines)
        return None
    found = _belonging(connection, submission, result, employers, authorities)
    _name_branch(connection, submission, result, employers.get(found.employer_uscc or ""))
    facts = _Facts(
        employer_uscc=found.employer_uscc, period=found.period, kind=found.kind, kind_reason=found.kind_reason
    )
    key: dict[str, object] = {"submission_id": submission.submission_id, **facts}
    if missing := found.missing if lines else "no_lines":
        decide(connection, submission, "held", missing, rows_read=rows, lines=lines, **facts)
        if missing == "no_authority":
            _ask_whose(connection, submission, result, found, employers)
        return None
    if submission.replay_of is not None:
        if is_elsewhere(connection, submission.replay_of, found.employer_uscc, found.period):
            decide(connection, submission, "refused", "replay_elsewhere", rows_read=rows, lines=lines, **facts)
            return None
    elif (earlier := connection.execute(statement("intake/same_bytes"), key).scalar()) is not None:
        decide(
            connection, submission, "repeated", "same_bytes", repeat_of=earlier, rows_read=rows, lines=lines, **facts
        )
        return None
    counts = {"state": "read", "rows_read": rows, "rows_set_aside": rows - lines}
    connection.execute(statement("intake/set_facts"), key | counts)
    return pa.concat_tables([told_of_file(found, people_named(result.lines)), result.observed])


def _belonging(
    connection: Connection,
    submission: Submission,
    result: FileRead,
    employers: dict[str, Employer],
    authorities: list[Authority],
) -> Belonging:
    facts, known = result.facts, _names_by_code(employers)
    given = Given(submission.employer_uscc, submission.given_period, submission.given_kind)
    folder = submission.given_employer if submission.employer_uscc is None else None
    found = belonging(facts, given, folder, known, authorities)
    if found.missing == "no_authority":
        let = belonging(facts, given, folder, known, let=True)
        # Somebody has let this very file; the next one of this reporter is asked about again.
        found = let if is_approved(connection, submission, "no_authority") else replace(found, let_as=let.employer_uscc)
    if employer := submission.given_employer:
        # Named by the operator or by the folder: that registers it, with the name that the file gives it.
        same = facts.employer_uscc in (None, employer) and facts.sources.get("employer_uscc") != "conflict"
        same = same and found.reported_by is None
        if employer not in known or (known[employer] is None and same and facts.employer_name):
            name = facts.employer_name if same else None
            record_employer(connection, Employer(employer, name), "named with the file")
            employers |= known_employers(connection)
    return found


def _ask_whose(
    connection: Connection,
    submission: Submission,
    result: FileRead,
    found: Belonging,
    employers: dict[str, Employer],
) -> None:
    """What a person has to know who decides of a file with other employers' people: whose they are, how many lines
    name each of them, and whose roster it would be."""
    assert result.lines is not None
    key = {"submission_id": submission.submission_id}
    connection.execute(statement("hold/doubt_authority"), key | {"would_be_of": found.let_as})
    counts = lines_by_employer(result.lines, found.others, _names_by_code(employers))
    rows = [key | {"employer_uscc": code, "lines": lines} for code, lines in counts.items()]
    connection.execute(statement("hold/add_other_employer"), rows)


def _name_branch(connection: Connection, submission: Submission, result: FileRead, employer: Employer | None) -> None:
    """A title that adds a branch to the name under which the employer is known is of that branch."""
    named = result.facts.employer_name
    branch = branch_of(named, employer.name) if named and employer and employer.name else ""
    if branch:
        for sheet in result.sheets:
            sheet.unit = sheet.unit or (branch if sheet.role == "roster" else "")
        _write_sheets(connection, submission.submission_id, result)


def _write_sheets(connection: Connection, submission_id: int, result: FileRead) -> None:
    connection.execute(statement("intake/forget_sheets"), {"submission_id": submission_id})
    # A sheet may be called after one of its people.
    names = people_named(result.lines)
    rows = [
        {
            "submission_id": submission_id,
            "position": sheet.position,
            # A sheet that is set aside may be called after somebody whom no line names.
            "name": safe_label(sheet.name, names) if sheet.role == "roster" else unread_label(sheet.name),
            "role": sheet.role,
            "reason": safe_label(sheet.reason, names),
            "header_row": sheet.header_row,
            "rows_read": sheet.read,
            "lines": sheet.lines,
            "set_aside": json.dumps(sheet.set_aside),
            "unit": safe_label(sheet.unit, names),
            "columns": json.dumps(
                [
                    asdict(column)
                    | {"header": _header_label(column, names), "reason": safe_label(column.reason, names)}
                    for column in sheet.columns
                ],
                ensure_ascii=False,
            ),
        }
        for sheet in result.sheets
    ]
    if rows:
        connection.execute(statement("intake/add_sheet"), rows)


def _file_label(name: str, result: FileRead) -> str:
    """Words that rosters are called by, and the employer's name: who else is named there nobody knows."""
    employer = [result.facts.employer_name] if result.facts.employer_name else []
    return safe_label(unread_label(name, employer), people_named(result.lines))


def _header_label(column: MappedColumn, names: frozenset[str]) -> str:
    """A header of ours as it stands. Another may be no header at all but a label with its value: 经办人 李建国."""
    if column.field is None and names_somebody(column.header):
        return unread_label(column.header)
    return safe_label(column.header, names)
