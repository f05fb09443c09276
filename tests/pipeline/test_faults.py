"""A fault in one file's way costs that file; the others of its batch are published, and it is told."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from rosters import EMPLOYER, OTHER_EMPLOYER, PEOPLE, roster
from sqlalchemy import text

from clearbase.given import Given
from clearbase.intake.claim import claim, open_batch, original
from clearbase.intake.discover import waiting_files
from clearbase.pipeline.check import check_batch
from clearbase.pipeline.faults import describe
from clearbase.pipeline.publish import publish_batch
from clearbase.pipeline.read import read_batch
from clearbase.pipeline.reply import reply_batch
from clearbase.pipeline.resolve import resolve_batch
from clearbase.pipeline.submissions import staged
from clearbase.settings import Settings
from clearbase.warehouse.database import Database

STAGES = (read_batch, check_batch, resolve_batch, publish_batch, reply_batch)
# The stage before which a sealed file is spoiled, and which: the one that the stage opens.
SPOILED = (("read", "original"), ("check", "lines"), ("resolve", "checked"), ("publish", "checked"))


@pytest.mark.parametrize(("stage", "part"), SPOILED)
def test_a_fault_holds_one_file_and_the_batch_goes_on(
    settings: Settings, database: Database, tmp_path: Path, stage: str, part: str
) -> None:
    month = 1 + [s for s, _ in SPOILED].index(stage)
    for name, people in (("a", PEOPLE[:2]), ("b", PEOPLE)):
        roster(tmp_path / f"{name}2019年{month}月花名册.xlsx", people)
    with database.loader.begin() as connection:
        batch_id = open_batch(connection)
    claim(settings, database, batch_id, waiting_files([tmp_path]).files, Given(EMPLOYER), lambda label: None)
    with database.loader.connect() as connection:
        spoiled = connection.execute(
            text("SELECT min(submission_id) FROM intake.submission WHERE batch_id = :b"), {"b": batch_id}
        ).scalar_one()
    for run in STAGES:
        if run.__name__.removesuffix("_batch") == stage:
            path = original(settings, spoiled) if part == "original" else staged(settings, spoiled, part)
            path.write_bytes(path.read_bytes()[:-20] + b"x" * 20)
        run(settings, database, batch_id)
    with database.loader.connect() as connection:
        rows = connection.execute(
            text(
                "SELECT state, outcome, reason_code, fault, rows_read = rows_held + rows_set_aside AS held "
                "FROM intake.submission WHERE batch_id = :b ORDER BY submission_id"
            ),
            {"b": batch_id},
        ).all()
        left = connection.execute(text("SELECT count(*) FROM staging.line WHERE batch_id = :b"), {"b": batch_id})
        assert left.scalar_one() == 0
    reason, words = ("original_lost", "重新报送这份文件") if stage == "read" else ("fault", "内部错误")
    assert rows[0][:3] == ("closed", "held", reason) and rows[0].held
    assert rows[0].fault.startswith(f"{stage}: SealError at clearbase/")
    assert rows[1][:3] == ("closed", "published", None)
    told = json.loads(next(settings.receipts_folder(EMPLOYER).glob(f"QD{spoiled:08d}_*.json")).read_text())
    assert told["outcome"] == "held" and words in told["reason"]


def test_an_outcome_is_told_without_its_workbook_where_that_fails(
    settings: Settings, database: Database, tmp_path: Path
) -> None:
    roster(tmp_path / "2019年9月花名册.xlsx", PEOPLE)
    with database.loader.begin() as connection:
        batch_id = open_batch(connection)
    claim(settings, database, batch_id, waiting_files([tmp_path]).files, Given(EMPLOYER), lambda label: None)
    for run in STAGES[:-1]:
        run(settings, database, batch_id)
    with database.loader.connect() as connection:
        submission_id = connection.execute(
            text("SELECT submission_id FROM intake.submission WHERE batch_id = :b"), {"b": batch_id}
        ).scalar_one()
    original(settings, submission_id).write_bytes(b"gone")
    reply_batch(settings, database, batch_id)
    with database.loader.connect() as connection:
        row = connection.execute(
            text("SELECT state, outcome, fault FROM intake.submission WHERE batch_id = :b"), {"b": batch_id}
        ).one()
    assert row[:2] == ("closed", "published") and row.fault.startswith("reply: SealError")
    assert next(settings.receipts_folder(EMPLOYER).glob(f"QD{submission_id:08d}_*.json"))
    assert not list(settings.receipts_folder(EMPLOYER).glob(f"QD{submission_id:08d}_*.xlsx"))


def test_what_is_told_of_a_fault_never_quotes_it() -> None:
    try:
        int("330203199003075676张三")
    except ValueError as fault:
        assert describe(fault, "read") == "read: ValueError at outside"


def test_a_crash_of_the_server_between_resolve_and_publish_costs_nothing(
    settings: Settings, database: Database, tmp_path: Path
) -> None:
    """What was staged is unlogged: crash recovery empties it."""
    roster(tmp_path / "2018年1月花名册.xlsx", PEOPLE)
    with database.loader.begin() as connection:
        batch_id = open_batch(connection)
    claim(settings, database, batch_id, waiting_files([tmp_path]).files, Given(EMPLOYER), lambda label: None)
    for run in STAGES:
        if run.__name__ == "publish_batch":
            with database.loader.begin() as connection:
                assert connection.execute(text("DELETE FROM staging.line")).rowcount == len(PEOPLE)
        run(settings, database, batch_id)
    with database.loader.connect() as connection:
        outcome = connection.execute(
            text("SELECT outcome, rows_published FROM intake.submission WHERE batch_id = :b"), {"b": batch_id}
        ).one()
    assert tuple(outcome) == ("published", len(PEOPLE))


def test_a_folder_that_may_not_be_written_keeps_no_other_from_its_receipt(
    settings: Settings, database: Database, tmp_path: Path
) -> None:
    for number, employer in enumerate((EMPLOYER, OTHER_EMPLOYER)):
        roster(tmp_path / employer / f"2018年{2 + number}月花名册.xlsx", PEOPLE)
    receipts = settings.receipts_folder(EMPLOYER)
    shutil.rmtree(receipts, ignore_errors=True)
    receipts.parent.mkdir(parents=True, exist_ok=True)
    receipts.write_text("no folder")
    with database.loader.begin() as connection:
        batch_id = open_batch(connection)
    claim(settings, database, batch_id, waiting_files([tmp_path]).files, Given(), lambda label: None)
    for run in STAGES[:-1]:
        run(settings, database, batch_id)
    with pytest.raises(OSError):
        STAGES[-1](settings, database, batch_id)
    assert list(settings.receipts_folder(OTHER_EMPLOYER).glob("*2018年3月*.txt"))
    receipts.unlink()
    STAGES[-1](settings, database, batch_id)
    assert list(receipts.glob("*2018年2月*.txt"))
