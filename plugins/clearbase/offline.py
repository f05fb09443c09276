"""What the commands that need no server do and print. The report goes where ``--json`` says, tables to standard output.

Only the report holds personal data: what is printed names cells and rules, never what stands in them.
"""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console
from rich.table import Table

from clearbase.errors import SetupError
from clearbase.given import Given, given_facts
from clearbase.inspection.report import Inspected, Report, report_of
from clearbase.intake.discover import WaitingFile, waiting_files
from clearbase.privacy.labels import safe_label, unread_label
from clearbase.quality.suite import ROSTER_LINE
from clearbase.reading.archive import unpack
from clearbase.reading.file import read_roster
from clearbase.receipts.marks import told_of_all
from clearbase.receipts.texts import rule_texts, text_of
from clearbase.records import FileRead
from clearbase.runtime.private_files import write_private
from clearbase.settings import told_settings

out = Console(highlight=False, markup=False, emoji=False, soft_wrap=True, width=None if sys.stdout.isatty() else 160)
told = Console(stderr=True, highlight=False, markup=False, emoji=False, soft_wrap=True)
TOLD_CELLS = 6


def check_files(
    paths: list[Path], employer: str | None, period: str | None, kind: str | None, target: Path | None, rows: bool
) -> None:
    """``check``. Every file's outcome is a success of the command."""
    given, waiting = given_facts(employer, period, kind), waiting_files(paths)
    for why, number in waiting.skipped.items():
        told.print(f"skipped {number} {why}")
    limit = told_settings().max_file_bytes
    inspected = [each for file in waiting.files for each in _inspect(file, given, rows, limit)]
    if not inspected:
        told.print("nothing to check: no files there")
    if target is not None and str(target) != "-":
        write_private(target, _as_json(inspected))
    elif target is not None:
        print(_as_json(inspected), end="")
        return
    for each in inspected:
        _print(each)
    if any(each.report["employer"]["uscc"] for each in inspected):
        # It could not ask: the base may be running or not, and check leaves it alone.
        out.print("columns that `mapping set` has assigned are not known here; ingest goes by them")


def _inspect(file: WaitingFile, given: Given, rows: bool, limit: int) -> Iterator[Inspected]:
    """A file, or each file of a zip."""
    try:
        data = file.path.read_bytes() if file.path.stat().st_size <= limit else None
    except OSError:
        yield report_of(FileRead("unreadable", "unopenable"), str(file.path), given)
        return
    if data is None:
        yield report_of(FileRead("unreadable", "too_large"), str(file.path), given)
        return
    found = False
    for member in unpack(io.BytesIO(data), limit):
        found, shown, name = True, f"{file.path}/{member.name}", f"{file.told_name}/{member.name}"
        why = "too_large" if member.size > limit else "unopenable"
        nothing = FileRead("unreadable", why)
        read = nothing if member.data is None else read_roster(member.data, name, period=given.period)
        yield report_of(read, shown, given, rows, file.employer_uscc)
    if not found:
        read = read_roster(data, file.told_name, period=given.period)
        yield report_of(read, str(file.path), given, rows, file.employer_uscc)


def _as_json(inspected: list[Inspected]) -> str:
    """Each sheet, finding and row on a line of its own. (``indent`` would do without json's quick encoder.)"""
    files = ",\n".join(_one_a_line(each.report) for each in inspected)
    return f'{{"files": [\n{files}\n]}}\n'


def _one_a_line(report: Report) -> str:
    parts = []
    for key, value in report.items():
        entries = ",\n".join(map(_plain_json, value)) if isinstance(value, list) else ""
        parts.append(f"{_plain_json(key)}: " + (f"[\n{entries}\n]" if entries else _plain_json(value)))
    return "{" + ",\n".join(parts) + "}"


def _plain_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def make_template(target: Path) -> None:
    """``template``."""
    from clearbase.receipts.template import write_template

    if target.suffix.lower() != ".xlsx":
        raise SetupError(f"{target} does not end with .xlsx")
    if target.exists():
        raise SetupError(f"{target} is there already; nothing is written over")
    write_template(target)
    out.print(f"{target}: blank roster, with its explanations on the second sheet")


def _file_label(inspected: Inspected) -> str:
    """The path as it was typed, without the people of the file; whom the name of an unreadable one tells of nobody
    knows, so that only words that rosters are called by stay of it."""
    path = str(inspected.report["file"])
    if inspected.report["outcome"] != "unreadable":
        return safe_label(path, inspected.people)
    folder, slash, name = path.rpartition("/")
    return safe_label(folder) + slash + unread_label(name)


def _print(inspected: Inspected) -> None:
    """What becomes of the file, and its findings by rule: how often, and where first."""
    report, people = inspected.report, inspected.people
    employer = report["employer"]["name"] or report["employer"]["uscc"] or "?"
    out.print(f"{_file_label(inspected)}: {report['outcome']} {report['reason']}".rstrip())
    if report["message"]:
        out.print(f"  {report['message']}")
    told_employer = safe_label(employer, people)
    out.print(f"  employer {told_employer}, month {report['period'] or '?'}, kind {report['kind'] or '?'}")
    for sheet in report["sheets"]:
        counts = ", ".join(f"{key} {number}" for key, number in sheet["counts"].items() if number)
        # One that is set aside may be called after somebody whom no line names.
        name = safe_label(sheet["name"], people) if sheet["role"] == "roster" else unread_label(sheet["name"])
        reason = safe_label(sheet["reason"], people)
        out.print(f"  sheet {name or 1}: {sheet['role']}, {reason}; {counts}")
    if not report["findings"]:
        return
    places: dict[tuple[str, str], list[str]] = {}
    for finding in report["findings"]:
        place = finding["cell"] or (f"row {finding['row']}" if finding["row"] else "file")
        places.setdefault((finding["rule"], finding["severity"]), []).append(place)
    texts = rule_texts(ROSTER_LINE)
    table = Table(box=None, pad_edge=False)
    for heading in ("rule", "severity", "cells", "found", "expected", "fix"):
        table.add_column(heading, overflow="fold")
    for (rule, severity), cells in places.items():
        text = text_of(rule, severity, texts)
        where = " ".join(cells[:TOLD_CELLS]) + (f" and {len(cells) - TOLD_CELLS} more" if cells[TOLD_CELLS:] else "")
        words = (told_of_all(words) for words in (text.zh_found, text.zh_expected, text.zh_mend))
        table.add_row(rule, severity, where, *words)
    out.print(table, soft_wrap=False)  # texts go on in the next line; soft wrapping would cut them
    out.print("  --json FILE tells each cell with what was found in it")
