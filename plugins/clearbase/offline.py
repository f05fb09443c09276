"""What the commands that need no server do and print. The report goes where ``--json`` says, tables to standard output.

Only the report holds personal data: what is printed names cells and rules, never what stands in them.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import sys
from pathlib import Path
from typing import cast

from rich.console import Console
from rich.table import Table

from clearbase.errors import SetupError
from clearbase.inspection.report import Report, Told, inspect
from clearbase.intake.discover import waiting_files
from clearbase.records import RosterKind
from clearbase.standards import credit_code

out = Console(highlight=False, markup=False, emoji=False, soft_wrap=True, width=None if sys.stdout.isatty() else 160)
TOLD_FINDINGS = 20


def check_files(
    paths: list[Path], employer: str | None, period: str | None, kind: str | None, target: Path | None, rows: bool
) -> None:
    """``check``. Every file's outcome is a success of the command."""
    given = Told(_code(employer), _month(period), cast("RosterKind | None", kind))
    reports = []
    for waiting in waiting_files(paths).files:
        folder = None if given.employer_uscc else waiting.employer_uscc
        told = Told(folder, given.period, given.kind) if folder else given
        reports.append(inspect(waiting.path.read_bytes(), str(waiting.path), told, rows))
    if target is not None and str(target) == "-":
        json.dump({"files": reports}, sys.stdout, ensure_ascii=False, indent=1)
        print()
        return
    if target is not None:
        target.write_text(json.dumps({"files": reports}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    for report in reports:
        _print(report)


def make_template(target: Path) -> None:
    """``template``."""
    from clearbase.receipts.template import write_template

    if target.suffix.lower() != ".xlsx":
        raise SetupError(f"{target} does not end with .xlsx")
    if target.exists():
        raise SetupError(f"{target} is there already; nothing is written over")
    write_template(target)
    out.print(f"{target}: blank roster, with its explanations on the second sheet")


def _print(report: Report) -> None:
    employer = report["employer"]["name"] or report["employer"]["uscc"] or "?"
    out.print(f"{report['file']}: {report['outcome']} {report['reason']}".rstrip())
    if report["message"]:
        out.print(f"  {report['message']}")
    out.print(f"  employer {employer}, month {report['period'] or '?'}, kind {report['kind'] or '?'}")
    for sheet in report["sheets"]:
        counts = ", ".join(f"{key} {number}" for key, number in sheet["counts"].items() if number)
        out.print(f"  sheet {sheet['name'] or 1}: {sheet['role']}, {sheet['reason']}; {counts}")
    if not report["findings"]:
        return
    table = Table(box=None, pad_edge=False)
    for name in ("cell", "severity", "rule", "expected", "fix"):
        table.add_column(name)
    for finding in report["findings"][:TOLD_FINDINGS]:
        place = finding["cell"] or f"row {finding['row']}"
        table.add_row(place, finding["severity"], finding["rule"], finding["expected"], finding["fix"])
    out.print(table)
    if (more := len(report["findings"]) - TOLD_FINDINGS) > 0:
        out.print(f"  and {more} more; --json FILE tells all of them, with what was found")


def _code(text: str | None) -> str | None:
    if text is None:
        return None
    if not credit_code.is_valid(text):
        raise SetupError(f"--employer {text!r} is no valid credit code (18 characters, GB 32100)")
    return text


def _month(text: str | None) -> dt.date | None:
    if text is None:
        return None
    match = re.fullmatch(r"(20[0-9]{2})-(0[1-9]|1[0-2])", text)
    if not match:
        raise SetupError(f"--period {text!r} is not a month such as 2026-10")
    return dt.date(int(match[1]), int(match[2]), 1)
