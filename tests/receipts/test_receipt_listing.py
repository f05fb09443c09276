"""The list: every finding, masked, and no cell of it a formula (messiness F12)."""

from __future__ import annotations

import csv
import io
import sys
from pathlib import Path

import pyarrow as pa
import pytest

from clearbase.receipts.cell_text import csv_text
from clearbase.receipts.listing import findings_csv, kinds_of
from clearbase.receipts.texts import rule_texts
from clearbase.records import FINDINGS
from clearbase.settings import EXPECTATIONS

sys.path.insert(0, str(Path(__file__).parent))
from receipt_cases import FOUND, TEXTS, found, receipt_for, roster_xlsx

LABELS = {"id_number": "公民身份号码", "phone": "手机号", "name": "姓名"}


def test_every_finding_has_a_row_with_its_place_and_texts() -> None:
    data = findings_csv(receipt_for(roster_xlsx()), TEXTS, LABELS)
    assert data.startswith("\ufeff序号,".encode())
    header, *rows = csv.reader(io.StringIO(data.decode("utf-8-sig")))
    assert header == ["序号", "工作表", "位置", "栏目", "级别", "问题", "应为", "改法"]
    assert [row[:5] for row in rows] == [
        ["1", "在职", "C4", "公民身份号码", "错误"],
        ["2", "在职", "D4", "手机号", "提醒"],
        ["3", "在职", "B5", "姓名", "错误"],
        ["4", "在职", "D6", "手机号", "提醒"],
    ]
    assert rows[1][5] == "手机号“138*****00”不是11位"


@pytest.mark.parametrize("text", ["=1+1", "+86", "-1", "@x", "\t=1", " \u3000=1", "＝1", "\r1", "\n=1"])
def test_f12_what_looks_like_a_formula_gets_an_apostrophe(text: str) -> None:
    assert csv_text(text) == f"'{text}"
    sheet = FOUND[1] | {"sheet": 1, "rule": text}
    receipt = receipt_for(roster_xlsx(), findings=pa.Table.from_pylist([sheet], schema=FINDINGS))
    receipt.sheets[0].name = text
    row = list(csv.reader(io.StringIO(findings_csv(receipt, TEXTS, LABELS).decode("utf-8-sig"), newline="")))[1]
    assert row[1] == f"'{text}"


def test_what_is_no_formula_stays() -> None:
    assert [csv_text(text) for text in ("在职", "1-2", "", "a=b")] == ["在职", "1-2", "", "a=b"]


def test_kinds_are_counted_and_show_the_first_of_them() -> None:
    many = [FOUND[1] | {"row": row} for row in range(10, 30)]
    findings = pa.Table.from_pylist([*FOUND[:1], *many, *FOUND[2:3]], schema=FINDINGS)
    kinds = kinds_of(receipt_for(roster_xlsx(), findings=findings), TEXTS, LABELS)
    assert [(kind.rule, kind.level, kind.count) for kind in kinds] == [
        ("C1", "错误", 1),
        ("D8", "错误", 1),
        ("F6", "提醒", 20),
    ]
    assert kinds[2].first == (1, 10, 4)
    assert [place for place, _, _ in kinds[2].examples] == ["D10", "D11", "D12", "D13", "D14"]
    assert kinds[2].found == "手机号不是11位"
    assert kinds_of(receipt_for(roster_xlsx(), findings=None), TEXTS, LABELS) == []


def test_what_is_said_of_the_file_as_a_whole_is_said_in_full() -> None:
    """It has no cell in which one could look up what is missing."""
    of_file = found(None, None, None, "", "columns_missing", "warning", "户籍地址、现居住地址")  # type: ignore[arg-type]
    receipt = receipt_for(
        roster_xlsx(),
        findings=pa.Table.from_pylist([{**of_file, "found_masked": of_file["found"], "field": None}], schema=FINDINGS),
    )
    (kind,) = kinds_of(receipt, rule_texts(EXPECTATIONS / "roster_line.json"), {})
    assert kind.found == "表中没有这些应报的列：户籍地址、现居住地址"
