"""The steps that derive spells and persons from the ledger (``sql/publish``), and how an employer is derived again.

Every way to the warehouse uses them: a publication, an undo, a merge of persons, a rebuild, ``verify``. They work in
the session's temporary tables (``work_tables``) for those in ``affected``: ``person_id``, and whether it ``folds``.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import Connection

from clearbase.warehouse.statements import statement

# Every line of the persons in `affected`, from the whole ledger; and what rosters and registry tell of them follows.
WHOLE: Final = ("whole_all", "told_lines")
DERIVE_PERSONS: Final = ("analyse_told", "derived_persons", "derived_streets", "analyse_persons")
# How registry and rosters fit together for each person of `derived_person`, once his spells are what they are.
DERIVE_MATCH: Final = ("person_residence", "analyse_match", "derived_match")
_KNOWN: Final = (
    *DERIVE_PERSONS,
    *("persons_dimension", "told_streets", "person_employment"),
    *(*DERIVE_MATCH, "match_states"),
)
# The persons in `affected`, locked first, and what is known of them, after their spells.
PERSONS: Final = ("lock_persons", "known_persons", *WHOLE, *_KNOWN)
REPLACE: Final = ("state", "spells", "postings")


@dataclass(frozen=True)
class Change:
    """What deriving an employer again has changed: ``persons`` whose spells there differ; ``spells_ended`` that are
    believed no longer, ``spells_begun`` that are from now on; ``headcounts``: month → (before, after), where they
    differ."""

    persons: int
    spells_ended: int
    spells_begun: int
    headcounts: dict[dt.date, tuple[int, int]] = field(default_factory=dict)


def run(connection: Connection, steps: tuple[str, ...], bound: dict[str, Any]) -> None:
    """Run steps of ``sql/publish`` one after the other."""
    for step in steps:
        connection.execute(statement(f"publish/{step}"), bound)


def derive_spells(connection: Connection, bound: dict[str, Any], *, folding: bool = False) -> None:
    """Leave in `derived_spell` the spells of the persons in `affected` at one employer, as a function of the ledger
    alone; ``folding``: of whom ``folds`` from what is known and this submission's lines, at the same result.

    What reads the ledger is planned over every month's partitions, which costs even where there is nobody to read:
    so that is asked first, and the month from which lines matter is told to the planner.
    """
    unfolded = not folding or connection.execute(statement("publish/any_unfolded")).scalar()
    run(connection, ("covered_months", "named_spells") if unfolded else ("covered_months",), bound)
    since = connection.execute(statement("publish/doubtful_since"), bound).scalar()
    run(connection, ("doubtful_lines",), bound | {"since": since})
    if unfolded:
        run(connection, ("analyse_spells", "absences"), bound)
    if folding:
        _fold_spells(connection, bound)
    run(connection, ("derived_spells", "analyse_derived"), bound)
    _derive_postings(connection, bound, folding=folding)


def _fold_spells(connection: Connection, bound: dict[str, Any]) -> None:
    """What is known is kept on with where a month comes in its order."""
    run(connection, ("fold_spells",), bound)
    if bound["kind"] == "full" and connection.execute(statement("publish/missed_persons"), bound).rowcount:
        run(connection, ("fold_missed", "affect_missed", "analyse_affected"), bound)
    run(connection, ("analyse_named",), bound)


def _derive_postings(connection: Connection, bound: dict[str, Any], *, folding: bool) -> None:
    """Leave in `derived_posting` the units and agencies within these spells; of most employers no line tells any."""
    if connection.execute(statement("publish/any_parties"), bound).scalar():
        read = ("told_parties", "folded_parties") if folding else ("told_parties",)
        run(connection, (*read, "analyse_parties", "derived_postings"), bound)


def fold_persons(connection: Connection, bound: dict[str, Any]) -> None:
    """What is known of the persons in `affected` after a publication: from what is believed and its own lines, except
    of whom it tells out of order."""
    run(connection, ("lock_persons",), bound)
    known, late = (
        connection.execute(statement(f"publish/{step}"), bound).rowcount for step in ("known_persons", "whole_late")
    )
    run(connection, ("new_persons",), bound)
    folded = connection.execute(statement("publish/folded_lines"), bound).rowcount
    if late:  # told_lines is planned over every month's partitions, which costs even where there is nobody to read
        run(connection, ("told_lines",), bound)
    if known or late or folded:
        run(connection, _KNOWN, bound)


def headcounts(connection: Connection, employer_uscc: str) -> dict[dt.date, int]:
    """Persons at the close of each month that the employer's standing rosters reach over."""
    rows = connection.execute(statement("undo/headcounts"), {"employer_uscc": employer_uscc})
    return {row.month: row.persons for row in rows}


def differing(before: dict[dt.date, int], after: dict[dt.date, int]) -> dict[dt.date, tuple[int, int]]:
    """Months whose headcount differs: (before, after)."""
    both = {month: (before.get(month, 0), after.get(month, 0)) for month in sorted(before.keys() | after.keys())}
    return {month: counts for month, counts in both.items() if counts[0] != counts[1]}
