"""The kind of a roster, from the words round its table and from what every line says of itself."""

from __future__ import annotations

import pytest
from roster_files import HEADER, person, xlsx

from clearbase.reading.file import read_roster
from clearbase.reading.kinds import find_kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("XX公司在职员工花名册", "full"),
        ("新进员工花名册", "joiners"),
        ("增员表", "joiners"),
        ("3月离职人员", "leavers"),
        ("减员名单", "leavers"),
        ("退工备案表", "leavers"),
        ("台账", "full"),
        ("入职离职统计", "changes"),
        ("入职离职人员变动表", "changes"),
        ("员工入离职登记表", "changes"),
        ("3月增减员表", "changes"),
        ("人员变动情况表", "changes"),
        ("员工异动花名册", "changes"),
        ("员工入职离职花名册", "changes"),
        ("在职、入职、离职人员表", "full"),
        ("员工花名册 本月入职3人 离职2人", "full"),
        ("员工花名册(含变动情况)", "full"),
        ("新进员工3人名单", "joiners"),
        ("注：入离职时间不是这个月的请勿填写", None),
        ("3月员工花名册(更正)", "correction"),
        ("更正表", "correction"),
        ("员工名单_修正版", "correction"),
        ("3月补报花名册", "full"),
        ("修正药业花名册", "full"),
        ("花名册有误请更正", "full"),
        ("离职人员更正表", "leavers"),
        ("Sheet1", None),
    ],
)
def test_kind(text: str, kind: str | None) -> None:
    assert find_kind([text]) == kind


def test_joiners_and_leavers_in_one_list_leave_the_kind_open() -> None:
    facts = read_roster(xlsx(("Sheet1", [["入职离职人员变动表"], HEADER, person(1), person(2)])), "花名册.xlsx").facts
    assert (facts.kind, facts.sources["kind"]) == (None, "conflict")
    facts = read_roster(xlsx(("入离职", [HEADER, person(1)]), ("在职", [HEADER, person(2)])), "1.xlsx").facts
    assert (facts.kind, facts.sources["kind"]) == (None, "conflict")


@pytest.mark.parametrize(("second", "kind"), [("离职", "changes"), ("新增", "joiners"), ("", None), ("转岗", None)])
def test_a_column_that_tells_joiners_from_leavers_settles_it(second: str, kind: str | None) -> None:
    rows = [["入职离职人员变动表"], [*HEADER, "变动类型"], [*person(1), "新增"], [*person(2), second]]
    facts = read_roster(xlsx(("Sheet1", rows)), "1.xlsx").facts
    assert (facts.kind, facts.sources["kind"]) == (kind, "column" if kind else "conflict")


def test_a_sheet_of_joiners_and_one_of_leavers_settle_it() -> None:
    read = read_roster(xlsx(("新进人员", [HEADER, person(1)]), ("离职人员", [HEADER, person(2)])), "1.xlsx")
    assert read.lines is not None and read.lines["report_kind"].to_pylist() == ["新增", "离职"]
    assert (read.facts.kind, read.facts.sources["kind"]) == ("changes", "column")


@pytest.mark.parametrize(
    ("column", "cells", "kind"),
    [
        ("离职日期", ["2026-03-05", None], "changes"),
        ("离职日期", [None, None], None),
        ("在职状态", ["离职", "在职"], "changes"),
        ("在职状态", ["离职", None], None),
    ],
)
def test_a_list_of_changes_is_taken_where_each_line_says_which_it_is(
    column: str, cells: list[str | None], kind: str | None
) -> None:
    rows = [["2026年3月人员变动表"], [*HEADER, column], *([*person(n), cell] for n, cell in enumerate(cells))]
    facts = read_roster(xlsx(("Sheet1", rows)), "1.xlsx").facts
    assert (facts.kind, facts.sources["kind"]) == (kind, "title" if kind else "conflict")


@pytest.mark.parametrize(
    ("column", "cells", "kind"),
    [
        ("离职日期", ["2026-03-05", "2026-03-06"], "leavers"),
        ("离职日期", ["2026-03-05", "至今"], None),
        ("在职状态", ["离职", "已离职"], "leavers"),
        ("在职状态", ["在职", "在职"], None),
    ],
)
def test_without_a_word_a_list_of_which_all_have_left_is_one_of_leavers(
    column: str, cells: list[str | None], kind: str | None
) -> None:
    rows = [[*HEADER, column], *([*person(n), cell] for n, cell in enumerate(cells))]
    facts = read_roster(xlsx(("Sheet1", rows)), "1.xlsx").facts
    assert (facts.kind, facts.sources.get("kind")) == (kind, "content" if kind else None)


@pytest.mark.parametrize(("file", "kind"), [("1.xlsx", None), ("花名册.xlsx", "full")])
def test_one_sheet_of_leavers_makes_no_leavers_of_the_others(file: str, kind: str | None) -> None:
    read = read_roster(xlsx(("正式工", [HEADER, person(1)]), ("离职", [HEADER, person(2)])), file)
    assert read.lines is not None and read.lines["report_kind"].to_pylist() == [None, "离职"]
    assert read.facts.kind == kind


def test_a_file_that_is_called_a_correction_is_one_whatever_the_title_calls_the_roster() -> None:
    facts = read_roster(xlsx(("Sheet1", [["3月员工花名册"], HEADER, person(1)])), "花名册_更正.xlsx").facts
    assert (facts.kind, facts.sources["kind"]) == ("correction", "file_name")
