"""What `identity merge`, `split`, `apart`, `undo`, `confirm` and `explain` do and print: ids, places and counts, and
nobody by name."""

from __future__ import annotations

import getpass
import re
from collections.abc import Callable
from typing import Final

from clearbase.console import confirmed, out, print_rows, told
from clearbase.errors import RequestError, SetupError
from clearbase.pipeline.explain import explain as explained
from clearbase.pipeline.persons import confirm_act, merge_persons, newest_act, part_persons, split_person, undo_act
from clearbase.pipeline.regrouping import Regrouped
from clearbase.pipeline.trace import person_number, row_or_record
from clearbase.pipeline.verify import verify_persons
from clearbase.settings import told_settings
from clearbase.warehouse.database import Database, open_database

ACT: Final = re.compile(r"A(\d{1,18})", re.IGNORECASE)


def merge(one: str, other: str, reason: str, yes: bool) -> None:
    """``identity merge``."""
    first, second, by = _person(one), _person(other), _by()

    def decide(database: Database, commit: bool) -> Regrouped:
        return merge_persons(database, first, second, reason, by, commit=commit)

    _told_then_done(decide, f"if P{first} and P{second} are one person", yes)


def split(person: str, rows: list[str], reason: str, yes: bool) -> None:
    """``identity split``."""
    number, by = _person(person), _by()

    def decide(database: Database, commit: bool) -> Regrouped:
        with database.loader.connect() as connection:
            lines = [row_or_record(connection, row) for row in rows]
        return split_person(database, number, lines, reason, by, commit=commit)

    _told_then_done(decide, f"if these rows of P{number} are somebody else", yes)


def apart(one: str, other: str, reason: str, yes: bool) -> None:
    """``identity apart``."""
    first, second, by = _person(one), _person(other), _by()

    def decide(database: Database, commit: bool) -> Regrouped:
        return part_persons(database, first, second, reason, by, commit=commit)

    _told_then_done(decide, f"if P{first} and P{second} are two persons", yes)


def undo(what: str, reason: str, yes: bool) -> None:
    """``identity undo``: the act that was told is the one that is taken back, whatever comes between."""
    by, found = _by(), ACT.fullmatch(what.strip())
    number = int(found[1]) if found else None
    person_id = None if found else _person(what)

    def decide(database: Database, commit: bool) -> Regrouped:
        nonlocal number
        if number is None:
            number = newest_act(database, person_id or 0)
            told.print(f"A{number} is the newest act about P{person_id}")
        return undo_act(database, number, reason, by, commit=commit)

    _told_then_done(decide, f"if what {what.strip()} says is taken back", yes)


def confirm(act: str, reason: str) -> None:
    """``identity confirm``."""
    found = ACT.fullmatch(act.strip())
    if found is None:
        raise SetupError(f"{act!r} is no act: A and its number, as `identity explain` tells it (A12)")
    with open_database(told_settings()) as database:
        try:
            confirm_act(database, int(found[1]), reason, _by())
        except RequestError as error:
            raise SetupError(str(error)) from None
    out.print(f"A{found[1]} holds; its case is closed")


def explain(what: str) -> None:
    """``identity explain``."""
    with open_database(told_settings()) as database, database.loader.connect() as connection:
        try:
            sections = explained(connection, what)
        except RequestError as error:
            raise SetupError(str(error)) from None
    for title, rows in sections:
        print_rows(rows, title)


def _told_then_done(decide: Callable[[Database, bool], Regrouped], title: str, yes: bool) -> None:
    """What would change, then, once it is confirmed, the change; whom it concerns is checked after it."""
    with open_database(told_settings()) as database:
        try:
            _print_effect(decide(database, False), title)
            if not yes and not confirmed("Shall it be so?"):
                told.print("nothing was changed; --yes does it without asking")
                return
            done = decide(database, True)
        except RequestError as error:
            raise SetupError(str(error)) from None
        out.print(f"they stand for P{done.person_id} (act A{done.act})")
        if done.contradicts:
            out.print(f"A{done.act} contradicts {done.contradicts}: `identity confirm A{done.act}` or `identity undo`")
        verify_persons(database, done.persons)


def _print_effect(effect: Regrouped, title: str) -> None:
    if effect.contradicts:
        out.print(
            f"This contradicts what somebody has decided: {effect.contradicts}. Done, it holds, raises an alert and "
            "waits as a case until it is confirmed or taken back.\n"
            "与此前的人工决定相反：照办后以新决定为准，同时告警，并留待复核（确认或撤销）。\n"
        )
    whole = {"person that they stand for": f"P{effect.person_id}", "rows and records that are decided": effect.lines}
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
