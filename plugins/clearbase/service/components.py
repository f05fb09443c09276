"""Airflow's four components as processes: started, watched, started again when they die, stopped together."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from clearbase.service.airflow_home import MARK, AirflowHome

COMPONENTS: Final = ("api-server", "scheduler", "dag-processor", "triggerer")
STOP_SECONDS: Final = 30  # a component takes up to 14 to end well
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0  # before a component that died is started again; it doubles
STEADY_SECONDS = 120.0  # one that ran so long begins with the first pause again
PR_SET_PDEATHSIG = 1

Tell = Callable[[str], None]


@dataclass
class Component:
    """One of ``COMPONENTS``."""

    name: str
    log: Path
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    pause: float = FIRST_PAUSE
    again_at: float | None = None


@dataclass
class Components:
    """All of them; ``tell`` gets a line when one dies or is started again, ``started`` the session of each start."""

    home: AirflowHome
    tell: Tell
    started: Callable[[int], None]
    parts: list[Component] = field(init=False)
    sessions: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.parts = [Component(name, self.home.logs / f"{name}.log") for name in COMPONENTS]

    def start(self) -> None:
        for part in self.parts:
            part.log.unlink(missing_ok=True)
            self._start(part)

    def watch(self) -> None:
        """Look once: start again what has died, after its pause."""
        now = time.monotonic()
        for part in self.parts:
            if part.again_at is not None and now >= part.again_at:
                self._start(part)
                self.tell(f"{part.name} is started again")
            elif part.process is not None and (code := part.process.poll()) is not None:
                end_session(part.process.pid)  # the scheduler's hands wait for ever for one that is gone
                part.process = None
                part.pause = FIRST_PAUSE if now - part.started > STEADY_SECONDS else part.pause
                part.again_at = now + part.pause
                self.tell(f"{part.name} has ended ({_why(code)}); again in {part.pause:.0f} s; its log: {part.log}")
                part.pause = min(2 * part.pause, LONGEST_PAUSE)

    def stop(self) -> None:
        """SIGTERM to each, then SIGKILL to whatever of this start is left."""
        running = [part for part in self.parts if part.process is not None]
        for part in running:
            with contextlib.suppress(ProcessLookupError):
                part.process.terminate()  # type: ignore[union-attr]
        deadline = time.monotonic() + STOP_SECONDS
        for part in running:
            with contextlib.suppress(subprocess.TimeoutExpired):
                part.process.wait(max(0.1, deadline - time.monotonic()))  # type: ignore[union-attr]
        left = end_all(self.home.environment[MARK], self.sessions)
        if left:
            self.tell(f"{left} processes had to be killed")

    def _start(self, part: Component) -> None:
        with part.log.open("ab") as log:
            part.process = subprocess.Popen(
                [sys.executable, "-m", "airflow", part.name],
                env=self.home.environment,
                cwd=self.home.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C is ours to pass on
                preexec_fn=_end_with_parent,
            )
        part.started, part.again_at = time.monotonic(), None
        self.sessions.add(part.process.pid)
        self.started(part.process.pid)


def started_by(mark: str, sessions: Collection[int]) -> list[int]:
    """Living processes of a start: those that carry its mark in their environment, and those of its components'
    sessions that run our Python (Airflow's hands write their titles over their environment)."""
    wanted, python = f"{MARK}={mark}\0".encode(), os.path.realpath(sys.executable)
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            state, _, _, session = (process / "stat").read_text().rpartition(")")[2].split()[:4]
            ours = int(session) in sessions and os.path.realpath(process / "exe") == python
            ours = ours or wanted in (process / "environ").read_bytes()
            if ours and state not in "ZX" and int(process.name) != os.getpid():
                found.append(int(process.name))
    return found


def end_session(session: int) -> None:
    """SIGKILL to what a component that died has left of its session; what it had in hand is tried again."""
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError, ValueError, IndexError):
            if int((process / "stat").read_text().rpartition(")")[2].split()[3]) == session:
                os.kill(int(process.name), signal.SIGKILL)


def end_all(mark: str, sessions: Collection[int]) -> int:
    """SIGKILL to all processes of a start. Returns how many there were."""
    killed: set[int] = set()
    while left := started_by(mark, sessions):
        for pid in left:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        killed |= set(left)
        time.sleep(0.05)
    return len(killed)


def _why(code: int) -> str:
    return f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"


def _end_with_parent() -> None:
    # Linux: a component ends when `up` is killed; what a component leaves behind then is the warden's.
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
