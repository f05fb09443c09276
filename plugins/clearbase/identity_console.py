"""What `identity merge` and `identity split` do and print: ids, places and counts, and nobody by name."""

from __future__ import annotations

import getpass
from collections.abc import Callable

from clearbase.console import confirmed, out, print_rows, told
from clearbase.errors import RequestError, SetupError
from clearbase.pipeline.persons import Regrouped, merge_persons, split_person
from clearbase.pipeline.trace import line_number, person_number
from clearbase.pipeline.verify import verify_persons
from clearbase.settings import told_settings
from clearbase.warehouse.database import Database, open_database


def merge(one: str, other: str, reason: str, yes: bool) -> None:
    """``identity merge``."""
    first, second, by = _person(one), _person(other), _by()

    def decide(database: Database, commit: bool) -> Regrouped:
        return merge_persons(database, first, second, reason, by, commit=commit)

    _told_then_done(decide, f"if P{first} and P{second} are one person", {first, second}, yes)


def split(person: str, rows: list[str], reason: str, yes: bool) -> None:
    """``identity split``."""
    number, by = _person(person), _by()

    def decide(database: Database, commit: bool) -> Regrouped:
        with database.loader.connect() as connection:
            lines = [line_number(connection, row) for row in rows]
        return split_person(database, number, lines, reason, by, commit=commit)

    _told_then_done(decide, f"if these rows of P{number} are somebody else", {number}, yes)


def _told_then_done(decide: Callable[[Database, bool], Regrouped], title: str, touched: set[int], yes: bool) -> None:
    """What would change, then, once it is confirmed, the change; what it ``touched`` is checked after it."""
    with open_database(told_settings()) as database:
        try:
            effect = decide(database, False)
            _print_effect(effect, title)
            if not yes and not confirmed("Shall it be so?"):
                told.print("nothing was changed; --yes does it without asking")
                return
            decide(database, True)
        except RequestError as error:
            raise SetupError(str(error)) from None
        out.print(f"they stand for P{effect.person_id}")
        verify_persons(database, sorted(touched | {effect.person_id}))


def _print_effect(effect: Regrouped, title: str) -> None:
    whole = {"person that they stand for": f"P{effect.person_id}", "rows and records that move": effect.lines}
    print_rows([whole | {"employers": len(effect.changes)}], title)
    employers = [
        {
            "employer": employer,
            "persons whose spells change": change.persons,
            "spells no longer believed": change.spells_ended,
            "spells believed instead": change.spells_begun,
        }
        for employer, change in effect.changes.items()
    ]
    print_rows(employers, "what changes where")
    months = [
        {"employer": employer, "month": f"{month:%Y-%m}", "headcount": before, "then": after}
        for employer, change in effect.changes.items()
        for month, (before, after) in change.headcounts.items()
    ]
    print_rows(months, "headcounts that change")


def _person(what: str) -> int:
    number = person_number(what)
    if number is None:
        raise SetupError(f"{what!r} is no person: P and the id, as trace tells it (P167772161)")
    return number


def _by() -> str:
    return f"command line, {getpass.getuser()}"
