"""The Dags as data engineers find them, and whole batches through them in this process."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from airflow.dag_processing.dagbag import DagBag
from airflow.models.xcom import XComModel
from airflow.sdk.definitions.taskgroup import MappedTaskGroup
from airflow.utils.session import create_session
from rosters import EMPLOYER, PEOPLE, roster, worker
from sqlalchemy import create_engine, select, text

from clearbase.errors import BrokenError
from clearbase.intake.claim import open_batch
from clearbase.ledger.employers import Employer, record_employer
from clearbase.pipeline.scheduled import run_stage
from clearbase.settings import PROJECT, Settings
from clearbase.warehouse.database import Database
from clearbase.warehouse.statements import statement
from clearbase_airflow import NOTE

DAGS = {"ingest_rosters", "load_registry", "replay_period", "review_held", "undo_submission", "verify_warehouse"}
STAGES = ["claim", "read", "check", "gate", "resolve", "publish", "reply", "verify"]
OWNERS = {"data-engineering"}
MOST_LINES = 100


@pytest.fixture(scope="session")
def bag(metadata: None) -> DagBag:
    return DagBag(str(PROJECT / "dags"))


@pytest.fixture(autouse=True)
def _home(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLEARBASE_HOME", str(settings.home))
    monkeypatch.setenv("CLEARBASE_SETTLE_SECONDS", "0")


@pytest.fixture
def ingest(bag: DagBag, database: Database) -> Callable[..., Any]:
    """Runs the Dag; returns the Dag run."""
    with database.loader.begin() as connection:
        record_employer(connection, Employer(EMPLOYER, "测试厂"), "test")
    # All of them each time: `dag.test` leaves what one run was given to the next.
    nothing = dict.fromkeys(("submission", "employer", "period", "batch"))
    return lambda **conf: bag.dags["ingest_rosters"].test(run_conf=nothing | conf)


def states(run: Any) -> dict[str, str]:
    return {ti.task_id: str(ti.state) for ti in run.get_task_instances()}


def note_of(run: Any) -> str:
    """What the last task left for the note (the listener of the scheduler writes it: tests/service)."""
    with create_session() as session:
        left = select(XComModel.value).where(XComModel.run_id == run.run_id, XComModel.key == NOTE)
        return str(session.scalar(left.order_by(XComModel.timestamp.desc()).limit(1)))


def outcomes(database: Database) -> list[tuple[str, str | None]]:
    with database.loader.connect() as connection:
        rows = connection.execute(text("SELECT outcome, reason_code FROM intake.submission ORDER BY submission_id"))
        return [tuple(row) for row in rows]


def test_every_dag_is_there_and_imports(bag: DagBag) -> None:
    assert bag.import_errors == {}
    assert set(bag.dags) == DAGS
    assert {path.stem for path in (PROJECT / "dags").glob("*.py")} == DAGS, "a file is called as its Dag"


@pytest.mark.parametrize("name", sorted(DAGS))
def test_a_dag_tells_what_it_does_and_whose_it_is(bag: DagBag, name: str) -> None:
    dag = bag.dags[name]
    assert dag.doc_md and len(dag.doc_md) > 100
    assert "clearbase" in dag.tags
    assert str(dag.timezone) == "Asia/Shanghai"
    assert dag.catchup is False
    assert dag.max_active_runs <= 2 or name == "review_held", "runs that wait for people may be many"
    for task in dag.tasks:
        assert task.doc_md, task.task_id
        assert task.owner in OWNERS, task.task_id
        assert task.retries, task.task_id
        assert task.retry_delay > timedelta(0)
        assert task.retry_exponential_backoff, task.task_id
        assert task.execution_timeout or task.task_id == "review.ask", "only a person may take as long as it takes"
    assert len((PROJECT / "dags" / f"{name}.py").read_text(encoding="utf-8").splitlines()) <= MOST_LINES


def test_the_stages_follow_each_other(bag: DagBag) -> None:
    dag = bag.dags["ingest_rosters"]
    assert [task.task_id for task in dag.topological_sort()] == STAGES
    for before, after in pairwise(STAGES):
        assert after in dag.get_task(before).downstream_task_ids
    assert set(dag.params) == {"submission", "employer", "period", "batch"}


def test_no_question_waits_for_another_nor_keeps_the_next_from_being_asked(bag: DagBag) -> None:
    dag = bag.dags["review_held"]
    ask, decide = dag.get_task("review.ask"), dag.get_task("review.decide")
    assert ask.task_group is decide.task_group and isinstance(ask.task_group, MappedTaskGroup)
    assert ask.downstream_task_ids == {"review.decide"}
    assert ask.response_timeout is not None and ask.defaults == ["暂不决定"]
    ticks = ask.response_timeout / timedelta(minutes=10)
    assert dag.max_active_runs > ticks, "a run with an open question leaves room for that of the next ten minutes"


def test_the_assets_tell_the_way(bag: DagBag) -> None:
    outlets = {name: {asset.name for task in bag.dags[name].tasks for asset in task.outlets} for name in DAGS}
    assert outlets == {
        "ingest_rosters": {"warehouse"},
        "load_registry": {"registry", "warehouse"},
        "replay_period": {"warehouse"},
        "review_held": {"warehouse"},
        "undo_submission": {"warehouse"},
        "verify_warehouse": set(),
    }
    (watched,) = bag.dags["ingest_rosters"].timetable.asset_condition.objects
    assert (watched.name, [watcher.name for watcher in watched.watchers]) == ("rosters", ["drop_folder"])


def test_a_whole_batch_goes_through(ingest: Callable[..., Any], settings: Settings, database: Database) -> None:
    for month in (1, 2):
        roster(settings.drop_folder / EMPLOYER / "inbox" / f"2025年{month}月花名册.xlsx", PEOPLE)
    roster(settings.drop_folder / "2025年1月花名册.xlsx", PEOPLE)
    (settings.drop_folder / EMPLOYER / "inbox" / "photo.xlsx").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    run = ingest()
    assert states(run) == dict.fromkeys(STAGES, "success")
    assert sorted(outcomes(database)) == [
        ("held", "folder_unknown"),
        ("published", None),
        ("published", None),
        ("unreadable", "image"),
    ]
    assert not list((settings.drop_folder / EMPLOYER / "inbox").iterdir())
    assert "文件 4 份（待核 1，已入库 2，无法读取 1）；读取 " in note_of(run)
    held = max(n for n, (outcome, _) in enumerate(outcomes(database), 1) if outcome == "held")
    again = ingest(submission=held, employer=EMPLOYER)
    assert states(again)["verify"] == "success"
    assert outcomes(database)[-1] == ("repeated", "same_bytes"), "the employer's own copy was published already"


def test_a_run_with_nothing_to_take_is_skipped(ingest: Callable[..., Any]) -> None:
    assert states(ingest()) == dict.fromkeys(STAGES, "skipped")


def test_what_was_asked_for_wrongly_fails_at_once_and_says_why(ingest: Callable[..., Any]) -> None:
    run = ingest(submission=10**6)
    assert states(run)["claim"] == "failed"
    assert next(ti for ti in run.get_task_instances() if ti.task_id == "claim").try_number == 1


def test_what_the_gate_stops_is_not_published_and_goes_on_once_it_is_mended(
    ingest: Callable[..., Any], settings: Settings, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    roster(settings.drop_folder / EMPLOYER / "inbox" / "2025年5月花名册.xlsx", PEOPLE)
    with monkeypatch.context() as broken:
        broken.setattr("clearbase.pipeline.gate.DISPOSITIONS", ("quarantined",))
        run = ingest()
    assert states(run)["gate"] == "failed"
    assert states(run)["publish"] == "upstream_failed"
    assert outcomes(database)[-1] == (None, None)
    with database.loader.connect() as connection:
        batch = connection.execute(text("SELECT max(batch_id) FROM intake.batch")).scalar_one()
    assert states(ingest(batch=batch))["verify"] == "success"
    assert outcomes(database)[-1] == ("published", None)


def test_what_does_not_hold_after_a_batch_fails_its_last_task_and_is_named(
    ingest: Callable[..., Any], settings: Settings, database: Database
) -> None:
    """A spell that no line tells, of a person whom nobody named."""
    stray = """INSERT INTO warehouse.fact_employment
        (person_id, employer_uscc, valid_from, valid_to, start_evidence, first_line_id, known_from, known_to)
        VALUES (7, :employer, '2020-01-01', 'infinity', 'hire_date', 1, now(), 'infinity')"""
    with database.loader.begin() as connection:
        connection.execute(text(stray), {"employer": EMPLOYER})
    roster(settings.drop_folder / EMPLOYER / "inbox" / "2025年6月新进人员.xlsx", PEOPLE)
    try:
        run = ingest()
        assert states(run) == dict.fromkeys(STAGES, "success") | {"verify": "failed"}
        assert next(ti for ti in run.get_task_instances() if ti.task_id == "verify").try_number == 1
        assert outcomes(database)[-1] == ("published", None), "what was published stays"
        with database.loader.connect() as connection:
            batch = connection.execute(text("SELECT max(batch_id) FROM intake.batch")).scalar_one()
        with pytest.raises(BrokenError, match=r"BROKEN every spell leads to [^\n]*\(7, "):
            run_stage("verify", batch)
    finally:
        with database.loader.begin() as connection:
            connection.execute(text("DELETE FROM warehouse.fact_employment WHERE person_id = 7"))
    assert run_stage("verify", batch)[0] == {"published": 1}


def test_the_registry_and_the_check_have_their_dags(bag: DagBag, settings: Settings, database: Database) -> None:
    settings.registry_inbox.mkdir(parents=True)
    extract: Path = settings.registry_inbox / "居民.csv"
    extract.write_text("登记编号,姓名,公民身份号码\nR1,王小明,330204199003079994\n", encoding="utf-8")
    assert states(bag.dags["load_registry"].test()) == {"load": "success"}
    assert not extract.exists()
    assert states(bag.dags["load_registry"].test()) == {"load": "skipped"}
    night = bag.dags["verify_warehouse"].test()
    assert states(night) == {"verify": "success", "rebuild": "success", "figures": "success"}


def test_a_full_extract_that_lacks_too_much_waits_for_somebody_to_confirm_it(bag: DagBag, settings: Settings) -> None:
    settings.registry_inbox.mkdir(parents=True, exist_ok=True)
    nothing = {"file": None, "database": False, "kind": None, "confirmed": False}
    refused = settings.registry_inbox.parent / "refused" / "全量.csv"

    def load(*rows: int, **conf: object) -> Any:
        if rows:
            text = "".join(f"F{n},{(p := worker(60 + n))[0]},{p[1]}\n" for n in rows)
            (settings.registry_inbox / "全量.csv").write_text(f"登记编号,姓名,公民身份号码\n{text}", encoding="utf-8")
        return bag.dags["load_registry"].test(run_conf=nothing | conf)

    assert states(load(1, 2, 3)) == {"load": "success"}
    run = load(1)
    assert states(run) == {"load": "failed"} and refused.exists()
    assert next(iter(run.get_task_instances())).try_number == 1, "to try again would change nothing"
    done = load(file=str(refused), confirmed=True)
    assert states(done) == {"load": "success"}
    assert "missed" in note_of(done)


def test_a_broken_invariant_keeps_nobody_from_the_rebuild_and_fails_the_night(bag: DagBag, database: Database) -> None:
    with database.loader.begin() as connection:
        left = {"batch_id": open_batch(connection)}  # nobody is at work on it, and no table differs
    try:
        night = bag.dags["verify_warehouse"].test()
        assert states(night) == {"verify": "failed", "rebuild": "success", "figures": "success"}
        assert night.state == "failed"
    finally:
        with database.loader.begin() as connection:
            connection.execute(statement("intake/close_batch"), left)


def test_figures_that_cannot_be_right_fail_the_night_and_are_named(bag: DagBag, database: Database) -> None:
    admin = create_engine(database.admin)
    swap = "UPDATE warehouse.fact_employment SET person_id = -person_id"
    try:
        with admin.begin() as connection:
            connection.execute(text(swap))
        night = bag.dags["verify_warehouse"].test()
        assert states(night)["figures"] == "failed" and night.state == "failed"
        assert "WAREHOUSE_SPELL_WITHOUT_PERSON" in note_of(night)
    finally:
        with admin.begin() as connection:
            connection.execute(text(swap))
        admin.dispose()


def test_a_submission_is_undone_from_the_ui_after_a_preview(bag: DagBag, database: Database) -> None:
    with database.loader.connect() as connection:
        number = connection.execute(text("SELECT min(submission_id) FROM ledger.standing_submission")).scalar_one()
    standing = "SELECT count(*) FROM ledger.standing_submission"

    def counting() -> int:
        with database.loader.connect() as connection:
            return int(connection.execute(text(standing)).scalar_one())

    before, asked = counting(), {"submission": number, "verdict": "undone", "reason": "送错了"}
    preview = bag.dags["undo_submission"].test(run_conf=asked | {"preview": True})
    assert states(preview) == {"decide": "success"} and counting() == before
    assert "预览" in note_of(preview)
    done = bag.dags["undo_submission"].test(run_conf=asked | {"preview": False})
    assert states(done) == {"decide": "success"} and counting() == before - 1
    assert "已撤销" in note_of(done)
    again = bag.dags["undo_submission"].test(run_conf=asked | {"preview": False})
    assert states(again) == {"decide": "failed"}
    back = {"submission": f"QD{number:08d}", "verdict": "redone", "reason": "没有送错", "preview": False}
    assert states(bag.dags["undo_submission"].test(run_conf=back)) == {"decide": "success"} and counting() == before


def test_months_are_replayed_from_the_ui_after_a_preview(bag: DagBag, settings: Settings, database: Database) -> None:
    def standing() -> list[int]:
        with database.loader.connect() as connection:
            told = "SELECT submission_id FROM ledger.standing_submission ORDER BY submission_id"
            return list(connection.execute(text(told)).scalars())

    before = standing()
    asked = {"first": "2025-01", "last": "2025-02", "employer": EMPLOYER, "reason": "列名已更正"}
    preview = bag.dags["replay_period"].test(run_conf=asked | {"preview": True})
    assert states(preview) == {"plan": "success", "replay": "skipped", "tell": "skipped"} and standing() == before
    assert "预览" in note_of(preview) and "文件 files 2" in note_of(preview)
    done = bag.dags["replay_period"].test(run_conf=asked | {"preview": False})
    assert states(done) == {"plan": "success", "replay": "success", "tell": "success"}
    assert len(standing()) == len(before) and len(set(before) - set(standing())) == 2
    assert "时段不变 unchanged 2" in note_of(done) and "persons 0" in note_of(done)
    nothing = bag.dags["replay_period"].test(run_conf=asked | {"first": "2019-01", "last": "2019-02", "preview": False})
    assert states(nothing)["plan"] == "failed"
