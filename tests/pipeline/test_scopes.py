"""What a full roster is full of: it closes whom it does not name, and replaces what was sent, within its own units."""

from __future__ import annotations

from itertools import count
from pathlib import Path
from typing import Any

import pytest
from ledger_world import Row, Sending, World
from rosters import worker
from sending import Base
from sqlalchemy import text

from clearbase.pipeline.undo import decide_submission
from clearbase.pipeline.verify import verify
from clearbase.settings import Settings
from clearbase.warehouse.database import Database

PLACES = worker(0)[4:6]
ONE, TWO = "一分厂", "二分厂"
WORLDS = count(1)

# What is sent, in this order: (month, unit, workers, kind) → worker → month by whose end the person was found absent.
CASES: dict[str, tuple[list[tuple[int, str, list[int], str]], dict[int, int]]] = {
    "a plant's roster ends nobody of another": (
        [(1, ONE, [0, 1], "full"), (1, TWO, [2, 3], "full"), (2, ONE, [0], "full")],
        {1: 2},
    ),
    "a plant's roster replaces nothing of another": (
        [(1, ONE, [0, 1], "full"), (1, TWO, [2, 3], "full"), (1, ONE, [0], "full"), (2, TWO, [2, 3], "full")],
        {},
    ),
    "who moves to the other plant has not left": (
        [(1, ONE, [0, 1], "full"), (1, TWO, [2], "full"), (2, ONE, [0], "full"), (2, TWO, [1, 2], "full")],
        {},
    ),
    "a roster of all ends people of every plant": (
        [(1, ONE, [0, 1], "full"), (1, TWO, [2, 3], "full"), (2, "", [0, 2], "full")],
        {1: 2, 3: 2},
    ),
    "who came by a list is of no plant, and missed once all plants are there": (
        [
            *[(1, ONE, [0], "full"), (1, TWO, [2], "full"), (1, "", [4], "joiners")],
            *[(2, ONE, [0], "full"), (2, TWO, [2], "full")],
        ],
        {4: 2},
    ),
    "and not before": (
        [
            *[(1, ONE, [0], "full"), (1, TWO, [2], "full"), (1, "", [4], "joiners")],
            (2, ONE, [0], "full"),
        ],
        {},
    ),
    "the second plant's file comes late": (
        [(1, ONE, [0, 1], "full"), (1, TWO, [2, 3], "full"), (3, TWO, [2], "full"), (2, TWO, [2, 3], "full")],
        {3: 3},
    ),
}


@pytest.fixture
def world(settings: Settings, database: Database, tmp_path: Path) -> World:
    return World(settings, database, tmp_path, next(WORLDS))


@pytest.mark.parametrize("case", CASES)
def test_absent_within_the_unit(world: World, case: str) -> None:
    sendings, absent = CASES[case]
    for month, unit, workers, kind in sendings:
        told = world.send(Sending(0, month, kind, tuple(Row(n) for n in workers), unit))  # type: ignore[arg-type]
        assert told[1] == "published", told
    assert found_absent(world) == absent
    assert [finding.says for finding in verify(world.database) if finding.broken] == []


def test_a_replacement_that_is_undone_lets_the_former_speak(world: World) -> None:
    rows = [tuple(Row(n) for n in names) for names in ([0, 1], [2, 3], [0, 1], [0])]
    world.send(Sending(0, 1, "full", rows[0], ONE))
    world.send(Sending(0, 1, "full", rows[1], TWO))
    world.send(Sending(0, 2, "full", rows[2], ONE))
    (second, *_) = world.send(Sending(0, 2, "full", rows[3], ONE))
    assert found_absent(world) == {1: 2}
    assert second is not None
    decide_submission(world.database, second, "undone", "the first was right", "test", commit=True)
    assert found_absent(world) == {}


def test_a_correction_speaks_in_place_of_what_was_said(world: World) -> None:
    """Said to have left, he had not; the other line of the month stands."""
    world.send(Sending(0, 1, "full", (Row(0), Row(1))))
    world.send(Sending(0, 2, "leavers", (Row(0, left=40), Row(1, left=41))))
    world.send(Sending(0, 2, "correction", (Row(0),)))
    assert left(world) == {1: "2026-02-11"}
    assert [finding.says for finding in verify(world.database) if finding.broken] == []


@pytest.mark.parametrize("months", [["2026-01", "2026-02"], ["2026-02", "2026-01"]], ids=["in order", "late"])
@pytest.mark.parametrize("how", ["another's number", "lost number, other hire date"])
def test_nobody_is_absent_whom_a_line_in_doubt_could_be(base: Base, months: list[str], how: str) -> None:
    """In review or lost the number is what is in doubt, and a hire date may have been corrected: the name tells."""
    staff = [worker(n) for n in range(12)]
    fifth = worker(5, number_of=3) if how == "another's number" else [worker(5)[0], "", "男", "", *PLACES, "2024-04-01"]
    sent = {"2026-01": staff, "2026-02": [*staff[:5], fifth, *staff[6:11]]}
    for month in months:
        base.send(sent[month], month)
    sql = """SELECT count(*) FROM warehouse.spell_state WHERE absent_by IS NOT NULL"""
    with base.database.loader.connect() as connection:
        assert connection.execute(text(sql)).scalar() == 1, "the twelfth alone"


LEFT, AWAY = Row(0, left=40), tuple(Row(n) for n in range(1, 4))
ALL = (Row(0), *AWAY)
# (month, kind, lines), in the order in which they are sent → spells of worker 0: begin, end.
COMING_BACK: dict[str, tuple[list[tuple[int, str, tuple[Row, ...]]], list[tuple[str, str]]]] = {
    "told to have left, not named for months, named again with the old hire date: a rehire": (
        [(1, "full", ALL), (2, "leavers", (LEFT,)), (3, "full", AWAY), (4, "full", AWAY), (5, "full", ALL)],
        [("2025-01-03", "2026-02-10"), ("2026-05-01", "infinity")],
    ),
    "the months between come late": (
        [(1, "full", ALL), (2, "leavers", (LEFT,)), (5, "full", ALL), (4, "full", AWAY)],
        [("2025-01-03", "2026-02-10"), ("2026-05-01", "infinity")],
    ),
    "the leave comes late": (
        [(1, "full", ALL), (4, "full", AWAY), (5, "full", ALL), (2, "leavers", (LEFT,))],
        [("2025-01-03", "2026-02-10"), ("2026-05-01", "infinity")],
    ),
    "named by the very next roster: the leave is doubted": (
        [(1, "full", ALL), (2, "full", AWAY), (2, "leavers", (LEFT,)), (3, "full", ALL)],
        [("2025-01-03", "infinity")],
    ),
    "gone and back twice": (
        [
            *[(1, "full", ALL), (2, "leavers", (LEFT,)), (3, "full", AWAY), (4, "full", ALL)],
            *[(5, "leavers", (Row(0, left=125),)), (6, "full", AWAY), (7, "full", ALL)],
        ],
        [("2025-01-03", "2026-02-10"), ("2026-04-01", "2026-05-06"), ("2026-07-01", "infinity")],
    ),
}


@pytest.mark.parametrize("case", COMING_BACK)
def test_who_left_and_is_named_again_after_a_while_was_hired_again(world: World, case: str) -> None:
    sendings, spells = COMING_BACK[case]
    for month, kind, rows in sendings:
        assert world.send(Sending(0, month, kind, rows))[1] == "published"  # type: ignore[arg-type]
    sql = """SELECT e.valid_from::text, e.valid_to::text
             FROM warehouse.fact_employment AS e JOIN warehouse.dim_person AS p USING (person_id)
             WHERE e.employer_uscc = :code AND e.known_to = 'infinity' AND p.known_to = 'infinity'
               AND p.birth_month = '1975-01-01' ORDER BY 1"""
    with world.database.loader.connect() as connection:
        assert [tuple(row) for row in connection.execute(text(sql), {"code": world.codes[0]})] == spells
    assert [finding.says for finding in verify(world.database) if finding.broken] == []


def found_absent(world: World) -> dict[int, int]:
    return {worker: month for worker, month, _ in _spells(world) if month is not None}


def left(world: World) -> dict[int, str]:
    return {worker: day for worker, _, day in _spells(world) if day is not None}


def _spells(world: World) -> list[Any]:
    sql = """SELECT extract(year FROM p.birth_month)::integer - 1975, extract(month FROM s.absent_by)::integer,
                    CASE WHEN e.leave_evidence = 'leave_date' THEN e.valid_to::text END
             FROM warehouse.spell_state AS s
             JOIN warehouse.dim_person AS p USING (person_id)
             JOIN warehouse.fact_employment AS e USING (employer_uscc, person_id, first_line_id)
             WHERE s.employer_uscc = :code AND p.known_to = 'infinity' AND e.known_to = 'infinity'"""
    with world.database.loader.connect() as connection:
        return [tuple(row) for row in connection.execute(text(sql), {"code": world.codes[0]})]
