"""BIFF workbooks (.xls): what stands beside their values, and when their days begin."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pytest
import xlwt
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from roster_files import HEADER, person
from test_observations import observed, saved, workbook

from clearbase.reading.file import read_roster

ROWS = [HEADER, *map(person, range(1, 4))]


def xls(cells: dict[tuple[int, int], Any] | None = None, from_1904: bool = False) -> bytes:
    """A roster with some of its cells replaced: (value, style), or a formula."""
    book = xlwt.Workbook(encoding="utf-8")
    book.dates_1904 = from_1904
    book.add_sheet("说明").write(0, 0, "说明")
    sheet = book.add_sheet("花名册", cell_overwrite_ok=True)
    for r, row in enumerate(ROWS):
        for c, value in enumerate(row):
            sheet.write(r, c, value)
    for (r, c), told in (cells or {}).items():
        sheet.write(r, c, *told)
    if not cells:
        sheet.row(2).hidden = True
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_struck_cells_of_every_kind_are_told_at_their_line() -> None:
    struck = xlwt.easyxf("font: struck_out on, bold on")
    bold = xlwt.easyxf("font: bold on")
    told = observed(
        xls({(1, 1): ("张三", struck), (2, 0): (2, struck), (2, 5): ("2024-03-01", bold), (3, 6): ("", struck)})
    )
    assert told == [(2, 2, 2, "name", "struck_out", None), (2, 3, 1, "row_no", "struck_out", None)]


def test_several_numbers_in_one_record_are_struck_each_by_itself() -> None:
    struck = xlwt.easyxf("font: struck_out on")
    told = observed(
        xls({(1, 4): (13800130001, struck), (1, 5): (45000, struck), (2, 4): (13800130002,), (2, 5): (45000,)})
    )
    assert told == [(2, 2, 5, "phone", "struck_out", None)]


def test_excel_errors_are_told() -> None:
    data = bytearray(xls({(1, 4): ("ERR",)}))
    # A cell that holds an error: xlwt writes none, so that a boolean is made one ([MS-XLS] 2.4.24 BoolErr).
    data = bytearray(xls({(1, 4): (True,)}))
    at = data.index(b"\x05\x02\x08\x00")
    data[at + 10 : at + 12] = b"\x2a\x01"
    assert observed(bytes(data)) == [(2, 2, 5, "phone", "excel_error", "#N/A")]
    lines = read_roster(bytes(data), "a.xls").lines
    assert lines is not None and lines["phone"].to_pylist()[0] is None


def test_a_formula_whose_result_is_an_error_is_told() -> None:
    data = bytearray(xls({(1, 4): (xlwt.Formula("1/0"),)}))
    at = data.index(b"\x06\x00", data.index("花名册".encode("utf-16-le")) + 100)
    while data[at + 4 : at + 8] != b"\x01\x00\x04\x00":  # the record of row 1, column 4
        at = data.index(b"\x06\x00", at + 1)
    data[at + 10 : at + 18] = b"\x02\x00\x07\x00\x00\x00\xff\xff"
    assert observed(bytes(data)) == [(2, 2, 5, "phone", "excel_error", "#DIV/0!")]


def test_hidden_rows_are_counted() -> None:
    assert observed(xls()) == [(2, None, None, None, "hidden_rows", "1")]


def test_a_file_that_is_cut_in_its_directory_is_quietly_read_or_refused(capfd: pytest.CaptureFixture[str]) -> None:
    whole = xls()
    directory = whole.index("Root Entry".encode("utf-16-le"))
    moved = bytearray(whole)
    at = moved.index(b"\x85\x00")  # where a sheet begins, far beyond the end
    moved[at + 4 : at + 8] = b"\x00\x00\x60\x00"
    outcomes = {read_roster(whole[:cut], "a.xls").reason for cut in range(directory, len(whole), 29)}
    assert outcomes <= {"", "broken", "office_other"}
    assert read_roster(bytes(moved), "a.xls").reason == "broken"
    assert "panicked" not in capfd.readouterr().err


DAY = dt.date(2024, 3, 5)


def serial(day: dt.date, from_1904: bool) -> int:
    return (day - (dt.date(1904, 1, 1) if from_1904 else dt.date(1899, 12, 30))).days


@pytest.mark.parametrize("container", ["xls", "xlsx"])
@pytest.mark.parametrize("from_1904", [False, True])
@pytest.mark.parametrize("form", ["General", "0", "@"])
def test_a_bare_serial_number_is_a_day_of_its_workbook_s_own_epoch(container: str, from_1904: bool, form: str) -> None:
    number = serial(DAY, from_1904)
    if container == "xls":
        style = xlwt.easyxf(num_format_str=form)
        data = xls({(1, 5): (number, style), (2, 5): (20240305, style), (1, 4): (number, style)}, from_1904)
    else:
        book, sheet = workbook(*ROWS)
        book.epoch = CALENDAR_MAC_1904 if from_1904 else book.epoch
        for place, value in (("F2", number), ("F3", 20240305), ("E2", number)):
            sheet[place] = value
            sheet[place].number_format = form
        data = saved(book)
    from clearbase.quality.standardise import standardise

    lines = read_roster(data, "2026年3月花名册").lines
    assert lines is not None
    assert standardise(lines, None)["hire_date"].to_pylist()[:2] == ["2024-03-05", "2024-03-05"]
    assert lines["phone"].to_pylist()[0] == str(number), "no date, no day"
