"""Why rows are a person: every decision about them with rule, weight and who decided; whom it may be, and is not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Connection

from clearbase.errors import RequestError
from clearbase.pipeline.decision_words import KINDS, words
from clearbase.pipeline.trace import ROW, Section, line_number, person_number, record_number
from clearbase.warehouse.statements import statement


def explain(connection: Connection, what: str) -> list[Section]:
    """Titles and rows for a person (``P167772161``), a row (``12/1/7``) or a registry record (``R9``): of a row or
    record all that was ever decided of it first, then of its person. Ids, places and reasons; nobody by name. Raises
    RequestError for what is none of them or is not there."""
    person_id = person_number(what)
    sections: list[Section] = []
    if person_id is None:
        record_id = record_number(what)
        if record_id is None and not ROW.fullmatch(what.strip()):
            raise RequestError("explain takes a person (P and the id), a row (12/1/7) or a record (R and its number)")
        own = record_id if record_id is not None else line_number(connection, what)
        decided = connection.execute(statement("explain/decisions"), {"id": own}).all()
        if not decided:
            raise RequestError(f"{what} stands for nobody: it was quarantined or repeated, or is not there")
        sections.append((f"all that was decided of {what}, 该行的全部认定", _told(decided)))
        person_id = connection.execute(statement("explain/person_of"), {"id": own}).scalar()
    key = {"person_id": person_id}

    def asked(name: str) -> list[Any]:
        return list(connection.execute(statement(f"explain/{name}"), key).all())

    rows = asked("rows")
    acts = asked("acts")
    if not rows and not acts:
        raise RequestError(f"there is no person {person_id}")
    sections += [
        (f"why these rows are P{person_id}, 认定依据", _told(rows)),
        (
            "in review: who it may be, or who may be it, 待核实",
            _with(asked("cases"), lambda r: {"reason": words(r.rule)}),
        ),
        ("held apart by people, 人工认定不是", asked("negatives")),
        ("what people decided, 人工决定", _with(acts, _in_words)),
    ]
    return sections


def _told(rows: Sequence[Any]) -> list[dict[str, Any]]:
    return _with(rows, lambda row: {"reason": words(row.rule)})


def _in_words(act: Any) -> dict[str, str]:
    return {"what": KINDS[act.what].format(act.person_id, act.other_person_id, act.answers)}


def _with(rows: Sequence[Any], more: Callable[[Any], dict[str, Any]]) -> list[dict[str, Any]]:
    hidden = ("person_id", "other_person_id", "answers")
    return [{name: value for name, value in row._mapping.items() if name not in hidden} | more(row) for row in rows]
