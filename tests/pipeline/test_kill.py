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
from sqlalchemy import text

import command_line
from clearbase.district.generate import generate_district
from clearbase.settings import PROJECT, Settings
from clearbase.warehouse.database import Database, open_database

STAGES = ("claimed", "checked", "resolved", "decided")  # of a submission, as far as a kill can find it


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
    done = command_line.run([*map(str, arguments)], environment(home))
    assert done.returncode == 0, done.stderr
    return done.stdout


def fingerprint(home: Path) -> list[str]:
    return [line for line in run(home, "verify", "--fingerprint").splitlines() if "(" in line]


def killed(home: Path, district: Path, aim: str, later: float) -> tuple[bool, set[str]]:
    """Kill a run a moment (in seconds) after a file of it has come as far as ``aim``, however slow the machine is;
    tells whether it came to its end before, and how far its unfinished files have come."""
    with open_database(Settings(home=home)) as database:
        process = subprocess.Popen(
            command(home, "ingest", district / "rosters"),
            env=environment(home),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        while process.poll() is None and aim not in looked_at(database)[1]:
            time.sleep(0.01)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(later)
        process.kill()
        process.wait()
        ended, states = looked_at(database)
    return ended or process.returncode == 0, states


def looked_at(database: Database) -> tuple[bool, set[str]]:
    """Whether a run came to its end, and how far the unfinished files have come."""
    query = (
        "SELECT count(*) FILTER (WHERE closed_at IS NULL) = 0 AND count(*) > 0, "
        "(SELECT array_agg(DISTINCT state) FROM intake.submission WHERE state <> 'closed') FROM intake.batch"
    )
    with database.loader.connect() as connection:
        ended, states = connection.execute(text(query)).one()
    return ended, set(states or ())


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
    run(homes[0], "ingest", district / "rosters")

    moments, kills, tries, home = random.Random(4), 0, 0, None
    killed_in: set[str] = set()
    while kills < wanted:
        tries += 1
        assert tries < 5 * wanted, "the kills miss the work"
        if home is None:
            home = new_home()
            homes.append(home)
            run(home, "registry", "load", district / "registry.csv")
        ended, states = killed(home, district, aim=STAGES[kills % len(STAGES)], later=moments.uniform(0, 0.2))
        if ended:  # it came to its end: the next kills are another home's
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
