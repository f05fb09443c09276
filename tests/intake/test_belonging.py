"""Whose a file is: what was said goes before the folder, the folder before the title, the title before the rows."""

from __future__ import annotations

import datetime as dt

import pytest

from clearbase.errors import SetupError
from clearbase.given import Given, given_facts
from clearbase.intake.belonging import belonging, told_of_file
from clearbase.ledger.reporters import Authority
from clearbase.records import FileFacts

OWN, OTHER = "91350100M000100Y43", "914403001922038216"
KNOWN = {OWN: "宁波甲乙电子有限公司", OTHER: "宁波丙丁服装有限公司"}
MONTH = dt.date(2026, 10, 1)


def facts(**told: object) -> FileFacts:
    sources = {name: "title" for name, value in told.items() if value and name != "row_employers"}
    return FileFacts(period=MONTH, sources=sources | dict(told.pop("sources", {})), **told)  # type: ignore[arg-type, call-overload]


@pytest.mark.parametrize("given, folder", [(Given(OWN), None), (Given(), OWN)])
def test_a_title_that_disagrees_holds_what_only_a_folder_says(given: Given, folder: str | None) -> None:
    missing = "no_authority" if folder else None
    by_code = belonging(facts(employer_uscc=OTHER), given, folder, KNOWN)
    assert (by_code.employer_uscc, by_code.missing, by_code.disagrees) == (OWN, missing, OTHER)
    by_name = belonging(facts(employer_name="宁波丙丁服装有限公司"), given, folder, KNOWN)
    assert (by_name.missing, by_name.disagrees) == (missing, "宁波丙丁服装有限公司")
    nobody_knows = belonging(facts(employer_name="宁波戊己有限公司"), given, folder, KNOWN)
    assert (nobody_knows.missing, nobody_knows.disagrees) == (None, "宁波戊己有限公司")


@pytest.mark.parametrize("name", ["宁波甲乙电子有限公司", "宁波甲乙电子", "宁波甲乙电子有限公司 (北仑)"])
def test_a_short_form_of_the_own_name_disagrees_with_nobody(name: str) -> None:
    assert belonging(facts(employer_name=name), Given(OWN), None, KNOWN).disagrees is None


@pytest.mark.parametrize("told", [OTHER, "宁波丙丁服装有限公司", "宁波丙丁服装 有限公司"])
@pytest.mark.parametrize("given, folder", [(Given(OWN), None), (Given(), OWN)])
def test_rows_of_another_known_employer_hold_the_file(told: str, given: Given, folder: str | None) -> None:
    found = belonging(facts(row_employers=("宁波甲乙电子有限公司", told)), given, folder, KNOWN)
    assert (found.missing, found.unknown) == ("no_authority", ())


def test_rows_of_an_employer_that_nobody_knows_are_told() -> None:
    found = belonging(facts(row_employers=("宁波戊己有限公司", "总厂", "宁波甲乙电子")), Given(), OWN, KNOWN)
    assert (found.missing, found.unknown) == (None, ("宁波戊己有限公司",))


def test_where_nobody_can_be_asked_a_name_is_enough() -> None:
    assert belonging(facts(employer_name="宁波戊己有限公司"), Given(), None, None).missing is None
    assert belonging(facts(employer_name="宁波戊己有限公司"), Given(), None, KNOWN).missing == "employer_unknown"
    assert belonging(facts(), Given(), None, None).missing == "employer_missing"


def test_offline_rows_of_others_are_told_as_well() -> None:
    rows = ("宁波戊己有限公司", "总厂", "宁波甲乙电子", OTHER)
    by_title = belonging(facts(employer_name="宁波甲乙电子有限公司", row_employers=rows), Given(), None, None)
    assert (by_title.missing, by_title.unknown) == (None, ("宁波戊己有限公司", OTHER))
    assert belonging(facts(row_employers=rows[:1]), Given(OWN), None, None).unknown == rows[:1]


@pytest.mark.parametrize(
    ("code", "given", "name"),
    [
        (None, None, "宁波丙丁服装有限公司"),
        (OTHER, None, "宁波丙丁服装有限公司"),
        (OTHER, OWN, None),
        (None, OWN, None),
        (OWN, OWN, "宁波丙丁服装有限公司"),
    ],
)
def test_a_name_is_the_employer_s_only_where_it_stands_with_its_code(
    code: str | None, given: str | None, name: str | None
) -> None:
    told = facts(employer_uscc=code, employer_name="宁波丙丁服装有限公司")
    assert belonging(told, Given(given), None, None).employer_name == name
    assert belonging(told, Given(), given, None).employer_name == name


def test_rows_of_another_known_employer_hold_a_file_that_is_only_inferred() -> None:
    found = belonging(facts(employer_uscc=OWN, row_employers=("宁波丙丁服装有限公司",)), Given(), None, KNOWN)
    assert found.missing == "employer_conflict"


def test_title_and_file_name_that_differ_are_told() -> None:
    told = facts(employer_name="宁波甲乙电子有限公司")
    told.employer_in_file_name, told.other_periods = "宁波丙丁服装有限公司", {"file_name": dt.date(2026, 9, 1)}
    told.sources["period"] = "title"
    found = belonging(told, Given(), None, None)
    assert found.names == "标题“宁波甲乙电子有限公司”，文件名“宁波丙丁服装有限公司”"
    assert found.periods == "标题2026年10月，文件名2026年9月"
    rules = told_of_file(found, frozenset()).select(["rule", "severity"]).to_pylist()
    assert [(row["rule"], row["severity"]) for row in rules] == [
        ("employer_names_differ", "warning"),
        ("periods_differ", "warning"),
    ]
    told.employer_in_file_name = "宁波甲乙电子"
    settled = belonging(told, Given(period=MONTH), None, None)
    assert (settled.names, settled.periods) == (None, None), "a short form; a month that was said"


def test_a_month_that_no_sheet_is_of_holds_the_file() -> None:
    told = facts(employer_name="宁波甲乙电子有限公司")
    told.months = (dt.date(2026, 8, 1), dt.date(2026, 9, 1))
    assert belonging(told, Given(OWN, MONTH), None, KNOWN).missing == "period_not_there"
    assert belonging(told, Given(OWN, told.months[0]), None, KNOWN).missing is None


def test_without_a_word_of_its_kind_a_roster_is_full_and_with_two_it_is_held() -> None:
    assert belonging(facts(), Given(OWN), None, KNOWN).kind == "full"
    unclear = belonging(facts(sources={"kind": "conflict"}), Given(OWN), None, KNOWN)
    assert (unclear.kind, unclear.missing) == (None, "kind_unclear")
    assert belonging(facts(sources={"kind": "conflict"}), Given(OWN, None, "joiners"), None, KNOWN).missing is None


def test_what_is_typed_is_put_in_canonical_form_or_refused() -> None:
    assert given_facts("9135 0100-m000100y43", "2026-10") == Given(OWN, MONTH)
    with pytest.raises(SetupError) as told:
        given_facts("11010519491231002X", None)
    assert "1101" not in str(told.value), "an identity number in the wrong place is not told again"
    for code, month in (("123", None), (None, "2026-13"), (None, "10/2026")):
        with pytest.raises(SetupError):
            given_facts(code, month)


MAY = [Authority(OWN, OTHER, MONTH, dt.date(2026, 11, 1))]
OTHER_NAME = "宁波丙丁服装有限公司"


@pytest.mark.parametrize("given, folder", [(Given(OWN), None), (Given(), OWN)])
@pytest.mark.parametrize(
    "told",
    [
        {"employer_uscc": OTHER},
        {"employer_name": OTHER_NAME},
        {"employer_name": OTHER_NAME, "row_employers": (OTHER_NAME,)},
        {"row_employers": (OTHER, OTHER_NAME), "every_row_named": True},
    ],
)
def test_who_may_report_for_another_does(told: dict[str, object], given: Given, folder: str | None) -> None:
    found = belonging(facts(**told), given, folder, KNOWN, MAY)
    assert (found.employer_uscc, found.missing, found.disagrees) == (OTHER, None, None)
    assert found.reported_by == KNOWN[OWN]
    assert [row["rule"] for row in told_of_file(found, frozenset()).to_pylist()] == ["reported_for"]
    without = belonging(facts(**told), Given(), OWN, KNOWN)
    assert (without.employer_uscc, without.missing, without.reported_by) == (OWN, "no_authority", None)


@pytest.mark.parametrize(
    "told",
    [
        {"row_employers": (OTHER, OWN), "every_row_named": True},
        {"row_employers": (OTHER,)},  # some rows name nobody, and the title does not either
        {"employer_name": OTHER_NAME, "row_employers": (OTHER, "宁波戊己有限公司")},
        {"row_employers": (OTHER,), "every_row_named": True, "period": dt.date(2026, 9, 1)},
    ],
)
def test_a_mixed_file_or_another_month_is_held_whatever_the_authority(told: dict[str, object]) -> None:
    month = told.pop("period", MONTH)
    given = Given(period=month)  # type: ignore[arg-type]
    found = belonging(facts(**told), given, OWN, KNOWN, MAY)
    assert (found.employer_uscc, found.missing) == (OWN, "no_authority")
