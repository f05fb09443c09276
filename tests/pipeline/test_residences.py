"""Who lived where on any day: a move ends one residence and begins another, by the registry and by rosters."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from rosters import PEOPLE
from sending import Base
from sqlalchemy import text

from clearbase.pipeline import registry
from clearbase.pipeline.persons import merge_persons
from clearbase.pipeline.rebuild import rebuild_and_compare
from clearbase.pipeline.registry import load_registry
from clearbase.pipeline.undo import decide_submission
from clearbase.warehouse.statements import statement

HEAD = "登记编号,姓名,公民身份号码,手机号码,现居住街道,登记日期,注销日期,登记状态\n"
A, B, C = "新碶街道", "大碶街道", "小港街道"


def load(
    base: Base, *told: tuple[str, str, str], phone: str = "13800138001", number: str = PEOPLE[0][1]
) -> dt.datetime:
    """An extract of one record: street, registered on, cancelled on. Returns when it was there."""
    file = base.folder / "registry.csv"
    rows = [
        f"BL1,{PEOPLE[0][0]},{number},{phone},{street},{since},{until},{'注销' if until else '有效'}\n"
        for street, since, until in told
    ]
    file.write_text(HEAD + "".join(rows))
    load_registry(base.settings, base.database, file)
    with base.database.loader.connect() as connection:
        moment: dt.datetime = connection.execute(text("SELECT clock_timestamp()")).scalar_one()
        return moment


def lived(base: Base, day: str, known: Any = "infinity", of: str = "residence") -> list[str]:
    sql = f"SELECT street FROM warehouse.{of}_as_of(CAST(:day AS date), CAST(:known AS timestamptz)) ORDER BY 1"
    with base.database.loader.connect() as connection:
        return list(connection.execute(text(sql), {"day": day, "known": known}).scalars())


def is_rebuilt(base: Base) -> bool:
    return [told.table for told in rebuild_and_compare(base.database) if not told.is_same] == []


def test_who_moved_in_april_lived_in_the_former_street_in_february(base: Base) -> None:
    before = load(base, (A, "2025-01-10", ""))
    load(base, (B, "2026-04-01", ""))
    assert (lived(base, "2026-02-15"), lived(base, "2026-03-31"), lived(base, "2026-04-01")) == ([A], [A], [B])
    assert lived(base, "2026-04-01", before) == [A], "nobody knew yet"
    assert is_rebuilt(base)
    load(base, (B, "2026-04-01", ""), phone="13800138002")
    assert (lived(base, "2026-02-15"), lived(base, "2026-05-01")) == ([A], [B]), "another phone is no move"
    load(base, (C, "2026-06-01", ""))
    assert [lived(base, day) for day in ("2025-01-09", "2025-01-10", "2026-05-31", "2026-06-01")] == [[], [A], [B], [C]]
    assert is_rebuilt(base)


def test_a_move_under_the_same_registration_is_on_the_day_on_which_it_was_told(
    base: Base, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(base, (A, "2025-01-10", ""))
    asked = text(statement("registry/moves").text.replace("current_date", "DATE '2026-04-03'"))
    monkeypatch.setattr(registry, "statement", lambda name: asked if name.endswith("moves") else statement(name))
    load(base, (B, "2025-01-10", ""))
    assert (lived(base, "2026-02-15"), lived(base, "2026-04-02"), lived(base, "2026-04-03")) == ([A], [A], [B])
    assert is_rebuilt(base)


def test_who_came_back_after_a_cancellation_has_two_residences(base: Base) -> None:
    load(base, (A, "2025-01-10", ""))
    load(base, (A, "2025-01-10", "2025-06-01"))
    load(base, (A, "2026-04-01", ""))
    assert [lived(base, day) for day in ("2025-02-15", "2025-07-01", "2026-04-01")] == [[A], [], [A]]
    load(base, (A, "2026-04-02", ""))
    assert lived(base, "2026-04-01") == [] and lived(base, "2025-02-15") == [A], "a date that is corrected"
    assert is_rebuilt(base)


def test_a_cancellation_that_is_withdrawn_is_no_second_residence(base: Base) -> None:
    load(base, (A, "2025-01-10", "2025-06-01"))
    load(base, (A, "2025-01-10", ""))
    assert lived(base, "2025-02-15") == lived(base, "2026-02-15") == [A]
    with base.database.loader.connect() as connection:
        moves = connection.execute(text("SELECT count(*) FROM ledger.residence_move"))
        assert moves.scalar() == 0


def test_a_former_residence_goes_with_its_person(base: Base) -> None:
    base.send(PEOPLE[:1], "2026-01")
    load(base, (A, "2025-01-10", ""), number="33020419900307101X")
    load(base, (B, "2026-04-01", ""), number="33020419900307101X")
    with base.database.loader.connect() as connection:
        one, other = (
            connection.execute(text(f"SELECT min(person_id) FROM identity.{of}")).scalar_one()
            for of in ("line_person", "record_person")
        )
    merge_persons(base.database, one, other, "one worker", "test", commit=True)
    assert (lived(base, "2026-02-15"), lived(base, "2026-04-01")) == ([A], [B]) and is_rebuilt(base)
    with base.database.loader.connect() as connection:
        persons = connection.execute(
            text("SELECT DISTINCT person_id FROM warehouse.fact_residence WHERE known_to = 'infinity'")
        )
        assert list(persons.scalars()) == [min(one, other)]
        # The registry said the same street in February as the roster did, and another one from April on.
        states = connection.execute(
            text("SELECT state FROM warehouse.fact_match WHERE known_to = 'infinity' ORDER BY valid_from")
        )
        assert list(states.scalars()) == ["not_registered", "registered_here", "address_differs"]


def test_rosters_that_tell_another_street_from_april_on_tell_two(base: Base) -> None:
    first = PEOPLE[0]
    moved = [*first[:5], "北仑区大碶街道9号", *first[6:]]
    base.send([first], "2026-01")
    base.send([first], "2026-02")
    base.send([first], "2026-03")
    with base.database.loader.connect() as connection:
        before = connection.execute(text("SELECT clock_timestamp()")).scalar_one()
    base.send([moved], "2026-04")
    told = [lived(base, day, of="told_street") for day in ("2025-12-31", "2026-02-15", "2026-03-31", "2026-04-01")]
    assert told == [[], [A], [A], [B]]
    assert lived(base, "2026-04-01", before, of="told_street") == [A]
    decide_submission(base.database, 4, "undone", "another's", "test", commit=True)
    assert lived(base, "2026-04-01", of="told_street") == [A] and is_rebuilt(base)
    decide_submission(base.database, 4, "redone", "it was right", "test", commit=True)
    base.send([moved], "2026-03")
    assert [lived(base, day, of="told_street") for day in ("2026-02-28", "2026-03-01")] == [[A], [B]]
    assert is_rebuilt(base)


def test_an_extract_is_not_held_record_by_record_against_the_whole_registry(base: Base) -> None:
    """By equality, which can be hashed: by one condition with OR 20,000 records against 20,000 took a minute."""
    with base.database.loader.connect() as connection:
        connection.execute(statement("registry/incoming"))
        plan = connection.execute(text(f"EXPLAIN {statement('registry/residences').text}")).scalars().all()
    assert not [line for line in plan if "Join Filter" in line and " OR " in line], "\n".join(plan)
