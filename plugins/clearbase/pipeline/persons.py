"""People decide that two persons are one, or that some lines are somebody else: rows of the ledger, and what follows.

Nothing is moved by hand in the warehouse: lines point to other persons, and every employer that names one of them is
derived again, in one transaction, in the order in which employers are locked.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

from clearbase.errors import RequestError
from clearbase.pipeline.derive import PERSONS, REPLACE, Change, derive_spells, differing, headcounts, run
from clearbase.privacy.labels import safe_reason
from clearbase.warehouse.database import Database
from clearbase.warehouse.statements import statement

RECORDS = ("move_records", "residences")
MERGE = ("merging", "decide", "move_lines", *RECORDS, "merge_tokens", "close_cases", "move_cases")
SPLIT = ("splitting", "add", "decide", "move_lines", *RECORDS, "split_tokens")


@dataclass(frozen=True)
class Regrouped:
    """What a merge or split changes: ``person_id`` who the lines stand for from now on, ``lines`` that move, and at
    which employers what."""

    person_id: int
    lines: int
    changes: dict[str, Change] = field(default_factory=dict)


def merge_persons(database: Database, one: int, other: int, reason: str, decided_by: str, *, commit: bool) -> Regrouped:
    """Two persons are one: the smaller id goes on, so that the id is the same whoever was found first. Without
    ``commit`` only what that would change is told. Raises RequestError: for a person who is not there, or no reason."""
    keep, gone = sorted((one, other))
    if keep == gone:
        raise RequestError(f"person {one} is that person already")
    with database.loader.connect() as connection:
        _need(connection, [keep, gone], reason, commit)
        bound = {"keep": keep, "gone": gone, "verdict": "same", "other_than": None}
        return _regroup(connection, MERGE, bound, [keep, gone], keep, reason, decided_by, commit)


def split_person(
    database: Database, person_id: int, line_ids: Sequence[int], reason: str, decided_by: str, *, commit: bool
) -> Regrouped:
    """These lines or records of a person are somebody else, whose id is their smallest; what was merged comes back
    under its own.

    Raises RequestError: for lines that are not the person's, for all of them, for the line that the person's own id is
    of (the others are split off instead), for no reason.
    """
    with database.loader.connect() as connection:
        _need(connection, [person_id], reason, commit)
        own = set(connection.execute(statement("person/lines"), {"person_id": person_id}).scalars())
        chosen = sorted(set(line_ids))
        if not chosen or not own.issuperset(chosen):
            raise RequestError(f"these are no lines of person {person_id}: {sorted(set(chosen) - own)}")
        if person_id in chosen or own == set(chosen):
            raise RequestError(f"person {person_id} begins with one of these lines: split the others off instead")
        bound = {"person_id": person_id, "new_person": chosen[0], "line_ids": chosen}
        bound |= {"verdict": "different", "other_than": person_id}
        return _regroup(connection, SPLIT, bound, [person_id, chosen[0]], chosen[0], reason, decided_by, commit)


def _need(connection: Connection, ids: list[int], reason: str, commit: bool) -> None:
    if commit and not reason.strip():
        raise RequestError("say why: the reason is kept with the decision")
    known = set(connection.execute(statement("person/known"), {"ids": ids}).scalars())
    if missing := sorted(set(ids) - known):
        raise RequestError(f"there is no person {missing[0]}")


def _regroup(
    connection: Connection,
    steps: tuple[str, ...],
    bound: dict[str, Any],
    ids: list[int],
    person_id: int,
    reason: str,
    decided_by: str,
    commit: bool,
) -> Regrouped:
    connection.execute(statement("person/lock_persons"))
    connection.execute(statement("publish/lock_numbers"))
    employers = list(connection.execute(statement("person/employers"), {"ids": ids}).scalars())
    for employer in employers:
        connection.execute(statement("publish/lock_employer"), {"employer_uscc": employer})
    before = {employer: headcounts(connection, employer) for employer in employers}
    told = bound | {"reason": safe_reason(reason), "decided_by": decided_by}
    for step in steps:
        connection.execute(statement(f"person/{step}"), told)
    lines = connection.exec_driver_sql("SELECT count(line_id) FROM reassigned").scalar_one()
    effects = {}
    run(connection, ("work_tables",), {})
    for employer in employers:
        key = {"employer_uscc": employer, "period": None, "ids": ids}
        connection.execute(statement("person/affected"), key)
        run(connection, ("analyse_affected",), key)
        derive_spells(connection, key)
        effects[employer] = connection.execute(statement("undo/effect"), key).one()
        run(connection, REPLACE, key)
        run(connection, ("clear_derived",), {})
    connection.execute(statement("person/touched"), {"ids": ids})
    run(connection, PERSONS, {})
    changes = {
        employer: Change(
            told.persons,
            told.spells_ended,
            told.spells_begun,
            differing(before[employer], headcounts(connection, employer)),
        )
        for employer, told in effects.items()
    }
    detail = {"decided_by": decided_by, "lines": lines, "employers": len(employers)}
    note = {"verdict": bound["verdict"], "subject": f"person {person_id}", "detail": json.dumps(detail)}
    connection.execute(statement("audit/note"), note)
    if commit:
        connection.commit()
    else:
        connection.rollback()
    return Regrouped(person_id, lines, changes)
