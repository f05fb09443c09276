"""Commands of the line for the tests: each a process of its own, forked from one that has imported Clearbase.

Imports are most of what a small command takes, and the tests give some two hundred. What a process of its own means
stays: its exit code, what it writes to its two outputs, its environment, and two of them at once.
"""

from __future__ import annotations

import functools
import multiprocessing
import os
import subprocess
import sys
import tempfile
from multiprocessing import forkserver
from pathlib import Path
from unittest import mock

from clearbase.settings import PROJECT

CONTEXT = multiprocessing.get_context("forkserver")
CONSOLES = ["clearbase.console", "clearbase.ledger_console", "clearbase.identity_console", "clearbase.replay_console"]
LATE = ["sqlalchemy.dialects.postgresql.psycopg2", "openpyxl"]  # what these import when they first need it


@functools.cache
def start_the_forker() -> None:
    """It finds by PYTHONPATH alone what it is to import (Python 3.11 does not give it our path)."""
    path = os.pathsep.join([str(PROJECT / "plugins"), str(Path(__file__).parent)])
    with mock.patch.dict(os.environ, PYTHONPATH=path):
        CONTEXT.set_forkserver_preload([__name__, *CONSOLES, *LATE])
        forkserver.ensure_running()


def run(arguments: list[str], environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """As ``subprocess.run([python, "-m", "clearbase", *arguments], env=environment)``."""
    start_the_forker()
    with tempfile.TemporaryDirectory() as folder:
        outputs = [Path(folder) / name for name in ("out", "err")]
        process = CONTEXT.Process(target=_main, args=(arguments, environment, *outputs))
        process.start()
        process.join()
        told = [output.read_text(encoding="utf-8") for output in outputs]
    return subprocess.CompletedProcess(arguments, int(process.exitcode or 0), *told)


def _main(arguments: list[str], environment: dict[str, str], *outputs: Path) -> None:
    for number, output in enumerate(outputs, 1):
        file = os.open(output, os.O_WRONLY | os.O_CREAT, 0o600)
        os.dup2(file, number)
        os.close(file)
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(PROJECT)
    sys.argv = ["clearbase", *arguments]
    from clearbase.cli import main

    main()
