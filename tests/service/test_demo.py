"""`demo` in small: the whole command, its exit code, and that nothing is left of it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from running_up import Up, gone

from clearbase.settings import PROJECT, Settings

pytestmark = pytest.mark.all


def test_a_small_demo_accounts_for_every_row_and_leaves_nothing(bare_home: Callable[[], Path], tmp_path: Path) -> None:
    home, log = bare_home(), tmp_path / "log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "clearbase", "demo", "--residents", "300", "--employers", "4", "--months", "2"],
            env=os.environ
            | {
                "PYTHONPATH": str(PROJECT / "plugins"),
                "CLEARBASE_HOME": str(home),
                "CLEARBASE_AIRFLOW_PORT": "0",
            },
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    running = Up(Settings(home=home), process, log)
    assert process.wait(400) == 0, running.told()
    assert "every row" in running.told()
    assert gone(running, 5) == {}
