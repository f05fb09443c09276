"""What the Dag's tasks call, in the order of the Dag, on a real base: the drop folder is emptied, nothing is lost."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from rosters import EMPLOYER, OTHER_EMPLOYER, PEOPLE, roster, worker
from sqlalchemy import text

from clearbase.errors import RequestError
from clearbase.intake import claim_drop
from clearbase.intake.chunks import MOST_CHUNKS, chunks_of
from clearbase.intake.claim import original
from clearbase.intake.drop import waiting_in_drop
from clearbase.ledger.employers import Employer, record_employer
from clearbase.pipeline import scheduled
from clearbase.pipeline.scheduled import (
    STAGES,
    claim_files,
    decide_published,
    load_registry_extracts,
    read_chunk,
    run_stage,
)
from clearbase.settings import Settings
from clearbase.warehouse.database import Database

Drop = Callable[..., Path]
RUNS = iter(range(10**6))


@pytest.fixture(autouse=True)
def _home(settings: Settings, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tasks find their settings in the environment."""
    monkeypatch.setenv("CLEARBASE_HOME", str(settings.home))
    monkeypatch.setenv("CLEARBASE_SETTLE_SECONDS", "0")
    with database.loader.begin() as connection:
        record_employer(connection, Employer(EMPLOYER, "测试厂"), "test")


@pytest.fixture
def drop(settings: Settings) -> Iterator[Drop]:
    """Puts a roster of one person, whom its number tells apart, into the drop folder."""

    def put(place: str = f"{EMPLOYER}/inbox/2021年1月花名册.xlsx", people: int = 1) -> Path:
        return roster(settings.drop_folder / place, PEOPLE[:people], title=Path(place).stem)

    yield put
    for path in settings.drop_folder.rglob("*.*"):
        if path.is_file():
            path.unlink()


def rows(database: Database, query: str, **bound: Any) -> list[tuple[Any, ...]]:
    with database.loader.connect() as connection:
        return [tuple(row) for row in connection.execute(text(query), bound)]


def run(**asked: Any) -> dict[str, int] | None:
    """A Dag run without Airflow. None where nothing waited."""
    claimed = claim_files(f"run {next(RUNS)}", asked)
    if claimed is None:
        return None
    for chunk in claimed["chunks"]:
        read_chunk(claimed["batch_id"], chunk["submission_ids"])
    files: dict[str, int] = {}
    for stage in STAGES:
        files, _ = run_stage(stage, claimed["batch_id"])
    return files


def test_a_dropped_file_goes_all_the_way_and_leaves_the_inbox(drop: Drop, settings: Settings) -> None:
    path = drop()
    assert run() == {"published": 1}
    assert not path.exists()
    assert len(list((settings.drop_folder / EMPLOYER / "receipts").glob("QD*.json"))) == 1
    assert run() is None, "and nothing waits any more"


def test_a_file_of_nobody_is_held_with_its_lines_and_told_under_unknown(
    drop: Drop, settings: Settings, database: Database
) -> None:
    top = drop("2021年2月花名册.xlsx", people=3)
    assert run() == {"held": 1}
    last = "SELECT reason_code, rows_held, employer_uscc FROM intake.submission ORDER BY submission_id DESC LIMIT 1"
    assert rows(database, last) == [("folder_unknown", 3, None)]
    assert not top.exists(), "it is sealed, so it is not lost"
    assert list((settings.drop_folder / "_unknown" / "receipts").glob("QD*.txt"))


def test_a_new_employers_file_is_taken_again_once_it_is_registered(drop: Drop, database: Database) -> None:
    drop(f"{OTHER_EMPLOYER}/inbox/2021年3月花名册.xlsx")
    assert run() == {"held": 1}
    with database.loader.begin() as connection:
        record_employer(connection, Employer(OTHER_EMPLOYER, "新厂"), "test")
    assert run(employer=OTHER_EMPLOYER) == {"published": 1}
    with pytest.raises(RequestError, match="nothing to take again"):
        run(employer=OTHER_EMPLOYER)


def test_what_the_file_did_not_say_is_said_with_its_submission(drop: Drop, database: Database) -> None:
    drop(f"{EMPLOYER}/inbox/花名册.xlsx")
    assert run() == {"held": 1}
    (number,) = rows(database, "SELECT max(submission_id) FROM intake.submission WHERE reason_code = 'period_missing'")[
        0
    ]
    assert run(submission=number, period="2021-04") == {"published": 1}
    again = "SELECT period::text, again_of FROM intake.submission ORDER BY submission_id DESC LIMIT 1"
    assert rows(database, again) == [("2021-04-01", number)]


@pytest.mark.parametrize(
    "asked", [{"employer": "123"}, {"period": "2021年"}, {"submission": 10**6}, {"batch": 10**6}], ids=str
)
def test_what_is_not_there_is_told_and_not_tried_again(asked: dict[str, Any]) -> None:
    with pytest.raises(RequestError):
        run(**asked)


def test_a_claim_that_was_killed_before_the_inbox_was_emptied_takes_no_file_twice(
    drop: Drop, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = drop(f"{EMPLOYER}/inbox/2021年5月花名册.xlsx")

    class Killed(BaseException): ...

    def kill(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as killing:
        killing.setattr(claim_drop, "take_away", kill)
        with pytest.raises(Killed):
            claim_files("killed run", {})
    assert path.exists()
    claimed = claim_files("killed run", {})
    assert claimed is not None
    assert [len(chunk["submission_ids"]) for chunk in claimed["chunks"]] == [1]
    assert not path.exists()
    assert run(batch=claimed["batch_id"]) == {"published": 1}, "a batch whose run is gone is finished by its number"


def test_a_batch_whose_run_is_gone_for_long_is_finished_by_the_next(drop: Drop, database: Database) -> None:
    drop(f"{EMPLOYER}/inbox/2021年8月花名册.xlsx")
    forsaken = claim_files("failed run", {})
    assert forsaken is not None
    assert run() is None, "its own run may still try again"
    with database.loader.begin() as connection:
        connection.execute(
            text("UPDATE intake.batch SET opened_at = now() - interval '3 hours' WHERE closed_at IS NULL")
        )
    assert run() == {"published": 1}
    assert run() is None


def test_a_file_that_is_written_to_while_it_is_sealed_waits_for_the_next_look(
    drop: Drop, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = drop(f"{EMPLOYER}/inbox/2021年6月花名册.xlsx")
    read = os.fstat

    def and_write(descriptor: int) -> os.stat_result:
        path.write_bytes(path.read_bytes() + b"more")
        return read(descriptor)

    with monkeypatch.context() as writing:
        writing.setattr("clearbase.intake.claim.os.fstat", and_write)
        assert claim_files("meanwhile", {}) is None
    assert path.exists()
    assert claim_files("afterwards", {}) is not None


def test_a_folder_that_becomes_a_link_after_it_was_looked_at_brings_nobody_else_s_file(
    drop: Drop, settings: Settings, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = drop(f"{EMPLOYER}/inbox/sub/2021年8月花名册.xlsx")
    others = settings.drop_folder / OTHER_EMPLOYER / "inbox" / mine.name

    def then_swapped(*asked: object) -> list[Path]:
        found = waiting_in_drop(*asked)  # type: ignore[arg-type]
        mine.unlink()
        mine.parent.rmdir()
        mine.parent.symlink_to(others.parent)
        others.parent.mkdir(parents=True, exist_ok=True)
        others.write_bytes(b"of the other")
        return [path for path in found if path == mine]

    with monkeypatch.context() as swapping:
        swapping.setattr("clearbase.intake.claim_drop.waiting_in_drop", then_swapped)
        assert claim_files("swapped", {}) is None
    with database.loader.connect() as connection:
        read = text("SELECT count(*) FROM intake.submission WHERE file_sha256 = sha256('of the other')")
        assert connection.execute(read).scalar() == 0
    assert others.read_bytes() == b"of the other"
    mine.parent.unlink()
    others.unlink()


def test_a_file_that_cannot_be_kept_stays_where_it_lies_and_is_told_once(
    drop: Drop, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = drop(f"{EMPLOYER}/inbox/2021年7月花名册.xlsx")
    monkeypatch.setenv("CLEARBASE_MAX_FILE_BYTES", "100")
    assert run() == {"unreadable": 1}
    assert path.exists()
    assert run() is None


def test_a_batch_takes_its_budget_and_a_larger_file_goes_alone(
    drop: Drop, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    paths = [drop(f"{EMPLOYER}/inbox/2022年{month}月花名册.xlsx", people=1 + month % 2) for month in range(1, 4)]
    sizes = sorted(path.stat().st_size for path in paths)
    monkeypatch.setenv("CLEARBASE_BATCH_BYTES", str(sizes[0] + sizes[1]))
    assert run() == {"published": 2}
    monkeypatch.setenv("CLEARBASE_BATCH_BYTES", "1")
    assert run() == {"published": 1}
    assert not any(path.exists() for path in paths)


def test_chunks_hold_every_file_once_and_the_same_bytes_together(
    drop: Drop, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("clearbase.intake.chunks.CHUNK_BYTES", 1)
    first = drop(f"{EMPLOYER}/inbox/2022年4月花名册.xlsx")
    for copy in ("复件", "副本", "新"):
        (first.parent / f"2022年4月花名册{copy}.xlsx").write_bytes(first.read_bytes())
    for month in range(5, 12):
        drop(f"{EMPLOYER}/inbox/2022年{month}月花名册.xlsx", people=1 + month % 3)
    claimed = claim_files("chunks", {})
    assert claimed is not None
    chunks = chunks_of(database, claimed["batch_id"])
    assert len(chunks) == MOST_CHUNKS
    every = [number for chunk in chunks for number in chunk.submission_ids]
    assert len(every) == len(set(every)) == 11
    assert all(chunk.submission_ids == sorted(chunk.submission_ids) for chunk in chunks)
    assert max(chunk.weight for chunk in chunks) <= 2 * min(chunk.weight for chunk in chunks)
    for chunk in reversed(claimed["chunks"]):
        read_chunk(claimed["batch_id"], chunk["submission_ids"])
    for stage in STAGES:
        files, note = run_stage(stage, claimed["batch_id"])
    assert files == {"published": 8, "repeated": 3}
    assert "重复报送 3" in note
    assert "8 published" not in note, "files by outcome, rows by disposition"


def test_originals_of_files_taken_again_open_under_their_own_number(drop: Drop, settings: Settings) -> None:
    drop(f"{EMPLOYER}/inbox/花名册.xlsx", people=2)
    before = set((settings.landing_folder / "originals").iterdir())
    assert run() == {"held": 1}
    (sealed,) = set((settings.landing_folder / "originals").iterdir()) - before
    number = int(sealed.name.split(".")[0])
    assert run(submission=number, employer=OTHER_EMPLOYER, period="2023-01") == {"published": 1}
    assert original(settings, number).exists()


def test_each_extract_is_followed_by_a_check_of_what_it_touched(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked: list[int] = []
    monkeypatch.setattr(scheduled, "verify_load", lambda _, load_id: checked.append(load_id))
    settings.registry_inbox.mkdir(parents=True, exist_ok=True)
    extract = settings.registry_inbox / "居民.csv"
    extract.write_text("登记编号,姓名,公民身份号码\nR9,赵一,330204199003070017\n", encoding="utf-8")
    counts, refused = load_registry_extracts(None)
    assert (counts["loaded"], len(checked), refused) == (1, 1, [])
    assert "load_id" not in counts and not extract.exists()


def test_registry_extracts_are_taken_from_their_inbox_and_others_moved_aside(settings: Settings) -> None:
    inbox = settings.registry_inbox
    inbox.mkdir(parents=True, exist_ok=True)
    (inbox / "居民.csv").write_text("登记编号,姓名,公民身份号码\nR1,王小明,330204199003079994\n", encoding="utf-8")
    roster(inbox / "花名册.xlsx", PEOPLE)
    for _ in range(2):
        counts, refused = load_registry_extracts(None)
        assert "no registry extract" in refused[0]
        assert list(inbox.iterdir()) == []
        roster(inbox / "花名册.xlsx", PEOPLE)
    (inbox / "花名册.xlsx").unlink()
    assert {path.name for path in (inbox.parent / "refused").iterdir()} == {"花名册.xlsx", "花名册_2.xlsx"}
    (inbox / "居民.csv").write_text("登记编号,姓名,公民身份号码\nR1,王小明,330204199003079994\n", encoding="utf-8")
    counts, _ = load_registry_extracts(None)
    assert (counts["files"], counts["read"], counts["known"]) == (1, 2, 1), "the header is a row, the record is known"


def test_an_undo_that_was_cut_short_before_it_was_verified_is_told_when_it_is_tried_again(
    settings: Settings, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Somebody whom no other test's roster names.
    title = "2021年11月新进人员表"
    roster(settings.drop_folder / f"{EMPLOYER}/inbox/{title}.xlsx", [worker(50)], title=title)
    claimed = claim_files("to be undone", {})
    assert claimed is not None
    for chunk in claimed["chunks"]:
        read_chunk(claimed["batch_id"], chunk["submission_ids"])
    for stage in ("check", "resolve", "publish", "reply"):
        run_stage(stage, claimed["batch_id"])
    with database.loader.connect() as connection:
        number = connection.execute(text("SELECT max(submission_id) FROM ledger.standing_submission")).scalar_one()
    asked = {"submission": number, "verdict": "undone", "reason": "送错了"}

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as cut, pytest.raises(KeyboardInterrupt):
        cut.setattr(scheduled, "verify_decided", killed)
        decide_published(asked, "Airflow run 1")
    counts, note = decide_published(asked, "Airflow run 1")
    assert counts["persons"] == 1 and "已撤销" in note and "时段 spells -1" in note
    with database.loader.connect() as connection:
        rows = connection.execute(
            text("SELECT count(*) FROM ledger.submission_decision WHERE submission_id = :n"), {"n": number}
        )
        assert rows.scalar() == 1
    with pytest.raises(RequestError, match="undone already"):
        decide_published(asked, "Airflow run 2")
