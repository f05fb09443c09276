"""What a person decides of two persons, or of some lines of one, and what the tables say after it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from rosters import EMPLOYER, PEOPLE, roster
from sending import Base
from sqlalchemy import text

from clearbase.errors import RequestError
from clearbase.given import Given
from clearbase.intake.discover import waiting_files
from clearbase.pipeline.persons import merge_persons, split_person
from clearbase.pipeline.rebuild import rebuild_and_compare
from clearbase.pipeline.registry import load_registry
from clearbase.pipeline.run import ingest
from clearbase.pipeline.verify import verify
from clearbase.settings import Settings
from clearbase.warehouse.database import Database

SPELLS = """SELECT person_id, valid_from::text, valid_to::text FROM warehouse.fact_employment
            WHERE known_to = 'infinity' ORDER BY 1, 2"""
# The first worker under another valid number, and with nothing else by which he would be asked about.
MISTYPED = [PEOPLE[0][0], "33020419900307101X", "男", "13900139009", "", "", PEOPLE[0][-1]]


def asked(database: Database, sql: str) -> list[Any]:
    with database.loader.connect() as connection:
        return [tuple(row) for row in connection.execute(text(sql))]


def sound(database: Database) -> bool:
    differing = [told.table for told in rebuild_and_compare(database) if not told.is_same]
    broken = [finding.says for finding in verify(database) if finding.broken]
    return (differing, broken) == ([], [])


@pytest.fixture(scope="module")
def persons(settings: Settings, database: Database, tmp_path_factory: pytest.TempPathFactory) -> list[int]:
    """One worker under two numbers in two months (a mistyped one, then the right one), and the other two."""
    folder = tmp_path_factory.mktemp("files")
    wrong = MISTYPED
    for month, people in (("2026-01", [wrong, *PEOPLE[1:]]), ("2026-02", PEOPLE)):
        given = Given(EMPLOYER, dt.date.fromisoformat(f"{month}-01"), "full")
        file = roster(folder / f"{month}.xlsx", people)
        ingest(settings, database, waiting_files([file]).files, given, lambda *_: None)
    lines = "SELECT person_id FROM identity.line_person ORDER BY line_id"
    found = [row[0] for row in asked(database, lines)]
    return [found[0], found[3]]  # the same worker's first line in each month


def test_merged_split_and_merged_again(database: Database, persons: list[int]) -> None:
    wrong, right = persons
    assert wrong != right
    apart = asked(database, SPELLS)
    assert len(apart) == 4
    told = merge_persons(database, right, wrong, "", "test", commit=False)
    assert asked(database, SPELLS) == apart, "a preview changes nothing"
    done = merge_persons(database, right, wrong, "one worker, a mistyped number", "test", commit=True)
    assert done == told and done.person_id == wrong and done.lines == 1
    january = {dt.date(2026, 1, 1): (4, 3)}  # in which he was counted twice, for both were hired long before
    assert done.changes[EMPLOYER].headcounts == january
    merged = asked(database, SPELLS)
    assert len(merged) == 3 and (wrong, PEOPLE[0][-1], "infinity") in merged
    assert sound(database)
    (line,) = (
        row[0] for row in asked(database, f"SELECT max(line_id) FROM identity.line_person WHERE person_id = {wrong}")
    )
    again = split_person(database, wrong, [line], "they are two", "test", commit=True)
    assert again.person_id == right, "the id that it had comes back"
    assert asked(database, SPELLS) == apart
    assert sound(database)


def test_what_cannot_be_decided_is_told(database: Database, persons: list[int]) -> None:
    wrong, right = persons
    with pytest.raises(RequestError, match="no person 4711"):
        merge_persons(database, wrong, 4711, "x", "test", commit=True)
    with pytest.raises(RequestError, match="already"):
        merge_persons(database, wrong, wrong, "x", "test", commit=True)
    with pytest.raises(RequestError, match="why"):
        merge_persons(database, wrong, right, " ", "test", commit=True)
    with pytest.raises(RequestError, match="no lines of person"):
        split_person(database, wrong, [right], "x", "test", commit=True)
    with pytest.raises(RequestError, match="split the others off"):
        split_person(database, wrong, [wrong], "x", "test", commit=True)


def test_who_is_merged_is_found_again_under_both_numbers(
    settings: Settings, database: Database, persons: list[int], tmp_path: Path
) -> None:
    wrong, right = persons
    merge_persons(database, wrong, right, "one worker", "test", commit=True)
    given = Given(EMPLOYER, dt.date(2026, 3, 1), "full")
    file = roster(tmp_path / "3.xlsx", PEOPLE)
    ingest(settings, database, waiting_files([file]).files, given, lambda *_: None)
    newest = "SELECT person_id FROM identity.line_person ORDER BY line_id DESC LIMIT 3"
    assert wrong in {row[0] for row in asked(database, newest)}
    assert sound(database)


def test_a_record_in_review_beside_who_was_merged_is_decided_anew(base: Base, tmp_path: Path) -> None:
    """It may be the person that goes: the ledger says from then on that it may be the one that stays."""
    for month, people in (("2026-01", [MISTYPED]), ("2026-02", PEOPLE[:1])):
        assert base.send(people, month) == "published"
    extract = tmp_path / "registry.csv"
    extract.write_text(f"登记编号,姓名,公民身份号码,登记日期,登记状态\n1,赵某,{PEOPLE[0][1]},2024-01-01,有效\n")
    load_registry(base.settings, base.database, extract)
    keep, gone = (row[0] for row in asked(base.database, "SELECT person_id FROM identity.line_person ORDER BY 1"))
    assert asked(base.database, "SELECT candidate_person_id FROM identity.review_case") == [(gone,)]
    merge_persons(base.database, keep, gone, "one worker", "test", commit=True)
    assert asked(base.database, "SELECT candidate_person_id FROM identity.review_case") == [(keep,)]
    assert sound(base.database)
