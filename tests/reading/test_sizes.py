"""What a small file would grow to: cells of all sheets together, and texts longer than a cell of Excel."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest
from roster_files import HEADER, csv_bytes, person, xlsx

from clearbase.reading.cells import LONGEST_CELL
from clearbase.reading.file import read_roster
from clearbase.reading.shared_texts import LONG_TEXT, TextRuns


def changed(book: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """The workbook with the XML of the parts of this name changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            target.writestr(name, change(data) if part in name else data)
    return out.getvalue()


FAR = b'<row r="1048576"><c r="%s1048576"><v>1</v></c></row></sheetData>'


def far_cells(sheets: int, column: bytes) -> bytes:
    book = xlsx(*((f"s{n}", [["x"]]) for n in range(sheets)))
    return changed(book, "xl/worksheets/sheet", lambda xml: xml.replace(b"</sheetData>", FAR % column))


def test_the_cells_of_all_sheets_count_together() -> None:
    assert read_roster(far_cells(6, b"AX"), "a.xlsx").reason == "too_large"
    assert read_roster(far_cells(2, b"B"), "a.xlsx").reason == "no_header"


def with_title(text: str, people: int = 3) -> bytes:
    book = xlsx(("花名册", [["TITLE"], HEADER, *(person(n) for n in range(people))]))
    return changed(book, "shared", lambda xml: xml.replace(b"TITLE", text.encode()))


def test_a_text_that_no_excel_holds_is_refused_before_it_is_read() -> None:
    assert read_roster(with_title("某某有限公司" + "a" * 3_000_000), "a.xlsx").reason == "text_too_long"


def test_a_long_title_is_read_as_far_as_a_title_goes() -> None:
    read = read_roster(with_title("某某电子有限公司2026年3月员工花名册。" + "公司说明" * 7_000), "a.xlsx")
    assert read.lines is not None and read.lines.num_rows == 3
    assert str(read.facts.period) == "2026-03-01"


@pytest.mark.parametrize("form", [xlsx, csv_bytes])
def test_a_text_beyond_the_limit_of_excel_is_cut_there(form: object) -> None:
    rows = [[*HEADER, "备注"], ["1", "张三", "男", "330206199001011231", "13800138000", "2024-03-01", "REMARK"]]
    book = changed(xlsx(("花名册", rows)), "shared", lambda xml: xml.replace(b"REMARK", "备".encode() * 40_000))
    data = book if form is xlsx else csv_bytes([rows[0], [*rows[1][:-1], "备" * 40_000]])
    lines = read_roster(data, "a.xlsx").lines
    assert lines is not None
    assert lines["remarks"].to_pylist() == ["备" * LONGEST_CELL]


@pytest.mark.parametrize("cut", [1, 7, 100, 10_000])
def test_runs_of_text_are_measured_over_the_blocks(cut: int) -> None:
    def is_longer(run: int, before: int) -> bool:
        xml = b"<t>ab</t>" * before + b"<t>" + b"x" * run + b"</t>" + b"<t>c</t>" * 9
        runs = TextRuns()
        return any(runs.is_longer(xml[at : at + cut], LONG_TEXT) for at in range(0, len(xml), cut))

    for before in (0, 1, 450):
        assert is_longer(LONG_TEXT + 10, before)
        assert not is_longer(LONG_TEXT - 10, before)
