"""Sheets that name people and are no roster of workers, and sheets that name the same people again (messiness B9)."""

from __future__ import annotations

from typing import Any

import pytest
from roster_files import HEADER, person, xlsx

from clearbase.reading.file import read_roster

ROSTER = ("花名册", [HEADER, *(person(n) for n in range(1, 6))])
NAMES = [person(n)[1] for n in range(1, 6)]


def roles(*sheets: tuple[str, list[list[Any]]]) -> dict[str, tuple[str, str]]:
    read = read_roster(xlsx(*sheets), "2026年3月花名册.xlsx")
    assert all(sheet.read == sheet.lines + sum(sheet.set_aside.values()) for sheet in read.sheets)
    return {sheet.name: (sheet.role, sheet.reason) for sheet in read.sheets}


@pytest.mark.parametrize(
    ("name", "header", "says"),
    [
        ("子女", ["姓名", "性别", "出生日期", "身份证号", "父亲姓名"], "家属"),
        ("随迁家属登记", ["姓名", "性别", "身份证号", "与职工关系", "职工姓名"], "家属"),
        ("Sheet3", ["职工姓名", "姓名", "性别", "身份证号", "与职工关系"], "家属"),
        ("访客登记", ["姓名", "身份证号", "电话", "来访事由"], "访客"),
        ("黑名单", ["姓名", "身份证号", "原因", "手机号"], "访客"),
        ("面试登记", ["序号", "姓名", "性别", "手机号", "面试日期"], "访客"),
        ("代码表", ["姓名", "性别", "民族", "文化程度"], "代码"),
        ("工资条", ["姓名", "部门", "基本工资", "实发工资"], "工资"),
        ("三月绩效", ["姓名", "身份证号", "岗位", "考核得分"], "工资"),
    ],
)
def test_a_sheet_of_other_people_or_of_pay_is_no_roster(name: str, header: list[str], says: str) -> None:
    rows = [[f"甲{n}" if column == "姓名" else f"值{n}" for column in header] for n in range(4)]
    told = roles(ROSTER, (name, [header, *rows]))
    assert told["花名册"][0] == "roster"
    assert told[name][0] == "set_aside" and says in told[name][1]


def test_a_directory_of_the_same_people_is_set_aside_and_says_beside_what() -> None:
    directory = [["姓名", "部门", "座位", "邮箱"], *([name, "生产部", "1", "a@b.cn"] for name in NAMES)]
    role, reason = roles(ROSTER, ("通讯录", directory))["通讯录"]
    assert role == "set_aside" and "花名册" in reason


def test_leavers_who_stand_on_the_roster_too_stay() -> None:
    leavers = [["序号", "姓名", "身份证号", "离职日期"], *([n, NAMES[n], "", "2026-03-01"] for n in range(3))]
    assert roles(ROSTER, ("离职", leavers))["离职"][0] == "roster"


def test_a_sample_beside_a_roster_is_no_person_and_alone_it_is_read() -> None:
    sample = ("填写样例", [HEADER, person(9)])
    assert roles(ROSTER, sample)["填写样例"][0] == "set_aside"
    assert roles(("导入模板", ROSTER[1]))["导入模板"][0] == "roster"


@pytest.mark.parametrize("whose", ["组长", "联系人", "同住人", "法人", "保证人", "媳妇", "老板"])
def test_the_number_of_another_person_is_never_the_workers(whose: str) -> None:
    rows = [
        ["姓名", "性别", "部门", f"{whose}身份证号"],
        *([p[1], p[2], "一车间", p[3]] for p in map(person, range(1, 6))),
    ]
    read = read_roster(xlsx(("花名册", rows)), "花名册.xlsx")
    assert {column.header: column.field for column in read.sheets[0].columns}[f"{whose}身份证号"] is None


def test_headers_of_name_and_number_that_stand_the_other_way_round() -> None:
    rows = [["身份证号", "姓名", "性别", "部门"], *([p[1], p[3], p[2], "一车间"] for p in map(person, range(1, 6)))]
    read = read_roster(xlsx(("花名册", rows)), "花名册.xlsx")
    assert read.lines is not None
    assert read.lines["name"].to_pylist() == NAMES
    assert read.lines["id_number"].to_pylist() == [person(n)[3] for n in range(1, 6)]
