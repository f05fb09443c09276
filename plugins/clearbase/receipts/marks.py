"""Findings and dispositions turned into what is marked where, sheet by sheet, before any workbook is touched.

Kept apart from the painting, so that every form of the answer (workbook, HTML, JSON) says the same of a cell.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import pyarrow as pa

from clearbase.receipts.texts import LINE_RESULTS, SEVERITIES, RuleText, text_of

GRAVITY: Final = {"error": 2, "warning": 1, "info": 0}

# A file's outcome overrides what a line would have become; then its disposition; then the gravest finding in it.
RESULT_BY_OUTCOME: Final = {"held": "待核", "refused": "退回"}
RESULT_BY_DISPOSITION: Final = {"quarantined": "隔离", "repeated": "重复"}
RESULT_BY_SEVERITY: Final = {"error": "有错", "warning": "提醒"}


@dataclass
class CellMark:
    """One flagged cell: the gravest severity and a remark a finding. ``col`` None: the finding is of the whole line."""

    row: int
    col: int | None
    severity: str
    remarks: list[str] = field(default_factory=list)


@dataclass
class SheetMarks:
    """One sheet: flagged cells in reading order, and what the 处理结果 column says of each line."""

    cells: list[CellMark] = field(default_factory=list)
    results: dict[int, str] = field(default_factory=dict)


def told(template: str, found: str | None) -> str:
    """A rule's text with the cell's content in its place. Not ``str.format``: the content may hold braces."""
    return template.replace("{value}", found or "（空）")


def told_of_all(template: str) -> str:
    """A rule's text where it stands for many cells: 身份证号码“{value}”的校验码不对 → 身份证号码的校验码不对."""
    return template.replace("“{value}”", "").replace("{value}", "某")


def remark(text: RuleText, severity: str, found: str | None) -> str:
    """The comment for one finding: found, expected, how to mend."""
    lines = [f"【{SEVERITIES.get(severity, severity)}】{told(text.zh_found, found)}"]
    if text.zh_expected:
        lines.append(f"应为：{told(text.zh_expected, found)}")
    if text.zh_mend:
        lines.append(f"改法：{told(text.zh_mend, found)}")
    return "\n".join(lines)


def marks_by_sheet(
    findings: pa.Table | None,
    dispositions: pa.Table | None,
    outcome: str,
    texts: Mapping[str, RuleText],
    confirmed: pa.Table | None = None,
) -> dict[int, SheetMarks]:
    """Sheet position → its marks. A finding of severity info marks no cell; of a whole line, it gives a comment.
    ``confirmed`` ones mark none either, but their line says so where nothing else is left to say."""
    sheets: dict[int, SheetMarks] = {}
    cells: dict[tuple[int, int, int | None], CellMark] = {}
    columns = ("sheet", "row", "col", "severity", "rule", "found")
    told_of = zip(*(findings[name].to_pylist() for name in columns), strict=True) if findings is not None else ()
    for sheet, row, col, severity, rule, found in told_of:
        if row is None or (severity == "info" and col):
            continue
        where = (sheet, row, col or None)
        if where not in cells:
            cells[where] = CellMark(row, col or None, severity)
        mark = cells[where]
        if GRAVITY[severity] > GRAVITY[mark.severity]:
            mark.severity = severity
        mark.remarks.append(remark(text_of(rule, severity, texts), severity, found))
    for (sheet, _, _), mark in sorted(cells.items(), key=lambda item: (item[0][0], item[0][1], item[0][2] or 0)):
        sheets.setdefault(sheet, SheetMarks()).cells.append(mark)
    for marks in sheets.values():
        _results_of_flagged_lines(marks)
    if dispositions is not None:
        places = confirmed.select(["sheet", "row"]).to_pylist() if confirmed is not None else []
        _results_of_all_lines(sheets, dispositions, outcome, {(place["sheet"], place["row"]) for place in places})
    return sheets


def gravest_results(tables: Sequence[SheetMarks]) -> dict[int, str]:
    """Row → the gravest of the results of tables that lie beside each other."""
    order = list(LINE_RESULTS)
    results: dict[int, str] = {}
    for row, result in (pair for marks in tables for pair in marks.results.items()):
        results[row] = max(results.get(row, result), result, key=order.index)
    return results


def _results_of_flagged_lines(marks: SheetMarks) -> None:
    gravest: dict[int, str] = {}
    for mark in marks.cells:
        if GRAVITY[mark.severity] > GRAVITY[gravest.get(mark.row, "info")]:
            gravest[mark.row] = mark.severity
    marks.results = {row: RESULT_BY_SEVERITY[severity] for row, severity in gravest.items()}


def _results_of_all_lines(
    sheets: dict[int, SheetMarks], dispositions: pa.Table, outcome: str, confirmed: set[tuple[int, int]]
) -> None:
    columns = (dispositions.column(name).to_pylist() for name in ("sheet", "row", "disposition"))
    for sheet, row, disposition in zip(*columns, strict=True):
        results = sheets.setdefault(sheet, SheetMarks()).results
        result = RESULT_BY_OUTCOME.get(outcome) or RESULT_BY_DISPOSITION.get(disposition)
        results[row] = result or results.get(row) or ("已确认" if (sheet, row) in confirmed else "已入库")
