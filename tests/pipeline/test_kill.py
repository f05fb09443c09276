"""Killed at any moment and begun again, a run ends in the same tables as one that was left alone."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from clearbase.district.generate import generate_district
from clearbase.settings import PROJECT

KILLS = 10


@pytest.fixture(scope="module")
def district(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("district") / "d"
    generate_district(folder, seed=3, residents=800, employers=8, months=2)
    return folder


def command(home: Path, *arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "clearbase", *map(str, arguments)]


def environment(home: Path) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(PROJECT / "plugins"), "CLEARBASE_HOME": str(home)}


def run(home: Path, *arguments: str | Path) -> str:
    done = subprocess.run(command(home, *arguments), env=environment(home), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_killed_at_ten_moments_the_tables_are_the_same(new_home: Callable[[], Path], district: Path) -> None:
    quiet, killed = new_home(), new_home()
    for home in (quiet, killed):
        run(home, "registry", "load", district / "registry.csv")
    began = time.monotonic()
    run(quiet, "ingest", district / "rosters")
    whole = time.monotonic() - began

    moments, interrupted = random.Random(4), 0
    for _ in range(KILLS):
        process = subprocess.Popen(
            command(killed, "ingest", district / "rosters"),
            env=environment(killed),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        # A run that is begun again has less and less to do: the moments spread over what is left of it.
        time.sleep(moments.uniform(0.6, 0.6 + whole / 2))
        interrupted += process.poll() is None
        process.send_signal(signal.SIGKILL)
        process.wait()
        if process.returncode == 0:
            break
    assert interrupted >= 2, "no kill came in time"
    run(killed, "ingest", district / "rosters")

    same = [
        line
        for line in run(quiet, "verify", "--fingerprint").splitlines()
        if "(" in line and "  submission (" not in line
    ]
    after = [
        line
        for line in run(killed, "verify", "--fingerprint").splitlines()
        if "(" in line and "  submission (" not in line
    ]
    assert after == same
