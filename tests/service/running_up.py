"""A running `up` for the tests, and what is left of one."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import text

from clearbase.service.airflow_home import MARK, USER
from clearbase.service.rest import Rest
from clearbase.settings import PROJECT, Settings
from clearbase.warehouse.database import Database, open_database

READY_SECONDS, STOP_SECONDS = 150, 60
DAGS = ["ingest_rosters", "load_registry", "replay_period", "review_held", "undo_submission", "verify_warehouse"]


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
        (Airflow's processes write their titles over their environment) or that is a child's of `up`, and its server by
        the home in its command."""
        found, wanted = {}, f"CLEARBASE_HOME={self.settings.home}\0".encode()
        for process in Path("/proc").glob("[0-9]*"):
            try:
                environment = (process / "environ").read_bytes()
                command = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
                _, parent, _, session = map(_number, (process / "stat").read_text().rpartition(")")[2].split()[:4])
            except OSError:
                continue
            if (wanted in environment and f"{MARK}=".encode() in environment) or parent == self.process.pid:
                self.sessions.add(session)
            if command and (session in self.sessions or str(self.settings.home) in command):
                found[int(process.name)] = command
        return found

    def component(self, name: str) -> int:
        return next(pid for pid, command in self.pids().items() if f"airflow {name}" in command)

    def hands(self) -> set[int]:
        """The scheduler's own hands: the task that one of them is just at is a fork with the same command."""
        mine = self.pids()
        hands = {pid for pid, command in mine.items() if "LocalExecutor" in command}
        return {pid for pid in hands if _parent(pid) not in hands}


def _parent(pid: int) -> int:
    try:
        return _number(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


def _number(text: str) -> int:
    return int(text) if text.lstrip("-").isdigit() else 0


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


def wait_until(seen: Callable[[], bool], seconds: float, told: Callable[[], object]) -> None:
    deadline = time.monotonic() + seconds
    while not seen():
        assert time.monotonic() < deadline, told()
        time.sleep(0.5)


def closed(database: Database) -> list[str]:
    """Outcomes of the files that have come to their end."""
    with database.loader.connect() as connection:
        rows = connection.execute(
            text("SELECT outcome FROM intake.submission WHERE state = 'closed' ORDER BY submission_id")
        )
        return list(rows.scalars())


def outcomes(up: Up, files: int = 0, seconds: float = 120) -> list[str]:
    """Outcomes of all files, once there are so many."""
    with open_database(up.settings) as database:  # once: to open it costs more than to ask
        wait_until(lambda: len(closed(database)) >= files, seconds, up.told)
        return closed(database)
