"""People decide of persons: two are one, rows are somebody else, who was in review is not who he may have been; and
take back what they decided.

Each is an act: a numbered row of the ledger with the decisions about lines and records that it consists of. What
follows is derived from them (``regrouping``).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection

from clearbase.errors import RequestError
from clearbase.pipeline.regrouping import Act, Regrouped, act_told, regroup
from clearbase.privacy.labels import safe_reason
from clearbase.warehouse.database import Database
from clearbase.warehouse.statements import statement


def merge_persons(database: Database, one: int, other: int, reason: str, decided_by: str, *, commit: bool) -> Regrouped:
    """Two persons are one: the smaller id goes on, so that the id is the same whoever was found first. Without
    ``commit`` only what that would change is told. Raises RequestError: for a person who is not there, or no reason."""
    keep, gone = sorted((one, other))
    if keep == gone:
        raise RequestError(f"person {one} is that person already")
    with database.loader.connect() as connection:
        _begin(connection, [keep, gone], reason, commit)
        return regroup(connection, Act("merge", keep, gone, safe_reason(reason), decided_by), commit=commit)


def split_person(
    database: Database, person_id: int, line_ids: Sequence[int], reason: str, decided_by: str, *, commit: bool
) -> Regrouped:
    """These lines or records of a person are somebody else, whose id is their smallest; what was merged comes back
    under its own. From then on the two are held apart.

    Raises RequestError: for lines that are not the person's, for all of them, for the line that the person's own id is
    of (the others are split off instead), for no reason.
    """
    with database.loader.connect() as connection:
        _begin(connection, [person_id], reason, commit)
        own = set(connection.execute(statement("person/lines"), {"person_id": person_id}).scalars())
        chosen = sorted(set(line_ids))
        if not chosen or not own.issuperset(chosen):
            raise RequestError(f"these are no lines of person {person_id}: {sorted(set(chosen) - own)}")
        if person_id in chosen or own == set(chosen):
            raise RequestError(f"person {person_id} begins with one of these lines: split the others off instead")
        act = Act("split", person_id, chosen[0], safe_reason(reason), decided_by, line_ids=tuple(chosen))
        return regroup(connection, act, commit=commit)


def part_persons(database: Database, one: int, other: int, reason: str, decided_by: str, *, commit: bool) -> Regrouped:
    """Two persons are two: who is in review beside the other is a person of his own, and they are held apart from then
    on. Raises RequestError: where neither is in review beside the other, for no reason."""
    with database.loader.connect() as connection:
        _begin(connection, [one, other], reason, commit)
        case = connection.execute(statement("person/open_case"), {"one": one, "other": other}).one_or_none()
        if case is None:
            raise RequestError(
                f"neither P{one} nor P{other} is in review beside the other: they are two already; "
                "rows of one person that are somebody else are split off"
            )
        act = Act("apart", case.person_id, case.candidate_person_id, safe_reason(reason), decided_by)
        return regroup(connection, act, commit=commit)


def undo_act(database: Database, act: int, reason: str, decided_by: str, *, commit: bool) -> Regrouped:
    """Each line and record of an act goes back to whom it stood for before, with what came since and bears the same
    number and name. Raises RequestError: for an act that is not there, is taken back or only answers another; where a
    later one about the same persons stands; for no reason."""
    with database.loader.connect() as connection:
        _begin(connection, [], reason, commit)
        told = _act(connection, act)
        if told.kind in ("undo", "confirm"):
            raise RequestError(f"A{act} answers A{told.answers}: decide of the persons anew instead")
        if not told.stands:
            raise RequestError(f"A{act} is taken back already")
        undo = Act("undo", told.person_id, told.other_person_id, safe_reason(reason), decided_by, act, told.kind)
        return regroup(connection, undo, commit=commit)


def newest_act(database: Database, person_id: int) -> int:
    """The newest act about a person that stands. Raises RequestError where there is none."""
    with database.loader.connect() as connection:
        act = connection.execute(statement("person/newest_act"), {"person_id": person_id}).scalar()
    if act is None:
        raise RequestError(f"nobody has merged, split or told apart P{person_id}: there is nothing to take back")
    return int(act)


def confirm_act(database: Database, act: int, reason: str, decided_by: str) -> None:
    """Somebody has looked again: an act that contradicts an earlier one is right, and its case is closed. Raises
    RequestError: for an act without an open case, for no reason."""
    with database.loader.begin() as connection:
        _begin(connection, [], reason, True)
        told = _act(connection, act)
        if connection.execute(statement("person/conflict"), {"act": act}).one_or_none() is None:
            raise RequestError(f"A{act} is no open case: it contradicts nothing, or was confirmed or taken back")
        bound = {"person_id": told.person_id, "other_person_id": told.other_person_id, "undoes": act}
        bound |= {"kind": "confirm", "contradicts": None, "reason": safe_reason(reason), "decided_by": decided_by}
        connection.execute(statement("person/act"), bound)
        detail = json.dumps({"decided_by": decided_by}, ensure_ascii=False)
        note = {"verdict": "confirmed", "subject": f"act A{act}", "detail": detail}
        connection.execute(statement("audit/note"), note)


def _begin(connection: Connection, ids: list[int], reason: str, commit: bool) -> None:
    """Nobody else decides of persons meanwhile, and none of these is written for."""
    if commit and not reason.strip():
        raise RequestError("say why: the reason is kept with the decision")
    connection.execute(statement("person/lock_persons"))
    known = set(connection.execute(statement("person/known"), {"ids": ids}).scalars())
    if missing := sorted(set(ids) - known):
        raise RequestError(f"there is no person {missing[0]}")


def _act(connection: Connection, act: int) -> Any:
    told = act_told(connection, act)
    if told is None:
        raise RequestError(f"there is no act A{act}")
    return told
