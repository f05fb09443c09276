"""What an act of people about persons does: rows of the ledger, and what follows from them.

Nothing is moved by hand in the warehouse: lines point to other persons, and every employer that names one of them is
derived again, in one transaction, in the order in which employers are locked.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from sqlalchemy import Connection

from clearbase.errors import RequestError
from clearbase.pipeline.derive import PERSONS, REPLACE, Change, derive_spells, differing, headcounts, run
from clearbase.warehouse.statements import statement

Kind = Literal["merge", "split", "apart", "undo"]

# What each decides anew (`reassigned`), and what is written of it before the rows stand for others.
DECIDES: Final[dict[Kind, str]] = {"merge": "merging", "split": "splitting", "apart": "parting", "undo": "undoing"}
WRITES: Final[dict[Kind, tuple[str, ...]]] = {
    "merge": ("decide",),
    "split": ("add", "decide", "other_side"),
    "apart": ("decide", "other_side"),
    "undo": ("decide",),
}
TOKENS: Final[dict[Kind, str]] = {"merge": "merge_tokens"}
MOVES: Final = ("move_lines", "move_records", "residences")
FOLLOWS: Final = ("cases", "token_candidates", "negatives")
# Which earlier act an act may contradict, and what that said in words.
CONTRADICTED: Final[dict[Kind, str]] = {"merge": "decided_apart", "split": "decided_one"}
SAID: Final = {
    "merge": "P{1} is P{0}",
    "split": "rows of P{0} are somebody else, P{1}",
    "apart": "P{0} is not P{1}",
}
VERDICTS: Final[dict[Kind, str]] = {"merge": "same", "split": "different", "apart": "different", "undo": "undone"}


@dataclass(frozen=True)
class Act:
    """``person_id`` and ``other_person_id`` as in ``ledger.identity_act``; ``undoes``: the act that is taken back, of
    kind ``undone``; ``line_ids``: what is split off."""

    kind: Kind
    person_id: int
    other_person_id: int
    reason: str
    decided_by: str
    undoes: int | None = None
    undone: str | None = None
    line_ids: tuple[int, ...] = ()


@dataclass(frozen=True)
class Regrouped:
    """What an act changes: ``person_id`` who the lines stand for from now on, ``lines`` that are decided anew, and at
    which employers what. ``act``: its number; ``contradicts``: the earlier act that says the contrary, in words;
    ``persons``: whom it concerns."""

    person_id: int
    lines: int
    changes: dict[str, Change] = field(default_factory=dict)
    act: int = field(default=0, compare=False)  # a preview's number is nobody's
    contradicts: str = ""
    persons: tuple[int, ...] = ()


def act_told(connection: Connection, act: int) -> Any:
    """The row of an act and whether it stands; None where there is none."""
    return connection.execute(statement("person/told_act"), {"act": act}).one_or_none()


def regroup(connection: Connection, act: Act, *, commit: bool) -> Regrouped:
    """Do it, or with no ``commit`` tell what it would do. Persons are locked. Raises RequestError where a later act
    stands in the way of an undo."""
    one, other = act.person_id, act.other_person_id
    bound: dict[str, Any] = {
        "person_id": one,
        "other_person_id": other,
        "ids": [one, other],
        "keep": one,
        "gone": other,
    }
    bound |= {"kind": act.undone or act.kind, "undoes": act.undoes, "line_ids": list(act.line_ids)}
    bound |= {"not_person": other if act.kind == "apart" else one}
    bound |= {"reason": act.reason, "decided_by": act.decided_by}
    connection.execute(statement("publish/lock_numbers"))
    for step in (DECIDES[act.kind], "regrouped"):
        connection.execute(statement(f"person/{step}"), bound)
    if act.kind == "undo":
        _nothing_later(connection, bound)
    bound["contradicts"] = _contradicted(connection, act, bound)
    bound["act"] = connection.execute(statement("person/act"), bound | {"kind": act.kind}).scalar_one()
    employers = list(connection.execute(statement("person/employers"), bound).scalars())
    for employer in employers:
        connection.execute(statement("publish/lock_employer"), {"employer_uscc": employer})
    before = {employer: headcounts(connection, employer) for employer in employers}
    for step in (*WRITES[act.kind], *MOVES, TOKENS.get(act.kind, "moved_tokens"), *FOLLOWS):
        connection.execute(statement(f"person/{step}"), bound)
    lines = connection.execute(statement("person/reassigned")).scalar_one()
    changes = _derived_again(connection, employers, before)
    contradicts = _in_words(connection, bound["contradicts"])
    _note(connection, act, bound, lines, employers, contradicts)
    concerned = tuple(connection.execute(statement("person/concerned")).scalars())
    if commit:
        connection.commit()
    else:
        connection.rollback()
    person_id = act.other_person_id if act.kind == "split" else act.person_id
    return Regrouped(person_id, lines, changes, bound["act"], contradicts, concerned)


def _derived_again(
    connection: Connection, employers: list[str], before: dict[str, dict[Any, int]]
) -> dict[str, Change]:
    effects = {}
    run(connection, ("work_tables",), {})
    for employer in employers:
        key = {"employer_uscc": employer, "period": None}
        connection.execute(statement("person/affected"), key)
        run(connection, ("analyse_affected",), key)
        derive_spells(connection, key)
        effects[employer] = connection.execute(statement("undo/effect"), key).one()
        run(connection, REPLACE, key)
        run(connection, ("clear_derived",), {})
    connection.execute(statement("person/touched"))
    run(connection, PERSONS, {})
    return {
        employer: Change(
            told.persons,
            told.spells_ended,
            told.spells_begun,
            differing(before[employer], headcounts(connection, employer)),
        )
        for employer, told in effects.items()
    }


def _nothing_later(connection: Connection, bound: dict[str, Any]) -> None:
    later = connection.execute(statement("person/later_act"), bound).scalar()
    if later is not None:
        raise RequestError(
            f"A{bound['undoes']} cannot be taken back by itself: a later act about the same persons stands: "
            f"{_in_words(connection, later)}. Take that back first"
        )


def _contradicted(connection: Connection, act: Act, bound: dict[str, Any]) -> int | None:
    asked = CONTRADICTED.get(act.kind)
    return connection.execute(statement(f"person/{asked}"), bound).scalar() if asked else None


def _in_words(connection: Connection, act: int | None) -> str:
    told = act_told(connection, act) if act is not None else None
    if told is None:
        return ""
    said = SAID[told.kind].format(told.person_id, told.other_person_id)
    return f"A{act} ({said}; {told.decided_by}, {told.recorded_at:%Y-%m-%d %H:%M})"


def _note(
    connection: Connection, act: Act, bound: dict[str, Any], lines: int, employers: list[str], contradicts: str
) -> None:
    """In the audit; what contradicts an earlier act is an alert, too."""
    person_id = act.other_person_id if act.kind == "split" else act.person_id
    detail = {"decided_by": act.decided_by, "act": bound["act"], "lines": lines, "employers": len(employers)}
    detail |= {"undoes": act.undoes} if act.undoes else {}
    notes = [(VERDICTS[act.kind], f"person {person_id}", detail)]
    if contradicts:
        notes.append(("alert", f"act A{bound['act']}", {"says": f"contradicts {contradicts}; it waits for a look"}))
    for verdict, subject, told in notes:
        note = {"verdict": verdict, "subject": subject, "detail": json.dumps(told, ensure_ascii=False)}
        connection.execute(statement("audit/note"), note)
