"""The marked workbook: what was there is there still, what is wrong is seen, and nothing in it can run."""

from __future__ import annotations

import io
import re
import sys
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pytest
import xlsxwriter
import xlwt
from openpyxl.worksheet.dimensions import ColumnDimension

from clearbase.reading.file import read_roster
from clearbase.reading.result_column import ASKS, RESULT_HEADER, SUMMARY_SHEET
from clearbase.receipts.annotate import annotated_workbook
from clearbase.receipts.marking import RED, YELLOW
from clearbase.records import FINDINGS

sys.path.insert(0, str(Path(__file__).parent))
from receipt_cases import (
    BAD_NUMBER,
    DISPOSITIONS,
    FOUND,
    HEADERS,
    PEOPLE,
    TEXTS,
    found,
    receipt_for,
    roster_xlsx,
)

LABELS = {"id_number": "公民身份号码", "phone": "手机号", "name": "姓名"}


def annotate(original: bytes, **changes: Any) -> bytes:
    marked = annotated_workbook(original, receipt_for(original, **changes), TEXTS, LABELS, DISPOSITIONS)
    assert marked is not None
    return marked


def opened(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data))


def colour(cell: Any) -> str:
    return str(cell.fill.fgColor.rgb)[-6:] if cell.fill.fill_type else ""


@pytest.fixture(scope="module")
def original() -> bytes:
    return roster_xlsx()


@pytest.fixture(scope="module")
def book(original: bytes) -> Any:
    return opened(annotate(original))


def test_sheets_widths_styles_merges_are_kept(original: bytes, book: Any) -> None:
    before = opened(original)
    assert book.sheetnames == ["在职", "填表说明", SUMMARY_SHEET]
    was, now = before["在职"], book["在职"]
    assert now.freeze_panes == was.freeze_panes == "A3"
    assert str(now.merged_cells) == str(was.merged_cells)
    for letter in "ABCDEF":
        assert now.column_dimensions[letter].width == was.column_dimensions[letter].width
    for row in was.iter_rows():
        for cell in row:
            same = now[cell.coordinate]
            assert same.value == cell.value, cell.coordinate
            for look in ("font", "border", "alignment"):
                assert repr(getattr(same, look)) == repr(getattr(cell, look)), (cell.coordinate, look)
            assert same.number_format == cell.number_format


def test_flagged_cells_are_filled_and_commented(book: Any) -> None:
    sheet = book["在职"]
    assert {c.coordinate: colour(c) for row in sheet["A3:F8"] for c in row if colour(c)} == {
        "C4": RED,
        "D4": YELLOW,
        "B5": RED,
        "D6": YELLOW,
    }
    assert sheet["C4"].comment.text.split("\n") == [
        f"【错误】身份证号“{BAD_NUMBER}”的校验码不对，多半是有一位录错了",
        "应为：18位身份证号，末位与前17位相符",
        "改法：请对照身份证原件重新录入；单元格先设为“文本”格式再输入",
    ]
    assert sheet["B3"].comment.text == "班长"


def test_result_column_after_the_last_header(book: Any) -> None:
    sheet = book["在职"]
    assert [sheet.cell(row, 7).value for row in range(2, 9)] == [
        RESULT_HEADER,
        "已入库",
        "有错",
        "隔离",
        ASKS,
        "重复",
        None,
    ]
    assert sheet["G2"].font.b and colour(sheet["G2"]) == "DDEBF7"
    assert sheet.auto_filter.ref == "A2:G8"


@pytest.mark.parametrize(("outcome", "word"), [("held", "待核"), ("refused", "退回")])
def test_result_of_a_file_as_a_whole(original: bytes, outcome: str, word: str) -> None:
    sheet = opened(annotate(original, outcome=outcome))["在职"]
    assert {sheet.cell(row, 7).value for row in range(3, 8)} == {word}


def test_summary_counts_and_links(book: Any) -> None:
    summary = book[SUMMARY_SHEET]
    texts = [cell.value for row in summary.iter_rows() for cell in row if cell.value is not None]
    assert "处理结果：部分入库" in texts
    assert "收到8行 ＝ 入库3 ＋ 隔离1 ＋ 重复1 ＋ 搁置3" in texts
    links = [cell.hyperlink.location for row in summary.iter_rows() for cell in row if cell.hyperlink]
    assert links == ["'在职'!C4", "'在职'!B5", "'在职'!D4", "'在职'!C4", "'在职'!D4", "'在职'!B5", "'在职'!D6"]
    assert book.active.title == SUMMARY_SHEET
    assert [bool(sheet.sheet_view.tabSelected) for sheet in book.worksheets] == [False, False, True]


def test_formulas_stay_only_where_harmless_and_texts_stay_text(original: bytes, book: Any) -> None:
    sheet = book["在职"]
    assert sheet["A3"].value == "=ROW()-2" and sheet["A3"].data_type == "f"
    for address in ("F6", "D6"):
        assert sheet[address].data_type == "s" and sheet[address].quotePrefix
    assert sheet["F6"].value == "=cmd|'/c calc'!A1"
    book_of_employer = opened(original)
    assert book_of_employer["填表说明"]["A2"].data_type == "f"
    assert book["填表说明"]["A2"].data_type != "f"
    hostile = [
        found(1, 4, 3, "id_number", "C1", "error", "=HYPERLINK(1)"),
        found(1, 5, None, "name", "=1+1", "error", "@x"),
    ]
    marked = annotate(
        original, findings=pa.Table.from_pylist(hostile, schema=FINDINGS), reason="=1+1", file_name="=1+1"
    )
    for part in (name for name in zipfile.ZipFile(io.BytesIO(marked)).namelist() if "worksheets/sheet" in name):
        formulas = re.findall(r"<f>(.*?)</f>", zipfile.ZipFile(io.BytesIO(marked)).read(part).decode())
        assert set(formulas) <= {"ROW()-2"}


def test_last_values_of_kept_formulas_are_kept() -> None:
    saved = io.BytesIO()
    with xlsxwriter.Workbook(saved, {"in_memory": True}) as made:
        sheet = made.add_worksheet("在职")
        sheet.write_row(0, 0, ["姓名", "身份证号", "手机号", "年龄", "性别", "单位"])
        sheet.write_row(1, 0, ["张三", "330203199003075676", "13800138000"])
        sheet.write_formula(1, 3, '=DATEDIF(DATE(1990,3,7),TODAY(),"y")', None, 34)
        sheet.write_formula(1, 4, '=IF(MOD(MID(B2,17,1),2)=1,"男","女")', None, "男")
        sheet.write_formula(1, 5, "=[1]别处!A1", None, "<甲&乙>")
    marked = annotate(saved.getvalue(), findings=None)
    values = openpyxl.load_workbook(io.BytesIO(marked), data_only=True)["在职"]
    assert [values.cell(2, col).value for col in (4, 5, 6)] == [34, "男", "<甲&乙>"]
    formulas = opened(marked)["在职"]
    assert [formulas.cell(2, col).data_type for col in (4, 5, 6)] == ["f", "f", "s"]


def test_only_so_many_comments_errors_first(original: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("clearbase.receipts.marking.COMMENTED", 2)
    marked = opened(annotate(original))
    sheet = marked["在职"]
    ours = [c.coordinate for row in sheet["A3:F8"] for c in row if c.comment and c.comment.author == "清底"]
    assert ours == ["C4", "B5"] and colour(sheet["D4"]) == YELLOW
    texts = [c.value for row in marked[SUMMARY_SHEET].iter_rows() for c in row]
    assert "共标出 4 个单元格，其中 2 个带批注，其余只填颜色。" in texts


def test_sent_back_and_marked_again(original: bytes) -> None:
    """The second round replaces the first: one result column, one summary, no stale colour; lines read as before."""
    first = opened(annotate(original))
    first["在职"]["C4"].value = "330203199003075676"
    saved = io.BytesIO()
    first.save(saved)
    before, again = read_roster(original, "x.xlsx").lines, read_roster(saved.getvalue(), "x.xlsx").lines
    assert before is not None and again is not None
    assert again.column_names == before.column_names and again["row"].equals(before["row"])
    rest = pa.Table.from_pylist(FOUND[2:], schema=FINDINGS)
    second = opened(annotate(saved.getvalue(), findings=rest))
    assert second.sheetnames == first.sheetnames
    sheet = second["在职"]
    assert colour(sheet["C4"]) == "" and sheet["C4"].comment is None and colour(sheet["B5"]) == RED
    assert [c.value for c in sheet[2]] == [*HEADERS, RESULT_HEADER]
    assert sheet["G4"].value == "已入库" and sheet["B3"].comment.text == "班长"


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig"])
def test_csv_comes_back_as_xlsx_in_the_same_places(encoding: str) -> None:
    lines = [["某某公司花名册"] + [""] * 5, HEADERS, *([str(n), *person] for n, person in enumerate(PEOPLE, 1))]
    data = "\r\n".join(",".join(line) for line in lines).encode(encoding)
    book = opened(annotate(data, file_name="花名册.csv"))
    sheet = book.worksheets[0]
    assert book.sheetnames == ["花名册", SUMMARY_SHEET]
    assert [[cell.value or "" for cell in row[:6]] for row in sheet.iter_rows()] == lines
    assert all(cell.data_type == "s" for row in sheet.iter_rows() for cell in row if cell.value)
    assert sheet["C3"].number_format == "@" and colour(sheet["C4"]) == RED and sheet["G2"].value == RESULT_HEADER


def test_xls_comes_back_as_xlsx() -> None:
    made = xlwt.Workbook()
    sheet = made.add_sheet("名单")
    sheet.write(0, 0, "某某公司花名册")
    for col, header in enumerate(HEADERS):
        sheet.write(1, col, header)
    for row, person in enumerate(PEOPLE, 2):
        for col, value in enumerate([row - 1, *person]):
            sheet.write(row, col, value)
    saved = io.BytesIO()
    made.save(saved)
    book = opened(annotate(saved.getvalue(), file_name="名单.xls"))
    assert book.sheetnames == ["名单", SUMMARY_SHEET]
    marked = book["名单"]
    assert marked["A3"].value == 1 and marked["C4"].value == BAD_NUMBER and colour(marked["C4"]) == RED
    assert marked["F6"].value == "=cmd|'/c calc'!A1" and marked["F6"].data_type == "s"


def test_a_width_that_spans_to_the_edge_is_split(original: bytes) -> None:
    book = opened(original)
    sheet = book["在职"]
    hidden = ColumnDimension(sheet, index="G", min=7, max=16384, hidden=True, width=3)
    sheet.column_dimensions["G"] = hidden
    saved = io.BytesIO()
    book.save(saved)
    dimensions = opened(annotate(saved.getvalue()))["在职"].column_dimensions
    spans = sorted((d.min, d.max, bool(d.hidden)) for d in dimensions.values())
    assert spans[-2:] == [(7, 7, False), (8, 16384, True)]


def test_text_right_of_the_table_is_not_overwritten(original: bytes) -> None:
    book = opened(original)
    book["在职"]["G4"].value = "已谈话"
    saved = io.BytesIO()
    book.save(saved)
    sheet = opened(annotate(saved.getvalue()))["在职"]
    assert sheet["G4"].value == "已谈话" and sheet["H2"].value == RESULT_HEADER and sheet["H4"].value == "有错"


def test_finding_in_a_merged_cell_marks_the_cell_that_shows(original: bytes) -> None:
    book = opened(original)
    book["在职"].merge_cells("C4:C5")
    saved = io.BytesIO()
    book.save(saved)
    below = pa.Table.from_pylist([found(1, 5, 3, "id_number", "C1", "error", "x")], schema=FINDINGS)
    sheet = opened(annotate(saved.getvalue(), findings=below))["在职"]
    assert colour(sheet["C4"]) == RED and sheet["C4"].comment is not None


def test_a_header_in_two_fonts_is_kept() -> None:
    saved = io.BytesIO()
    with xlsxwriter.Workbook(saved, {"in_memory": True}) as made:
        sheet, red = made.add_worksheet("在职"), made.add_format({"color": "red"})
        sheet.write_row(0, 0, HEADERS)
        sheet.write_rich_string(0, 1, red, "*", "姓名")
        sheet.write_row(1, 1, PEOPLE[0])
    again = openpyxl.load_workbook(io.BytesIO(annotate(saved.getvalue(), findings=None)), rich_text=True)
    header = again["在职"]["B1"].value
    assert str(header) == "*姓名" and header[0].font.color.rgb == "FFFF0000"


def test_a_workbook_that_openpyxl_refuses_is_copied_without_styles(original: bytes) -> None:
    broken = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(original)) as before, zipfile.ZipFile(broken, "w") as after:
        for member in before.namelist():
            content = before.read(member)
            after.writestr(
                member,
                content.replace(b"<fonts", b'<fonts bad="1"><font><b val="perhaps"/></font><x')
                if member == "xl/styles.xml"
                else content,
            )
    sheet = opened(annotate(broken.getvalue()))["在职"]
    assert sheet["C4"].value == BAD_NUMBER and colour(sheet["C4"]) == RED


def test_the_result_s_header_looks_like_one_that_is_merged_over_two_rows(original: bytes) -> None:
    book = opened(original)
    sheet = book["在职"]
    sheet.insert_rows(2)
    for col in range(1, 7):
        sheet.cell(2, col, sheet.cell(3, col).value)._style = sheet.cell(3, col)._style
        sheet.cell(3, col).value = None
        sheet.cell(3, col).style = "Normal"
    sheet.merge_cells("F2:F3")
    sheet["B2"].value, sheet["B3"].value, sheet["C3"].value = "本人", "姓名", "身份证号"
    sheet.merge_cells("B2:C2")
    saved = io.BytesIO()
    book.save(saved)
    receipt = receipt_for(saved.getvalue(), findings=None)
    assert receipt.sheets[0].header_row == 3
    marked = annotated_workbook(saved.getvalue(), receipt, TEXTS, LABELS)
    assert marked is not None
    header = opened(marked)["在职"]["G3"]
    assert header.value == RESULT_HEADER and colour(header) == "DDEBF7" and header.font.b


def test_finding_of_a_whole_line_is_told_in_the_result_column(original: bytes) -> None:
    line = found(1, 7, None, "", "LINE_REPEATED", "info", "6")
    sheet = opened(annotate(original, findings=pa.Table.from_pylist([line], schema=FINDINGS)))["在职"]
    assert sheet["G7"].value == "重复" and "LINE_REPEATED" in sheet["G7"].comment.text


def test_a_confirmed_warning_is_not_marked_and_its_line_says_so(original: bytes) -> None:
    """What is left is marked as before: a line with another warning is asked about still."""
    confirmed = pa.Table.from_pylist([FOUND[3]], schema=FINDINGS)
    book = opened(annotate(original, findings=pa.Table.from_pylist(FOUND[:3], schema=FINDINGS), confirmed=confirmed))
    sheet = book["在职"]
    assert sheet["G6"].value == "已确认" and colour(sheet["D6"]) == "" and sheet["D6"].comment is None
    texts = [cell.value for row in book[SUMMARY_SHEET].iter_rows() for cell in row]
    assert "另有1处提醒您已确认无误，不再列出。" in texts


def test_the_result_column_offers_to_confirm_once(original: bytes) -> None:
    """Marked again and again, there is one drop-down; a file without warnings has none."""
    first = annotate(original)
    for data in (first, annotate(first)):
        choices = opened(data)["在职"].data_validations.dataValidation
        assert [(str(each.sqref), each.formula1) for each in choices] == [("G3:G7", '"确认无误"')]
    assert not opened(annotate(original, findings=None))["在职"].data_validations.dataValidation


def test_a_column_of_the_employer_s_own_called_the_same_is_not_written_over(original: bytes) -> None:
    book = opened(original)
    book["在职"]["G2"].value, book["在职"]["G3"].value = RESULT_HEADER, "已与本人谈话"
    saved = io.BytesIO()
    book.save(saved)
    sheet = opened(annotate(saved.getvalue()))["在职"]
    assert sheet["G3"].value == "已与本人谈话" and sheet["H2"].value == RESULT_HEADER and sheet["H4"].value == "有错"


def test_a_sheet_called_after_a_person_is_marked_too(original: bytes) -> None:
    """Its name in the receipt is masked."""
    book = opened(original)
    book["在职"].title = "张三组"
    saved = io.BytesIO()
    book.save(saved)
    receipt = receipt_for(saved.getvalue())
    receipt.sheets[0].name = "张○组"
    marked = annotated_workbook(saved.getvalue(), receipt, TEXTS, LABELS, DISPOSITIONS)
    assert marked is not None
    assert colour(opened(marked)["张三组"]["C4"]) == RED


def test_styles_do_not_grow_with_the_marks() -> None:
    """openpyxl keeps styles by their hash: one that is changed after it was numbered made a new one of every cell."""
    saved = io.BytesIO()
    with xlsxwriter.Workbook(saved, {"in_memory": True}) as made:
        sheet, framed = made.add_worksheet("在职"), made.add_format({"border": 1, "num_format": "@"})
        sheet.write_row(0, 0, HEADERS, framed)
        for row in range(1, 301):
            sheet.write_row(row, 0, [str(row), f"王{row}", BAD_NUMBER, "13800138000", "2024-03-01", "x"], framed)
    wrong = [found(1, row, 3, "id_number", "C1", "error", BAD_NUMBER) for row in range(2, 302)]
    lines = pa.table({
        "sheet": pa.array([1] * 300, pa.int16()), "row": pa.array(range(2, 302), pa.int32()),
        "disposition": ["accepted"] * 300,
    })  # fmt: skip
    receipt = receipt_for(saved.getvalue(), findings=pa.Table.from_pylist(wrong, schema=FINDINGS))
    marked = annotated_workbook(saved.getvalue(), receipt, TEXTS, LABELS, lines)
    assert marked is not None
    styles = zipfile.ZipFile(io.BytesIO(marked)).read("xl/styles.xml").decode()
    assert int(re.search(r"<cellXfs count=.(\d+)", styles)[1]) < 30  # type: ignore[index]
