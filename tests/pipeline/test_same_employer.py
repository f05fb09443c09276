"""Rows without a usable number beside what the same employer said before: a rule joins where nothing contradicts."""

from __future__ import annotations

from pathlib import Path

import pytest
from rosters import EMPLOYER, OTHER_EMPLOYER, roster
from sending import Base
from test_weighing import HEADER, ZHANG, Row, asked, cells, number, register, somebody

from clearbase.given import Given
from clearbase.identity.model import load_model
from clearbase.intake.discover import waiting_files
from clearbase.pipeline.run import ingest

OFFICE = "0574-86780000"
ELSEWHERE = {
    "household_address": "四川省绵阳市三台县芦溪镇五里村8组82号",
    "current_address": "镇海区招宝山街道城河路9号2幢303室",
}


def send(base: Base, month: str, *rows: Row, employer: str = EMPLOYER, kind: str = "full") -> list[tuple[int, str]]:
    """Person and rule of each row of a file, in its order."""
    assert base.send([cells(row) for row in rows], month, kind, header=HEADER, employer=employer) == "published"
    told = asked(
        base,
        """SELECT person_id, rule FROM identity.line_person
        WHERE submission_id = (SELECT max(submission_id) FROM intake.submission) ORDER BY line_id""",
    )
    return [(int(str(person)), str(rule)) for person, rule in told]


def test_a_namesake_on_the_office_phone_stays_himself(base: Base) -> None:
    zhang = somebody("1", phone="13800138000")
    namesake = somebody("2", id_number="510723********1003", birth_date="1985-01-01", phone="13800138000", **ELSEWHERE)
    ((one, _),) = send(base, "2026-01", zhang)
    (again, other) = send(base, "2026-02", zhang, namesake)
    assert again[0] == one and other[0] != one
    # Next month he is whom he was, and Zhang without a number is not he.
    (third, lost) = send(base, "2026-03", namesake, {**zhang, "id_number": ""})
    assert third == (other[0], "same_employer") and lost == (one, "without_number_by_weight")


def test_rows_of_one_file_that_differ_are_not_joined_by_a_rule(base: Base) -> None:
    born = somebody("1", id_number="")
    masked = {**born, "id_number": "510723********1003", "phone": "13900002222", **ELSEWHERE}
    first = send(base, "2026-01", born, masked)
    assert first[0][0] != first[1][0]
    assert [person for person, _ in send(base, "2026-02", masked, born)] == [first[1][0], first[0][0]]
    bare = {"birth_date": "", "household_address": "", "current_address": "", "phone": OFFICE, "name": "赵建军"}
    rows = [
        somebody("a", id_number="", **bare),
        somebody("b", id_number="", **bare | {"sex": "女"}),
        somebody("c", id_number="510723********1003", **bare),
    ]
    one = send(base, "2026-01", *rows, employer=OTHER_EMPLOYER)
    assert len({person for person, _ in one}) == 3
    again = send(base, "2026-02", *reversed(rows), employer=OTHER_EMPLOYER)
    assert [person for person, _ in reversed(again)] == [person for person, _ in one]


@pytest.mark.parametrize(
    ("says", "is_he"),
    [
        ({}, True),
        ({"birth_date": ""}, True),
        ({"phone": "13900001111"}, True),
        ({"phone": "13900001111", "household_address": "", "current_address": ""}, True),
        ({"id_number": f"{ZHANG[:6]}********{ZHANG[14:]}", "birth_date": ""}, True),
        ({"sex": "女"}, False),
        ({"birth_date": "1985-01-01"}, False),
        ({"id_number": "510723********1003"}, False),
        ({"phone": "13900001111", **ELSEWHERE}, False),
    ],
)
def test_a_rule_joins_only_what_nothing_contradicts(base: Base, says: dict[str, str], is_he: bool) -> None:
    ((one, _),) = send(base, "2026-01", somebody("1"))
    lost = somebody("2", **{"id_number": ""} | says)
    ((person, rule),) = send(base, "2026-02", lost)
    assert (rule == "same_employer") == is_he
    if is_he:
        assert person == one
    # Whoever it was, the same row is the same person next month, and no second case.
    cases = asked(base, "SELECT person_id, candidate_person_id FROM identity.review_case")
    assert send(base, "2026-03", lost)[0][0] == person
    assert asked(base, "SELECT person_id, candidate_person_id FROM identity.review_case") == cases


def test_a_phone_that_several_share_tells_nobody(base: Base) -> None:
    office = {"phone": "13800138000"}
    bare = {"birth_date": "", "household_address": "", "current_address": ""}
    wang = somebody("2", name="王建国", id_number=number("34122619850101003"), birth_date="1985-01-01", **office)
    lost = somebody("3", id_number="", **office, **bare)
    ((one, _), _) = send(base, "2026-01", somebody("1", **office), wang)
    # Neither where the row stands alone in its file, nor beside the other.
    ((person, rule),) = send(base, "2026-02", lost, kind="joiners")
    assert (person != one, rule != "same_employer") == (True, True)
    assert [c for (c,) in asked(base, "SELECT candidate_person_id FROM identity.review_case")] == [one]
    assert send(base, "2026-03", wang, lost)[1] == (person, "same_employer")
    assert len(asked(base, "SELECT FROM identity.review_case")) == 1


def test_months_that_come_together_are_as_if_they_came_one_by_one(base: Base, tmp_path: Path) -> None:
    whole, lost = somebody("1"), somebody("2", id_number="", current_address="")
    months = [[whole], [lost], [{**lost, "phone": "13900001111"}, {**lost, "sex": "女", **ELSEWHERE}]]
    files = [
        roster(
            tmp_path / f"2026-0{n}" / EMPLOYER / f"2026年{n}月在职花名册.xlsx",
            [cells(row) for row in rows],
            header=HEADER,
        )
        for n, rows in enumerate(months, 1)
    ]
    ingest(base.settings, base.database, waiting_files(files).files, Given(EMPLOYER, None, "full"), lambda *_: None)
    told = asked(base, "SELECT person_id, rule FROM identity.line_person ORDER BY line_id")
    assert [person for person, _ in told[:3]] == [told[0][0]] * 3 and told[3][0] != told[0][0]
    assert {rule for _, rule in told[1:3]} == {"same_employer"}


def test_two_of_one_name_who_both_may_be_meant_are_weighed(base: Base) -> None:
    """Both were born on one day; the row's masked number and room are one's, and the weights see it."""
    other = somebody("2", id_number=number("51072319900307101"), phone="13900002222", **ELSEWHERE)
    one, _ = send(base, "2026-01", somebody("1"), other)
    lost = somebody("3", id_number=f"{ZHANG[:6]}********{ZHANG[14:]}", phone="")
    ((person, rule),) = send(base, "2026-02", lost)
    assert (person, rule) == (one[0], "masked_number_by_weight")
    ((model,),) = asked(base, "SELECT DISTINCT model FROM ledger.identity_decision WHERE model IS NOT NULL")
    assert model == load_model().version


def test_what_contradicts_is_looked_for_in_the_registry_and_at_other_employers(base: Base) -> None:
    """The employer never said a number of either; the weights have joined them with those who have one."""
    li = somebody("l", name="李秀英", id_number=number("33020619850101002"), sex="女", birth_date="1985-01-01",
                  phone="13900001111", current_address="北仑区小港街道红联路5号")  # fmt: skip
    register(base, somebody("zhang"))
    send(base, "2026-01", li, employer=OTHER_EMPLOYER)
    lost = [{**row, "id_number": ""} for row in (somebody("1"), li)]
    first = send(base, "2026-01", *lost)
    assert {rule for _, rule in first} == {"without_number_by_weight"}
    masked = [{**row, "id_number": "510723********1003"} for row in lost]
    assert "same_employer" not in {rule for _, rule in send(base, "2026-02", *masked)}
    again = [{**row, "birth_date": ""} for row in lost]
    assert send(base, "2026-03", *again) == [(person, "same_employer") for person, _ in first]
