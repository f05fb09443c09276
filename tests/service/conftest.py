"""One `up` a module, and the pipeline tests' rosters by name."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1] / "pipeline")]

from rosters import EMPLOYER, OTHER_EMPLOYER  # noqa: E402
from running_up import DAGS, Up, gone, start  # noqa: E402

from clearbase.ledger.employers import Employer, record_employer  # noqa: E402
from clearbase.settings import Settings  # noqa: E402
from clearbase.warehouse.database import open_database  # noqa: E402


@pytest.fixture(scope="module")
def up(bare_home: Callable[[], Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Up]:
    settings = Settings(home=bare_home())
    running = start(settings, tmp_path_factory.mktemp("up") / "log")
    try:
        running.wait_for("ready after")
        with open_database(settings) as database, database.loader.begin() as connection:
            for code, name in ((EMPLOYER, "测试厂"), (OTHER_EMPLOYER, "另一厂")):
                record_employer(connection, Employer(code, name), "test")
        running.rest().wait_for_dags(DAGS)
        yield running
    finally:
        if running.process.poll() is None:
            running.process.kill()
        assert gone(running) == {}, "whatever happened, nothing is left"
