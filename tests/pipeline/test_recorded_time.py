"""Recorded time only goes forward: whoever began before others and waited for them closes what they have opened after
they did, with real connections that wait."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from rosters import EMPLOYER, PEOPLE
from sending import Base
from sqlalchemy import text

from clearbase.ledger.employers import Employer, record_employer
from clearbase.pipeline import registry
from clearbase.pipeline.persons import merge_persons
from clearbase.pipeline.registry import load_registry
from clearbase.pipeline.undo import _decide as decide_under_lock
from clearbase.pipeline.undo import decide_submission
from clearbase.warehouse.database import Database
from clearbase.warehouse.statements import statement

TABLES = (
    "dim_employer",
    "dim_person",
    "fact_employment",
    "fact_match",
    "fact_posting",
    "fact_residence",
    "fact_told_street",
)
HEAD = "登记编号,姓名,公民身份号码,现居住街道,登记日期,登记状态\n"


def backwards(database: Database) -> list[str]:
    with database.loader.connect() as connection:
        return [
            table
            for table in TABLES
            if connection.execute(text(f"SELECT count(*) FROM warehouse.{table} WHERE known_to < known_from")).scalar()
        ]


def handed_over(database: Database, table: str, key: str) -> list[tuple[Any, ...]]:
    """Rows that were closed and followed by none that was opened in the same instant."""
    sql = f"""SELECT o.{key}, o.known_to FROM warehouse.{table} AS o WHERE o.known_to < 'infinity' AND NOT EXISTS (
              SELECT FROM warehouse.{table} AS n WHERE n.{key} = o.{key} AND n.known_from = o.known_to)"""
    with database.loader.connect() as connection:
        return [tuple(row) for row in connection.execute(text(sql))]


def waits(database: Database) -> None:
    """Returns once a statement waits for a lock."""
    until = time.monotonic() + 20
    with database.loader.connect() as connection:
        while not connection.execute(text("SELECT count(*) FROM pg_locks WHERE NOT granted")).scalar_one():
            assert time.monotonic() < until
            time.sleep(0.05)


def extract(folder: Path, street: str) -> Path:
    file = folder / f"{street}.csv"
    file.write_text(f"{HEAD}BL1,{PEOPLE[0][0]},33020419900307101X,{street},2024-01-01,有效\n")
    return file


def test_an_undo_that_waited_closes_no_spell_before_it_began(base: Base) -> None:
    for month, people in (("2026-01", PEOPLE), ("2026-02", PEOPLE[:2]), ("2026-03", PEOPLE)):
        assert base.send(people, month) == "published"
    lock = "pg_advisory_{}lock(hashtext('clearbase.employer'), hashtext(:employer))"
    with ThreadPoolExecutor(1) as pool, base.database.loader.connect() as holder:
        holder.execute(text(f"SELECT {lock.format('')}"), {"employer": EMPLOYER})
        holder.commit()  # the session has it, as a transaction would that was in the middle of its work
        undo = pool.submit(decide_submission, base.database, 2, "undone", "test", "test", commit=True)
        waits(base.database)
        decide_under_lock(holder, 3, "undone", "test", "test")  # spells are closed and opened, after the other began
        holder.commit()
        holder.execute(text(f"SELECT {lock.format('un')}"), {"employer": EMPLOYER})
        undo.result(60)
    assert backwards(base.database) == []
    assert handed_over(base.database, "fact_employment", "first_line_id") == []


@pytest.fixture
def persons(base: Base, tmp_path: Path) -> list[int]:
    """A worker of a roster, and the same under a mistyped number in the registry."""
    assert base.send(PEOPLE, "2026-01") == "published"
    load_registry(base.settings, base.database, extract(tmp_path, "大碶街道"))
    with base.database.loader.connect() as connection:
        return [
            connection.execute(text(f"SELECT min(person_id) FROM identity.{of}")).scalar_one()
            for of in ("line_person", "record_person")
        ]


def test_an_extract_that_waited_closes_no_residence_before_it_began(
    base: Base, persons: list[int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While it seals its file somebody decides whom the record stands for."""
    sealing, decided = threading.Event(), threading.Event()
    seal_file: Callable[..., Any] = registry.seal_file

    def slowly(*arguments: Any) -> Any:
        sealing.set()
        assert decided.wait(60)
        return seal_file(*arguments)

    monkeypatch.setattr(registry, "seal_file", slowly)
    with ThreadPoolExecutor(1) as pool:
        loading = pool.submit(load_registry, base.settings, base.database, extract(tmp_path, "小港街道"))
        assert sealing.wait(60)
        try:
            merge_persons(base.database, *persons, "one worker", "test", commit=True)
        finally:
            decided.set()
        assert loading.result(60).loaded == 1
    assert backwards(base.database) == []
    assert handed_over(base.database, "fact_residence", "valid_from") == []


def test_a_merge_that_waited_closes_no_residence_before_it_began(base: Base, persons: list[int]) -> None:
    with ThreadPoolExecutor(1) as pool, base.database.loader.connect() as holder:
        holder.execute(statement("publish/lock_numbers"))
        merge = pool.submit(merge_persons, base.database, *persons, "one worker", "test", commit=True)
        waits(base.database)
        # As an extract would that has the lock: the residence is believed anew, from after the merge began.
        holder.execute(text("UPDATE warehouse.fact_residence SET known_from = clock_timestamp()"))
        holder.commit()
        merge.result(60)
    assert backwards(base.database) == []
    assert handed_over(base.database, "fact_residence", "record_id") == []


def test_two_runs_that_meet_a_new_employer_at_once_believe_it_once(database: Database) -> None:
    """The second waits for the first and finds it known; by another name it closes what the first has opened."""
    for name, known in (("一厂", False), ("二厂", True)):
        with ThreadPoolExecutor(1) as pool, database.loader.begin() as first:
            assert record_employer(first, Employer(EMPLOYER, "一厂" if not known else "三厂"), "test")

            def meet(name: str = name) -> bool:
                with database.loader.begin() as second:
                    return record_employer(second, Employer(EMPLOYER, name), "test")

            other = pool.submit(meet)
            waits(database)
            first.commit()
            assert other.result(30) is known
    with database.loader.connect() as connection:
        rows = connection.execute(
            text("SELECT name, known_to = 'infinity' FROM warehouse.dim_employer ORDER BY known_from")
        )
        assert [tuple(row) for row in rows] == [("一厂", False), ("三厂", False), ("二厂", True)]
    assert backwards(database) == []


@pytest.mark.parametrize("table", TABLES)
def test_the_base_itself_refuses_what_was_known_backwards(database: Database, table: str) -> None:
    sql = f"""SELECT count(*) FROM pg_constraint WHERE conrelid = 'warehouse.{table}'::regclass
              AND pg_get_constraintdef(oid) LIKE '%known_from <= known_to%' AND convalidated"""
    with database.loader.connect() as connection:
        assert connection.execute(text(sql)).scalar_one() == 1
