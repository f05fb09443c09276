"""The month of a file: its forms, which of several that stand there is meant, and a sheet a month."""

from __future__ import annotations

import datetime as dt

import pytest
from roster_files import HEADER, person, xlsx

from clearbase.reading.facts import find_employer
from clearbase.reading.file import read_roster
from clearbase.reading.periods import find_period, months_in
from clearbase.records import FileRead

AUGUST, SEPTEMBER, OCTOBER, NOVEMBER = (dt.date(2026, month, 1) for month in (8, 9, 10, 11))
TITLE = "宁波甲电子有限公司2026年10月员工花名册"


def read(rows: list[list[object]], name: str = "1.xlsx", sheet: str = "Sheet1") -> FileRead:
    return read_roster(xlsx((sheet, [*rows, HEADER, person(1)])), name)


@pytest.mark.parametrize(
    "text",
    [
        "宁波甲电子有限公司二〇二六年十月员工花名册",
        "二○二六年十月",
        "26年10月员工花名册",
        "2026.10",
        "2026-10",
        "Oct 2026",
        "2026 October",
        "2026年第10期",
        "2026年度第十期 员工花名册",
        "202610",
        "20261031",
    ],
)
def test_forms_of_a_month(text: str) -> None:
    assert find_period([text]) == OCTOBER


@pytest.mark.parametrize("text", ["10月", "10月份员工花名册", "第10期", "十月份花名册", "花名册十月份", "Oct"])
def test_a_month_whose_year_stands_elsewhere(text: str) -> None:
    assert find_period([text]) is None
    assert months_in([text], lambda month: 2026).told == OCTOBER


@pytest.mark.parametrize("text", ["2026年1-10月", "1月至3月", "宁波三月服装有限公司", "每月报送", "1个月"])
def test_what_is_no_single_month(text: str) -> None:
    assert months_in([text], lambda month: 2026).told is None


@pytest.mark.parametrize(
    "name",
    [
        "2026-10-31宁波甲电子有限公司花名册",
        "宁波甲电子有限公司花名册2026.10",
        "202610宁波甲电子有限公司",
        "20261031宁波甲电子有限公司花名册",
        "26年10月宁波甲电子有限公司",
        "二〇二六年十月宁波甲电子有限公司",
        "2026年第10期宁波甲电子有限公司",
        "10月宁波甲电子有限公司",
        "Oct2026宁波甲电子有限公司",
    ],
)
def test_a_date_is_no_part_of_a_name(name: str) -> None:
    assert find_employer([name]) == "宁波甲电子有限公司"


def test_the_name_of_a_file_and_of_a_folder_keeps_its_month() -> None:
    assert read([], "宁波甲公司花名册2026.10.xlsx").facts.period == OCTOBER
    assert read([], "2026.10/花名册.xlsx").facts.period == OCTOBER


@pytest.mark.parametrize("label", ["填报日期", "制表日期", "填表日期", "填表时间", "报送日期", "统计日期", "打印日期"])
def test_a_day_of_filling_in_gives_way_and_says_nothing(label: str) -> None:
    for value in ("2026年11月3日", "2026-11-03", "2026.11.3"):
        info: list[object] = [f"{label}：{value}"]
        assert read([[TITLE], info]).facts.period == OCTOBER
        assert read([[f"{TITLE}  {label}：{value}"]]).facts.period == OCTOBER
        assert read([info], "2026年10月花名册.xlsx").facts.period == OCTOBER
        alone = read([info]).facts
        assert (alone.period, alone.sources["period"], alone.other_periods) == (NOVEMBER, "filled_in", {})
        told = read([[TITLE], info], "2026年10月.xlsx").facts
        assert told.other_periods == {}


def test_a_labelled_month_goes_first_and_its_title_is_told_where_it_disagrees() -> None:
    facts = read(
        [["宁波甲电子有限公司2026年9月员工花名册"], ["所属月份：", "2026年10月", "填报日期：2026-11-03"]]
    ).facts
    assert (facts.period, facts.other_periods) == (OCTOBER, {"title": SEPTEMBER})
    assert read([[TITLE], ["所属月份：2026年10月"]]).facts.other_periods == {}


def test_a_file_name_that_disagrees_with_the_title_is_told() -> None:
    facts = read([[TITLE]], "宁波乙电子有限公司2026年9月花名册.xlsx").facts
    assert (facts.employer_name, facts.employer_in_file_name) == ("宁波甲电子有限公司", "宁波乙电子有限公司")
    assert (facts.period, facts.other_periods) == (OCTOBER, {"file_name": SEPTEMBER})


def a_sheet_a_month(*names: str, title: str = "", year: str = "2026年") -> bytes:
    sheets = []
    for at, name in enumerate(names):
        head = [[f"宁波甲电子有限公司{year}{title or name}员工花名册"]] if title != "-" else []
        sheets.append((name, [*head, HEADER, *(person(n) for n in range(at, at + 3))]))
    return xlsx(*sheets)


def roles(found: FileRead) -> list[str]:
    return [sheet.role for sheet in found.sheets]


def test_of_a_sheet_a_month_the_newest_is_taken_and_the_others_are_told() -> None:
    found = read_roster(a_sheet_a_month("8月", "9月", "10月"), "花名册.xlsx")
    assert (found.facts.period, found.facts.months) == (OCTOBER, (AUGUST, SEPTEMBER, OCTOBER))
    assert roles(found) == ["set_aside", "set_aside", "roster"]
    assert found.sheets[0].reason.startswith("其他月份(2026年8月)的名册") and found.sheets[0].set_aside == {
        "other_month": 5
    }
    assert found.lines is not None and set(found.lines["sheet"].to_pylist()) == {3}
    assert found.observed.select(["rule", "severity", "found"]).to_pylist() == [
        {"rule": "other_months", "severity": "warning", "found": "2026年8月、2026年9月"}
    ]


@pytest.mark.parametrize(
    "names", [("8月", "9月", "10月"), ("202608", "202609", "202610"), ("2026.8", "2026.9", "2026.10")]
)
def test_the_month_that_is_given_or_that_the_file_name_says_is_taken(names: tuple[str, ...]) -> None:
    """Sheets of other months mostly name the same people; they repeat nobody."""
    data = a_sheet_a_month(*names, title="-")
    assert read_roster(data, "2026年9月花名册.xlsx").facts.period == SEPTEMBER
    given = read_roster(data, "2026年9月花名册.xlsx", period=AUGUST)
    assert (given.facts.period, roles(given)) == (AUGUST, ["roster", "set_aside", "set_aside"])
    elsewhere = read_roster(data, "2026年11月花名册.xlsx").facts
    assert (elsewhere.period, elsewhere.other_periods) == (OCTOBER, {"file_name": NOVEMBER})


@pytest.mark.parametrize("name", ["宁波甲电子有限公司2026年花名册.xlsx", "2026/花名册.xlsx", "2026年/花名册.xlsx"])
def test_a_bare_month_takes_its_year_from_file_name_or_folder(name: str) -> None:
    assert read_roster(a_sheet_a_month("8月", "9月", title="-"), name).facts.period == SEPTEMBER


def test_a_bare_month_takes_its_year_from_the_day_of_filling_in() -> None:
    rows = [["填表日期：2027年1月4日"], HEADER, person(1)]
    assert read_roster(xlsx(("12月", rows)), "1.xlsx").facts.period == dt.date(2026, 12, 1)


def test_a_bare_month_without_any_year_is_none() -> None:
    found = read_roster(a_sheet_a_month("8月", "9月", title="-"), "花名册.xlsx")
    assert found.facts.period is None
    assert read_roster(a_sheet_a_month("8月", "9月", title="-"), "花名册.xlsx", period=AUGUST).facts.period == AUGUST


def test_a_title_that_was_copied_with_its_sheet_gives_way_to_the_sheets_names() -> None:
    found = read_roster(a_sheet_a_month("8月", "9月", title="8月"), "花名册.xlsx")
    assert (found.facts.period, roles(found)) == (SEPTEMBER, ["set_aside", "roster"])


def test_a_month_that_is_given_and_not_there_sets_nothing_aside() -> None:
    found = read_roster(a_sheet_a_month("8月", "9月"), "花名册.xlsx", period=NOVEMBER)
    assert (found.facts.period, found.facts.months, roles(found)) == (None, (AUGUST, SEPTEMBER), ["roster", "roster"])


def test_a_sheet_that_nobody_is_on_yet_is_no_month() -> None:
    data = xlsx(("10月", [["2026年10月"], HEADER, person(1)]), ("11月", [["2026年11月"], HEADER]))
    assert read_roster(data, "花名册.xlsx").facts.period == OCTOBER


def test_sheets_without_a_month_go_with_any() -> None:
    data = xlsx(("10月", [[TITLE], HEADER, person(1)]), ("派遣", [HEADER, person(2)]))
    found = read_roster(data, "花名册.xlsx")
    assert (found.facts.period, found.facts.months, roles(found)) == (OCTOBER, (), ["roster", "roster"])


def test_leavers_of_an_earlier_month_below_the_staff_stay_with_them() -> None:
    rows = [
        [TITLE],
        HEADER,
        person(1),
        person(2),
        [None],
        ["2026年9月离职人员"],
        [*HEADER, "离职日期"],
        [*person(3), "2026-09-30"],
    ]
    found = read_roster(xlsx(("花名册", rows)), "花名册.xlsx")
    assert (found.facts.period, found.facts.months) == (OCTOBER, ())
    assert found.lines is not None and found.lines.num_rows == 3


def test_an_extract_of_every_month_is_taken_whole() -> None:
    found = read_roster(a_sheet_a_month("8月", "9月"), "登记.xlsx", every_month=True)
    assert roles(found) == ["roster", "roster"]
