"""Trainings: from 培训次数 and 培训日期 on a roster to one row a person, employer and training."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from rosters import EMPLOYER, HEADER, OTHER_EMPLOYER, PEOPLE, roster
from sqlalchemy import text

from clearbase.intake.claim import Given
from clearbase.intake.discover import waiting_files
from clearbase.pipeline.run import ingest
from clearbase.pipeline.verify import fingerprints, verify
from clearbase.settings import Settings
from clearbase.warehouse.database import Database

TRAINED = [*HEADER, "培训次数", "培训日期"]
FACTS = """
    SELECT l.row_no, f.trainings, f.training_date::text, f.period::text
    FROM warehouse.fact_training AS f JOIN ledger.roster_line AS l ON l.line_id = f.first_line_id
    WHERE f.employer_uscc = :employer AND f.known_from <= now()
    ORDER BY f.period, l.row_no, f.training_date"""


def take(
    settings: Settings, database: Database, folder: Path, month: str, told: list[list[str]], employer: str
) -> None:
    people = [[*person, *more] for person, more in zip(PEOPLE, told, strict=True)]
    file = roster(folder / f"{month}-{len(list(folder.iterdir()))}.xlsx", people, header=TRAINED)
    ingest(
        settings,
        database,
        waiting_files([file]).files,
        Given(employer, dt.date.fromisoformat(f"{month}-01"), "full"),
        lambda *_: None,
    )


def facts(database: Database, employer: str = EMPLOYER) -> list[tuple[object, ...]]:
    with database.loader.connect() as connection:
        return [tuple(row) for row in connection.execute(text(FACTS), {"employer": employer})]


def test_trainings_of_effective_rosters_are_facts(settings: Settings, database: Database, tmp_path: Path) -> None:
    take(settings, database, tmp_path, "2024-05", [["1次", "2024-03-08"], ["2", ""], ["0", ""]], EMPLOYER)
    assert facts(database) == [(2, 1, "2024-03-08", "2024-05-01"), (3, 2, None, "2024-05-01")]
    # The next month: a second training of the first; the count of the second gets its date; the third's is absurd.
    take(settings, database, tmp_path, "2024-06", [["2", "2024.6"], ["2", "2024-02-01"], ["9" * 40, ""]], EMPLOYER)
    assert facts(database) == [
        (2, 1, "2024-03-08", "2024-05-01"),
        (2, 2, "2024-06-01", "2024-06-01"),
        (3, 2, "2024-02-01", "2024-06-01"),
    ]
    # That month's roster again, mended: what it said no longer counts; a count that just fits, one that does not.
    take(
        settings,
        database,
        tmp_path,
        "2024-06",
        [["2147483647", "2024-03-08"], ["2147483648", ""], ["是", ""]],
        EMPLOYER,
    )
    assert facts(database) == [(2, 2147483647, "2024-03-08", "2024-05-01"), (3, 2, None, "2024-05-01")]
    take(settings, database, tmp_path, "2024-06", [["1", "2024-03-08"], ["", ""], ["", "很久以前"]], OTHER_EMPLOYER)
    assert facts(database, OTHER_EMPLOYER) == [(2, 1, "2024-03-08", "2024-06-01")]
    assert {name: rows for name, rows, _ in fingerprints(database)}["fact_training"] == 3
    assert [finding.says for finding in verify(database) if finding.broken] == []
