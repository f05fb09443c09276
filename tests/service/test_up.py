"""`./clearbase up` as it is: real components, asked over REST, killed, stopped. One start serves most of the tests."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest
from rosters import EMPLOYER, PEOPLE, roster
from sqlalchemy import create_engine, text

from clearbase.service.airflow_home import MARK, USER
from clearbase.service.components import COMPONENTS
from clearbase.service.rest import PARTS, Rest, RestError, health
from clearbase.settings import PROJECT, Settings
from clearbase.warehouse.database import open_database

READY_SECONDS, STOP_SECONDS = 150, 60
DAGS = ["ingest_rosters", "load_registry", "verify_warehouse"]


@dataclass
class Up:
    """A running `up` and what is known of it."""

    settings: Settings
    process: subprocess.Popen[bytes]
    log: Path
    sessions: set[int] = field(default_factory=set)

    def told(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")

    def wait_for(self, what: str, seconds: float = READY_SECONDS) -> None:
        deadline = time.monotonic() + seconds
        while what not in self.told():
            assert self.process.poll() is None, self.told()
            assert time.monotonic() < deadline, f"{what!r} was not told: {self.told()}"
            time.sleep(0.2)

    @property
    def url(self) -> str:
        return re.findall(r"http://127\.0\.0\.1:\d+", self.told())[0]

    def rest(self) -> Rest:
        passwords = json.loads((self.settings.keys_folder / "airflow_passwords.json").read_text())
        return Rest(self.url, USER, passwords[USER])

    def pids(self) -> dict[int, str]:
        """Every process that was started under it: by the mark in its environment, by a session that such a one had
        (Airflow's hands write their titles over their environment), and its server by the home in its command."""
        found, wanted = {}, f"CLEARBASE_HOME={self.settings.home}\0".encode()
        for process in Path("/proc").glob("[0-9]*"):
            try:
                environment = (process / "environ").read_bytes()
                command = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
                session = int((process / "stat").read_text().rpartition(")")[2].split()[3])
            except OSError:
                continue
            if wanted in environment and f"{MARK}=".encode() in environment:
                self.sessions.add(session)
            if command and (session in self.sessions or str(self.settings.home) in command):
                found[int(process.name)] = command
        return found

    def component(self, name: str) -> int:
        return next(pid for pid, command in self.pids().items() if f"airflow {name}" in command)


def start(settings: Settings, log: Path) -> Up:
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "clearbase", "up"],
            env=os.environ
            | {
                "PYTHONPATH": str(PROJECT / "plugins"),
                "CLEARBASE_HOME": str(settings.home),
                "CLEARBASE_AIRFLOW_PORT": "0",
            },
            cwd=PROJECT,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    return Up(settings, process, log)


def gone(up: Up, seconds: float = STOP_SECONDS) -> dict[int, str]:
    """What is left of it after so long."""
    deadline = time.monotonic() + seconds
    while (left := up.pids()) and time.monotonic() < deadline:
        time.sleep(0.2)
    return left


@pytest.fixture(scope="module")
def up(new_home: Callable[[], Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Up]:
    settings = Settings(home=new_home())
    running = start(settings, tmp_path_factory.mktemp("up") / "log")
    try:
        running.wait_for("ready after")
        with open_database(settings) as database, database.loader.begin() as connection:
            from clearbase.ledger.employers import Employer, record_employer

            record_employer(connection, Employer(EMPLOYER, "测试厂"), "test")
        running.rest().wait_for_dags(DAGS)
        yield running
    finally:
        if running.process.poll() is None:
            running.process.kill()
        assert gone(running) == {}, "whatever happened, nothing is left"


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
    assert health(up.url) == dict.fromkeys(PARTS, "healthy")
    assert {dag["dag_id"] for dag in rest.call("GET", "/dags")["dags"]} == set(DAGS)
    assert rest.call("GET", "/importErrors")["import_errors"] == []


def test_a_wrong_password_does_not_get_in(up: Up) -> None:
    with pytest.raises(RestError, match="401"):
        Rest(up.url, USER, "wrong").call("GET", "/dags")
    assert httpx.get(f"{up.url}/clearbase/docs/batch/1/index.html").status_code == 401
    assert httpx.get(f"{up.url}/clearbase/docs/run/ingest_rosters/x").status_code == 401


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


def test_a_task_inherits_great_expectations(up: Up) -> None:
    """The scheduler's hands are forked with it: a library that only Great Expectations brings is mapped in all."""
    hands = [pid for pid, command in up.pids().items() if "LocalExecutor" in command]
    assert len(hands) == 4

    def brought(pid: int) -> set[str]:
        files = {line.split()[-1] for line in Path(f"/proc/{pid}/maps").read_text().splitlines()}
        return {file for file in files if "/scipy/" in file}

    assert brought(up.component("scheduler")), "Great Expectations needs scipy, nothing else of ours does"
    assert not brought(up.component("triggerer"))
    for pid in hands:
        assert brought(pid) == brought(up.component("scheduler"))


def test_fifty_files_at_once_with_the_triggerer_killed_in_between(up: Up) -> None:
    before = sum(count for _, count in outcomes(up.settings))
    inbox = up.settings.drop_folder / EMPLOYER / "inbox"
    for number in range(25):
        roster(
            inbox / f"2024年{1 + number % 12}月花名册第{number}版.xlsx", PEOPLE[: 1 + number % 3], title=f"第{number}版"
        )
    os.kill(up.component("triggerer"), signal.SIGKILL)
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


def test_a_component_that_dies_is_told_and_started_again(up: Up) -> None:
    assert "triggerer has ended (signal SIGKILL)" in up.told()
    wait_until(lambda: set(health(up.url).values()) == {"healthy"}, 60, up.told)


def test_sigterm_stops_everything_and_a_new_start_goes_on(up: Up, tmp_path: Path) -> None:
    assert len(up.pids()) > len(COMPONENTS)
    up.process.send_signal(signal.SIGTERM)
    assert up.process.wait(STOP_SECONDS) == 0
    assert gone(up, 5) == {}
    before = outcomes(up.settings)
    roster(up.settings.drop_folder / EMPLOYER / "inbox" / "2026年2月花名册.xlsx", PEOPLE)
    again = start(up.settings, tmp_path / "log")
    try:
        wait_until(lambda: outcomes(up.settings) != before, READY_SECONDS, again.told)
    finally:
        again.process.kill()  # and a killed one leaves nothing either
        again.process.wait()
    assert gone(again) == {}
