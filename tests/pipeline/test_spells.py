"""Spells of employment as the months of one employer tell them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from rosters import EMPLOYER, HEADER, PEOPLE, roster
from sqlalchemy import text

from clearbase.given import Given
from clearbase.intake.discover import waiting_files
from clearbase.pipeline.run import ingest
from clearbase.pipeline.verify import verify
from clearbase.settings import Settings
from clearbase.warehouse.database import Database

# (month, hired, left) as each roster says → spells (valid_from, valid_to, leave_evidence)
CASES = {
    "a hire date that is corrected after a rehire is no third spell": (
        [("2021-01", "2020-01-05", "2021-01-31"), ("2022-03", "2022-01-05", ""), ("2022-04", "2022-02-05", "")],
        [("2020-01-05", "2021-01-31", "leave_date"), ("2022-02-05", "infinity", None)],
    ),
    "a second rehire after a second leave is a third spell": (
        [
            ("2021-01", "2020-01-05", "2021-01-31"),
            ("2022-03", "2022-01-05", "2022-03-10"),
            ("2022-04", "2022-03-20", ""),
        ],
        [
            ("2020-01-05", "2021-01-31", "leave_date"),
            ("2022-01-05", "2022-03-10", "leave_date"),
            ("2022-03-20", "infinity", None),
        ],
    ),
    "left on the day of the hire and hired again": (
        [("2021-05", "2021-05-10", "2021-05-10"), ("2021-06", "2021-05-20", "")],
        [("2021-05-10", "2021-05-10", "leave_date"), ("2021-05-20", "infinity", None)],
    ),
    "a corrected hire date without any leave is one spell": (
        [("2021-01", "2021-01-05", ""), ("2021-03", "2021-01-15", "")],
        [("2021-01-15", "infinity", None)],
    ),
}


# One worker a case: valid numbers (GB 11643) of men who do not exist.
NUMBERS = ("330204199003079994", "330204199003070017", "330204199305120032", "330204199406130053")


@pytest.mark.parametrize("case", CASES)
def test_spells_are_what_the_months_say(settings: Settings, database: Database, tmp_path: Path, case: str) -> None:
    months, spells = CASES[case]
    place = list(CASES).index(case)
    person = [f"王{'甲乙丙丁'[place]}", NUMBERS[place], *PEOPLE[0][2:6]]
    for month, hired, left in months:
        file = roster(tmp_path / f"{month}.xlsx", [[*person, hired, left]], header=[*HEADER, "离职日期"])
        given = Given(EMPLOYER, dt.date.fromisoformat(f"{month}-01"), "joiners")
        ingest(settings, database, waiting_files([file]).files, given, lambda *_: None)
    with database.loader.connect() as connection:
        found = connection.execute(
            text("""
                SELECT e.valid_from::text, e.valid_to::text, e.leave_evidence
                FROM warehouse.fact_employment AS e
                JOIN (SELECT person_id FROM identity.line_person ORDER BY line_id DESC LIMIT 1) AS p USING (person_id)
                WHERE e.known_to = 'infinity' ORDER BY e.valid_from""")
        )
        assert [tuple(row) for row in found] == spells
    assert [finding.says for finding in verify(database) if finding.broken] == []
