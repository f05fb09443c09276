"""What `undo`, `redo`, `hold`, `rebuild` and `trace` do and print."""

from __future__ import annotations

import getpass
import sys

from clearbase.console import out, print_rows, told
from clearbase.errors import RequestError, SetupError
from clearbase.pipeline.holds import HoldVerdict, decide_hold, waiting_holds
from clearbase.pipeline.rebuild import rebuild_and_compare
from clearbase.pipeline.trace import submission_number, trace
from clearbase.pipeline.undo import Effect, Verdict, decide_submission
from clearbase.settings import told_settings
from clearbase.warehouse.database import open_database


def decide(submission: str, verdict: Verdict, reason: str, yes: bool) -> None:
    """``undo`` and ``redo``: what would change, then, once it is confirmed, the change."""
    number = _number(submission)
    with open_database(told_settings()) as database:
        by = f"command line, {getpass.getuser()}"
        try:
            _print_effect(decide_submission(database, number, verdict, reason, by, commit=False))
            if not yes and not _confirmed(verdict):
                told.print("nothing was changed; --yes does it without asking")
                return
            decide_submission(database, number, verdict, reason, by, commit=True)
        except RequestError as error:
            raise SetupError(str(error)) from None
    out.print(f"submission {number} is {verdict}")


def print_rebuild(sample: int | None) -> int:
    """``rebuild --verify``: a line a table; 1 where any differs from what the ledger says."""
    differ = 0
    with open_database(told_settings()) as database:
        for table in rebuild_and_compare(database, sample):
            differ += not table.is_same
            told_ = "same" if table.is_same else f"DIFFERS: {table.rebuilt_hash}, {table.rebuilt_rows} rows"
            out.print(f"{table.hash}  {table.table} ({table.rows} rows): {told_}")
    return int(differ > 0)


def print_holds() -> None:
    """``hold list``."""
    with open_database(told_settings()) as database:
        rows = waiting_holds(database)
    if not rows:
        told.print("no file waits for a decision")
    print_rows(rows, "files held for doubt: hold approve N --reason WHY, or hold refuse N --reason WHY")


def settle_hold(submission: str, verdict: HoldVerdict, reason: str) -> None:
    """``hold approve`` and ``hold refuse``."""
    number, settings = _number(submission), told_settings()
    with open_database(settings) as database:
        try:
            decide_hold(settings, database, number, verdict, reason, f"command line, {getpass.getuser()}")
        except RequestError as error:
            raise SetupError(str(error)) from None
    out.print(f"submission {number} is {verdict}; its receipt says so")


def print_trace(what: str) -> None:
    """``trace``."""
    with open_database(told_settings()) as database, database.loader.connect() as connection:
        try:
            sections = trace(connection, what)
        except RequestError as error:
            raise SetupError(str(error)) from None
    for title, rows in sections:
        print_rows(rows, title)


def _number(submission: str) -> int:
    number = submission_number(submission)
    if number is None:
        raise SetupError(f"{submission!r} is no submission: its number, or its receipt's (QD00000012)")
    return number


def _print_effect(effect: Effect) -> None:
    whole = {
        "submission": effect.submission_id,
        "employer": effect.employer_uscc,
        "month": f"{effect.period:%Y-%m}",
        "kind": effect.kind,
        "lines": effect.lines,
        "persons whose spells change": effect.change.persons,
        "spells no longer believed": effect.change.spells_ended,
        "spells believed instead": effect.change.spells_begun,
    }
    print_rows([whole], f"if it is {effect.verdict}")
    months = [
        {"month": f"{month:%Y-%m}", "headcount": before, "then": after}
        for month, (before, after) in effect.change.headcounts.items()
    ]
    print_rows(months, "headcounts that change")


def _confirmed(verdict: Verdict) -> bool:
    if not sys.stdin.isatty():
        return False
    return input(f"Shall it be {verdict}? [y/N] ").strip().lower() in ("y", "yes", "是")
