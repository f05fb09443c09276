"""Whom the pipeline finds where no number decides: the cases of the offline cascade, sent as rosters."""

from __future__ import annotations

import csv
import datetime as dt
import sys
from itertools import takewhile
from pathlib import Path

import pytest
from rosters import EMPLOYER, OTHER_EMPLOYER, roster
from sending import Base
from sqlalchemy import text

sys.path.insert(0, str(Path(__file__).parents[1] / "identity"))

from people import REGISTRY, TWIN, ZHANG, Row, number, somebody
from test_cascade import LEFT_OUT, NEW, REVIEW, SAME

from clearbase.district.employers import credit_code
from clearbase.given import Given
from clearbase.identity.model import load_model
from clearbase.intake.discover import waiting_files
from clearbase.pipeline.explain import explain
from clearbase.pipeline.persons import split_person
from clearbase.pipeline.registry import load_registry
from clearbase.pipeline.run import ingest
from clearbase.pipeline.undo import decide_submission
from clearbase.warehouse.statements import statement

HEADER = ["序号", "姓名", "身份证号", "性别", "出生日期", "手机号", "户籍地址", "现居住地址"]
EXTRACT = {
    "登记编号": "id", "姓名": "name", "公民身份号码": "id_number", "性别": "sex", "出生日期": "birth_date",
    "手机号": "phone", "户籍地址": "household_address", "现居住地址": "current_address",
}  # fmt: skip
CELLS = tuple(EXTRACT.values())[1:]
# Without a usable name, or without a usable number, a phone or a birth date, a line is quarantined before identity.
QUARANTINED = {
    "swapped columns",
    "no name, number",
    "repaired, nothing more",
    "repaired, and the name",
    "name alone",
}


def cells(row: Row) -> list[str]:
    return [row[cell] for cell in CELLS]


def register(base: Base, *records: Row, name: str = "登记") -> None:
    file = base.folder / f"{name}.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(EXTRACT)
        writer.writerows([record[cell] for cell in EXTRACT.values()] for record in records)
    load_registry(base.settings, base.database, file)


def send_all(base: Base, cases: dict[str, Row], month: str = "2026-01", first: int = 1) -> dict[str, str]:
    """Each case from an employer of its own, in one batch. Returns case → employer."""
    codes = {case: credit_code(f"{first + n:08d}") for n, case in enumerate(cases)}
    files = [
        roster(base.folder / month / codes[case] / "入职.xlsx", [cells(row)], header=HEADER)
        for case, row in cases.items()
    ]
    given = Given(None, dt.date.fromisoformat(f"{month}-01"), "joiners")
    ingest(base.settings, base.database, waiting_files(files).files, given, lambda *_: None)
    return codes


STANDS = """SELECT s.employer_uscc, lp.person_id, lp.candidate_person_id, lp.rule, d.weight, d.model, d.decided_by
    FROM identity.line_person AS lp JOIN ledger.submission AS s USING (submission_id)
    JOIN ledger.identity_decision AS d USING (line_id) ORDER BY d.decision_id"""


def stands(base: Base) -> dict[str, tuple[object, ...]]:
    """Employer → (person, candidate, rule, weight, model, decided by) of its last line."""
    with base.database.loader.connect() as connection:
        return {row[0]: tuple(row[1:]) for row in connection.execute(text(STANDS))}


def asked(base: Base, sql: str) -> list[tuple[object, ...]]:
    with base.database.loader.connect() as connection:
        return [tuple(row) for row in connection.execute(text(sql))]


def registered(base: Base) -> dict[str, int]:
    """Registry id of REGISTRY → person."""
    rows = asked(base, "SELECT person_id FROM identity.record_person WHERE current ORDER BY record_id")
    return {record["id"]: int(str(row[0])) for record, row in zip(REGISTRY, rows, strict=True)}


def test_every_way_of_spoiling_a_row_is_found_without_asking(base: Base) -> None:
    register(base, *REGISTRY)
    zhang = registered(base)["zhang"]
    cases = {case: row for case, row in SAME.items() if case not in QUARANTINED}
    codes = send_all(base, cases)
    told = stands(base)
    assert {case: told[code][:2] for case, code in codes.items()} == dict.fromkeys(cases, (zhang, None))
    weighed = told[codes["masked"]]
    assert weighed[2] == "masked_number_by_weight" and float(str(weighed[3])) > 20
    assert weighed[4:] == (load_model().version, "model")
    with base.database.loader.connect() as connection:
        sections = explain(connection, f"P{zhang}")
    (bits,) = (rows for title, rows in sections if title.startswith("what was weighed"))
    first = list(takewhile(lambda line: not line["compared"].startswith("together"), bits))
    assert sum(float(line["bits"]) for line in first) == pytest.approx(float(bits[len(first)]["bits"]), abs=0.5)
    assert {"name 姓名", "number 证件号码、出生日期"} <= {line["compared"] for line in bits}
    assert not any(cell and cell in str(bits) for cell in REGISTRY[0].values())
    assert told[codes["as it should be"]][2:] == ("number_and_name", None, None, "rule")


def test_a_number_without_its_whole_name_is_found_by_the_phone(base: Base) -> None:
    """By a rule: nothing was weighed, and nothing is kept of a weight."""
    register(base, *REGISTRY)
    code = send_all(base, {"left out": LEFT_OUT})["left out"]
    assert stands(base)[code] == (registered(base)["zhang"], None, "number_and_part", None, None, "rule")
    assert asked(base, "SELECT FROM ledger.identity_decision WHERE weight IS NOT NULL OR levels IS NOT NULL") == []
    weighed = "SELECT FROM ledger.identity_decision WHERE (decided_by = 'model') <> (levels IS NOT NULL)"
    assert asked(base, weighed) == []


def test_an_unreadable_name_joins_no_two_under_one_number(base: Base) -> None:
    """In one batch, nobody registered: the case of the second name stays."""
    names = {"one": "张伟强", "other": "张伟明", "unreadable": "张伟□"}
    codes = send_all(base, {case: somebody(case, name=name) for case, name in names.items()})
    told = stands(base)
    assert len({told[code][0] for code in codes.values()}) == 3
    assert {told[codes[case]][1:3] for case in ("other", "unreadable")} == {
        (told[codes["one"]][0], "number_with_other_name")
    }
    assert len(asked(base, "SELECT FROM identity.review_case")) == 2


@pytest.mark.parametrize("case", [case for case in REVIEW if case not in QUARANTINED])
def test_what_is_doubtful_is_asked_about(base: Base, case: str) -> None:
    register(base, *REGISTRY)
    persons = registered(base)
    row, records = REVIEW[case]
    code = send_all(base, {case: row})[case]
    person, candidate, *_ = stands(base)[code]
    assert candidate in {persons[record] for record in records}
    assert person not in persons.values()
    assert asked(base, "SELECT person_id, candidate_person_id FROM identity.review_case") == [(person, candidate)]
    # The same row next month is the same provisional person, in the same case.
    send_all(base, {case: row}, "2026-02")
    assert stands(base)[code][:2] == (person, candidate)
    assert len(asked(base, "SELECT FROM identity.review_case")) == 1


def test_who_is_not_registered_is_somebody_new(base: Base) -> None:
    register(base, *REGISTRY)
    codes = send_all(base, {case: row for case, row in NEW.items() if case not in QUARANTINED})
    told = stands(base)
    assert {told[code][1] for code in codes.values()} == {None}
    assert not {told[code][0] for code in codes.values()} & set(registered(base).values())


def test_rosters_are_joined_before_anybody_is_registered(base: Base) -> None:
    whole, lost = somebody("1"), somebody("2", id_number=ZHANG[:17], phone="13700000000")
    base.send([cells(whole)], "2026-01", "joiners", header=HEADER)
    base.send([cells(lost)], "2026-01", "joiners", header=HEADER, employer=OTHER_EMPLOYER)
    told = stands(base)
    assert told[EMPLOYER][0] == told[OTHER_EMPLOYER][0]
    assert told[OTHER_EMPLOYER][2] == "mended_number_by_weight"


def test_rows_of_one_batch_find_one_another_whichever_comes_first(base: Base) -> None:
    lost, whole = somebody("1", id_number=ZHANG[:17]), somebody("2")
    codes = send_all(base, {"lost": lost, "whole": whole})
    told = stands(base)
    assert told[codes["lost"]][0] == told[codes["whole"]][0]
    assert {told[code][2] for code in codes.values()} == {"number_lost", "with_another_line"}
    # The number is that person's from now on.
    base.send([cells(somebody("3"))], "2026-02", "joiners", header=HEADER)
    assert stands(base)[EMPLOYER][0] == told[codes["whole"]][0]


def test_a_twin_is_never_joined(base: Base) -> None:
    register(base, somebody("zhang"))
    numbers = ["", TWIN, TWIN[:15] + "000", TWIN[:17], f"{TWIN[:14]}****", "3.41226199003075E+17"]
    twins = {each or "none": somebody("twin", name="张伟明", id_number=each) for each in numbers}
    codes = send_all(base, twins)
    ((zhang,),) = asked(base, "SELECT person_id FROM identity.record_person")
    told = stands(base)
    assert zhang not in {told[code][0] for code in codes.values()}


def test_who_is_registered_later_is_known_already(base: Base) -> None:
    base.send([cells(somebody("1", id_number=ZHANG[:17]))], "2026-01", "joiners", header=HEADER)
    (worker, *_) = stands(base)[EMPLOYER]
    register(base, somebody("zhang"))
    assert asked(base, "SELECT person_id FROM identity.record_person") == [(worker,)]
    ((rule, by, model),) = asked(
        base, "SELECT rule, decided_by, model FROM ledger.identity_decision WHERE record_id IS NOT NULL"
    )
    assert (rule, by, model) == ("mended_number_by_weight", "model", load_model().version)


@pytest.mark.parametrize("spelt", ["張偉強", "Zhang Weiqiang", "张伟?", "张 伟 强"])
def test_who_is_registered_later_under_another_spelling_is_known_already(base: Base, spelt: str) -> None:
    """As in the other order: the registry first, the roster then."""
    base.send([cells(somebody("1", name=spelt))], "2026-01", "joiners", header=HEADER)
    (worker, *_) = stands(base)[EMPLOYER]
    register(base, somebody("zhang"))
    assert asked(base, "SELECT person_id FROM identity.record_person") == [(worker,)]
    assert asked(base, "SELECT * FROM identity.review_case") == []
    register(base, somebody("again", name=spelt, phone="13700000001"), name="后来")
    assert asked(base, "SELECT candidate_person_id, rule FROM identity.review_case") == [(worker, "registry_double")]


def test_who_is_registered_later_under_another_name_is_asked_about(base: Base) -> None:
    base.send([cells(somebody("1", name="王建国"))], "2026-01", "joiners", header=HEADER)
    (worker, *_) = stands(base)[EMPLOYER]
    register(base, somebody("zhang"))
    assert asked(base, "SELECT candidate_person_id, rule FROM identity.review_case") == [
        (worker, "number_with_other_name")
    ]


def test_two_records_of_one_person_are_asked_about_and_not_joined(base: Base) -> None:
    register(base, somebody("a"))
    register(base, somebody("b", id_number=ZHANG[:9] + "7" + ZHANG[10:]), name="后来")
    (first, second) = asked(base, "SELECT person_id FROM identity.record_person ORDER BY record_id")
    assert first != second
    assert asked(base, "SELECT person_id, candidate_person_id, rule FROM identity.review_case") == [
        (*second, *first, "registry_double")
    ]


def test_two_records_of_one_person_in_one_extract(base: Base) -> None:
    register(base, somebody("a"), somebody("b", id_number=""), REGISTRY[2])
    persons = asked(base, "SELECT person_id FROM identity.record_person ORDER BY record_id")
    assert len(set(persons)) == 3
    assert asked(base, "SELECT person_id, candidate_person_id, rule FROM identity.review_case") == [
        (*persons[1], *persons[0], "registry_double")
    ]


def test_a_file_that_was_undone_brings_up_nobody(base: Base) -> None:
    base.send([cells(somebody("1"))], "2026-01", "joiners", header=HEADER)
    (person, *_) = stands(base)[EMPLOYER]
    decide_submission(base.database, int(base.newest("submission_id::text")), "undone", "test", "test", commit=True)
    lost = somebody("2", id_number=ZHANG[:17])
    base.send([cells(lost)], "2026-01", "joiners", header=HEADER, employer=OTHER_EMPLOYER)
    assert stands(base)[OTHER_EMPLOYER][0] != person


def test_who_was_erased_is_brought_up_no_more(base: Base) -> None:
    base.send([cells(somebody("1"))], "2026-01", "joiners", header=HEADER)
    (person, *_) = stands(base)[EMPLOYER]
    with base.database.loader.begin() as connection:
        connection.execute(text("DELETE FROM identity.person_key WHERE person_id = :p"), {"p": person})
        connection.execute(text("DELETE FROM identity.person_token WHERE person_id = :p"), {"p": person})
    base.send(
        [cells(somebody("2", id_number=ZHANG[:17]))], "2026-01", "joiners", header=HEADER, employer=OTHER_EMPLOYER
    )
    assert stands(base)[OTHER_EMPLOYER][0] != person
    with base.database.loader.begin() as connection:  # so that the invariants of a whole base hold
        connection.execute(text("DELETE FROM identity.line_token WHERE line_id = :p"), {"p": person})


def test_tokens_are_kept_of_what_is_new_alone(base: Base) -> None:
    base.send([cells(somebody("1"))], "2026-01", header=HEADER)
    kept = asked(base, "SELECT owner_id, tokens FROM identity.block_token")
    base.send([cells(somebody("1"))], "2026-02", header=HEADER)
    assert asked(base, "SELECT owner_id, tokens FROM identity.block_token") == kept and len(kept) == 1
    assert asked(base, "SELECT FROM staging.block_token") == []


def test_a_number_under_another_name_stays_doubtful_though_its_bearer_is_found_by_another_row(base: Base) -> None:
    """Zhang's own row and one that bears his number under another name, with rows of that other man."""
    register(base, *REGISTRY)
    persons = registered(base)
    wang = somebody("w", name="王建国", phone="13511112222", current_address="北仑区霞浦街道九峰山路9号2幢303室",
                    household_address="四川省达州市宣汉县城关镇王庄村8组82号")  # fmt: skip
    borrowed, own = {**wang}, {**wang, "id_number": "", "birth_date": "1988-08-08"}
    codes = send_all(base, {"borrowed": borrowed, "own": own, "zhang": somebody("z")})
    told = stands(base)
    assert told[codes["borrowed"]][1] == persons["zhang"] == told[codes["zhang"]][0]
    assert told[codes["borrowed"]][0] not in persons.values()


def test_a_row_without_a_number_that_fits_two_is_nobody_new_each_time_it_is_sent(base: Base) -> None:
    """Two of one name with the same office's phone; the row says neither's number."""
    bare = {"birth_date": "", "household_address": "", "current_address": ""}
    one = somebody("1", id_number=ZHANG, phone="13800138000", **bare)
    other = somebody("2", id_number=number("51072319850101003"), phone="13800138000", **bare)
    lost = somebody("3", id_number="", phone="13800138000", **bare)
    base.send([cells(one), cells(other)], "2026-01", "joiners", header=HEADER)
    seen = set()
    for time in range(3):
        base.send([cells({**lost, "sex": ["男", "", "男 "][time]})], "2026-02", "joiners", header=HEADER)
        seen.add(stands(base)[EMPLOYER][0])
    assert len(seen) == 1


def test_whom_people_split_off_the_weights_do_not_join_again(base: Base) -> None:
    register(base, *REGISTRY)
    zhang = registered(base)["zhang"]
    lost = somebody("1", id_number="")
    called = {**lost, "phone": "13700001111"}
    own = send_all(base, {"lost": lost})["lost"]
    assert stands(base)[own][:3] == (zhang, None, "without_number_by_weight")
    ((line,),) = asked(base, f"SELECT line_id FROM identity.line_person WHERE person_id = {zhang}")
    other = split_person(base.database, zhang, [int(str(line))], "two men", "test", commit=True).person_id
    # What his employer says of him goes on; what others say that fits both is asked about.
    assert stands(base)[send_all(base, {"called": called}, "2026-02")["called"]][:2] == (other, None)
    codes = send_all(base, {"same row": lost, "his new phone": called}, "2026-02", first=20)
    told = stands(base)
    assert [told[code][2] for code in codes.values()] == ["held_apart"] * 2
    assert {told[code][1] for code in codes.values()} <= {zhang, other}
    assert not {told[code][0] for code in codes.values()} & {zhang, other}
    cases = "SELECT person_id, candidate_person_id, rule FROM identity.review_case ORDER BY person_id"
    before = asked(base, cases)
    assert len(before) == 2
    send_all(base, {"same row": lost, "his new phone": called}, "2026-03", first=20)
    assert asked(base, cases) == before
    # A row that fits one of them by far is his.
    mended = send_all(base, {"mended": {**lost, "id_number": ZHANG[:17]}}, "2026-03", first=30)["mended"]
    assert stands(base)[mended][:2] == (zhang, None)


def test_a_row_split_off_is_a_rival_though_no_token_brings_it_up(base: Base) -> None:
    """The row of the second month said nothing new: a rule joined it, and no tokens of it are kept."""
    register(base, *REGISTRY)
    zhang = registered(base)["zhang"]
    lost = somebody("1", id_number="")
    send_all(base, {"lost": lost})
    send_all(base, {"lost": lost}, "2026-02")
    ((newest,),) = asked(base, f"SELECT max(line_id) FROM identity.line_person WHERE person_id = {zhang}")
    other = split_person(base.database, zhang, [int(str(newest))], "two men", "test", commit=True).person_id
    code = send_all(base, {"lost": lost}, "2026-02", first=20)["lost"]
    person, candidate, rule, *_ = stands(base)[code]
    assert person not in (zhang, other) and candidate in (zhang, other) and rule == "held_apart"


def test_a_number_of_two_whom_people_hold_apart_is_asked_about_under_another_spelling_too(base: Base) -> None:
    register(base, *REGISTRY)
    zhang = registered(base)["zhang"]
    send_all(base, {"whole": somebody("1")})
    ((line,),) = asked(base, f"SELECT line_id FROM identity.line_person WHERE person_id = {zhang}")
    other = split_person(base.database, zhang, [int(str(line))], "two men", "test", commit=True).person_id
    code = send_all(base, {"pinyin": somebody("2", name="ZHANG WEIQIANG")}, first=20)["pinyin"]
    person, candidate, rule, *_ = stands(base)[code]
    assert person not in (zhang, other) and candidate in (zhang, other) and rule == "held_apart"


def test_how_many_there_are_is_told_by_the_ledger_and_not_by_statistics(base: Base) -> None:
    def known() -> int:
        with base.database.loader.connect() as connection:
            return int(connection.execute(statement("resolve/people_known")).scalar_one())

    assert known() == 0
    register(base, *REGISTRY[:1])
    assert known() == 1
    people = [cells(somebody(str(n), id_number=number(f"3412261990030{n}501"), birth_date="")) for n in range(1, 4)]
    for month in ("2026-01", "2026-02"):
        base.send(people[: 1 + int(month[-1])], month, "joiners", header=HEADER)
    assert known() == 3
