"""A real Postgres for every test that asks for one; each home is its own cluster in its own folder."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest

from clearbase.runtime.house_tests import missing
from clearbase.runtime.postgres import embedded_server
from clearbase.settings import Settings
from clearbase.warehouse.database import Database, open_database

sys.path.insert(0, str(Path(__file__).parent))

import command_line
import homes

Run = Callable[..., "subprocess.CompletedProcess[str]"]


# Machines are shared: a property does not fail for having been asked slowly.
hypothesis.settings.register_profile("house", deadline=None)
hypothesis.settings.load_profile("house")

# The longest modules, in this order: begun last, one of them would be at work when all others are done.
LONGEST = (
    "service/test_up.py",
    "pipeline/test_holds.py",
    "pipeline/test_weighing.py",
    "dags/test_dags.py",
    "pipeline/test_acts.py",
    "pipeline/test_outcomes.py",
    "pipeline/test_replay.py",
    "pipeline/test_same_employer.py",
    "pipeline/test_rotate.py",
    "pipeline/test_workbooks.py",
    "pipeline/test_scopes.py",
    "quality/test_file_rules.py",
    "pipeline/test_figures.py",
    "test_identity_cli.py",
    "pipeline/test_kill.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest modules go first. A test marked ``all("redis")`` is skipped, with how to mend that, where the machine
    has none."""
    places = {Path(__file__).parent / module: place for place, module in enumerate(LONGEST)}
    items.sort(key=lambda item: places.get(item.path, len(places)))
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


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What every home is a copy of; the processes of a run share it."""
    folder = tmp_path_factory.getbasetemp()
    return homes.migrated((folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder) / "template")


@pytest.fixture(scope="module")
def bare_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], Path]]:
    """Makes homes in which nothing was ever started, and removes them with what their servers keep outside of them."""
    made: list[Path] = []

    def make() -> Path:
        made.append(tmp_path_factory.mktemp(homes.NAME))
        return made[-1]

    yield make
    for home in made:
        homes.remove(home)


@pytest.fixture(scope="module")
def new_home(bare_home: Callable[[], Path], template: Path) -> Callable[[], Path]:
    """Makes homes whose base is migrated and holds nothing."""

    def make() -> Path:
        home = bare_home()
        homes.fill(home, template)
        return home

    return make


@pytest.fixture(scope="module")
def settings(new_home: Callable[[], Path]) -> Settings:
    """The settings of a home that one test module shares."""
    return Settings(home=new_home())


@pytest.fixture(scope="module")
def database(settings: Settings) -> Iterator[Database]:
    """The module's database, migrated, running."""
    with open_database(settings) as opened:
        yield opened


@pytest.fixture(scope="module")
def served() -> Iterator[Callable[[Path], None]]:
    """Keeps a home's server running to the end of the module, so that not every command starts and stops it."""
    with contextlib.ExitStack() as stack:
        running: set[Path] = set()

        def serve(home: Path) -> None:
            if home not in running:
                stack.enter_context(embedded_server(Settings(home=home)))
                running.add(home)

        yield serve


@pytest.fixture
def clearbase(settings: Settings, served: Callable[[Path], None]) -> Run:
    """Runs a command of the line on the module's home: ``clearbase("status")``."""

    def run(*arguments: str | Path, home: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
        served(home or settings.home)
        here = {**os.environ, "CLEARBASE_HOME": str(home or settings.home), **environment}
        return command_line.run([*map(str, arguments)], here)

    return run
