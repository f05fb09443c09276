"""The way of a fact, from the row of a file to the figure and back: ids, places and reasons, and nobody by name."""

from __future__ import annotations

import re
from typing import Any, Final

from sqlalchemy import Connection

from clearbase.errors import RequestError
from clearbase.warehouse.statements import statement

SUBMISSION: Final = re.compile(r"(?:QD)?0*(\d{1,12})", re.IGNORECASE)
ROW: Final = re.compile(r"(?:QD)?0*(\d{1,12})/(\d{1,5})/(\d{1,7})", re.IGNORECASE)
PERSON: Final = re.compile(r"P(\d{1,19})", re.IGNORECASE)

Section = tuple[str, list[Any]]


def trace(connection: Connection, what: str) -> list[Section]:
    """Titles and rows of what leads to and from ``what``: a submission (``12`` or ``QD00000012``), a row
    (``12/1/7``: submission, sheet, row), or a person (``P`` and the id). Raises RequestError for what is none of them
    or is not there."""
    if found := ROW.fullmatch(what):
        return _row(connection, *map(int, found.groups()))
    if found := PERSON.fullmatch(what):
        return _person(connection, int(found[1]))
    if found := SUBMISSION.fullmatch(what):
        return _submission(connection, int(found[1]))
    raise RequestError("trace takes a submission (12 or QD00000012), a row (12/1/7) or a person (P and the id)")


def submission_number(what: str) -> int | None:
    """The number of a submission, by itself or as its receipt has it; None for anything else."""
    found = SUBMISSION.fullmatch(what.strip())
    return int(found[1]) if found else None


def person_number(what: str) -> int | None:
    """The id of a person as it is told, with its P; None for anything else."""
    found = PERSON.fullmatch(what.strip())
    return int(found[1]) if found else None


def line_number(connection: Connection, what: str) -> int:
    """The ledger line of a row (``12/1/7``). Raises RequestError for what is none or is not there."""
    found = ROW.fullmatch(what.strip())
    if found is None:
        raise RequestError(f"{what!r} is no row: submission/sheet/row, such as 12/1/7")
    submission_id, sheet, row = map(int, found.groups())
    lines = _rows(connection, "line", submission_id=submission_id, sheet=sheet, row=row)
    if not lines:
        raise RequestError(f"no line of submission {submission_id} stands on sheet {sheet}, row {row}")
    return int(lines[0].line_id)


def _rows(connection: Connection, name: str, **bound: int) -> list[Any]:
    return list(connection.execute(statement(f"trace/{name}"), bound).all())


def _submission(connection: Connection, submission_id: int) -> list[Section]:
    own = _rows(connection, "submission", submission_id=submission_id)
    if not own:
        raise RequestError(f"there is no submission {submission_id}")
    return [
        (f"submission {submission_id}", own),
        ("its sheets", _rows(connection, "sheets", submission_id=submission_id)),
        ("decisions about it", _rows(connection, "decisions", submission_id=submission_id)),
        ("what rests on it", _rows(connection, "rests_on", submission_id=submission_id)),
    ]


def _row(connection: Connection, submission_id: int, sheet: int, row: int) -> list[Section]:
    lines = _rows(connection, "line", submission_id=submission_id, sheet=sheet, row=row)
    if not lines:
        raise RequestError(f"no line of submission {submission_id} stands on sheet {sheet}, row {row}")
    line = lines[0]
    sections = [
        (f"submission {submission_id}", _rows(connection, "submission", submission_id=submission_id)),
        (f"sheet {sheet}, row {row}", lines),
        ("findings of its cells", _rows(connection, "findings", submission_id=submission_id, sheet=sheet, row=row)),
        ("decisions about whom it stands for", _rows(connection, "line_decisions", line_id=line.line_id)),
    ]
    return sections if line.person is None else sections + _person(connection, line.person)


def _person(connection: Connection, person_id: int) -> list[Section]:
    lines = _rows(connection, "lines", person_id=person_id)
    own = _rows(connection, "person", person_id=person_id)
    if not own and not lines:
        raise RequestError(f"there is no person {person_id}")
    return [
        (f"person {person_id}", own),
        ("rows that stand for the person", lines),
        ("spells of employment that follow from them", _rows(connection, "spells", person_id=person_id)),
        ("match states that follow from them and the registry", _rows(connection, "match_states", person_id=person_id)),
    ]
