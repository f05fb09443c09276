"""Acts of people about persons: told apart, taken back, contradicted; and what is sent after them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from rosters import EMPLOYER, OTHER_EMPLOYER, PEOPLE
from sending import Base
from sqlalchemy import text

from clearbase.district.employers import credit_code
from clearbase.errors import RequestError
from clearbase.pipeline.explain import explain
from clearbase.pipeline.persons import (
    confirm_act,
    merge_persons,
    newest_act,
    part_persons,
    split_person,
    undo_act,
)
from clearbase.pipeline.rebuild import rebuild_and_compare
from clearbase.pipeline.registry import load_registry
from clearbase.pipeline.verify import verify

WHY = "the papers were looked at"
LINES = "SELECT person_id, candidate_person_id, rule FROM identity.line_person ORDER BY line_id"
OTHER_NAME = ["李四光", *PEOPLE[0][1:]]  # the first worker's number under another name


def asked(base: Base, sql: str) -> list[Any]:
    with base.database.loader.connect() as connection:
        return [tuple(row) for row in connection.execute(text(sql))]


def persons_of(base: Base, submission: int) -> list[int]:
    lines = f"SELECT person_id FROM identity.line_person WHERE submission_id = {submission} ORDER BY line_id"
    return [row[0] for row in asked(base, lines)]


def sound(base: Base) -> bool:
    differing = [told.table for told in rebuild_and_compare(base.database) if not told.is_same]
    broken = [(finding.says, finding.examples) for finding in verify(base.database) if finding.broken]
    assert (differing, broken) == ([], [])
    return True


def state(base: Base) -> dict[str, list[Any]]:
    """All that people's decisions are to give back when they are taken back."""
    queries = {
        "lines": LINES,
        "records": "SELECT record_id, person_id FROM identity.record_person ORDER BY 1",
        "tokens": "SELECT number, name, person_id, candidate_person_id FROM identity.person_token ORDER BY 1, 2",
        "cases": "SELECT person_id, candidate_person_id, rule FROM identity.review_case ORDER BY 1",
        "negatives": "SELECT person_id, other_person_id FROM identity.negative ORDER BY 1, 2",
        "spells": """SELECT person_id, employer_uscc, valid_from, valid_to, first_line_id FROM warehouse.fact_employment
                     WHERE known_to = 'infinity' ORDER BY 1, 2, 3""",
        "matches": """SELECT person_id, state, valid_from, valid_to FROM warehouse.fact_match
                      WHERE known_to = 'infinity' ORDER BY 1, 3""",
        "headcounts": "SELECT * FROM mart.headcount_month ORDER BY 1, 2",
    }
    return {what: asked(base, sql) for what, sql in queries.items()}


def alerts(base: Base) -> list[str]:
    told = [warning for finding in verify(base.database) for warning in finding.warnings]
    return [warning for warning in told if "contradicts" in warning or "hold apart" in warning]


@pytest.fixture
def in_review(base: Base) -> tuple[int, int]:
    """Who bears the first worker's number under another name, and that worker."""
    assert base.send(PEOPLE[:2], "2026-01") == "published"
    assert base.send([OTHER_NAME, *PEOPLE[:2]], "2026-02") == "published"
    ((provisional, candidate),) = asked(base, "SELECT person_id, candidate_person_id FROM identity.review_case")
    return provisional, candidate


def test_who_is_told_apart_is_a_person_of_his_own_and_stays_so(base: Base, in_review: tuple[int, int]) -> None:
    one, other = in_review
    assert base.headcounts() == [2, 2], "who is in review is not counted beside the one that he may be"
    before = state(base)
    told = part_persons(base.database, other, one, "", "test", commit=False)
    assert state(base) == before, "a preview changes nothing"
    done = part_persons(base.database, other, one, WHY, "test", commit=True)
    assert done == told and done.person_id == one and done.lines == 1
    assert base.headcounts() == [3, 3], "all were hired long before"
    assert asked(base, "SELECT count(*) FROM identity.review_case") == [(0,)]
    assert asked(base, "SELECT person_id, other_person_id FROM identity.negative ORDER BY 1") == sorted(
        [(one, other), (other, one)]
    )
    states = f"SELECT state FROM warehouse.fact_match WHERE person_id = {one} AND known_to = 'infinity'"
    assert asked(base, states) == [("not_registered",)]
    assert sound(base)
    assert base.send([OTHER_NAME, *PEOPLE[:2]], "2026-03") == "published"
    assert persons_of(base, 3)[0] == one and base.headcounts() == [3, 3, 3]
    assert asked(base, "SELECT count(*) FROM identity.review_case") == [(0,)]
    assert sound(base)
    undone = undo_act(base.database, done.act, WHY, "test", commit=True)
    assert undone.lines == 2, "his row of March is in review again, too"
    assert asked(base, "SELECT person_id, candidate_person_id FROM identity.review_case") == [(one, other)]
    assert base.headcounts() == [2, 2, 2] and sound(base)


def test_nobody_is_told_apart_who_is_not_in_review(base: Base, in_review: tuple[int, int]) -> None:
    one, other = in_review
    third = persons_of(base, 1)[1]
    with pytest.raises(RequestError, match="two already"):
        part_persons(base.database, other, third, WHY, "test", commit=True)
    with pytest.raises(RequestError, match="no person 4711"):
        part_persons(base.database, one, 4711, WHY, "test", commit=True)
    with pytest.raises(RequestError, match="say why"):
        part_persons(base.database, one, other, "", "test", commit=True)
    with pytest.raises(RequestError, match="nothing to take back"):
        newest_act(base.database, one)
    with pytest.raises(RequestError, match="no act A99"):
        undo_act(base.database, 99, WHY, "test", commit=True)


@pytest.mark.parametrize("kind", ["merge", "split", "apart"])
def test_what_is_taken_back_is_as_it_was(base: Base, in_review: tuple[int, int], kind: str) -> None:
    one, other = in_review
    before = state(base)
    second = asked(base, f"SELECT max(line_id) FROM identity.line_person WHERE person_id = {other}")[0][0]
    act = {
        "merge": lambda: merge_persons(base.database, one, other, WHY, "test", commit=True),
        "split": lambda: split_person(base.database, other, [second], WHY, "test", commit=True),
        "apart": lambda: part_persons(base.database, one, other, WHY, "test", commit=True),
    }[kind]()
    assert state(base) != before and sound(base)
    assert newest_act(base.database, other) == act.act
    told = undo_act(base.database, act.act, WHY, "test", commit=False)
    done = undo_act(base.database, act.act, WHY, "test", commit=True)
    assert told == done and state(base) == before and sound(base)
    with pytest.raises(RequestError, match="taken back already"):
        undo_act(base.database, act.act, WHY, "test", commit=True)
    with pytest.raises(RequestError, match=f"answers A{act.act}"):
        undo_act(base.database, done.act, WHY, "test", commit=True)
    with pytest.raises(RequestError, match="nothing to take back"):
        newest_act(base.database, other)


def test_acts_about_a_person_are_taken_back_the_newest_first(base: Base, in_review: tuple[int, int]) -> None:
    one, other = in_review
    before = state(base)
    first = part_persons(base.database, one, other, WHY, "test", commit=True)
    third = persons_of(base, 1)[1]
    second = merge_persons(base.database, one, third, WHY, "test", commit=True)
    with pytest.raises(RequestError, match=rf"A{first.act} cannot be .* A{second.act} \(.*Take that back first"):
        undo_act(base.database, first.act, WHY, "test", commit=True)
    assert newest_act(base.database, one) == second.act
    for act in (second, first):
        undo_act(base.database, act.act, WHY, "test", commit=True)
    assert state(base) == before and sound(base)


def test_a_negative_goes_with_the_rows_of_its_persons(base: Base, in_review: tuple[int, int]) -> None:
    one, other = in_review
    third = persons_of(base, 1)[1]
    part_persons(base.database, one, other, WHY, "test", commit=True)
    merged = merge_persons(base.database, one, third, WHY, "test", commit=True)
    keep = merged.person_id
    assert keep == min(one, third) and not merged.contradicts
    pairs = "SELECT person_id, other_person_id FROM identity.negative ORDER BY 1"
    assert asked(base, pairs) == sorted([(keep, other), (other, keep)]) and sound(base)
    own = asked(base, f"SELECT line_id FROM identity.line_person WHERE person_id = {keep} ORDER BY 1")
    others = [line for (line,) in own if line != keep and line // 2**24 == 2]
    split = split_person(base.database, keep, others, WHY, "test", commit=True)
    assert (split.person_id, other) in asked(base, pairs) and (split.person_id, keep) in asked(base, pairs)
    assert sound(base)


def test_what_contradicts_an_earlier_decision_is_told_and_waits_for_a_look(
    base: Base, in_review: tuple[int, int]
) -> None:
    one, other = in_review
    parted = part_persons(base.database, one, other, WHY, "test", commit=True)
    assert alerts(base) == []
    told = merge_persons(base.database, one, other, WHY, "test", commit=False)
    assert told.contradicts.startswith(f"A{parted.act} (P{one} is not P{other}; test, 20")
    merged = merge_persons(base.database, one, other, WHY, "test", commit=True)
    cases = "SELECT act, contradicts FROM identity.conflict_case ORDER BY 1"
    assert asked(base, cases) == [(merged.act, parted.act)]
    (alert,) = alerts(base)
    assert alert.startswith(f"act A{merged.act}: contradicts A{parted.act} ") and sound(base)
    apart = split_person(base.database, other, [one], WHY, "test", commit=True)
    assert apart.contradicts.startswith(f"A{merged.act} (") and apart.person_id == one
    assert asked(base, cases) == [(merged.act, parted.act), (apart.act, merged.act)]
    confirm_act(base.database, apart.act, WHY, "test")
    with pytest.raises(RequestError, match="no open case"):
        confirm_act(base.database, apart.act, WHY, "test")
    assert asked(base, cases) == [(merged.act, parted.act)] and sound(base)
    undo_act(base.database, apart.act, WHY, "test", commit=True)
    undo_act(base.database, merged.act, WHY, "test", commit=True)
    assert asked(base, cases) == [] and sound(base)


def test_a_newer_record_of_one_that_bears_number_and_name_of_the_other_is_asked_about(
    base: Base, in_review: tuple[int, int], tmp_path: Path
) -> None:
    one, other = in_review

    def registered(name: str, told: str) -> list[Any]:
        extract = tmp_path / f"{told}.csv"
        row = f"1,{name},{PEOPLE[0][1]},{told},有效"
        extract.write_text(f"登记编号,姓名,公民身份号码,登记日期,登记状态\n{row}\n")
        load_registry(base.settings, base.database, extract)
        return [row[0] for row in asked(base, "SELECT person_id FROM identity.record_person WHERE current")]

    cases = "SELECT person_id, candidate_person_id, rule FROM identity.review_case"
    part_persons(base.database, one, other, WHY, "test", commit=True)
    assert registered(OTHER_NAME[0], "2026-02-01") == [one]
    assert asked(base, cases) == [] and asked(base, "SELECT FROM audit.event WHERE action = 'alert'") == []
    (third,) = registered(PEOPLE[0][0], "2026-03-01")
    assert asked(base, cases) == [(third, other, "record_of_another")] and third not in (one, other)
    assert len(asked(base, "SELECT FROM audit.event WHERE action = 'alert'")) == 1 and sound(base)
    assert registered(PEOPLE[0][0], "2026-04-01") == [third], "the version before said so already"
    assert asked(base, cases) == [(third, other, "record_of_another")]
    merge_persons(base.database, third, other, WHY, "test", commit=True)
    assert asked(base, cases) == [] and asked(base, "SELECT FROM identity.conflict_case") == [] and sound(base)


def test_a_record_of_another_that_people_give_to_a_third_is_decided(base: Base, tmp_path: Path) -> None:
    """Number and name of one are borne by a record of which people say that it is another's."""
    extract = tmp_path / "r.csv"
    head = "登记编号,姓名,公民身份号码,登记日期,登记状态"
    first, second = (f"{no},{who[0]},{who[1]},2026-01-01,有效" for no, who in enumerate(PEOPLE[:2], 1))
    extract.write_text("\n".join([head, first, second, ""]))
    load_registry(base.settings, base.database, extract)
    extract.write_text("\n".join([head, "1" + second[1:], ""]))
    load_registry(base.settings, base.database, extract)
    (one,), (_,), (third,) = asked(base, "SELECT person_id FROM identity.record_person ORDER BY record_id")
    merge_persons(base.database, one, third, WHY, "test", commit=True)
    assert asked(base, "SELECT FROM identity.review_case") == [] and sound(base)


@pytest.mark.parametrize("taken", ["who goes on", "who was merged"])
def test_a_split_that_takes_off_either_side_of_a_merge_contradicts_it(base: Base, taken: str) -> None:
    wrong = [PEOPLE[0][0], "33020419900307101X", *PEOPLE[0][2:]]
    for month, people in (("2026-01", [PEOPLE[0]]), ("2026-02", [PEOPLE[0]]), ("2026-03", [wrong])):
        assert base.send(people, month, "joiners" if month == "2026-03" else "full") == "published"
    (one,), (other,) = persons_of(base, 2), persons_of(base, 3)
    merged = merge_persons(base.database, one, other, WHY, "test", commit=True)
    assert base.send([PEOPLE[0]], "2026-04", "joiners") == "published"
    own, since = 2 * 2**24 + 1, 4 * 2**24 + 1
    told = split_person(base.database, one, [since], WHY, "test", commit=False)
    assert told.contradicts == "", "what came since is of no side of it"
    split = split_person(base.database, one, [own if taken == "who goes on" else other], WHY, "test", commit=True)
    assert split.contradicts.startswith(f"A{merged.act} (")
    assert asked(base, "SELECT act, contradicts FROM identity.conflict_case") == [(split.act, merged.act)]
    again = split_person(base.database, one, [since], WHY, "test", commit=False)
    assert again.contradicts == "" and len(alerts(base)) == 1 and sound(base)


def test_what_came_since_a_merge_goes_back_with_the_number_that_it_bears(base: Base) -> None:
    wrong = [PEOPLE[0][0], "33020419900307101X", *PEOPLE[0][2:]]
    for month, people in (("2026-01", [PEOPLE[0]]), ("2026-02", [wrong])):
        assert base.send(people, month) == "published"
    (one,), (other,) = persons_of(base, 1), persons_of(base, 2)
    merged = merge_persons(base.database, one, other, WHY, "test", commit=True)
    assert base.send([wrong], "2026-03") == "published"
    assert persons_of(base, 3) == [one]
    undo_act(base.database, merged.act, WHY, "test", commit=True)
    assert (persons_of(base, 1), persons_of(base, 2), persons_of(base, 3)) == ([one], [other], [other])
    assert base.send([wrong], "2026-04") == "published"
    assert persons_of(base, 4) == [other] and sound(base)


def test_who_is_asked_about_since_a_merge_is_asked_about_beside_whose_number_he_bears(base: Base) -> None:
    wrong = [PEOPLE[0][0], "33020419900307101X", *PEOPLE[0][2:]]
    for month, people in (("2026-01", [PEOPLE[0]]), ("2026-02", [wrong])):
        assert base.send(people, month) == "published"
    (one,), (other,) = persons_of(base, 1), persons_of(base, 2)
    merged = merge_persons(base.database, one, other, WHY, "test", commit=True)
    elsewhere = ["", "", "", "", "宁波分公司"]
    borrowed = [["李四光", wrong[1], *elsewhere], ["陈六顺", PEOPLE[0][1], *elsewhere]]
    assert base.send(borrowed, "2026-03", employer=OTHER_EMPLOYER) == "published"
    cases = "SELECT person_id, candidate_person_id FROM identity.review_case ORDER BY person_id"
    (first, second), may_be = zip(*asked(base, cases), strict=True)
    assert may_be == (one, one)
    undo_act(base.database, merged.act, WHY, "test", commit=True)
    assert asked(base, cases) == [(other, one), (first, other), (second, one)], "the number of each is whose it was"
    assert sound(base)


def test_who_is_asked_about_beside_who_was_split_off_is_asked_about_beside_whom_he_goes_back_to(base: Base) -> None:
    one, other = split_by_employer(base)
    newest = newest_act(base.database, one)
    borrowed = ["李四光", PEOPLE[0][1], *PEOPLE[0][2:]]
    assert base.send([borrowed], "2026-02", employer=OTHER_EMPLOYER) == "published"
    assert len(asked(base, "SELECT * FROM identity.review_case")) == 1
    undo_act(base.database, newest, WHY, "test", commit=True)
    assert asked(base, "SELECT candidate_person_id FROM identity.review_case") == [(one,)]
    assert other not in {row[0] for row in asked(base, "SELECT person_id FROM identity.line_person")} and sound(base)


def split_by_employer(base: Base) -> tuple[int, int]:
    """One number and name at two employers, of whom people say that they are two."""
    assert base.send([PEOPLE[0]], "2026-01") == "published"
    assert base.send([PEOPLE[0]], "2026-01", employer=OTHER_EMPLOYER) == "published"
    ((one,), (line,)) = persons_of(base, 1), asked(base, "SELECT max(line_id) FROM identity.line_person")[0]
    return one, split_person(base.database, one, [line], WHY, "test", commit=True).person_id


def test_one_number_and_name_of_two_persons_is_told_by_its_employer(base: Base) -> None:
    one, other = split_by_employer(base)
    for employer, person in ((EMPLOYER, one), (OTHER_EMPLOYER, other)):
        assert base.send([PEOPLE[0]], "2026-02", employer=employer) == "published"
        newest = asked(base, "SELECT person_id, rule FROM identity.line_person ORDER BY line_id DESC LIMIT 1")
        assert newest == [(person, "number_and_employer")]
    assert alerts(base) == [] and sound(base)


def test_one_number_and_name_of_two_persons_elsewhere_is_asked_about(base: Base, tmp_path: Path) -> None:
    one, _ = split_by_employer(base)
    third = credit_code("00000077")
    for month in ("2026-02", "2026-03"):
        assert base.send([PEOPLE[0]], month, employer=third) == "published"
    newest = asked(base, "SELECT person_id, candidate_person_id, rule FROM identity.line_person ORDER BY line_id DESC")
    assert newest[0] == newest[1] == (3 * 2**24 + 1, one, "number_held_apart"), "one case, not one a month"
    (alert,) = alerts(base)
    assert alert.startswith("submission 3: 1 rows bear number and name")
    assert sound(base)
    extract = tmp_path / "registry.csv"
    name, number = PEOPLE[0][:2]
    extract.write_text(f"登记编号,姓名,公民身份号码,登记日期,登记状态\n1,{name},{number},2024-01-01,有效\n")
    load_registry(base.settings, base.database, extract)
    cases = asked(base, "SELECT candidate_person_id, rule FROM identity.review_case ORDER BY person_id")
    assert cases == [(one, "number_held_apart")] * 2 and len(alerts(base)) == 2
    assert sound(base)


def test_an_old_file_sent_again_says_of_whom_people_have_decided(base: Base) -> None:
    """Without a number nothing but the row itself tells it again."""
    lost = [PEOPLE[0][0], "330204198502039000", "男", "13900139009", "", "", PEOPLE[0][-1]]
    for month, people in (("2026-01", [lost, PEOPLE[1]]), ("2026-02", PEOPLE[:2])):
        assert base.send(people, month) == "published"
    first, real = persons_of(base, 1)[0], persons_of(base, 2)[0]
    keep = merge_persons(base.database, first, real, WHY, "test", commit=True).person_id
    split = split_person(base.database, keep, [2 * 2**24 + 1], WHY, "test", commit=True)
    assert base.send([*PEOPLE[:2], PEOPLE[2]], "2026-02") == "published"
    assert persons_of(base, 3)[:2] == [split.person_id, persons_of(base, 2)[1]]
    assert base.send([lost, PEOPLE[1], PEOPLE[2]], "2026-01") == "published"
    assert persons_of(base, 4)[0] == keep
    assert sound(base)


def test_all_that_was_decided_is_explained_without_a_name(base: Base, in_review: tuple[int, int]) -> None:
    one, other = in_review
    act = part_persons(base.database, one, other, WHY, "test", commit=True).act
    undo_act(base.database, act, WHY, "test", commit=True)
    act = part_persons(base.database, one, other, WHY, "test", commit=True).act

    def told(what: str) -> dict[str, Sequence[Any]]:
        with base.database.loader.connect() as connection:
            return dict(explain(connection, what))

    row = told("2/1/2")
    (whole,) = (rows for title, rows in row.items() if title.startswith("all that"))
    assert [(r["verdict"], r["act"]) for r in whole] == [
        ("unsure", None),
        ("different", f"A{act - 2}"),
        ("unsure", f"A{act - 1}"),
        ("different", f"A{act}"),
    ]
    person = told(f"P{one}")
    (apart,) = (rows for title, rows in person.items() if title.startswith("held apart"))
    assert [tuple(r) for r in apart] == [(f"P{other}", f"A{act}")]
    (acts,) = (rows for title, rows in person.items() if title.startswith("what people"))
    assert [(r["state"], r["why"]) for r in acts] == [("taken back", WHY), (None, WHY), ("holds", WHY)]
    assert acts[0]["what"] == f"认定为两人 P{one} is not P{other}" and acts[1]["what"] == f"撤销 takes back A{act - 2}"
    (reasons,) = (rows for title, rows in person.items() if title.startswith("what the rules"))
    assert [r["reason"] for r in reasons] == [
        "人工认定不是候选人",
        "a person decided that it is not who it may have been",
    ]
    assert PEOPLE[0][0] not in str(person) + str(row) and PEOPLE[0][1] not in str(person) + str(row)
    with pytest.raises(RequestError, match="no person 4711"):
        told("P4711")
    with pytest.raises(RequestError, match="is no row"):
        told("12")
