"""What stands beside the values of a workbook: struck out, errors, hidden rows, macros, another epoch."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from openpyxl.styles import Font
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from roster_files import HEADER, person, xlsx
from test_unreadable import xls

from clearbase.quality.check import check_lines
from clearbase.reading import cell_marks
from clearbase.reading.file import read_roster
from clearbase.reading.observations import OBSERVED

PLACE = ("sheet", "row", "col", "field", "rule", "found")


def workbook(*rows: list[Any]) -> tuple[Any, Any]:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    return book, book.active


def saved(book: Any) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def observed(data: bytes) -> list[tuple[Any, ...]]:
    read = read_roster(data, "2026年1月花名册.xlsx")
    assert read.outcome == "read", read.reason
    return [tuple(row[name] for name in PLACE) for row in read.observed.to_pylist()]


def test_a_struck_line_is_told_once_at_its_first_struck_cell() -> None:
    book, sheet = workbook(HEADER, person(1), person(2), person(3))
    for cell in ("B3", "D3", "B1"):
        sheet[cell].font = Font(strike=True)
    sheet["B4"].font = Font(strike=False, bold=True)
    assert observed(saved(book)) == [(1, 3, 2, "name", "struck_out", None)]


def test_an_excel_error_is_told_where_it_stands_and_is_no_value() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet("花名册")
    for r, row in enumerate([HEADER, person(1), person(2)]):
        sheet.write_row(r, 0, row)
    sheet.write_formula(1, 4, "=NA()", None, "#N/A")
    sheet.write_formula(2, 20, "=1/0", None, "#DIV/0!")  # in nobody's column
    book.close()
    data = out.getvalue()
    assert observed(data) == [(1, 2, 5, "phone", "excel_error", "#N/A")]
    lines = read_roster(data, "a.xlsx").lines
    assert lines is not None
    assert lines["phone"].to_pylist()[0] is None


def test_hidden_rows_are_read_and_counted() -> None:
    book, sheet = workbook(HEADER, *map(person, range(1, 6)))
    for row in (1, 3, 4):
        sheet.row_dimensions[row].hidden = True
    data = saved(book)
    assert observed(data) == [(1, None, None, None, "hidden_rows", "2")]
    lines = read_roster(data, "a.xlsx").lines
    assert lines is not None and lines.num_rows == 5


def test_macros_are_told_and_the_values_are_read() -> None:
    data = io.BytesIO(xlsx(("花名册", [HEADER, person(1)])))
    with zipfile.ZipFile(data, "a") as package:
        package.writestr("xl/vbaProject.bin", b"\xd0\xcf")
    assert observed(data.getvalue()) == [(None, None, None, None, "macros", None)]


def test_an_ordinary_workbook_has_nothing_to_tell() -> None:
    assert observed(xlsx(("花名册", [HEADER, person(1)]))) == []


@pytest.mark.parametrize("epoch", [None, CALENDAR_MAC_1904])
def test_a_date_is_the_same_day_in_either_epoch(epoch: dt.datetime | None) -> None:
    book, sheet = workbook(HEADER, person(1))
    if epoch:
        book.epoch = epoch
    sheet["F2"] = dt.date(2024, 3, 5)
    lines = read_roster(saved(book), "2026年1月花名册.xlsx").lines
    assert lines is not None
    assert lines["hire_date"].to_pylist() == ["2024-03-05"]


def test_wps_s_et_is_the_old_excel_file_that_it_is() -> None:
    assert read_roster(xls([HEADER, person(1)]), "花名册.et").outcome == "read"


def test_every_observation_has_its_words_and_goes_among_the_findings() -> None:
    for code, words in OBSERVED.items():
        assert words.found and words.expected and words.mend, code
    book, sheet = workbook(HEADER, ["1", "张三", "男", "330206199001011232", "13800138000", "2024-03-01"])
    sheet["B2"].font = Font(strike=True)
    checked = check_lines(read_roster(saved(book), "2026年1月花名册.xlsx"), dt.date(2026, 1, 1))
    rules = checked.findings["rule"].to_pylist()
    assert rules[0] == "struck_out"
    assert len(rules) > 1, "in the order of the sheet, among the rules' own"
    assert checked.rule_counts["struck_out"] == 1


def test_text_that_is_struck_out_in_part_is_told() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet("花名册")
    struck, bold = book.add_format({"font_strikeout": True}), book.add_format({"bold": True})
    for r, row in enumerate([HEADER, person(1), person(2), person(3)]):
        sheet.write_row(r, 0, row)
    sheet.write_rich_string(2, 1, struck, "张三", bold, "李四")
    sheet.write_rich_string(3, 1, bold, "张", "三")
    book.close()
    assert observed(out.getvalue()) == [(1, 3, 2, "name", "struck_out", None)]


def test_inline_text_that_is_struck_out_is_told() -> None:
    run = "<is><r><rPr><b/>{}</rPr><t>张</t></r><r><t>三</t></r></is>"
    data = xlsx(("花名册", [HEADER, person(1), person(2), person(3)]))
    rows = {2: run.format(""), 3: run.format("<strike/>"), 4: run.format('<strike val="0"/>')}
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            xml = source.read(name).decode() if name.endswith(".xml") else ""
            for row, inline in rows.items():
                xml = re.sub(rf'<c r="B{row}" t="s"><v>\d+</v></c>', f'<c r="B{row}" t="inlineStr">{inline}</c>', xml)
            target.writestr(name, xml or source.read(name))
    assert observed(out.getvalue()) == [(1, 3, 2, "name", "struck_out", None)]


def test_a_sheet_too_large_to_be_looked_at_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    book, sheet = workbook(HEADER, *map(person, range(1, 30)))
    sheet["B3"].font = Font(strike=True)
    monkeypatch.setattr(cell_marks, "MAX_SCANNED", 2_000)
    assert observed(saved(book)) == [(1, None, None, None, "marks_unread", "256MB")]
