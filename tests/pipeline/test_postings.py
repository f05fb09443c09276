"""At which unit a worker works and which agency sent him, on any day and as it was known at any moment."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from rosters import EMPLOYER, HEADER, PEOPLE, worker
from sending import Base
from sqlalchemy import text

from clearbase.ledger.employers import Employer, record_employer
from clearbase.pipeline.persons import merge_persons
from clearbase.pipeline.rebuild import rebuild_and_compare
from clearbase.pipeline.trace import trace
from clearbase.pipeline.undo import decide_submission

X, Y, OWN = "宁波甲乙电子有限公司", "宁波丙丁服装有限公司", "宁波劳务服务有限公司"
DISPATCHED = [*HEADER, "用工单位"]


@pytest.fixture(autouse=True)
def named(base: Base) -> None:
    """The agency is registered by its name; of one that is not a column in which all agree is its own name."""
    with base.database.loader.begin() as connection:
        record_employer(connection, Employer(EMPLOYER, OWN), "test")


def sent_to(unit: str, *people: list[str]) -> list[list[str]]:
    return [[*person, unit] for person in people or PEOPLE]


def at(base: Base, day: str, known: Any = "infinity", role: str = "unit") -> dict[str, int]:
    """Unit → how many of the employer's people work there on a day, of those who are employed."""
    sql = f"""SELECT {role}, count(*) FROM warehouse.worked_at_as_of(CAST(:day AS date), CAST(:known AS timestamptz))
              WHERE employer_uscc = :code GROUP BY 1"""
    with base.database.loader.connect() as connection:
        rows = connection.execute(text(sql), {"day": day, "known": known, "code": EMPLOYER})
        return {row[0] or "-": row[1] for row in rows}


def now(base: Base) -> dt.datetime:
    with base.database.loader.connect() as connection:
        moment: dt.datetime = connection.execute(text("SELECT clock_timestamp()")).scalar_one()
        return moment


def is_rebuilt(base: Base) -> bool:
    return [told.table for told in rebuild_and_compare(base.database) if not told.is_same] == []


def test_who_moves_from_one_user_unit_to_another_has_worked_at_both(base: Base) -> None:
    base.send(sent_to(X), "2026-01", header=DISPATCHED)
    base.send(sent_to(X), "2026-02", header=DISPATCHED)
    before = now(base)
    base.send(sent_to(Y, PEOPLE[0]) + sent_to(X, *PEOPLE[1:]), "2026-03", header=DISPATCHED)
    assert at(base, "2026-02-28") == {X: 3}
    assert at(base, "2026-03-01") == at(base, "2030-01-01") == {X: 2, Y: 1}
    assert at(base, "2026-03-01", before) == {X: 3}, "nobody knew yet"
    assert at(base, "2025-12-31") == {"-": 3}, "employed, and no roster says where"
    with base.database.loader.connect() as connection:
        rows = connection.execute(text("SELECT count(*) FROM warehouse.fact_posting"))
        assert rows.scalar() == 5, "what goes on as it was is one row"
    assert is_rebuilt(base)


def test_a_late_month_an_undo_and_a_redo_change_what_was_so_and_not_what_was_known(base: Base) -> None:
    base.send(sent_to(X), "2026-01", header=DISPATCHED)
    base.send(sent_to(X), "2026-04", header=DISPATCHED)
    before = now(base)
    base.send(sent_to(Y, PEOPLE[0]) + sent_to(X, *PEOPLE[1:]), "2026-03", header=DISPATCHED)
    assert (at(base, "2026-03-31"), at(base, "2026-04-01")) == ({X: 2, Y: 1}, {X: 3})
    assert at(base, "2026-03-31", before) == {X: 3} and is_rebuilt(base)
    knew = now(base)
    decide_submission(base.database, 3, "undone", "another month", "test", commit=True)
    assert at(base, "2026-03-31") == {X: 3} and is_rebuilt(base)
    assert at(base, "2026-03-31", knew) == {X: 2, Y: 1}, "that is what was believed then"
    decide_submission(base.database, 3, "redone", "it was right", "test", commit=True)
    assert at(base, "2026-03-31") == {X: 2, Y: 1} and is_rebuilt(base)


def test_a_unit_is_of_its_spell(base: Base) -> None:
    """Who left and came back without a word of a unit is at none; who has left is at none from that day."""
    base.send(sent_to(X), "2026-01", header=DISPATCHED)
    base.send([[*PEOPLE[0], "2026-02-10"]], "2026-02", "leavers", header=[*HEADER, "离职日期"])
    assert (at(base, "2026-02-09"), at(base, "2026-02-10")) == ({X: 3}, {X: 2})
    base.send([[*PEOPLE[0][:-1], "2026-05-04"]], "2026-05", "joiners")
    assert at(base, "2026-05-31") == {X: 2, "-": 1} and is_rebuilt(base)
    base.send(sent_to(Y, [*PEOPLE[0][:-1], "2026-05-04"]), "2026-06", "joiners", header=DISPATCHED)
    assert at(base, "2026-06-01") == {X: 2, Y: 1} and is_rebuilt(base)


def test_a_hire_date_that_is_corrected_back_and_forth_loses_no_unit(base: Base) -> None:
    first = PEOPLE[0][:-1]
    base.send(sent_to(X, [*first, "2025-12-01"]), "2026-01", header=DISPATCHED)
    base.send(sent_to(Y, [*first, "2025-12-01"]), "2026-02", header=DISPATCHED)
    base.send(sent_to(Y, [*first, "2026-02-20"]), "2026-03", header=DISPATCHED)
    assert (at(base, "2026-02-10"), at(base, "2026-02-20")) == ({}, {Y: 1}) and is_rebuilt(base)
    base.send(sent_to(Y, [*first, "2025-12-01"]), "2026-04", header=DISPATCHED)
    assert (at(base, "2026-01-10"), at(base, "2026-02-10")) == ({X: 1}, {Y: 1}) and is_rebuilt(base)


def test_the_employer_itself_is_no_user_unit_and_a_blank_says_nothing(base: Base) -> None:
    base.send(sent_to(X), "2026-01", header=DISPATCHED)
    base.send([*sent_to(OWN, PEOPLE[0]), *sent_to("", *PEOPLE[1:])], "2026-02", header=DISPATCHED)
    assert at(base, "2026-02-28") == {X: 2, "-": 1} and is_rebuilt(base)


def test_workshops_and_plants_are_units_too(base: Base) -> None:
    base.send_sheets({"一车间": PEOPLE[:2], "二车间": PEOPLE[2:]}, "2026-01")
    base.send_sheets({"一车间": PEOPLE[:1], "二车间": PEOPLE[1:]}, "2026-02")
    base.send(PEOPLE, "2026-03")
    assert (at(base, "2026-01-31"), at(base, "2026-02-28")) == ({"1车间": 2, "2车间": 1}, {"1车间": 1, "2车间": 2})
    assert at(base, "2026-03-31") == {"1车间": 1, "2车间": 2}, "a table of all says nothing of workshops"
    assert is_rebuilt(base)


def test_a_user_unit_tells_the_agency_of_each(base: Base) -> None:
    one, other, header = "宁波甲甲劳务有限公司", "宁波乙乙劳务有限公司", [*HEADER, "派遣单位"]
    base.send(sent_to(one), "2026-01", header=header)
    base.send([*sent_to(other, PEOPLE[0]), *sent_to(one, *PEOPLE[1:])], "2026-02", header=header)
    assert at(base, "2026-01-31", role="agency") == {one: 3}
    assert at(base, "2026-02-28", role="agency") == {one: 2, other: 1}
    assert at(base, "2026-02-28") == {"-": 3} and is_rebuilt(base)


@pytest.mark.parametrize(
    "cell", ["李建国", "13800138000", "李建国13800138000有限公司", "待定", "安徽省阜阳市颍上县1号"]
)
def test_what_is_no_company_and_no_unit_is_not_kept(base: Base, cell: str) -> None:
    base.send([*sent_to(cell, PEOPLE[0]), *sent_to(X, *PEOPLE[1:])], "2026-01", header=DISPATCHED)
    assert at(base, "2026-01-31") == {X: 2, "-": 1}


def test_a_merge_brings_the_units_of_both_together_and_trace_tells_them(base: Base) -> None:
    base.send(sent_to(X, worker(1)), "2026-01", header=DISPATCHED)
    base.send(sent_to(Y, worker(1, number_of=2)), "2026-02", header=DISPATCHED)
    with base.database.loader.connect() as connection:
        sql = text("SELECT DISTINCT person_id FROM identity.line_person ORDER BY 1")
        one, other = connection.execute(sql).scalars()
    merge_persons(base.database, one, other, "one worker", "test", commit=True)
    assert (at(base, "2026-01-31"), at(base, "2026-02-28")) == ({X: 1}, {Y: 1}) and is_rebuilt(base)
    with base.database.loader.connect() as connection:
        rows = dict(trace(connection, base.database.keyring, f"P{one}"))["units where he works, agencies that sent him"]
    assert [(row.party, row.row) for row in rows if row.known_to is None] == [(X, "1/1/2"), (Y, "2/1/2")]


def test_the_employer_s_former_name_is_its_own_too(base: Base) -> None:
    """Renamed in May; a roster of March comes late, and that of June calls it as it always did."""
    with base.database.loader.begin() as connection:
        assert record_employer(connection, Employer(EMPLOYER, "宁波新劳务有限公司", None, dt.date(2026, 5, 1)), "test")
    base.send([*sent_to(OWN, PEOPLE[0]), *sent_to(X, *PEOPLE[1:])], "2026-03", header=DISPATCHED)
    base.send([*sent_to("宁波新劳务有限公司", PEOPLE[0]), *sent_to(X, *PEOPLE[1:])], "2026-06", header=DISPATCHED)
    assert at(base, "2026-03-31") == at(base, "2026-06-30") == {X: 2, "-": 1}


def test_where_people_of_one_employer_worked_is_asked_of_an_index(base: Base) -> None:
    """Also as it was known at a moment, of rows that are believed no longer."""
    with base.database.loader.connect() as connection:
        connection.execute(text("SET LOCAL enable_seqscan = off"))
        sql = "EXPLAIN SELECT * FROM warehouse.posting_as_of('2026-01-31', now()) WHERE employer_uscc = 'A'"
        plan = "\n".join(connection.execute(text(sql)).scalars())
    assert "fact_posting_employer_uscc_person_id_idx" in plan, plan
