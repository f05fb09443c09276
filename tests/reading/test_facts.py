"""Employer, credit code, report month and kind from what stands round the table."""

from __future__ import annotations

import datetime as dt

import pytest
from roster_files import HEADER, person, xlsx

from clearbase.reading.facts import find_credit_code, find_employer
from clearbase.reading.file import read_roster
from clearbase.reading.periods import find_period

CODE = "91350100M000100Y43"
MARCH = dt.date(2026, 3, 1)


@pytest.mark.parametrize(
    "text",
    [
        "某某公司2026年3月花名册",
        "2026-03",
        "202603",
        "2026.3",
        "填报日期:2026-03-31",
        "2026/03",
        "花名册20260331",
        "2026年 03 月",
    ],
)
def test_period_forms(text: str) -> None:
    assert find_period([text]) == MARCH


@pytest.mark.parametrize("text", ["花名册", "2026年", "电话13820260312", "2026-13", "第202603150批", "3月"])
def test_no_period(text: str) -> None:
    assert find_period([text]) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("宁波某某电子有限公司2026年3月员工花名册(在职)", "宁波某某电子有限公司"),
        ("2026年3月宁波某某电子有限公司员工花名册", "宁波某某电子有限公司"),
        ("单位名称:北仑某某服装厂  填报日期:2026-03-31 单位:人", "北仑某某服装厂"),
        ("用人单位(盖章):", None),
        ("一公司", None),
        ("集团公司员工花名册", None),
        ("员工花名册", None),
    ],
)
def test_employer(text: str, name: str | None) -> None:
    assert find_employer([text]) == name


def test_credit_code_must_be_valid_and_no_identity_number() -> None:
    assert find_credit_code([f"统一社会信用代码:{CODE}"]) == CODE
    assert find_credit_code([CODE[:-1] + "4"]) is None
    assert find_credit_code(["330206199001011231"]) is None


def test_title_before_file_name_before_sheet_name() -> None:
    data = xlsx(("2026年1月", [["甲乙丙有限公司2026年3月离职人员"], HEADER, person(1)]))
    facts = read_roster(data, "丁戊己有限公司2026年2月在职.xlsx").facts
    assert (facts.employer_name, facts.period, facts.kind) == ("甲乙丙有限公司", MARCH, "leavers")
    assert facts.sources == {"employer_name": "title", "period": "title", "kind": "title"}
    facts = read_roster(xlsx(("2026年1月", [HEADER, person(1)])), "/x/丁戊己有限公司2026年2月新进.xlsx").facts
    assert (facts.employer_name, facts.period, facts.kind) == ("丁戊己有限公司", dt.date(2026, 2, 1), "joiners")
    assert set(facts.sources.values()) == {"file_name"}


def test_a_column_of_leave_dates_says_nothing_of_the_kind() -> None:
    data = xlsx(("Sheet1", [[*HEADER, "离职日期"], [*person(1), None]]))
    assert read_roster(data, "1.xlsx").facts.kind is None


def test_labels_and_values_in_cells_of_their_own() -> None:
    rows = [["企业名称：", None, "甲乙丙有限公司", "统一社会信用代码：", None, CODE], HEADER, person(1)]
    facts = read_roster(xlsx(("a", rows)), "1.xlsx").facts
    assert (facts.employer_name, facts.employer_uscc) == ("甲乙丙有限公司", CODE)


def test_a_column_counts_where_all_rows_agree() -> None:
    header = [*HEADER, "单位名称", "统一社会信用代码"]
    same = [header, [*person(1), "甲乙丙有限公司", CODE], [*person(2), "甲乙丙有限公司", CODE]]
    facts = read_roster(xlsx(("a", same)), "1.xlsx").facts
    assert (facts.employer_uscc, facts.sources["employer_uscc"]) == (CODE, "column")
    differing = [*same, [*person(3), "丁戊己有限公司", "91350100M000100Y44"]]
    facts = read_roster(xlsx(("a", differing)), "1.xlsx").facts
    assert facts.employer_uscc is None and facts.employer_name is None


def test_sheets_of_different_employers_are_a_conflict() -> None:
    data = xlsx(("一", [["甲乙丙有限公司"], HEADER, person(1)]), ("二", [["丁戊己有限公司"], HEADER, person(2)]))
    facts = read_roster(data, "x有限公司.xlsx").facts
    assert facts.employer_name is None and facts.sources["employer_name"] == "conflict"


def test_the_same_person_on_sheets_of_different_employers_repeats_nobody() -> None:
    data = xlsx(("一", [["甲乙丙有限公司"], HEADER, person(1)]), ("二", [["丁戊己有限公司"], HEADER, person(1)]))
    read = read_roster(data, "1.xlsx")
    assert [sheet.role for sheet in read.sheets] == ["roster", "roster"]
    assert read.facts.sources["employer_name"] == "conflict"


OTHER_CODE = "914403001922038216"


def sources_of(*sheets: tuple[str, list[list[object]]]) -> tuple[str | None, str | None]:
    facts = read_roster(xlsx(*sheets), "1.xlsx").facts
    return facts.employer_uscc, facts.sources.get("employer_uscc")


@pytest.mark.parametrize(
    "label",
    ["用工单位：", "用工单位名称（盖章）：", "派遣单位:", "劳务派遣单位统一社会信用代码：", "实际用工单位信用代码："],
)
def test_the_code_of_another_party_gives_way_and_contradicts_nobody(label: str) -> None:
    other = [label, f"某某有限公司 统一社会信用代码：{OTHER_CODE}"]
    assert sources_of(("a", [other, HEADER, person(1)])) == (OTHER_CODE, "other_party")
    own = ["填报单位：某某劳务派遣有限公司", f"统一社会信用代码：{CODE}"]
    assert sources_of(("a", [other, own, HEADER, person(1)])) == (CODE, "title")


@pytest.mark.parametrize("header", ["统一社会信用代码", "用工单位统一社会信用代码"])
def test_codes_of_lines_that_disagree(header: str) -> None:
    of_lines = [[*HEADER, header], [*person(1), CODE], [*person(2), OTHER_CODE]]
    others = header.startswith("用工")
    assert sources_of(("a", of_lines)) == (None, None if others else "conflict")
    title = [[f"统一社会信用代码：{CODE}"], [*HEADER, header], [*person(1), OTHER_CODE]]
    assert sources_of(("a", title)) == ((CODE, "title") if others else (None, "conflict"))


@pytest.mark.parametrize(("header", "source"), [("单位名称", "conflict"), ("用工单位", None)])
def test_names_of_lines_that_disagree(header: str, source: str | None) -> None:
    of_lines = [[*HEADER, header], [*person(1), "甲乙丙有限公司"], [*person(2), "丁戊己有限公司"]]
    facts = read_roster(xlsx(("a", of_lines)), "1.xlsx").facts
    assert (facts.employer_name, facts.sources.get("employer_name")) == (None, source)
