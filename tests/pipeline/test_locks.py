"""A publication keeps no reader waiting, whatever it writes: what it locks of lasting tables lets everybody read."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from rosters import EMPLOYER, OTHER_EMPLOYER, PEOPLE, roster, worker
from sqlalchemy import event, text

from clearbase.given import Given
from clearbase.intake.discover import waiting_files
from clearbase.pipeline.persons import merge_persons
from clearbase.pipeline.run import ingest
from clearbase.pipeline.undo import decide_submission
from clearbase.settings import Settings
from clearbase.warehouse.database import Database

# Row locks and the locks of INSERT, UPDATE, ATTACH PARTITION: none of them conflicts with a SELECT.
LETS_READ = {"AccessShareLock", "RowShareLock", "RowExclusiveLock", "ShareUpdateExclusiveLock"}
HELD = text("""
    SELECT c.oid::regclass::text AS relation, l.mode
    FROM pg_locks AS l JOIN pg_class AS c ON c.oid = l.relation
    WHERE l.pid = pg_backend_pid() AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
      AND c.relpersistence <> 't' AND c.relnamespace <> 'pg_toast'::regnamespace
      AND NOT (c.relname LIKE 'roster_line_20%' AND c.xmin = pg_current_xact_id_if_assigned()::xid)""")


@pytest.fixture
def locks(database: Database) -> Any:
    """What each transaction of the loader held of tables that outlive it, as it committed."""
    seen: dict[str, set[str]] = {}

    def look(connection: Any) -> None:
        for row in connection.execute(HELD):
            seen.setdefault(row.mode, set()).add(row.relation)

    event.listen(database.loader, "commit", look)
    yield seen
    event.remove(database.loader, "commit", look)


def test_nobody_who_reads_waits(
    settings: Settings, database: Database, tmp_path: Path, locks: dict[str, set[str]]
) -> None:
    for place, (employer, month, people) in enumerate(
        [
            (EMPLOYER, "2026-01", PEOPLE),
            (EMPLOYER, "2026-02", PEOPLE[:2]),
            (OTHER_EMPLOYER, "2025-12", [worker(n) for n in range(12)]),
            (EMPLOYER, "2025-11", PEOPLE[1:]),
        ]
    ):
        file = roster(tmp_path / f"{place}.xlsx", people)
        given = Given(employer, dt.date.fromisoformat(f"{month}-01"), "full")
        ingest(settings, database, waiting_files([file]).files, given, lambda *_: None)
    with database.loader.connect() as connection:
        newest = connection.execute(text("SELECT max(submission_id) FROM ledger.submission")).scalar_one()
        one, other, *_ = connection.execute(text("SELECT DISTINCT person_id FROM identity.line_person")).scalars()
    decide_submission(database, newest, "undone", "a mistake", "test", commit=True)
    merge_persons(database, one, other, "one", "test", commit=True)
    assert "warehouse.fact_employment" in locks["RowExclusiveLock"], "it was looked at all"
    assert {mode: names for mode, names in locks.items() if mode not in LETS_READ} == {}
