"""A submission that is undone has left no trace in what is derived; redone, it is as it was."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rosters import EMPLOYER, HEADER, OTHER_EMPLOYER, PEOPLE, roster
from sending import Base
from sqlalchemy import text

from clearbase.errors import RequestError
from clearbase.given import Given
from clearbase.intake.discover import waiting_files
from clearbase.pipeline.run import ingest
from clearbase.pipeline.undo import decide_submission, effect_of
from clearbase.pipeline.verify import verify
from clearbase.settings import Settings
from clearbase.warehouse.database import Database, open_database

DERIVED = {
    "spells": """SELECT employer_uscc, valid_from::text, valid_to::text, leave_earliest::text, start_evidence,
                        leave_evidence
                 FROM warehouse.fact_employment WHERE known_to = 'infinity'""",
    "headcounts": "SELECT employer_uscc, month::text, persons FROM mart.headcount_month",
    "persons": """SELECT registry_record_id, sex, sex_line_id IS NULL, birth_month::text FROM warehouse.dim_person
                  WHERE known_to = 'infinity'""",
    "match states": """SELECT state, valid_from::text, valid_to::text, record_id FROM warehouse.fact_match
                       WHERE known_to = 'infinity'""",
    "streets": """SELECT street, valid_from::text, valid_to::text FROM warehouse.fact_told_street
                  WHERE known_to = 'infinity'""",
    "lines": "SELECT file, row, match_state FROM mart.roster_identity",
    "submissions": "SELECT employer_uscc, period::text, kind, rows_published FROM warehouse.fact_submission",
}
MONTHS = (
    ("2026-01", "full", PEOPLE, EMPLOYER),
    ("2026-02", "full", PEOPLE[:2], EMPLOYER),
    ("2026-02", "joiners", PEOPLE[2:], OTHER_EMPLOYER),
    ("2026-03", "leavers", PEOPLE[1:2], EMPLOYER),
    ("2026-03", "full", PEOPLE[:1], EMPLOYER),
    ("2026-03", "full", PEOPLE, EMPLOYER),
)


def derived(database: Database) -> dict[str, list[Any]]:
    with database.loader.connect() as connection:
        return {name: sorted(map(str, connection.execute(text(sql)))) for name, sql in DERIVED.items()}


def send(settings: Settings, database: Database, folder: Path, which: list[int]) -> list[int]:
    """Sends these of ``MONTHS``, one run each. Returns their submissions."""
    numbers = []
    for n in which:
        month, kind, people, employer = MONTHS[n]
        header = [*HEADER, "离职日期"] if kind == "leavers" else HEADER
        rows = [[*person, "2026-03-15"] for person in people] if kind == "leavers" else people
        file = roster(folder / f"{n}.xlsx", rows, header=header)
        given = Given(employer, dt.date.fromisoformat(f"{month}-01"), kind)  # type: ignore[arg-type]
        ingest(settings, database, waiting_files([file]).files, given, lambda *_: None)
        with database.loader.connect() as connection:
            numbers.append(connection.execute(text("SELECT max(submission_id) FROM ledger.submission")).scalar_one())
    return numbers


@pytest.fixture(scope="module")
def whole(new_home: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Database, list[int]]]:
    """A base to which all of ``MONTHS`` was sent, and its submissions. Each test leaves it as it was."""
    settings = Settings(home=new_home())
    with open_database(settings) as database:
        yield database, send(settings, database, tmp_path_factory.mktemp("all"), list(range(len(MONTHS))))


@pytest.mark.parametrize("without", range(len(MONTHS)))
def test_undone_is_as_if_it_had_never_been_sent(
    whole: tuple[Database, list[int]], new_home: Any, tmp_path: Path, without: int
) -> None:
    database, numbers = whole
    before = derived(database)
    told = decide_submission(database, numbers[without], "undone", "", "test", commit=False)
    assert derived(database) == before, "a preview changes nothing"
    done = decide_submission(database, numbers[without], "undone", "sent by mistake", "test", commit=True)
    assert done == told, "what is done is what was told"
    undone = derived(database)
    assert [finding.says for finding in verify(database) if finding.broken] == []
    with pytest.raises(RequestError, match="already"):
        decide_submission(database, numbers[without], "undone", "again", "test", commit=True)
    decide_submission(database, numbers[without], "redone", "it was right", "test", commit=True)
    assert derived(database) == before
    assert [finding.says for finding in verify(database) if finding.broken] == []
    settings = Settings(home=new_home())
    with open_database(settings) as other:
        send(settings, other, tmp_path, [n for n in range(len(MONTHS)) if n != without])
        assert undone == derived(other)


def test_what_was_never_published_cannot_be_undone(database: Database) -> None:
    with pytest.raises(RequestError, match="never published"):
        decide_submission(database, 4711, "undone", "why not", "test", commit=True)


def test_a_decision_needs_its_reason(settings: Settings, database: Database, tmp_path: Path) -> None:
    (number,) = send(settings, database, tmp_path, [0])
    with pytest.raises(RequestError, match="why"):
        decide_submission(database, number, "undone", " ", "test", commit=True)


def test_the_same_bytes_are_taken_again_after_an_undo(settings: Settings, database: Database, tmp_path: Path) -> None:
    (first,) = send(settings, database, tmp_path, [1])
    decide_submission(database, first, "undone", "wrong file", "test", commit=True)
    (second,) = send(settings, database, tmp_path, [1])
    assert second > first, "it is no repetition of what no longer counts"


@pytest.mark.parametrize("kind", ["full", "joiners"])
def test_whom_only_an_undone_roster_names_does_not_come_back_with_the_next(
    new_home: Any, tmp_path: Path, kind: Any
) -> None:
    settings = Settings(home=new_home())
    with open_database(settings) as database:
        for n, people in enumerate((PEOPLE[:1], PEOPLE[1:])):
            file = roster(tmp_path / f"{n}.xlsx", people)
            given = Given(EMPLOYER, dt.date(2026, 2, 1), kind)
            ingest(settings, database, waiting_files([file]).files, given, lambda *_: None)
            if n == 0:
                decide_submission(database, 1, "undone", "wrong people", "test", commit=True)
        assert len(derived(database)["persons"]) == len(PEOPLE[1:])
        assert [finding.says for finding in verify(database) if finding.broken] == []


def test_a_preview_tells_match_states_and_what_else_is_told(base: Base) -> None:
    assert base.send(PEOPLE, "2026-01") == "published"
    assert base.send(PEOPLE[:2], "2026-01", "joiners", employer=OTHER_EMPLOYER) == "published"
    with base.database.loader.connect() as connection:
        numbers = connection.execute(text("SELECT submission_id FROM ledger.submission ORDER BY 1")).scalars()
        first, second = list(numbers)
    of_all = decide_submission(base.database, first, "undone", "", "test", commit=False)
    assert of_all.states == {"not_registered": (3, 2)} and of_all.otherwise == 1, "the other employer speaks of two"
    of_two = decide_submission(base.database, second, "undone", "", "test", commit=False)
    assert of_two.states == {} and of_two.otherwise == 0
    decide_submission(base.database, first, "undone", "sent by mistake", "test", commit=True)
    done = effect_of(base.database, first, "undone", "test")
    assert done is not None and (done.states, done.otherwise) == (of_all.states, of_all.otherwise)
