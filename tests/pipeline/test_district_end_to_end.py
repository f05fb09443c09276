"""A small synthetic district all the way: every row accounted for, headcounts as in the truth, nothing taken twice."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from clearbase.district.generate import generate_district
from clearbase.given import Given
from clearbase.intake.discover import waiting_files
from clearbase.ledger.employers import Employer, record_employer
from clearbase.marts.headcount import compare_headcounts
from clearbase.pipeline.registry import load_registry
from clearbase.pipeline.run import ingest
from clearbase.pipeline.verify import fingerprints, verify
from clearbase.settings import Settings
from clearbase.warehouse.database import Database, open_database

Ingest = Callable[[list[Path]], list[int]]


@pytest.fixture(scope="module")
def district(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("district") / "d"
    generate_district(folder, seed=11, residents=1500, employers=8, months=3, dirt=3.0)
    return folder


@pytest.fixture(scope="module")
def loaded(settings: Settings, database: Database, district: Path) -> Database:
    load_registry(settings, database, district / "registry.csv")
    ingest(settings, database, waiting_files([district / "rosters"]).files, Given(), lambda *_: None)
    return database


def rows(database: Database, sql: str) -> list[tuple[object, ...]]:
    with database.loader.connect() as connection:
        return [tuple(row) for row in connection.execute(text(sql))]


def test_every_file_has_an_outcome_and_every_row_is_accounted_for(loaded: Database, district: Path) -> None:
    outcomes = dict(rows(loaded, "SELECT outcome, count(*) FROM intake.submission GROUP BY 1"))  # type: ignore[arg-type]
    assert sum(outcomes.values()) == sum(1 for f in (district / "rosters").rglob("*") if f.is_file())
    assert set(outcomes) == {"published", "repeated"}
    counts = "SELECT sum(rows_published + rows_quarantined + rows_repeated) FROM intake.submission"
    published = rows(loaded, f"{counts} WHERE outcome = 'published'")
    assert rows(loaded, "SELECT count(*) FROM ledger.roster_line") == published


def test_all_invariants_hold(loaded: Database) -> None:
    broken = [(finding.says, finding.examples) for finding in verify(loaded) if finding.broken]
    assert broken == []


def test_headcounts_are_the_truth_s_where_the_rows_are_clean(loaded: Database, district: Path) -> None:
    with loaded.loader.connect() as connection:
        result = compare_headcounts(connection, district / "truth" / "headcount.csv")
    assert result.summary[0]["compared"]
    assert result.clean_differ == 0, result.differing


def test_a_second_load_and_a_second_ingest_change_nothing(settings: Settings, loaded: Database, district: Path) -> None:
    ours = ("submission",)
    before = {name: digest for name, _, digest in fingerprints(loaded) if name not in ours}
    files = rows(loaded, "SELECT count(*) FROM intake.submission")[0][0]
    again = load_registry(settings, loaded, district / "registry.csv")
    assert (again.loaded, again.known) == (0, again.read - again.set_aside - again.quarantined)
    ingest(settings, loaded, waiting_files([district / "rosters"]).files, Given(), lambda *_: None)
    assert {name: digest for name, _, digest in fingerprints(loaded) if name not in ours} == before
    assert rows(loaded, f"SELECT DISTINCT outcome FROM intake.submission WHERE submission_id > {files} + 1") == [
        ("repeated",)
    ]


def test_a_clean_district_has_the_truth_s_headcount_everywhere(new_home: Callable[[], Path], tmp_path: Path) -> None:
    generate_district(tmp_path / "d", seed=5, residents=600, employers=5, months=4, dirt=0)
    settings = Settings(home=new_home())
    with open_database(settings) as database:
        load_registry(settings, database, tmp_path / "d" / "registry.csv")
        ingest(settings, database, waiting_files([tmp_path / "d" / "rosters"]).files, Given(), lambda *_: None)
        with database.loader.connect() as connection:
            result = compare_headcounts(connection, tmp_path / "d" / "truth" / "headcount.csv")
    assert result.differing == []
    assert result.summary[0]["compared"] == 20


def test_rosters_before_the_registry_meet_the_same_persons(new_home: Callable[[], Path], tmp_path: Path) -> None:
    """Whichever comes first, a worker with a clean number is one person with his registry record."""
    generate_district(tmp_path / "d", seed=6, residents=400, employers=4, months=1, dirt=0)
    counts = []
    for registry_first in (True, False):
        settings = Settings(home=new_home())
        with open_database(settings) as database:
            with database.loader.begin() as connection:
                record_employer(connection, Employer("91350100M000100Y43", "某公司"), "test")
            if registry_first:
                load_registry(settings, database, tmp_path / "d" / "registry.csv")
            ingest(settings, database, waiting_files([tmp_path / "d" / "rosters"]).files, Given(), lambda *_: None)
            if not registry_first:
                load_registry(settings, database, tmp_path / "d" / "registry.csv")
            counts.append(
                rows(
                    database,
                    "SELECT match_state, count(*), count(DISTINCT person_id)"
                    " FROM mart.roster_identity GROUP BY 1 ORDER BY 1",
                )
            )
            assert not [f for f in verify(database) if f.broken]
    assert counts[0] == counts[1]
