"""Why rows are a person: every decision about them with rule, weight and who decided; whom it may be, and is not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection

from clearbase.errors import RequestError
from clearbase.identity.model import load_model
from clearbase.pipeline.decision_words import KINDS, WORDS
from clearbase.pipeline.evidence import evidence, gathered
from clearbase.pipeline.trace import Section, person_number, row_or_record
from clearbase.warehouse.statements import statement


def explain(connection: Connection, what: str) -> list[Section]:
    """Titles and rows for a person (``P167772161``), a row (``12/1/7``) or a registry record (``R9``): of a row or
    record all that was ever decided of it first, then of its person. Ids, places and reasons; nobody by name. Raises
    RequestError for what is none of them or is not there."""
    person_id = person_number(what)
    sections: list[Section] = []
    decided: Sequence[Any] = ()
    if person_id is None:
        own = row_or_record(connection, what)
        decided = connection.execute(statement("explain/decisions"), {"id": own}).all()
        if not decided:
            raise RequestError(f"{what} stands for nobody: it was quarantined or repeated, or is not there")
        sections.append((f"all that was decided of {what} 该行的全部认定", [_told(row) for row in decided]))
        person_id = connection.execute(statement("explain/person_of"), {"id": own}).scalar()
    rows, cases, negatives, acts = (
        connection.execute(statement(f"explain/{name}"), {"person_id": person_id}).all()
        for name in ("rows", "cases", "negatives", "acts")
    )
    if not rows and not acts:
        raise RequestError(f"there is no person {person_id}")
    weighed = [(what, each) for each in decided] or [(each.row, each) for each in rows]
    model = load_model()
    limits, told = model.thresholds, evidence(gathered(weighed), model)
    sections += [
        (f"why these rows are P{person_id} 认定依据", [_told(row) for row in rows]),
        (
            f"what was weighed, in bits 评分明细（满 {limits['same']:.0f} 自动认定，满 {limits['review']:.0f} 送核）",
            told,
        ),
        ("in review: who it may be, or who may be it 待核实", list(cases)),
        ("held apart by people 人工认定不是", list(negatives)),
        ("what people decided 人工决定", [_act(act) for act in acts]),
        ("what the rules say 规则说明", _reasons([*decided, *rows, *cases])),
    ]
    return sections


def _told(decision: Any) -> dict[str, Any]:
    return {name: value for name, value in decision._mapping.items() if name != "levels"}


def _act(act: Any) -> dict[str, Any]:
    told = dict(act._mapping)
    one, other, answers = (told.pop(name) for name in ("person_id", "other_person_id", "answers"))
    return told | {"what": KINDS[act.what].format(one, other, answers)}


def _reasons(rows: Sequence[Any]) -> list[dict[str, str]]:
    """Each rule in both languages, one below the other."""
    told = []
    for rule in dict.fromkeys(row.rule for row in rows):
        english, chinese = WORDS.get(rule, (rule, ""))
        told += [{"rule": rule, "reason": chinese}, {"rule": "", "reason": english}]
    return told
