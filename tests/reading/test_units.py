"""The unit that a table is of: from what stands round it, and never the employer itself."""

from __future__ import annotations

import pytest
from roster_files import HEADER, person, xlsx

from clearbase.reading.file import read_roster
from clearbase.reading.units import branch_of, compared, unit_named

EMPLOYER = "宁波某某电子有限公司"


def units(*sheets: tuple[str, str], file: str = "花名册.xlsx") -> list[str]:
    """Of sheets of (name, title)."""
    rows = [
        (name, [*([[title]] if title else []), HEADER, person(2 * n), person(2 * n + 1)])
        for n, (name, title) in enumerate(sheets)
    ]
    return [sheet.unit for sheet in read_roster(xlsx(*rows), file).sheets]


@pytest.mark.parametrize(
    ("title", "unit"),
    [
        ("2026年3月一车间员工花名册", "1车间"),
        (f"{EMPLOYER}2026年3月北仑厂区在职员工花名册", "北仑厂区"),
        (f"{EMPLOYER}二分厂花名册", "2分厂"),
        (f"{EMPLOYER} 二厂 花名册", "2厂"),
        ("万达店员工名单", "万达店"),
        ("北仑分公司花名册", "北仑分公司"),
        ("仪表车间员工表", "仪表车间"),
        ("轨道交通5号线项目部人员名册", "轨道交通5号线项目部"),
        (f"{EMPLOYER}花名册", ""),
        (f"{EMPLOYER}北仑分公司2026年3月花名册", ""),  # the employer's name as found
        ("宁波某某大酒店员工花名册", ""),
        ("各车间员工花名册", ""),
        ("全厂员工花名册", ""),
        ("2026年3月花名册", ""),
        ("说明：一车间的人员请单独填写", ""),
    ],
)
def test_by_the_title(title: str, unit: str) -> None:
    assert units(("Sheet1", title)) == [unit]


@pytest.mark.parametrize(
    "name", ["Sheet1", "花名册", "3月", "在职", "离职", "全员", "总部", "汇总", "王小明", "行政部", "办公室"]
)
def test_generic_names_and_names_of_people_are_no_unit(name: str) -> None:
    assert units((name, "")) == [""]


def test_the_title_goes_before_the_sheet_and_the_sheet_before_the_file() -> None:
    assert units(("一车间", "二车间花名册"), file="三车间2026年3月花名册.xlsx") == ["2车间"]
    assert units(("一车间", ""), file="三车间2026年3月花名册.xlsx") == ["1车间"]
    assert units(("Sheet1", ""), file=f"{EMPLOYER}_三车间_2026年3月花名册.xlsx") == ["3车间"]


def test_beside_two_units_departments_are_units() -> None:
    names = ("一车间", "二车间", "行政部", "仓库", "办公室", "总部", "离职")
    assert units(*((name, "") for name in names)) == ["1车间", "2车间", "行政部", "仓库", "办公室", "", ""]
    assert units(("一车间", ""), ("行政部", "")) == ["1车间", ""], "one alone may be a department too"


def test_branches_of_one_employer_a_sheet_each() -> None:
    assert units(("a", f"{EMPLOYER}北仑分公司花名册"), ("b", f"{EMPLOYER}镇海分公司花名册")) == [
        "北仑分公司",
        "镇海分公司",
    ]


def test_the_leavers_below_the_staff_are_of_the_same_unit() -> None:
    rows = [["一车间花名册"], HEADER, person(1), [], ["离职人员"], [*HEADER, "离职日期"], [*person(2), "2026-03-01"]]
    assert {sheet.unit for sheet in read_roster(xlsx(("Sheet1", rows)), "1.xlsx").sheets} == {"1车间"}


@pytest.mark.parametrize(
    ("header", "values", "unit"),
    [
        ("用工单位", ["宁波甲乙丙有限公司"] * 2, "宁波甲乙丙有限公司"),
        ("派遣至单位", ["宁波甲乙丙有限公司"] * 2, "宁波甲乙丙有限公司"),
        ("用工单位", ["宁波甲乙丙有限公司", "宁波丁戊己有限公司"], ""),
        ("用工单位", [EMPLOYER] * 2, ""),
        ("派遣单位", ["宁波甲乙丙劳务有限公司"] * 2, ""),
    ],
)
def test_by_the_user_unit_in_which_all_rows_agree(header: str, values: list[str], unit: str) -> None:
    rows = [[f"{EMPLOYER}花名册"], [*HEADER, header], *([*person(n), value] for n, value in enumerate(values))]
    assert [sheet.unit for sheet in read_roster(xlsx(("Sheet1", rows)), "1.xlsx").sheets] == [unit]


def test_a_person_who_is_called_like_a_shop_is_no_unit() -> None:
    rows = [HEADER, [1, "王小店", *person(1)[2:]], person(2)]
    assert [sheet.unit for sheet in read_roster(xlsx(("王小店", rows)), "1.xlsx").sheets] == [""]


def test_compared_form() -> None:
    assert {compared(name) for name in ("1车间", "一车间", "第一车间", "（一） 车间", "１号车间")} == {"1车间"}
    assert (compared("十二车间"), compared("二十车间"), compared("三江厂区")) == ("12车间", "20车间", "三江厂区")


def test_a_branch_s_name_is_a_unit_of_the_employer_that_is_known_by_the_shorter_one() -> None:
    assert branch_of(f"{EMPLOYER}北仑分公司", EMPLOYER) == "北仑分公司"
    assert branch_of(f"{EMPLOYER}北仑分公司", f"{EMPLOYER}北仑分公司") == ""
    assert branch_of(EMPLOYER, "宁波另一家有限公司") == ""


@pytest.mark.parametrize(
    ("cell", "unit"),
    [
        ("宁波某某有限公司", "宁波某某有限公司"),
        ("宁波某某（北仑）有限公司", "宁波某某北仑有限公司"),
        ("宁波某某有限公司（总装车间）", "宁波某某有限公司总装车间"),
        ("王小明(宁波某某有限公司)", "宁波某某有限公司"),
        ("宁波某某有限公司【王小明】", "宁波某某有限公司"),
        ("王小明", ""),
        ("王小明（一车间）", "1车间"),
        ("（一）车间", "1车间"),
        ("宁波某某有限公司13800138000", ""),
    ],
)
def test_a_unit_of_a_cell_is_no_person_s_name(cell: str, unit: str) -> None:
    assert unit_named(cell) == unit
