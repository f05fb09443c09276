"""Airflow in the tests' own process: a metadata database of its own, our Dags and plugin. One process holds all Dag
tests, since the first `dag.test()` costs nine seconds and each after it one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from clearbase.settings import PROJECT

sys.path.insert(0, str(Path(__file__).parents[1] / "pipeline"))
HOME = Path(tempfile.gettempdir()) / f"clearbase-dag-tests-{os.getpid()}"
# Airflow reads its settings when it is imported, which the tests' modules do.
os.environ |= {
    "AIRFLOW_HOME": str(HOME),
    "AIRFLOW__CORE__DAGS_FOLDER": str(PROJECT / "dags"),
    "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
    "AIRFLOW__CORE__PLUGINS_FOLDER": str(PROJECT / "plugins"),
    "AIRFLOW__CORE__UNIT_TEST_MODE": "False",
    "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{HOME}/airflow.db",
    "AIRFLOW__LOGGING__LOGGING_LEVEL": "ERROR",
    "AIRFLOW__USAGE_DATA_COLLECTION__ENABLED": "False",
}


@pytest.fixture(scope="session")
def metadata() -> Iterator[None]:
    """Airflow's tables, in SQLite: nothing here needs more than one process."""
    HOME.mkdir(exist_ok=True)
    log = HOME / "migrate.log"
    with log.open("wb") as out:
        done = subprocess.run([sys.executable, "-m", "airflow", "db", "migrate"], check=False, stdout=out, stderr=out)
    assert done.returncode == 0, log.read_text()
    yield
    shutil.rmtree(HOME, ignore_errors=True)
