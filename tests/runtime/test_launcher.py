"""The launcher's own words: one line and exit 2 where it cannot go on."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from clearbase.settings import PROJECT


@pytest.fixture
def checkout() -> Iterator[Path]:
    """A launcher whose .venv is complete, but for its Python, which this account cannot run; others may read it."""
    tmp_path = Path(tempfile.mkdtemp(dir="/tmp"))
    tmp_path.chmod(0o755)
    for name in ("clearbase", "requirements.lock"):
        shutil.copy(PROJECT / name, tmp_path / name)
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    shutil.copy(PROJECT / "requirements.lock", tmp_path / ".venv" / "installed.lock")
    (tmp_path / ".venv" / "bin" / "python").symlink_to("/root/elsewhere/bin/python3.11")
    yield tmp_path
    shutil.rmtree(tmp_path)


def test_a_python_of_another_account_is_told(checkout: Path) -> None:
    done = subprocess.run([checkout / "clearbase", "status"], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert "/root/elsewhere/bin/python3.11" in line and "remove .venv" in line and "CLEARBASE_PYTHON" in line


@pytest.mark.skipif(os.getuid() != 0, reason="only root can become another account")
def test_a_checkout_that_may_not_be_written_is_told(checkout: Path) -> None:
    (checkout / ".venv" / "installed.lock").unlink()
    command, nobody = [checkout / "clearbase", "status"], 65534
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=20, user=nobody, group=nobody)
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert "may not write" in line


def test_who_waits_for_another_installer_goes_on_when_that_has_ended(checkout: Path) -> None:
    stamp, lock = checkout / ".venv" / "installed.lock", checkout / ".venv.lock.d"
    stamp.unlink()
    lock.mkdir()
    (lock / "pid").write_text(str(os.getpid()))  # one that lives
    waiting = subprocess.Popen([checkout / "clearbase", "status"], stderr=subprocess.PIPE, text=True)
    with pytest.raises(subprocess.TimeoutExpired):
        waiting.wait(2)
    shutil.copy(checkout / "requirements.lock", stamp)
    shutil.rmtree(lock)
    _, told = waiting.communicate(timeout=20)
    assert waiting.returncode == 2 and "remove .venv" in told, "it finds the packages there, and goes on"
    assert not lock.exists()
