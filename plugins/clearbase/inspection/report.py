"""One file looked at without a server: what would be taken from it, what would be told, as ``check --json`` writes it.

The form is ``expectations/check_report.schema.json``. The report is the employer's own: it holds clear values and goes
nowhere but where ``--json`` names.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from string import ascii_uppercase
from typing import Any

import pyarrow as pa

from clearbase.given import Given
from clearbase.inspection.values import values_of_lines
from clearbase.intake.belonging import belonging, told_of_file
from clearbase.intake.file_labels import people_named
from clearbase.intake.reasons import reason_text
from clearbase.quality.check import check_standardised
from clearbase.quality.file_rules import judge_file, stopped_by
from clearbase.quality.suite import ROSTER_LINE
from clearbase.reading.reasons import UNREADABLE
from clearbase.receipts.marks import told
from clearbase.receipts.texts import RuleText, rule_texts, text_of
from clearbase.records import FileChecked, FileRead

Report = dict[str, Any]


@dataclass(frozen=True)
class Inspected:
    """``report``: the file's entry, with clear values. ``people``: whom it names, for what is shown of it elsewhere."""

    report: Report
    people: frozenset[str]


def report_of(
    read: FileRead, file_name: str, given: Given, with_rows: bool = False, folder: str | None = None
) -> Inspected:
    """The report of a file as read; ``folder`` is the credit code of the folder that it lies in.

    Bad input never raises: it has its outcome and its reason.
    """
    found = belonging(read.facts, given, folder, None)
    unreadable = read.outcome == "unreadable"
    lines = sum(sheet.lines for sheet in read.sheets)
    reason = read.reason if unreadable else (found.missing or "") if lines else "no_lines"
    people = people_named(read.lines)
    if not unreadable:
        read.observed = pa.concat_tables([told_of_file(found, people), read.observed])
    checked, canonical = check_standardised(read, found.period)
    checked, judged = judge_file(read, checked, canonical, found.kind)
    outcome = "unreadable" if unreadable else "held" if reason else "accepted"
    if outcome == "accepted" and (stopped := stopped_by(judged.failed)):
        reason, outcome = stopped.rule.code, "refused" if stopped.rule.verdict == "refuse" else "held"
    report = {
        "file": file_name,
        "outcome": outcome,
        "reason": reason,
        "message": UNREADABLE.get(reason) or reason_text(reason, read.sheets, figures=judged.figures),
        "employer": {"name": found.employer_name, "uscc": found.employer_uscc},
        "period": f"{found.period:%Y-%m}" if found.period else None,
        "kind": None if unreadable else found.kind,
        "sheets": _sheets(read, checked),
        "findings": _findings(read, checked),
        **({"rows": _rows(read, checked, canonical)} if with_rows else {}),
    }
    return Inspected(report, people)


def _sheets(read: FileRead, checked: FileChecked) -> list[Report]:
    columns = (checked.lines[name].to_pylist() for name in ("sheet", "disposition"))
    counts = Counter(zip(*columns, strict=True))
    return [
        {
            "name": sheet.name,
            "role": sheet.role,
            "reason": sheet.reason,
            "header_row": sheet.header_row,
            "columns": [
                {
                    "col": column.col,
                    "header": column.header,
                    "field": column.field,
                    "confidence": column.confidence,
                    "reason": column.reason,
                }
                for column in sheet.columns
            ],
            "counts": {
                "read": sheet.read,
                **{key: counts[sheet.position, key] for key in ("accepted", "quarantined", "repeated")},
                "set_aside": sum(sheet.set_aside.values()),
            },
            "set_aside": dict(sheet.set_aside),
        }
        for sheet in read.sheets
    ]


def _findings(read: FileRead, checked: FileChecked) -> list[Report]:
    texts = rule_texts(ROSTER_LINE)
    names = {sheet.position: sheet.name for sheet in read.sheets}
    return [_finding(row, names, texts) for row in checked.findings.to_pylist()]


def _finding(row: Mapping[str, Any], names: Mapping[int, str], texts: Mapping[str, RuleText]) -> Report:
    text = text_of(row["rule"], row["severity"], texts)
    col = row["col"] or None
    return {
        "sheet": names.get(row["sheet"], ""),
        "row": row["row"],
        "col": col,
        "cell": f"{column_letters(col)}{row['row']}" if col else None,
        "field": row["field"],
        "rule": row["rule"],
        "severity": row["severity"],
        "found": told(text.zh_found, row["found"]),
        "expected": told(text.zh_expected, row["found"]),
        "fix": told(text.zh_mend, row["found"]),
    }


def column_letters(col: int) -> str:
    """1 → A, 27 → AA. (openpyxl knows it too, and takes a fifth of a second to load.)"""
    letters = ""
    while col:
        col, last = divmod(col - 1, len(ascii_uppercase))
        letters = ascii_uppercase[last] + letters
    return letters


def _rows(read: FileRead, checked: FileChecked, canonical: pa.Table | None) -> list[Report]:
    if read.lines is None or canonical is None:
        return []
    names = {sheet.position: sheet.name for sheet in read.sheets}
    values = values_of_lines(read.lines, checked.lines, canonical)
    places = zip(
        checked.lines["sheet"].to_pylist(),
        checked.lines["row"].to_pylist(),
        checked.lines["disposition"].to_pylist(),
        values,
        strict=True,
    )
    return [
        {"sheet": names.get(sheet, ""), "row": row, "status": status, "values": told_values}
        for sheet, row, status, told_values in places
    ]
