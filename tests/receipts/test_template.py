"""The blank workbook is read back: nobody in it at first, everybody who is filled in."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

from clearbase.given import Given
from clearbase.inspection.report import Report, report_of
from clearbase.reading.file import read_roster
from clearbase.receipts.template import COLUMNS, FACT_COLUMNS, HEADER_ROW, write_template
from clearbase.standards import identity_number


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "花名册.xlsx"
    write_template(path)
    return path


def inspect(data: bytes, name: str) -> Report:
    return report_of(read_roster(data, name), name, Given(), True).report


def test_the_blank_one_holds_nobody_and_its_example_is_set_aside(blank: Path) -> None:
    report = inspect(blank.read_bytes(), blank.name)
    assert (report["outcome"], report["reason"], report["rows"]) == ("held", "no_lines", [])
    roster, notes = report["sheets"]
    assert (roster["role"], roster["header_row"]) == ("roster", HEADER_ROW + 1)
    assert roster["set_aside"]["example"] == 1
    assert notes["role"] == "set_aside"


def test_the_example_is_set_aside_however_it_is_numbered(blank: Path) -> None:
    book = openpyxl.load_workbook(blank)
    book["花名册"].cell(HEADER_ROW + 2, 1).value = 1
    out = io.BytesIO()
    book.save(out)
    report = inspect(out.getvalue(), "x.xlsx")
    assert (report["reason"], report["rows"]) == ("no_lines", [])
    assert report["sheets"][0]["set_aside"]["example"] == 1


def test_the_example_does_not_contradict_itself() -> None:
    told = {header.strip("*"): example for header, _, example, _, _ in COLUMNS}
    assert identity_number.is_valid(told["证件号码"])
    assert (told["性别"] == "男") == bool(int(told["证件号码"][16]) % 2)


def test_every_column_is_known(blank: Path) -> None:
    columns = inspect(blank.read_bytes(), blank.name)["sheets"][0]["columns"]
    assert [column["header"] for column in columns if column["field"] is None] == []
    assert len({column["field"] for column in columns}) == len(COLUMNS)


def test_who_is_filled_in_is_accepted(blank: Path) -> None:
    book = openpyxl.load_workbook(blank)
    sheet = book["花名册"]
    for column, fact in zip(FACT_COLUMNS, ("某某电子有限公司", "91350100M000100Y43", "2026年11月"), strict=True):
        sheet.cell(2, column + 1).value += fact
    values = [example for _, _, example, _, _ in COLUMNS]
    for column, value in enumerate(["1", "李四", *values[2:]], 1):
        sheet.cell(HEADER_ROW + 3, column).value = value or None
    assert sheet.column_dimensions["D"].number_format == "@"
    out = io.BytesIO()
    book.save(out)
    report = inspect(out.getvalue(), "x.xlsx")
    assert (report["outcome"], report["period"], report["kind"]) == ("accepted", "2026-11", "full")
    assert report["employer"] == {"name": "某某电子有限公司", "uscc": "91350100M000100Y43"}
    (row,) = report["rows"]
    assert row["values"]["name"] == "李四"
    assert row["values"]["id_number"] == "11010519491231002X"
    assert row["values"]["hire_date"] == "2026-01-05"
