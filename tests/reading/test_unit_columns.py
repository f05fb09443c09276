"""Columns of units and of children that their cells tell, and groups over every column (the stranger i)."""

from __future__ import annotations

import pytest
from roster_files import csv_bytes, fields_of_columns

from clearbase.reading.file import read_roster

NUMBERS = ["1", "2", "3", "4", "5", "6"]


def fields(header: list[str], *columns: list[str]) -> dict[str, str | None]:
    rows = [list(row) for row in zip(*columns, strict=True)]
    read = read_roster(csv_bytes([header, *rows]), "2026年1月花名册.csv")
    return {column.header: column.field for column in read.sheets[0].columns}


NAMES = ["王华", "余翔", "沈玉", "黄俊", "李洁", "周敏"]


def test_an_organisation_of_companies_is_the_employer_beside_a_department() -> None:
    header = ["姓名", "身份证号", "所属组织", "任职部门"]
    told = fields(header, NAMES, NUMBERS, ["宁波某某食品有限公司"] * 6, ["生产部", "仓库"] * 3)
    assert (told["所属组织"], told["任职部门"]) == ("employer_name", "department")
    told = fields(header, NAMES, NUMBERS, ["生产中心"] * 6, ["生产部", "仓库"] * 3)
    assert told["所属组织"] == "department"


def test_shops_of_one_employer_are_departments_and_companies_are_not() -> None:
    header = ["姓名", "身份证号", "门店"]
    assert fields(header, NAMES, NUMBERS, ["高塘店", "万达店"] * 3)["门店"] == "department"
    assert fields(header, NAMES, NUMBERS, ["甲乙商贸有限公司", "丙丁餐饮有限公司"] * 3)["门店"] == "employer_name"


@pytest.mark.parametrize(("cells", "field"), [(["1", "2", "无"] * 2, "children_count"), (NAMES, None)])
def test_children_are_counted_and_never_named(cells: list[str], field: str | None) -> None:
    assert fields(["姓名", "身份证号", "性别", "小孩"], NAMES, NUMBERS, ["男"] * 6, cells)["小孩"] == field


def test_a_village_is_what_is_known_of_the_hukou() -> None:
    told = fields_of_columns(["姓名", "身份证号", "户籍（村组）"], ["张三", "1", "红星村4组24号"])
    assert told["户籍（村组）"] == "household_address"


def test_why_he_left_and_when_he_joined_the_party() -> None:
    told = fields_of_columns(["姓名", "身份证号", "离职日期", "原因"], ["张三", "1", "2025-03-01", "辞职"])
    assert told["原因"] == "leave_reason"
    told = fields_of_columns(["姓名", "身份证号", "入党时间", "转正日期"], ["张三", "1", "2020-01-01", "2021-01-01"])
    assert told["转正日期"] is None


GROUPS = ["基本信息", "", "", "", "工作信息", "", "紧急联系人", "", ""]
BELOW = ["姓名", "性别", "身份证号", "手机号(含区号)", "部门", "入职日期", "姓名", "关系", "联系电话"]


def test_groups_over_every_column_are_a_level_of_the_header() -> None:
    person = [
        "夏宁林",
        "男",
        "110101199709281291",
        "13021342443",
        "研发部",
        "2016-03-15",
        "陆萍",
        "母亲",
        "15980605409",
    ]
    read = read_roster(csv_bytes([GROUPS, BELOW, person]), "人员导出.csv")
    (sheet,) = read.sheets
    told = [column.field for column in sheet.columns]
    assert sheet.header_row == 2
    assert told[3:] == ["phone", "department", "hire_date", "emergency_contact", None, "emergency_phone"]
    assert read.lines is not None and read.lines["phone"].to_pylist() == ["13021342443"]


def test_a_row_number_may_stand_before_the_first_group() -> None:
    person = ["1", "夏宁林", "男", "110101199709281291", "13021342443", "研发部", "2016-03-15"]
    person = [*person, "陆萍", "母亲", "15980605409"]
    read = read_roster(csv_bytes([["", *GROUPS], ["序号", *BELOW], person]), "人员导出.csv")
    assert [column.field for column in read.sheets[0].columns][-3:] == ["emergency_contact", None, "emergency_phone"]


@pytest.mark.parametrize("above", [["填报单位", "宁波某某有限公司", "2026年3月"], ["花名册", "一车间", "制表人"]])
def test_what_a_form_says_of_itself_is_no_group(above: list[str]) -> None:
    header = ["姓名", "性别", "身份证号", "手机号", "部门", "入职日期"]
    person = ["夏宁林", "男", "110101199709281291", "13021342443", "研发部", "2016-03-15"]
    read = read_roster(csv_bytes([[*above, "", "", ""], header, person]), "人员导出.csv")
    assert [column.header for column in read.sheets[0].columns] == header


def test_a_person_under_one_level_is_no_second_level() -> None:
    header = ["姓名", "性别", "身份证号", "手机号", "部门", "备注"]
    person = ["夏宁林", "男", "110101199709281291", "13021342443", "研发部", "住宿舍"]
    read = read_roster(csv_bytes([header, person, person]), "人员导出.csv")
    assert read.lines is not None and read.lines.num_rows == 2
