"""Findings as they are told outside the workbook: by kind with examples, and one by one; everything masked.

The page, the list and the summary sheet say the same of the same findings because they take it from here.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any, Final

import numpy as np
import pyarrow as pa

from clearbase.receipts.cell_text import csv_text
from clearbase.receipts.marks import GRAVITY, told, told_of_all
from clearbase.receipts.texts import SEVERITIES, RuleText, text_of
from clearbase.records import Receipt

EXAMPLES: Final = 5
AT_ONCE: Final = 10_000
LIST_HEADER: Final = ("序号", "工作表", "位置", "栏目", "级别", "问题", "应为", "改法")


@dataclass(frozen=True)
class Kind:
    """All findings of one rule and severity. ``first``: where it first struck (sheet, row, col, each may be None);
    ``examples``: (place, field's label, what was found, masked), the first ones."""

    rule: str
    severity: str
    count: int
    found: str
    expected: str
    mend: str
    first: tuple[int | None, int | None, int | None]
    examples: tuple[tuple[str, str, str], ...]

    @property
    def level(self) -> str:
        return SEVERITIES.get(self.severity, self.severity)


def kinds_of(receipt: Receipt, texts: Mapping[str, RuleText], labels: Mapping[str, str]) -> list[Kind]:
    """The kinds of findings, the gravest and most frequent first."""
    findings = receipt.findings
    if findings is None or not findings.num_rows:
        return []
    numbered = findings.select(["rule", "severity"]).append_column("at", pa.array(np.arange(findings.num_rows)))
    groups = numbered.group_by(["rule", "severity"], use_threads=False).aggregate([("at", "list")]).to_pylist()
    where = _places(receipt)
    kinds = []
    for group in groups:
        rows = findings.drop_columns("found").take(group["at_list"][:EXAMPLES]).to_pylist()
        text = text_of(group["rule"], group["severity"], texts)
        # what is said of the file as a whole is said in full: it has no cell in which the value could be looked up
        whole = rows[0]["row"] is None and len(group["at_list"]) == 1
        said = partial(told, found=rows[0]["found_masked"]) if whole else told_of_all
        kinds.append(
            Kind(
                group["rule"],
                group["severity"],
                len(group["at_list"]),
                said(text.zh_found),
                said(text.zh_expected),
                said(text.zh_mend),
                (rows[0]["sheet"], rows[0]["row"], rows[0]["col"]),
                tuple((where(row), label_of(row, labels), row["found_masked"] or "") for row in rows),
            )
        )
    return sorted(kinds, key=lambda kind: (-GRAVITY[kind.severity], -kind.count, kind.rule))


def listed(
    receipt: Receipt, texts: Mapping[str, RuleText], labels: Mapping[str, str]
) -> Iterator[tuple[str, str, str, str, str, str, str]]:
    """Every finding as the columns of ``LIST_HEADER`` from the second on. Never ``found``: its mask stands in the
    rule's sentences, too."""
    names, where = sheet_names(receipt), _places(receipt, with_sheet=False)
    findings = receipt.findings.drop_columns("found") if receipt.findings is not None else None

    @lru_cache(maxsize=AT_ONCE)
    def sentences(rule: str, severity: str, masked: str | None) -> tuple[str, str, str]:
        text = text_of(rule, severity, texts)
        return told(text.zh_found, masked), told(text.zh_expected, masked), told(text.zh_mend, masked)

    for start in range(0, findings.num_rows if findings is not None else 0, AT_ONCE):
        assert findings is not None
        for row in findings.slice(start, AT_ONCE).to_pylist():
            level = SEVERITIES.get(row["severity"], row["severity"])
            said = sentences(row["rule"], row["severity"], row["found_masked"])
            yield names.get(row["sheet"], ""), where(row), label_of(row, labels), level, *said


def findings_csv(receipt: Receipt, texts: Mapping[str, RuleText], labels: Mapping[str, str]) -> bytes:
    """The whole list as CSV that Excel opens by a double click: UTF-8 with its mark, no cell a formula (F12)."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(LIST_HEADER)
    for number, row in enumerate(listed(receipt, texts, labels), 1):
        writer.writerow([number, *map(csv_text, row)])
    return out.getvalue().encode("utf-8-sig")


def sheet_names(receipt: Receipt) -> dict[int, str]:
    return {sheet.position: sheet.name for sheet in receipt.sheets}


def label_of(finding: Mapping[str, Any], labels: Mapping[str, str]) -> str:
    """The field's Chinese label; 整行 or 整表 where no field is meant."""
    if field := finding["field"]:
        return labels.get(field, field)
    return "整行" if finding["row"] else "整表"


def cell_address(row: int | None, col: int | None) -> str:
    """``C7``; ``第7行`` where the finding is of the whole line."""
    from openpyxl.utils import get_column_letter

    if not row:
        return "整表"
    return f"{get_column_letter(col)}{row}" if col else f"第{row}行"


def _places(receipt: Receipt, *, with_sheet: bool = True) -> Any:
    """A finding → its place; with the sheet's name where the file has several rosters."""
    names = sheet_names(receipt)
    several = with_sheet and sum(sheet.role == "roster" for sheet in receipt.sheets) > 1

    def place(finding: Mapping[str, Any]) -> str:
        address = cell_address(finding["row"], finding["col"])
        name = names.get(finding["sheet"])
        return f"{name}!{address}" if several and name else address

    return place
