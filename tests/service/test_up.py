"""`./clearbase up` as it is: real components, asked over REST, killed, stopped. One start serves most of the tests."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from rosters import EMPLOYER, OTHER_EMPLOYER, PEOPLE, roster, worker
from running_up import DAGS, READY_SECONDS, STOP_SECONDS, Up, closed, gone, outcomes, start, wait_until
from sqlalchemy import text

from clearbase.pipeline.holds import decide_hold, waiting_holds
from clearbase.runtime.postgres import ADMIN, embedded_server
from clearbase.runtime.postgres_keeper import running_pid
from clearbase.service.airflow_home import USER
from clearbase.service.components import COMPONENTS
from clearbase.service.rest import PARTS, Rest, RestError, health
from clearbase.settings import Settings
from clearbase.warehouse.database import Database, open_database

STAFF = [worker(n) for n in range(20)]
RUNS = "/dags/ingest_rosters/dagRuns"


def batches_at_work(database: Database) -> int:
    with database.loader.connect() as connection:
        return int(connection.execute(text("SELECT count(*) FROM intake.batch WHERE closed_at IS NULL")).scalar_one())


def asked(rest: Rest, run: str, files: int = 1) -> list[dict[str, Any]]:
    """The questions of this run, once each stands in Required Actions and its task waits for the answer.

    A question is written a moment before its task is parked, and Airflow 3.3 decides whether to wake the task by the
    state that it read before it locked the row: an answer in between would be acted upon after a day.
    """
    place = f"/dags/review_held/dagRuns/{run}/hitlDetails"

    def waiting() -> list[dict[str, Any]]:
        questions = rest.call("GET", place)["hitl_details"]
        return [question for question in questions if question["task_instance"]["state"] == "awaiting_input"]

    wait_until(lambda: len(waiting()) == files, 120, lambda: rest.tasks("review_held", run))
    return waiting()


def test_it_says_where_the_ui_is_and_not_the_password(up: Up) -> None:
    rest = up.rest()
    assert str(up.settings.keys_folder / "airflow_passwords.json") in up.told()
    assert rest.password not in up.told()
    assert (up.settings.keys_folder / "airflow_passwords.json").stat().st_mode & 0o077 == 0
    assert rest.password not in "".join(up.pids().values())
    wait_until(lambda: health(up.url) == dict.fromkeys(PARTS, "healthy"), 60, up.told)  # a busy machine answers late
    assert {dag["dag_id"] for dag in rest.call("GET", "/dags")["dags"]} == set(DAGS)
    assert rest.call("GET", "/importErrors")["import_errors"] == []


def test_a_wrong_password_does_not_get_in(up: Up) -> None:
    with pytest.raises(RestError, match="401"):
        Rest(up.url, USER, "wrong").call("GET", "/dags")
    assert httpx.get(f"{up.url}/clearbase/docs/batch/1/index.html", timeout=30).status_code == 401
    assert httpx.get(f"{up.url}/clearbase/docs/warehouse/2026-01-01/index.html", timeout=30).status_code == 401
    assert httpx.get(f"{up.url}/clearbase/docs/run/ingest_rosters/x", timeout=30).status_code == 401


def test_a_second_up_on_the_same_home_is_refused(up: Up, tmp_path: Path) -> None:
    second = start(up.settings, tmp_path / "log")
    assert second.process.wait(30) == 2
    assert "another `clearbase up`" in second.told()


def test_a_dropped_file_is_taken_answered_and_told_beside_the_run(up: Up) -> None:
    roster(up.settings.drop_folder / EMPLOYER / "inbox" / "2026年1月花名册.xlsx", PEOPLE)
    rest = up.rest()
    receipts = up.settings.drop_folder / EMPLOYER / "receipts"
    wait_until(lambda: bool(list(receipts.glob("*.txt"))), 60, lambda: rest.runs("ingest_rosters"))
    taken = next(run for run in rest.runs("ingest_rosters") if run["run_type"] == "asset_triggered")
    run = rest.wait("ingest_rosters", taken["dag_run_id"], 60)
    assert run["state"] == "success"
    assert "已入库 1" in run["note"]
    tasks = rest.call("GET", f"/dags/ingest_rosters/dagRuns/{run['dag_run_id']}/taskInstances")["task_instances"]
    (read,) = [task for task in tasks if task["task_id"] == "read"]
    assert read["rendered_map_index"].startswith("2026年1月花名册.xlsx")
    signed = {"Authorization": f"Bearer {rest.token}"}
    docs = httpx.get(
        f"{up.url}/clearbase/docs/run/ingest_rosters/{run['dag_run_id']}", headers=signed, follow_redirects=True
    )
    assert docs.status_code == 200
    assert "batch_gate" in docs.text
    night = rest.wait("verify_warehouse", rest.trigger("verify_warehouse"), 120)
    assert night["state"] == "success"
    docs = httpx.get(
        f"{up.url}/clearbase/docs/run/verify_warehouse/{night['dag_run_id']}", headers=signed, follow_redirects=True
    )
    assert docs.status_code == 200 and "WAREHOUSE_ROSTERS_STALE" in docs.text
    outside = httpx.get(f"{up.url}/clearbase/docs/batch/1/%2e%2e/%2e%2e/keys/master.key", headers=signed)
    assert outside.status_code == 404


def test_a_run_is_asked_for_by_rest_and_takes_a_file_again(up: Up) -> None:
    rest = up.rest()
    run = rest.wait("ingest_rosters", rest.trigger("ingest_rosters", submission=1, period="2025-12"), 90)
    assert run["state"] == "success"
    assert "已入库 1" in run["note"]
    wrong = rest.wait("ingest_rosters", rest.trigger("ingest_rosters", submission=10**6), 90)
    assert wrong["state"] == "failed", "and it is not tried again"


def test_a_canary_is_in_no_log_and_in_none_of_airflow_s_tables(up: Up) -> None:
    """Names and numbers go through the tasks; what Airflow keeps of them is looked through whole."""
    name, number, phone = "欧阳金丝雀", "330227198506159988", "138-1234-5679"
    people = [[name, number, *PEOPLE[0][2:]], ["", number, "", phone, "", "", ""]]
    before = len(outcomes(up))
    inbox = up.settings.drop_folder / EMPLOYER / "inbox"
    roster(inbox / f"2022年1月{name}{phone}花名册.xlsx", people, title=f"填报人{name}{phone}", sheet_name=name)
    (inbox / f"{name}{number}.pdf").write_bytes(b"%PDF-1.7 nothing")
    outcomes(up, before + 2, 90)
    needles = [text.encode() for text in (name, number, phone, phone.replace("-", ""))]
    needles += [json.dumps(name).strip('"').encode()]
    for folder in (up.settings.home / "airflow", up.settings.docs_folder):
        for path in (path for path in folder.rglob("*") if path.is_file()):
            content = path.read_bytes()
            assert not any(needle in content for needle in needles), path
    with embedded_server(up.settings) as server:
        dumped = subprocess.run(
            [server.psql.with_name("pg_dump"), "--data-only", "--inserts", "airflow"],
            env={
                "PGHOST": str(server.sockets),
                "PGPORT": str(server.port),
                "PGUSER": ADMIN,
                "PGPASSWORD": server.passwords[ADMIN],
            },
            capture_output=True,
            check=True,
        ).stdout
    assert b"ingest_rosters" in dumped, "the search looks at what is there"
    assert not any(needle in dumped for needle in needles)


def test_a_task_inherits_great_expectations(up: Up) -> None:
    """The scheduler's hands are forked with it: a library that only Great Expectations brings is mapped in all, and
    the gate, which would import it for seven seconds, takes less."""
    hands = up.hands()
    assert len(hands) == 4

    def brought(pid: int) -> set[str]:
        files = {line.split()[-1] for line in Path(f"/proc/{pid}/maps").read_text().splitlines()}
        return {file for file in files if "/scipy/" in file}

    assert brought(up.component("scheduler")), "Great Expectations needs scipy, nothing else of ours does"
    assert not brought(up.component("triggerer"))
    for pid in hands:
        assert brought(pid) == brought(up.component("scheduler"))
    rest = up.rest()
    took = [
        task["duration"]
        for run in rest.runs("ingest_rosters")
        for task in rest.call("GET", f"/dags/ingest_rosters/dagRuns/{run['dag_run_id']}/taskInstances")[
            "task_instances"
        ]
        if task["task_id"] == "gate" and task["state"] == "success"
    ]
    assert took and min(took) < 5


@pytest.mark.parametrize(
    ("month", "chosen", "ends"),
    [
        (2, "批准入库", ["held", "published"]),
        pytest.param(3, "退回单位", ["refused"], marks=pytest.mark.all),
    ],
)
def test_what_is_chosen_in_required_actions_is_done(up: Up, month: int, chosen: str, ends: list[str]) -> None:
    inbox, rest = up.settings.drop_folder / OTHER_EMPLOYER / "inbox", up.rest()
    before = len(outcomes(up))
    roster(inbox / f"2026年{month - 1}月在职花名册.xlsx", STAFF)
    before = len(outcomes(up, before + 1))
    roster(inbox / f"2026年{month}月在职花名册.xlsx", STAFF[: 9 - month])
    assert outcomes(up, before + 1)[-1] == "held"
    run = rest.trigger("review_held")
    (question,) = asked(rest, run)
    assert question["options"] == ["批准入库", "退回单位", "暂不决定"]
    assert "全员名册缺少的在职人员明显多于以往的变动" in question["subject"] and "| 20 |" in question["body"]
    assert not any(person[0] in question["body"] or person[1] in question["body"] for person in STAFF)
    place = f"/dags/review_held/dagRuns/{run}/taskInstances/review.ask/0/hitlDetails"
    rest.call("PATCH", place, chosen_options=[chosen], params_input={"reason": "已电话核实"})
    assert rest.wait("review_held", run)["state"] == "success", rest.tasks("review_held", run)
    assert outcomes(up, before + len(ends))[-len(ends) :] == ends
    with open_database(up.settings) as database, database.loader.connect() as connection:
        decided = connection.execute(text("SELECT reason FROM ledger.hold_decision ORDER BY decision_id DESC LIMIT 1"))
        assert decided.scalar() == "已电话核实"


def test_of_two_questions_the_one_that_is_answered_is_acted_upon_and_the_other_blocks_nothing(up: Up) -> None:
    inbox, rest = up.settings.drop_folder / OTHER_EMPLOYER / "inbox", up.rest()
    before = len(outcomes(up))
    roster(inbox / "2026年5月在职花名册.xlsx", STAFF)
    before = len(outcomes(up, before + 1))
    for month in (6, 7):  # fewer than whatever was let before explains
        roster(inbox / f"2026年{month}月在职花名册.xlsx", STAFF[:1])
    assert outcomes(up, before + 2)[-2:] == ["held", "held"]
    run = rest.trigger("review_held")
    questions = asked(rest, run, 2)
    first = min(questions, key=lambda question: question["subject"])
    instance = first["task_instance"]
    place = f"/dags/review_held/dagRuns/{run}/taskInstances/review.ask/{instance['map_index']}/hitlDetails"
    rest.call("PATCH", place, chosen_options=["退回单位"], params_input={"reason": "名单不全"})
    with open_database(up.settings) as database:
        # A busy machine's scheduler comes late.
        wait_until(
            lambda: sorted(closed(database)[-2:]) == ["held", "refused"], 200, lambda: rest.tasks("review_held", run)
        )
        (waiting,) = waiting_holds(database)
        decide_hold(up.settings, database, waiting.submission_id, "refused", "by command", "test")
    assert rest.trigger("review_held") != run, "the next run goes on beside the open question"


@pytest.mark.parametrize("files", [16, pytest.param(50, marks=pytest.mark.all)])
def test_many_files_at_once_with_the_triggerer_killed_in_between(up: Up, files: int) -> None:
    before, again = len(outcomes(up)), "triggerer is started again"
    inbox, times = up.settings.drop_folder / EMPLOYER / "inbox", up.told().count(again)

    def drop(number: int) -> None:
        name = f"2024年{1 + number % 12}月花名册第{number}版.xlsx"
        roster(inbox / name, PEOPLE[: 1 + number % 3], title=f"{files}份之第{number}版")

    for number in range(files // 2):
        drop(number)
    os.kill(up.component("triggerer"), signal.SIGKILL)
    killed = datetime.now(UTC)
    for number in range(files // 2, files):
        drop(number)
    wait_until(lambda: up.told().count(again) > times, 30, up.told)
    assert len(outcomes(up, before + files, 240)) == before + files  # a busy machine's triggerer takes a minute to come
    assert list(inbox.iterdir()) == []
    woken = [run for run in up.rest().runs("ingest_rosters") if run["run_type"] == "asset_triggered"]
    assert any(datetime.fromisoformat(run["run_after"]) > killed for run in woken), "the trigger, not only the sweep"


def test_a_component_that_dies_is_told_and_started_again(up: Up) -> None:
    assert "triggerer has ended (signal SIGKILL)" in up.told()
    wait_until(lambda: set(health(up.url).values()) == {"healthy"}, 60, up.told)


def test_a_scheduler_that_dies_leaves_no_hands_and_a_server_that_dies_comes_again(up: Up) -> None:
    hands = up.hands()
    os.kill(up.component("scheduler"), signal.SIGKILL)
    up.wait_for("scheduler is started again", 30)
    assert hands, "there have to be some that could stay"
    wait_until(lambda: not hands & set(up.pids()), 30, up.pids)
    with embedded_server(up.settings) as server:
        os.kill(running_pid(server.files.cluster) or 0, signal.SIGKILL)
        up.wait_for("Postgres had ended and is started again", 60)
    wait_until(lambda: set(health(up.url).values()) == {"healthy"}, 120, up.told)


def test_ctrl_c_stops_everything_and_a_new_start_goes_on(up: Up, tmp_path: Path) -> None:
    wait_until(lambda: len(up.pids()) > len(COMPONENTS), 60, up.told)
    before = len(outcomes(up))
    for number in range(12):
        roster(up.settings.drop_folder / EMPLOYER / "inbox" / f"2023年{1 + number}月花名册.xlsx", PEOPLE)
    with open_database(up.settings) as database:
        wait_until(lambda: batches_at_work(database) > 0, READY_SECONDS, up.told)
    up.process.send_signal(signal.SIGINT)  # with a batch in hand
    assert up.process.wait(STOP_SECONDS) == 0
    assert gone(up, 5) == {}
    again = start(up.settings, tmp_path / "log")
    try:
        assert len(outcomes(again, before + 12, 2 * READY_SECONDS)) == before + 12, "each once"
    finally:
        again.process.kill()  # and a killed one leaves nothing either
        again.process.wait()
    assert gone(again) == {}


@pytest.mark.all
def test_sigterm_stops_everything(bare_home: Callable[[], Path], tmp_path: Path) -> None:
    running = start(Settings(home=bare_home()), tmp_path / "log")
    running.wait_for("ready after")
    assert running.pids()
    running.process.send_signal(signal.SIGTERM)
    assert running.process.wait(STOP_SECONDS) == 0
    assert gone(running, 5) == {}
