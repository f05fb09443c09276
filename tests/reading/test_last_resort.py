"""What no header says and the cells do: a guess, told as one, and never against a doubt."""

from __future__ import annotations

import pytest
from roster_files import csv_bytes

from clearbase.reading.file import read_roster
from clearbase.records import MappedColumn

PEOPLE = ["王华", "李明", "张强", "赵军", "陈丽", "刘洋"]
NUMBERS = [f"33020619900101{n:03d}1" for n in range(6)]
DAYS = [f"202{n % 5}-0{n + 1}-1{n}" for n in range(6)]


def mapped(*columns: tuple[str, list[str]]) -> dict[str, MappedColumn]:
    """What is made of columns that stand after a name and a number."""
    table = [("姓名", PEOPLE), ("身份证号", NUMBERS), ("手机号", [f"1380013000{n}" for n in range(6)]), *columns]
    rows = [[header for header, _ in table], *([cells[n] for _, cells in table] for n in range(6))]
    (sheet,) = read_roster(csv_bytes(rows), "花名册.csv").sheets
    return {column.header: column for column in sheet.columns}


@pytest.mark.parametrize(
    ("header", "cells", "field"),
    [
        ("列9", DAYS, "hire_date"),
        ("列9", ["仓储部", "仓储部", "装配组", "装配组", "装配组", "A拉"], "department"),
        ("落笔", ["签", "未签", "签", "签", "未签", "签"], "contract_signed"),
        ("人头", ["全职", "兼职", "全职", "兼职", "全职", "全职"], "employment_form"),
        ("厨艺", ["高级工", "中级工", "技师", "高级工", "中级工", "高级工"], "skill_level"),
    ],
)
def test_cells_tell_what_no_header_says(header: str, cells: list[str], field: str) -> None:
    column = mapped((header, cells))[header]
    assert column.field == field
    assert column.confidence == 0.5
    assert column.reason


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("搬出", DAYS),
        ("入会时间", DAYS),
        ("合同审批日期", DAYS),
        ("村民组", ["一组", "二组", "一组", "二组", "一组", "一组"]),
        ("班长", ["全职", "兼职", "全职", "兼职", "全职", "全职"]),
        ("落笔", ["签"] * 6),
    ],
)
def test_a_header_that_says_something_else_is_believed(header: str, cells: list[str]) -> None:
    assert mapped((header, cells))[header].field is None


def test_of_two_columns_that_fit_neither_is_taken() -> None:
    columns = mapped(("列8", DAYS), ("列9", DAYS))
    assert columns["列8"].field is columns["列9"].field is None


def test_who_came_was_hired_where_nothing_else_says_when() -> None:
    assert mapped(("几号来的", DAYS))["几号来的"].field == "hire_date"
    beside = mapped(("几号来的", DAYS), ("入职日期", DAYS))
    assert (beside["几号来的"].field, beside["入职日期"].field) == ("arrive_date", "hire_date")
    assert mapped(("来甬日期", DAYS))["来甬日期"].field == "arrive_date"


def test_a_line_of_the_form_is_no_group_above_the_header() -> None:
    form = ["填报单位：某某有限公司", "", "填报人：丁俊林", "填报日期：2026年11月"]
    rows = [form, ["姓名", "身份证号", "文化程度", "入职日期"], ["王华", NUMBERS[1], "初中", "2024-03-01"]]
    (sheet,) = read_roster(csv_bytes(rows), "花名册.csv").sheets
    assert [column.field for column in sheet.columns] == ["name", "id_number", "education", "hire_date"]
