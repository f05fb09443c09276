"""The workbook that went back comes again: our column is in nobody's way, and says whose warnings are confirmed."""

from __future__ import annotations

import io

import openpyxl
import pytest

from clearbase.reading.file import read_roster
from clearbase.reading.result_column import ASKS, RESULT_HEADER, SUMMARY_SHEET, is_confirmation
from clearbase.records import CONFIRMED

HEADER = ["序号", "部门", "姓名", "身份证号", "手机号"]
PEOPLE = [
    [1, "一车间", "王小明", "330204199003079994", "13800138001"],
    [2, "一车间", "李秀英", "330227198506159988", "13800138002"],
    [3, "二车间", "张建国", "321119197310309998", "13800138003"],
]


def roster(results: list[str | None], more: list[list[object]] | None = None, header: str = RESULT_HEADER) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ["某某公司2026年8月员工花名册"],
        [*HEADER, header],
        *([*person, result] for person, result in zip(PEOPLE, results, strict=True)),
        *(more or []),
    ):
        sheet.append(row)
    book.create_sheet(SUMMARY_SHEET).append(["处理结果：部分入库"])
    book[SUMMARY_SHEET].append(["姓名", "身份证号", "手机号", "部门"])
    book[SUMMARY_SHEET].append(["赵六", "330204199003079994", "13800138001", "三车间"])
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


@pytest.mark.parametrize(
    "text",
    [
        "确认无误",
        "已确认无误",
        " 确认 无误。",
        "经核对无误",
        "核实，无误",
        "无误",
        "确认",
        f"{ASKS}确认无误",
        "提醒 确认无误",
    ],
)
def test_what_confirms(text: str) -> None:
    assert is_confirmation(text)


@pytest.mark.parametrize(
    "text",
    [ASKS, ASKS.replace("“", '"').replace("”", '"'), ASKS[:-1], "提醒", "已入库", "已确认", "有错", "隔离", "",
     "不能确认无误", "尚未核对无误", "有误", "已改", "请确认无误"],
)  # fmt: skip
def test_what_does_not(text: str) -> None:
    assert not is_confirmation(text)


def test_a_mark_is_kept_with_its_row_and_the_column_has_no_field() -> None:
    read = read_roster(roster(["已入库", "确认无误", ASKS]), "2026年8月花名册.xlsx")
    assert read.lines is not None
    assert read.lines[CONFIRMED].to_pylist() == [False, True, False]
    assert [(c.header, c.field) for c in read.sheets[0].columns][-1] == (RESULT_HEADER, None)
    bare = read_roster(roster([None] * 3), "2026年8月花名册.xlsx").lines
    assert bare is not None and CONFIRMED not in bare.column_names
    assert read.lines.drop_columns(CONFIRMED).equals(bare), "and nothing else of it is read"


def test_a_row_that_holds_nothing_but_our_word_is_blank() -> None:
    """Who was deleted leaves the word behind: it names no department of the rows below."""
    read = read_roster(
        roster(["已入库"] * 3, [[None] * 5 + ["已入库"], [4, None, "赵丽", "330204199003078887"]]), "x.xlsx"
    )
    assert read.lines is not None
    assert read.lines["department"].to_pylist() == ["一车间", "一车间", "二车间", None]
    assert read.sheets[0].set_aside == {"title": 1, "header": 1, "blank": 1}
    assert read.sheets[0].read == read.sheets[0].lines + 3


def test_our_summary_is_no_roster_whatever_it_lists() -> None:
    read = read_roster(roster(["已入库"] * 3), "x.xlsx")
    assert [(sheet.role, sheet.reason) for sheet in read.sheets][1] == ("set_aside", "上一次回执的汇总表，不读取")


def test_marks_of_several_sheets_come_together() -> None:
    book = openpyxl.load_workbook(io.BytesIO(roster(["确认无误", None, None])))
    second = book.create_sheet("二厂")
    for row in (HEADER, [1, "三车间", "赵丽", "330204199003078887", "13800138004"]):
        second.append(row)
    saved = io.BytesIO()
    book.save(saved)
    lines = read_roster(saved.getvalue(), "x.xlsx").lines
    assert lines is not None and lines[CONFIRMED].to_pylist() == [True, False, False, False]


def test_of_tables_side_by_side_the_column_is_of_both() -> None:
    """It stands right of the last one; a row that is confirmed there is confirmed in both."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append([*HEADER[1:], *HEADER[1:], RESULT_HEADER])
    for n, person in enumerate(PEOPLE):
        other = ["三车间", f"王{'甲乙丙'[n]}", f"33020419900307{n}118", f"1390013800{n}"]
        sheet.append([*person[1:], *other, "确认无误" if n == 1 else ASKS])
    saved = io.BytesIO()
    book.save(saved)
    lines = read_roster(saved.getvalue(), "某某公司2026年8月花名册.xlsx").lines
    assert lines is not None and lines.num_rows == 6
    assert lines[CONFIRMED].to_pylist() == [False, True, False] * 2
