"""`./clearbase up` as it is: real components, asked over REST, killed, stopped. One start serves most of the tests."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from rosters import EMPLOYER, PEOPLE, roster
from running_up import DAGS, READY_SECONDS, STOP_SECONDS, Up, gone, start
from sqlalchemy import create_engine, text

from clearbase.runtime.postgres import ADMIN, embedded_server
from clearbase.runtime.postgres_keeper import running_pid
from clearbase.service.airflow_home import USER
from clearbase.service.components import COMPONENTS
from clearbase.service.rest import PARTS, Rest, RestError, health
from clearbase.settings import Settings
from clearbase.warehouse.database import open_database

RUNS = "/dags/ingest_rosters/dagRuns"


def outcomes(settings: Settings) -> list[tuple[str | None, int]]:
    with open_database(settings) as database:
        engine = create_engine(database.admin)
        with engine.connect() as connection:
            rows = connection.execute(
                text("SELECT outcome, count(*) FROM intake.submission WHERE state = 'closed' GROUP BY 1 ORDER BY 1")
            )
            found = [tuple(row) for row in rows]
        engine.dispose()
    return found  # type: ignore[return-value]


def batches_at_work(settings: Settings) -> int:
    with open_database(settings) as database, database.loader.connect() as connection:
        return int(connection.execute(text("SELECT count(*) FROM intake.batch WHERE closed_at IS NULL")).scalar_one())


def wait_until(seen: Callable[[], bool], seconds: float, told: Callable[[], object]) -> None:
    deadline = time.monotonic() + seconds
    while not seen():
        assert time.monotonic() < deadline, told()
        time.sleep(0.5)


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
    before = sum(count for _, count in outcomes(up.settings))
    inbox = up.settings.drop_folder / EMPLOYER / "inbox"
    roster(inbox / f"2022年1月{name}{phone}花名册.xlsx", people, title=f"填报人{name}{phone}", sheet_name=name)
    (inbox / f"{name}{number}.pdf").write_bytes(b"%PDF-1.7 nothing")
    wait_until(lambda: sum(count for _, count in outcomes(up.settings)) >= before + 2, 90, up.told)
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
    hands = [pid for pid, command in up.pids().items() if "LocalExecutor" in command]
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


def test_fifty_files_at_once_with_the_triggerer_killed_in_between(up: Up) -> None:
    before = sum(count for _, count in outcomes(up.settings))
    inbox = up.settings.drop_folder / EMPLOYER / "inbox"
    for number in range(25):
        roster(
            inbox / f"2024年{1 + number % 12}月花名册第{number}版.xlsx", PEOPLE[: 1 + number % 3], title=f"第{number}版"
        )
    os.kill(up.component("triggerer"), signal.SIGKILL)
    killed = datetime.now(UTC)
    for number in range(25, 50):
        roster(
            inbox / f"2024年{1 + number % 12}月花名册第{number}版.xlsx", PEOPLE[: 1 + number % 3], title=f"第{number}版"
        )
    up.wait_for("triggerer is started again", 30)
    wait_until(
        lambda: sum(count for _, count in outcomes(up.settings)) >= before + 50, 120, lambda: outcomes(up.settings)
    )
    assert sum(count for _, count in outcomes(up.settings)) == before + 50
    assert list(inbox.iterdir()) == []
    woken = [run for run in up.rest().runs("ingest_rosters") if run["run_type"] == "asset_triggered"]
    assert any(datetime.fromisoformat(run["run_after"]) > killed for run in woken), "the trigger, not only the sweep"


def test_a_component_that_dies_is_told_and_started_again(up: Up) -> None:
    assert "triggerer has ended (signal SIGKILL)" in up.told()
    wait_until(lambda: set(health(up.url).values()) == {"healthy"}, 60, up.told)


def test_a_scheduler_that_dies_leaves_no_hands_and_a_server_that_dies_comes_again(up: Up) -> None:
    hands = {pid for pid, command in up.pids().items() if "LocalExecutor" in command}
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
    before = sum(count for _, count in outcomes(up.settings))
    for number in range(12):
        roster(up.settings.drop_folder / EMPLOYER / "inbox" / f"2023年{1 + number}月花名册.xlsx", PEOPLE)
    wait_until(lambda: batches_at_work(up.settings) > 0, READY_SECONDS, up.told)
    up.process.send_signal(signal.SIGINT)  # with a batch in hand
    assert up.process.wait(STOP_SECONDS) == 0
    assert gone(up, 5) == {}
    again = start(up.settings, tmp_path / "log")
    try:
        wait_until(
            lambda: sum(count for _, count in outcomes(up.settings)) >= before + 12, 2 * READY_SECONDS, again.told
        )
        assert sum(count for _, count in outcomes(up.settings)) == before + 12, "each once"
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
