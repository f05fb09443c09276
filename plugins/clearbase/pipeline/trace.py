"""The way of a fact, from the row of a file to the figure and back: ids, places and reasons, and nobody by name."""

from __future__ import annotations

import json
import re
from collections.abc import Container
from typing import Any, Final

from sqlalchemy import Connection

from clearbase.errors import RequestError
from clearbase.identity.person_keys import unwrapped
from clearbase.privacy.keyring import Keyring
from clearbase.privacy.sealing import open_sealed, row_name
from clearbase.warehouse.statements import statement

SUBMISSION: Final = re.compile(r"(?:QD)?0*(\d{1,12})", re.IGNORECASE)
ROW: Final = re.compile(r"(?:QD)?0*(\d{1,12})/(\d{1,5})/(\d{1,7})", re.IGNORECASE)
PERSON: Final = re.compile(r"P(\d{1,19})", re.IGNORECASE)
RECORD: Final = re.compile(r"R(\d{1,19})", re.IGNORECASE)

Section = tuple[str, list[Any]]


def trace(connection: Connection, keyring: Keyring, what: str) -> list[Section]:
    """Titles and rows of what leads to and from ``what``: a submission (``12`` or ``QD00000012``), a row
    (``12/1/7``: submission, sheet, row), a person (``P`` and the id), or a record of the registry (``R`` and its
    number). Raises RequestError for what is none of them or is not there."""
    if found := ROW.fullmatch(what):
        return _row(connection, keyring, *map(int, found.groups()))
    if found := RECORD.fullmatch(what):
        return _record(connection, int(found[1]))
    if found := PERSON.fullmatch(what):
        return _person(connection, int(found[1]))
    if found := SUBMISSION.fullmatch(what):
        return _submission(connection, int(found[1]))
    raise RequestError(
        "trace takes a submission (12 or QD00000012), a row (12/1/7), a person (P and the id) or "
        "a record (R and its number)"
    )


def submission_number(what: str) -> int | None:
    """The number of a submission, by itself or as its receipt has it; None for anything else."""
    found = SUBMISSION.fullmatch(what.strip())
    return int(found[1]) if found else None


def person_number(what: str) -> int | None:
    """The id of a person as it is told, with its P; None for anything else."""
    found = PERSON.fullmatch(what.strip())
    return int(found[1]) if found else None


def record_number(what: str) -> int | None:
    """The number of a record of the registry as it is told, with its R; None for anything else."""
    found = RECORD.fullmatch(what.strip())
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


def row_or_record(connection: Connection, what: str) -> int:
    """The id of a row (``12/1/7``) or a registry record (``R9``). Raises RequestError for what is neither, or a
    row that is not there."""
    record_id = record_number(what)
    if record_id is None and ROW.fullmatch(what.strip()) is None:
        raise RequestError(f"{what!r} is no row (submission/sheet/row, such as 12/1/7) and no registry record (R9)")
    return line_number(connection, what) if record_id is None else record_id


def _rows(connection: Connection, name: str, **bound: int) -> list[Any]:
    return list(connection.execute(statement(f"trace/{name}"), bound).all())


def _submission(connection: Connection, submission_id: int) -> list[Section]:
    own = _rows(connection, "submission", submission_id=submission_id)
    if not own:
        raise RequestError(f"there is no submission {submission_id}")
    return [
        (f"submission {submission_id}", own),
        ("its sheets", _rows(connection, "sheets", submission_id=submission_id)),
        ("what it was made of, and what was made of it", _rows(connection, "made_of", submission_id=submission_id)),
        ("the rules that its lines met", _rows(connection, "rules", submission_id=submission_id)),
        ("whose place it takes", _rows(connection, "takes_place", submission_id=submission_id)),
        ("for these figures it was held", _rows(connection, "doubt", submission_id=submission_id)),
        ("decisions about it", _rows(connection, "decisions", submission_id=submission_id)),
        ("what rests on it", _rows(connection, "rests_on", submission_id=submission_id)),
    ]


def _row(connection: Connection, keyring: Keyring, submission_id: int, sheet: int, row: int) -> list[Section]:
    lines = _rows(connection, "line", submission_id=submission_id, sheet=sheet, row=row)
    if not lines:
        raise RequestError(f"no line of submission {submission_id} stands on sheet {sheet}, row {row}")
    line = lines[0]
    sections = [
        (f"submission {submission_id}", _rows(connection, "submission", submission_id=submission_id)),
        (f"sheet {sheet}, row {row}", lines),
        ("its cells", _cells(connection, keyring, line.line_id, submission_id, sheet, row)),
        ("findings of its cells", _rows(connection, "findings", submission_id=submission_id, sheet=sheet, row=row)),
        ("decisions about whom it stands for", _rows(connection, "line_decisions", line_id=line.line_id)),
    ]
    if line.disposition == "repeated":
        sections.append(("it says again what this row says", _rows(connection, "repeats", line_id=line.line_id)))
    if line.person is None:
        return sections
    sections.append(("the spell that it is part of", _rows(connection, "line_spells", line_id=line.line_id)))
    return sections + _person(connection, line.person)


def _cells(
    connection: Connection, keyring: Keyring, line_id: int, submission_id: int, sheet: int, row: int
) -> list[dict[str, object]]:
    """Header, field and what became of the value: whether the line has it, and never what it says."""
    (sealed,) = _rows(connection, "sealed_line", line_id=line_id)
    kept: Container[str] | None = None
    if sealed.wrapped is not None:
        keys = {sealed.key_no: unwrapped(keyring, sealed.key_no, sealed.wrapped)}
        values = json.loads(open_sealed(keys, bytes(sealed.sealed), row_name("roster_line", line_id)))
        kept = {field for field, value in values.items() if value not in (None, "")}
    return [
        {"col": c.col, "header": c.header, "field": c.field, "value": _value_state(c, kept), "told": c.told}
        for c in _rows(connection, "cells", submission_id=submission_id, sheet=sheet, row=row)
    ]


def _value_state(cell: Any, kept: Container[str] | None) -> str:
    if kept is None:
        return "erased"
    if cell.field in kept:
        return "kept"
    return "withheld" if "(error)" in (cell.told or "") else "none"


def _record(connection: Connection, record_id: int) -> list[Section]:
    own = _rows(connection, "record", record_id=record_id)
    if not own:
        raise RequestError(f"there is no record {record_id} of the registry")
    decided = ("decisions about whom it stands for", _rows(connection, "record_decisions", record_id=record_id))
    told = ("the extract that told it", _rows(connection, "extract", record_id=record_id))
    sections: list[Section] = [(f"registry record {record_id}", own), told, decided]
    return sections if own[0].person is None else sections + _person(connection, own[0].person)


def _person(connection: Connection, person_id: int) -> list[Section]:
    lines = _rows(connection, "lines", person_id=person_id)
    own = _rows(connection, "person", person_id=person_id)
    if not own and not lines:
        raise RequestError(f"there is no person {person_id}")
    return [
        (f"person {person_id}", own),
        ("rows that stand for the person", lines),
        ("spells of employment that follow from them", _rows(connection, "spells", person_id=person_id)),
        ("units where he works, agencies that sent him", _rows(connection, "postings", person_id=person_id)),
        ("headcounts that they are in", _rows(connection, "headcounts", person_id=person_id)),
        ("residences that the registry tells", _rows(connection, "residences", person_id=person_id)),
        ("match states that follow from them and the registry", _rows(connection, "match_states", person_id=person_id)),
    ]
