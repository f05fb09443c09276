"""Marks written straight into the employer's xlsx: what is not marked goes back byte for byte, and nothing can run."""

from __future__ import annotations

import io
import logging
import re
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pyarrow as pa
import pytest
import xlsxwriter
import xlwt
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment

from clearbase.reading.result_column import RESULT_HEADER, SUMMARY_SHEET
from clearbase.receipts.annotate import annotated_workbook
from clearbase.receipts.marking import RED
from clearbase.records import FINDINGS

sys.path.insert(0, str(Path(__file__).parent))
from receipt_cases import BAD_NUMBER, DISPOSITIONS, FOUND, HEADERS, PEOPLE, TEXTS, found, receipt_for, roster_xlsx

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360f8cf50000003010180"
    "a3b6f4e80000000049454e44ae426082"
)


def annotate(original: bytes, **changes: Any) -> bytes:
    marked = annotated_workbook(original, receipt_for(original, **changes), TEXTS, {}, DISPOSITIONS)
    assert marked is not None
    return marked


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def with_parts(data: bytes, change: Callable[[str, bytes], bytes], **added: bytes) -> bytes:
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w") as package:
        for name, content in parts(data).items():
            package.writestr(name, change(name, content))
        for name, content in added.items():
            package.writestr(name.replace("__", "/"), content)
    return saved.getvalue()


def opened(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data))


def roster_by_xlsxwriter(**options: Any) -> bytes:
    """The roster with all that openpyxl would drop or write otherwise: a chart, a picture, bars in cells, a table."""
    saved = io.BytesIO()
    with xlsxwriter.Workbook(saved, {"in_memory": True, "strings_to_formulas": False, **options}) as made:
        sheet, framed = made.add_worksheet("在职"), made.add_format({"border": 1, "bg_color": "#EEEEEE"})
        sheet.merge_range(0, 0, 0, 5, "某某公司花名册", framed)
        sheet.write_row(1, 0, HEADERS, framed)
        for row, person in enumerate(PEOPLE, 2):
            sheet.write_row(row, 0, [str(row - 1), *person], framed)
            sheet.write_blank(row, 8, None, framed)
        sheet.conditional_format("A3:A7", {"type": "data_bar", "data_bar_2010": True})
        sheet.data_validation("F3:F7", {"validate": "list", "source": "=$A$1:$A$2"})
        sheet.write_comment("B3", "班长", {"author": "人事", "x_scale": 2, "y_scale": 3})
        sheet.autofilter(1, 0, 6, 5)
        other = made.add_worksheet("统计")
        other.write_column(0, 0, [3, 5, 2])
        other.insert_image(5, 5, "x.png", {"image_data": io.BytesIO(PIXEL)})
        chart = made.add_chart({"type": "column"})
        chart.add_series({"values": "=统计!$A$1:$A$3"})
        other.insert_chart("C2", chart)
        other.add_table(10, 0, 12, 1, {"columns": [{"header": "甲"}, {"header": "乙"}]})
    return saved.getvalue()


def test_what_is_not_marked_goes_back_byte_for_byte(caplog: pytest.LogCaptureFixture) -> None:
    original = roster_by_xlsxwriter()
    with caplog.at_level(logging.INFO):
        marked = annotate(original)
    assert "written anew" not in caplog.text
    before, after = parts(original), parts(marked)
    ours = {
        "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml", "xl/worksheets/sheet1.xml",
        "xl/comments1.xml", "xl/drawings/vmlDrawing1.vml", "[Content_Types].xml",
    }  # fmt: skip
    assert {name for name, content in before.items() if after[name] != content} == ours
    assert set(after) - set(before) == {"xl/worksheets/sheet3.xml"}
    assert {"xl/charts/chart1.xml", "xl/media/image1.png", "xl/tables/table1.xml"} <= set(after)
    sheet = after["xl/worksheets/sheet1.xml"]
    for kept in (
        rb"<conditionalFormatting.*</conditionalFormatting>",
        rb"<extLst>(?!.*<extLst>).*</extLst>",
        rb"<mergeCells.*</mergeCells>",
    ):
        assert re.search(kept, sheet, re.DOTALL)[0] == re.search(kept, before["xl/worksheets/sheet1.xml"], re.DOTALL)[0]  # type: ignore[index]
    for name, content in after.items():
        if name.endswith((".xml", ".rels", ".vml")):
            ElementTree.fromstring(content)


def test_elements_stand_in_the_order_that_the_standard_wants() -> None:
    sheet = parts(annotate(roster_by_xlsxwriter()))["xl/worksheets/sheet1.xml"].decode()
    wanted = ["</sheetData>", "<autoFilter", "<mergeCells", "<conditionalFormatting", "<dataValidations",
              "<pageMargins", "<legacyDrawing", "<extLst>"]  # fmt: skip
    places = [sheet.rindex(mark) for mark in wanted]
    assert places == sorted(places)
    assert '<dataValidations count="2">' in sheet and 'ref="A2:G7"' in sheet


def test_the_filter_has_the_name_by_which_programs_know_it() -> None:
    book = parts(annotate(roster_by_xlsxwriter()))["xl/workbook.xml"].decode()
    assert re.findall(r"<definedName [^>]*FilterDatabase[^>]*>([^<]*)<", book) == ["'在职'!$A$2:$G$7"]
    plain = parts(annotate(roster_xlsx()))["xl/workbook.xml"].decode()
    assert re.findall(r"<definedName [^>]*FilterDatabase[^>]*>([^<]*)<", plain) == ["'在职'!$A$2:$G$8"]


def test_an_employer_s_comments_keep_their_texts_and_sizes_and_ours_stands_above() -> None:
    original = roster_by_xlsxwriter()
    wrong = [found(1, 3, 2, "name", "D8", "error", ""), found(1, 4, 3, "id_number", "C1", "error", BAD_NUMBER)]
    marked = annotate(original, findings=pa.Table.from_pylist(wrong, schema=FINDINGS))
    sheet = opened(marked)["在职"]
    assert sheet["B3"].comment.text.startswith("【错误】这一行没有姓名") and sheet["B3"].comment.text.endswith(
        "\n——原批注——\n班长"
    )
    kept = annotate(original, findings=pa.Table.from_pylist(wrong[1:], schema=FINDINGS))
    comment = opened(kept)["在职"]["B3"].comment
    assert (comment.text, comment.author) == ("班长", "人事")
    was, now = (parts(data)["xl/drawings/vmlDrawing1.vml"].decode() for data in (original, kept))
    size = re.search(r"width:[0-9.]+pt;\s*height:[0-9.]+pt", was)
    assert size and size[0] in now


def test_formatted_empty_cells_to_the_right_are_free_and_text_there_is_not() -> None:
    sheet = opened(annotate(roster_by_xlsxwriter()))["在职"]
    assert sheet["G2"].value == RESULT_HEADER and sheet["I3"].has_style and sheet["I3"].value is None


def shared_formulas(text: str) -> bytes:
    """Three cells that share one formula."""
    sheet = "xl/worksheets/sheet1.xml"

    def change(name: str, content: bytes) -> bytes:
        if name != sheet:
            return content
        for row in (3, 4, 5):
            told = f'<f t="shared" ref="A3:A5" si="0">{text}</f>' if row == 3 else '<f t="shared" si="0"/>'
            content = content.replace(b"<f>ROW()-2</f>", told.encode(), 1)
        return content

    return with_parts(roster_xlsx(), change)


@pytest.mark.parametrize(
    ("text", "stay"), [("ROW()-2", 3), ("cmd|'/c calc'!A1", 0), ("WEBSERVICE(B3)", 0), ("&#61;1", 0)]
)
def test_shared_formulas_stay_or_go_together(text: str, stay: int) -> None:
    sheet = parts(annotate(shared_formulas(text)))["xl/worksheets/sheet1.xml"].decode()
    assert sheet.count('t="shared"') == stay and sheet.count("<f>ROW()-2</f>") == 2


HOSTILE = {
    "macros": lambda data: with_parts(data, lambda _, content: content, **{"xl__vbaProject.bin": b"Sub Auto_Open()"}),
    "another file": lambda data: with_parts(
        data, lambda _, content: content, **{"xl__externalLinks__externalLink1.xml": b"<externalLink/>"}
    ),
    "an object": lambda data: with_parts(data, lambda _, content: content, **{"xl__embeddings__oleObject1.bin": b"x"}),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_what_may_do_something_is_left_out(what: str) -> None:
    marked = annotate(HOSTILE[what](roster_xlsx()))
    assert not any(part in name for name in parts(marked) for part in ("vba", "external", "embeddings"))
    assert opened(marked)["在职"]["G4"].value == "有错"


def prefixed(name: str, content: bytes) -> bytes:
    """The same XML as other libraries write it: every element with a prefix."""
    if not name.startswith("xl/worksheets/sheet"):
        return content
    content = re.sub(rb"<(/?)(?=[a-zA-Z])", rb"<\1x:", content)
    return content.replace(b"xmlns=", b"xmlns:x=", 1)


def single_quoted(name: str, content: bytes) -> bytes:
    return re.sub(rb' r="([A-Z]+[0-9]+)"', rb" r='\1'", content) if "worksheets/sheet" in name else content


def without_addresses(name: str, content: bytes) -> bytes:
    return re.sub(rb'<c r="[A-Z]+[0-9]+"', b"<c", content) if "worksheets/sheet" in name else content


@pytest.mark.parametrize("change", [prefixed, single_quoted, without_addresses])
def test_xml_written_in_another_way_is_marked_all_the_same(change: Callable[[str, bytes], bytes]) -> None:
    sheet = opened(annotate(with_parts(roster_xlsx(), change)))["在职"]
    assert sheet["C4"].value == BAD_NUMBER and str(sheet["C4"].fill.fgColor.rgb)[-6:] == RED
    assert sheet["C4"].comment is not None and sheet["G2"].value == RESULT_HEADER


CELLS = st.lists(
    st.lists(st.one_of(st.none(), st.text("王=+-@<&>\"'①\t 5", max_size=6), st.integers(-5, 99), st.booleans()),
             min_size=7, max_size=7),
    min_size=1, max_size=5,
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(CELLS, st.integers(1, 7), st.booleans())
def test_whatever_stands_in_the_cells_stays(cells: list[list[Any]], flagged: int, merged: bool) -> None:
    saved = io.BytesIO()
    with xlsxwriter.Workbook(saved, {"in_memory": True}) as made:
        sheet = made.add_worksheet("在职")
        sheet.write_row(1, 0, HEADERS)
        if merged:
            sheet.merge_range(0, 0, 0, 5, "花名册")
        for row, values in enumerate(cells, 2):
            for col, value in enumerate(values):
                if isinstance(value, str):
                    sheet.write_string(row, col, value)
                elif value is not None:
                    sheet.write(row, col, value)
    original = saved.getvalue()
    read = receipt_for(roster_xlsx()).sheets[:1]  # the columns and the header's row are the same
    wrong = pa.Table.from_pylist([found(1, 3, flagged, "name", "D8", "error", "")], schema=FINDINGS)
    receipt = receipt_for(roster_xlsx(), sheets=read, findings=wrong)
    marked = annotated_workbook(original, receipt, TEXTS, {}, DISPOSITIONS)
    assert marked is not None
    before, after = opened(original)["在职"], opened(marked)["在职"]
    for row in before.iter_rows():
        for cell in row:
            same = after[cell.coordinate]
            assert (same.value, same.data_type) == (cell.value, cell.data_type), cell.coordinate
            if isinstance(cell.value, str) and cell.value.startswith(("=", "+", "-", "@", "\t")):
                assert same.quotePrefix, "it would become a formula when somebody edits it"
    assert str(after.cell(3, flagged).fill.fgColor.rgb)[-6:] == RED
    column = next(cell.column for cell in after[2] if cell.value == RESULT_HEADER)
    assert column > before.max_column or all(before.cell(row, column).value is None for row in range(2, 9))


def test_comments_in_a_cell_of_ours_and_theirs_survive_a_second_round() -> None:
    book = opened(roster_xlsx())
    book["在职"]["C4"].comment = Comment("复印件已收", "人事")
    saved = io.BytesIO()
    book.save(saved)
    first = annotate(saved.getvalue())
    assert opened(first)["在职"]["C4"].comment.text.endswith("——原批注——\n复印件已收")
    second = opened(annotate(first, findings=pa.Table.from_pylist(FOUND[2:], schema=FINDINGS)))
    assert second["在职"]["C4"].comment.text == "复印件已收" and second.sheetnames.count(SUMMARY_SHEET) == 1


def test_texts_in_several_fonts_survive_a_second_round(caplog: pytest.LogCaptureFixture) -> None:
    saved = io.BytesIO()
    with xlsxwriter.Workbook(saved, {"in_memory": True, "strings_to_formulas": False}) as made:
        sheet, red = made.add_worksheet("在职"), made.add_format({"color": "red", "font_name": "宋体"})
        sheet.write_row(1, 0, HEADERS)
        sheet.write_rich_string(1, 1, red, "*", "姓名")
        for row, person in enumerate(PEOPLE, 2):
            sheet.write_row(row, 0, [str(row - 1), *person])
    second = openpyxl.load_workbook(io.BytesIO(annotate(annotate(saved.getvalue()))), rich_text=True)
    assert second["在职"]["B2"].value[0].font.color.rgb == "FFFF0000" and second["在职"]["G2"].value == RESULT_HEADER
    assert [cell.value for cell in second["在职"][2]].count(RESULT_HEADER) == 1
    assert "without its styles" not in caplog.text


def test_a_marked_workbook_saved_as_xls_or_with_the_summary_first_is_marked_again() -> None:
    first = opened(annotate(roster_xlsx()))
    old = xlwt.Workbook()
    for sheet in first.worksheets:
        into = old.add_sheet(sheet.title)
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None:
                    into.write(cell.row - 1, cell.column - 1, cell.value)
    saved = io.BytesIO()
    old.save(saved)
    first.move_sheet(SUMMARY_SHEET, -2)
    moved = io.BytesIO()
    first.save(moved)
    for data, file_name in ((saved.getvalue(), "a.xls"), (moved.getvalue(), "a.xlsx")):
        again = opened(annotate(data, file_name=file_name))
        assert again.sheetnames.count(SUMMARY_SHEET) == 1
        assert [cell.value for cell in again["在职"][2]] == [*HEADERS, RESULT_HEADER]
    assert opened(annotate(saved.getvalue(), file_name="a.xls"))["在职"]["G4"].value == "有错"


def test_a_text_that_looks_like_the_address_of_a_cell_is_a_text() -> None:
    book = opened(roster_xlsx())
    for address, text in (("A4", '<c r="C4"> r="C4" r="Z9"'), ("F4", " r='C4' r=\"XFD4\"")):
        book["在职"][address].value, book["在职"][address].data_type = text, "s"
    saved = io.BytesIO()
    book.save(saved)
    sheet = opened(annotate(saved.getvalue()))["在职"]
    assert sheet["A4"].value == '<c r="C4"> r="C4" r="Z9"' and sheet["F4"].value == " r='C4' r=\"XFD4\""
    assert str(sheet["C4"].fill.fgColor.rgb)[-6:] == RED and sheet["G4"].value == "有错"
