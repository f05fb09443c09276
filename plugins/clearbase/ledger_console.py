"""What `undo`, `redo`, `hold`, `rebuild`, `trace` and `employer authorise` do and print."""

from __future__ import annotations

import datetime as dt
import getpass
from zoneinfo import ZoneInfo

from clearbase.console import confirmed, out, print_rows, told
from clearbase.errors import RequestError, SetupError
from clearbase.given import checked_code, report_month
from clearbase.ledger.reporters import Authority, known_authorities, record_authority
from clearbase.pipeline.holds import Decided, HoldVerdict, decide_hold, waiting_holds
from clearbase.pipeline.rebuild import rebuild_and_compare
from clearbase.pipeline.reply import receipt_number
from clearbase.pipeline.trace import submission_number, trace
from clearbase.pipeline.undo import Effect, Verdict, decide_submission
from clearbase.pipeline.verify import verify_batch, verify_decided
from clearbase.quality.file_rules import told_figures
from clearbase.settings import TIME_ZONE, told_settings
from clearbase.warehouse.database import open_database


def decide(submission: str, verdict: Verdict, reason: str, yes: bool) -> None:
    """``undo`` and ``redo``: what would change, then, once it is confirmed, the change."""
    number = _number(submission)
    with open_database(told_settings()) as database:
        by = f"command line, {getpass.getuser()}"
        try:
            _print_effect(decide_submission(database, number, verdict, reason, by, commit=False))
            if not yes and not confirmed(f"Shall it be {verdict}?"):
                told.print("nothing was changed; --yes does it without asking")
                return
            decide_submission(database, number, verdict, reason, by, commit=True)
        except RequestError as error:
            raise SetupError(str(error)) from None
        out.print(f"submission {number} is {verdict}")
        verify_decided(database, number)


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
        rows = [
            {
                name: told_figures(value) if name == "figures" else value
                for name, value in row._mapping.items()
                if name not in ("batch_id", "settled_employer")
            }
            for row in waiting_holds(database)
        ]
    if not rows:
        told.print("no file waits for a decision")
    print_rows(rows, "files held for doubt: hold approve N --reason WHY, or hold refuse N --reason WHY")


def settle_hold(submission: str, verdict: HoldVerdict, reason: str) -> None:
    """``hold approve`` and ``hold refuse``."""
    number, settings = _number(submission), told_settings()
    with open_database(settings) as database:
        try:
            done = decide_hold(settings, database, number, verdict, reason, f"command line, {getpass.getuser()}")
        except RequestError as error:
            raise SetupError(str(error)) from None
        out.print(f"submission {number} is {verdict}{_became(done)}")
        if verdict == "approved":
            verify_batch(database, done.batch_id)


def _became(done: Decided) -> str:
    """What came of an approved file when it was taken again: it may have another fault."""
    if done.verdict == "refused":
        return ""
    why = f" ({done.reason_code})" if done.reason_code else ""
    more = "" if done.outcome == "published" else "; it is not in the base, `trace` tells more"
    return f": taken again as {receipt_number(done.became)}, {done.outcome}{why}{more}"


def authorise_reporter(reporter: str, employer: str, first: str | None, last: str | None) -> None:
    """``employer authorise``."""
    authority = Authority(
        checked_code(reporter),
        checked_code(employer),
        report_month(first) if first else None,
        _month_after(report_month(last)) if last else None,
    )
    if authority.reporter_uscc == authority.employer_uscc:
        raise SetupError("an employer needs no authority to report its own people")
    if authority.valid_from and authority.valid_to and authority.valid_to <= authority.valid_from:
        raise SetupError("the last month is before the first")
    with open_database(told_settings()) as database, database.loader.begin() as connection:
        record_authority(connection, authority, f"employer authorise, {getpass.getuser()}")
    out.print(f"{authority.reporter_uscc} may report for {authority.employer_uscc}")


def withdraw_reporter(reporter: str, employer: str) -> None:
    """``employer withdraw``."""
    pair = (checked_code(reporter), checked_code(employer))
    this_month = dt.datetime.now(ZoneInfo(TIME_ZONE)).date().replace(day=1)
    with open_database(told_settings()) as database, database.loader.begin() as connection:
        held = next((a for a in known_authorities(connection) if (a.reporter_uscc, a.employer_uscc) == pair), None)
        if held is None:
            raise SetupError(f"{pair[0]} has no authority to report for {pair[1]}")
        # One that begins later never begins.
        end = max(held.valid_from or this_month, min(held.valid_to or this_month, this_month))
        record_authority(connection, Authority(*pair, held.valid_from, end), f"employer withdraw, {getpass.getuser()}")
    out.print(f"{pair[0]} may no longer report for {pair[1]}, from {end:%Y-%m} on")


def print_reporters() -> None:
    """``employer reporters``."""
    with open_database(told_settings()) as database, database.loader.connect() as connection:
        rows = [
            {"reporter": a.reporter_uscc, "employer": a.employer_uscc, "from": a.valid_from, "until": a.valid_to}
            for a in known_authorities(connection)
        ]
    if not rows:
        told.print("nobody may report for another; employer authorise REPORTER EMPLOYER lets one")
    print_rows(rows, "who may report for whom, until the day that no longer counts")


def _month_after(month: dt.date) -> dt.date:
    return (month + dt.timedelta(days=32)).replace(day=1)


def print_trace(what: str) -> None:
    """``trace``."""
    with open_database(told_settings()) as database, database.loader.connect() as connection:
        try:
            sections = trace(connection, database.keyring, what)
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
        "persons of whom something else is told": effect.otherwise,
    }
    print_rows([whole], f"if it is {effect.verdict}")
    months = [
        {"month": f"{month:%Y-%m}", "headcount": before, "then": after}
        for month, (before, after) in effect.change.headcounts.items()
    ]
    print_rows(months, "headcounts that change")
    states = [{"match state": state, "persons": was, "then": then} for state, (was, then) in effect.states.items()]
    print_rows(states, "match states that change")
