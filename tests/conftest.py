"""A real Postgres for every test that asks for one; each home is its own cluster in its own folder."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from clearbase.runtime.house_tests import missing
from clearbase.runtime.postgres_keeper import running_pid
from clearbase.settings import PROJECT, Settings
from clearbase.warehouse.database import Database, open_database

Run = Callable[..., "subprocess.CompletedProcess[str]"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test marked ``all("redis")`` is skipped, with how to mend that, where the machine has none."""
    for item in items:
        for need in {need for mark in item.iter_markers("all") for need in mark.args}:
            if told := missing(need):
                item.add_marker(pytest.mark.skip(reason=told))


@pytest.fixture
def figure(record_property: Callable[[str, object], None]) -> Callable[[str], None]:
    """Tells a figure that the run prints at its end, from whichever process measured it."""
    return lambda text: record_property("figure", text)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    reports = terminalreporter.stats.get("passed", []) + terminalreporter.stats.get("failed", [])
    figures = [value for report in reports for key, value in report.user_properties if key == "figure"]
    if figures:
        terminalreporter.section("figures")
        for told in figures:
            terminalreporter.line(str(told))


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No setting of the developer's reaches a test, and no test reaches the developer's home."""
    for name in [name for name in os.environ if name.startswith("CLEARBASE_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("CLEARBASE_HOME", str(tmp_path / "unset-home"))


@pytest.fixture(scope="module")
def new_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], Path]]:
    """Makes homes and removes them, with what root's server keeps outside of them (``postgres_files``): the keeper
    removes the socket folder when it has stopped the server, so that is waited for."""
    made: list[Path] = []

    def make() -> Path:
        made.append(tmp_path_factory.mktemp("home"))
        return made[-1]

    yield make
    for home in made:
        deadline = time.monotonic() + 15
        while running_pid((home / "postgres").resolve() / "cluster") and time.monotonic() < deadline:
            time.sleep(0.05)
        shutil.rmtree((home / "postgres").resolve(), ignore_errors=True)


@pytest.fixture(scope="module")
def settings(new_home: Callable[[], Path]) -> Settings:
    """The settings of a home that one test module shares."""
    return Settings(home=new_home())


@pytest.fixture(scope="module")
def database(settings: Settings) -> Iterator[Database]:
    """The module's database, migrated, running."""
    with open_database(settings) as opened:
        yield opened


@pytest.fixture
def clearbase(settings: Settings) -> Run:
    """Runs a command of the line on the module's home: ``clearbase("status")``."""

    def run(*arguments: str | Path, home: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "clearbase", *map(str, arguments)],
            cwd=PROJECT,
            capture_output=True,
            text=True,
            check=False,
            env={
                **os.environ,
                "PYTHONPATH": str(PROJECT / "plugins"),
                "CLEARBASE_HOME": str(home or settings.home),
                **environment,
            },
        )

    return run
