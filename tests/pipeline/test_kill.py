"""Killed at any moment and begun again, a run ends in the same tables as one that was left alone."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from clearbase.district.generate import generate_district
from clearbase.settings import PROJECT


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


def fingerprint(home: Path) -> list[str]:
    return [line for line in run(home, "verify", "--fingerprint").splitlines() if "(" in line]


def looked_at(home: Path) -> tuple[bool, set[str]]:
    """Whether a run of it came to its end, and how far its unfinished files have come."""
    query = (
        "SELECT count(*) FILTER (WHERE closed_at IS NULL), count(*), "
        "(SELECT string_agg(DISTINCT state, ' ') FROM intake.submission WHERE state <> 'closed') FROM intake.batch"
    )
    is_open, begun, states = run(home, "psql", "-At", "-c", query).strip().split("|")
    return is_open == "0" and begun != "0", set(states.split())


@pytest.mark.parametrize("wanted", [4, pytest.param(10, marks=pytest.mark.all)])
def test_killed_at_any_moment_the_tables_are_the_same(
    new_home: Callable[[], Path], district: Path, wanted: int
) -> None:
    # Two files of one name and the same bytes are two submissions, killed or not.
    copies = sorted((district / "rosters").rglob("*.csv"))[:1]
    for copy in copies:
        (copy.parent / "again").mkdir(exist_ok=True)
        shutil.copy(copy, copy.parent / "again" / copy.name)
    homes = [new_home()]
    run(homes[0], "registry", "load", district / "registry.csv")
    began = time.monotonic()
    run(homes[0], "ingest", district / "rosters")
    whole = time.monotonic() - began
    began = time.monotonic()
    run(homes[0], "status")
    startup = time.monotonic() - began

    moments, kills, tries, home = random.Random(4), 0, 0, None
    killed_in: set[str] = set()
    while kills < wanted:
        tries += 1
        assert tries < 5 * wanted, "the kills miss the work"
        if home is None:
            home = new_home()
            homes.append(home)
            run(home, "registry", "load", district / "registry.csv")
        process = subprocess.Popen(
            command(home, "ingest", district / "rosters"),
            env=environment(home),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        # A run that is begun again has less and less to do: the moments spread over what is left of it.
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(moments.uniform(startup, startup + (whole - startup) / 2))
        process.kill()
        process.wait()
        ended, states = looked_at(home)
        if process.returncode == 0 or ended:  # it came to its end: the next kills are another home's
            home = None
        elif states:  # and no kill before there was anything to lose counts
            kills += 1
            killed_in |= states
    if home is not None:
        run(home, "ingest", district / "rosters")

    assert len(killed_in) >= 2, f"the kills have to strike several stages, not only {killed_in}"
    quiet = fingerprint(homes[0])
    for home in homes[1:]:
        assert fingerprint(home) == quiet
