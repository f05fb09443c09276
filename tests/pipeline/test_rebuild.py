"""What is derived, built again beside the live tables: the same after whatever was sent and undone; a change behind the
ledger's back is found in the table where it was made."""

from __future__ import annotations

import datetime as dt

import pytest
from rosters import EMPLOYER, OTHER_EMPLOYER, PEOPLE, roster
from sqlalchemy import create_engine, text

from clearbase.given import Given
from clearbase.intake.discover import waiting_files
from clearbase.pipeline.persons import split_person
from clearbase.pipeline.rebuild import DECIDED, rebuild_and_compare
from clearbase.pipeline.registry import load_registry
from clearbase.pipeline.run import ingest
from clearbase.pipeline.undo import decide_submission
from clearbase.settings import Settings
from clearbase.warehouse.database import Database
from clearbase.warehouse.statements import statement

# What each change behind the ledger's back breaks.
BROKEN = {
    "fact_employment": "UPDATE warehouse.fact_employment SET valid_to = '2026-01-09' WHERE valid_to = 'infinity'",
    "dim_person": "UPDATE warehouse.dim_person SET sex = 'female' WHERE sex = 'male'",
    "fact_match": "UPDATE warehouse.fact_match SET state = 'registered_here'",
    "fact_told_street": "UPDATE warehouse.fact_told_street SET street = '霞浦街道'",
    "fact_submission": "UPDATE warehouse.fact_submission SET rows_published = rows_published + 1",
    "line_person": "UPDATE identity.line_person SET person_id = (SELECT min(person_id) FROM identity.person)",
    "dim_employer": "UPDATE warehouse.dim_employer SET street = '某街道'",
    "record_person": "UPDATE identity.record_person SET current = false",
    "review_case": "UPDATE identity.review_case SET candidate_person_id = person_id",
    "person_token": "UPDATE identity.person_token SET candidate_person_id = NULL WHERE candidate_person_id IS NOT NULL",
    "negative": "DELETE FROM identity.negative",
    "fact_residence": "UPDATE warehouse.fact_residence SET street = '某街道'",
    "fact_posting": "UPDATE warehouse.fact_posting SET party = '某厂'",
    "spell_state": "UPDATE warehouse.spell_state SET unit = '某厂'",
}
IDENTITY = {"line_person", "record_person", "review_case", "person_token", "negative"}


def differing(database: Database, sample: int | None = None) -> list[str]:
    return [table.table for table in rebuild_and_compare(database, sample) if not table.is_same]


@pytest.fixture(scope="module")
def filled(settings: Settings, database: Database, tmp_path_factory: pytest.TempPathFactory) -> Database:
    """A registry, two employers, three months, a number under two names, one submission undone, a person split."""
    folder = tmp_path_factory.mktemp("rosters")
    (folder / "registry.csv").write_text(
        "登记编号,姓名,公民身份号码,现居住街道,登记日期,登记状态\n"
        f"1,{PEOPLE[0][0]},{PEOPLE[0][1]},新碶街道,2024-01-01,有效\n2,赵某,{PEOPLE[0][1]},新碶街道,2024-01-01,有效\n"
    )
    load_registry(settings, database, folder / "registry.csv")
    other_name = ["钱某", *PEOPLE[1][1:]]
    for n, (employer, month, people) in enumerate(
        [
            (EMPLOYER, 1, PEOPLE),
            (EMPLOYER, 2, [*PEOPLE[:2], other_name]),
            (OTHER_EMPLOYER, 2, PEOPLE[2:]),
            (EMPLOYER, 3, PEOPLE[:1]),
        ]
    ):
        file = roster(folder / f"{n}.xlsx", people, sheet_name="Sheet1" if employer == EMPLOYER else "一车间")
        given = Given(employer, dt.date(2026, month, 1), "full")
        ingest(settings, database, waiting_files([file]).files, given, lambda *_: None)
    with database.loader.connect() as connection:
        newest = connection.execute(text("SELECT max(submission_id) FROM ledger.submission")).scalar_one()
        twice = "SELECT person_id, max(line_id) AS line_id FROM identity.line_person GROUP BY 1 HAVING count(*) = 2"
        person, line = connection.execute(text(f"{twice} ORDER BY 1 LIMIT 1")).one()
    decide_submission(database, newest, "undone", "a test", "test", commit=True)
    split_person(database, person, [line], "a test", "test", commit=True)
    return database


def test_a_rebuild_gives_the_live_tables(filled: Database) -> None:
    tables = list(rebuild_and_compare(filled))
    assert {table.table for table in tables} >= BROKEN.keys()
    assert all(table.is_same and table.rows for table in tables), [table.table for table in tables]
    assert {table.table: table.rows for table in tables}["fact_employment"] > 0
    assert differing(filled, sample=1) == []


@pytest.mark.parametrize("table", BROKEN)
def test_a_change_behind_the_ledgers_back_is_found(filled: Database, table: str) -> None:
    schema = "identity" if table in IDENTITY else "warehouse"
    admin = create_engine(filled.admin)
    with admin.begin() as connection:  # kept: the rebuild must see it, so it is mended afterwards
        connection.execute(text(f"CREATE TABLE kept AS TABLE {schema}.{table}"))
        connection.execute(text(BROKEN[table]))
    try:
        assert table in differing(filled)
    finally:
        with admin.begin() as connection:
            connection.execute(text(f"DELETE FROM {schema}.{table}"))
            connection.execute(text(f"INSERT INTO {schema}.{table} SELECT * FROM kept"))
            connection.execute(text("DROP TABLE kept"))
        admin.dispose()
    assert differing(filled) == []


def test_persons_are_told_by_their_smallest_line_and_not_by_their_id(filled: Database) -> None:
    """Ids that decisions name are nothing that a figure rests on."""
    with filled.loader.connect() as connection:
        for step in DECIDED:
            connection.execute(statement(f"rebuild/{step}"))
        persons = connection.execute(text("SELECT count(*) FROM label")).scalar_one()
        assert persons == connection.execute(text("SELECT count(DISTINCT label) FROM label")).scalar_one() > 0
        connection.rollback()


def test_a_token_that_stands_for_somebody_else_is_found(filled: Database) -> None:
    admin = create_engine(filled.admin)
    with admin.begin() as connection:
        connection.execute(text("CREATE TABLE kept AS TABLE identity.person_token"))
        connection.execute(
            text("UPDATE identity.person_token SET person_id = (SELECT max(person_id) FROM identity.person)")
        )
    try:
        assert differing(filled) == ["person_token"]
    finally:
        with admin.begin() as connection:
            connection.execute(text("DELETE FROM identity.person_token"))
            connection.execute(text("INSERT INTO identity.person_token SELECT * FROM kept"))
            connection.execute(text("DROP TABLE kept"))
        admin.dispose()
