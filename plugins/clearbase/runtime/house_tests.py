"""``./clearbase test``: lint, types, tests. The last line is pytest's.

A test that needs more than Python and a shell is marked ``all`` and names what it needs: ``@pytest.mark.all("redis")``.
``test --all`` installs what packages give (``requirements-all.lock`` into the virtual environment, a browser into it
where none is on PATH); what is still missing skips its tests with the command that installs it.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

from clearbase.settings import PROJECT

LINT = ("ruff", "check", ".")
TYPES = ("mypy",)
# Two at once, a file whole: most of a test is waiting for a server, and each module has its own. In the order of
# `tests/conftest.py`, not by how many tests a file has.
SPREAD = ("--numprocesses=2", "--dist=loadfile", "--no-loadscope-reorder")
BROWSERS = Path(sys.prefix) / "browsers"
# need → programs on PATH that serve, the first found; how to come by one
NEEDS: dict[str, tuple[tuple[str, ...], str]] = {
    "browser": (
        ("chromium", "chromium-browser", "google-chrome"),
        "apt-get install chromium, or python -m playwright install chromium",
    ),
    "redis": (("redis-server", "valkey-server"), "apt-get install redis-server"),
    "sshd": (("sshd",), "apt-get install openssh-server"),
    "java": (("java",), "apt-get install default-jre-headless"),
    "libreoffice": (("soffice", "libreoffice"), "apt-get install --no-install-recommends libreoffice-calc"),
}


def run_tests(everything: bool, arguments: list[str]) -> int:
    """Exit code of the first step that fails, 0 if none does."""
    marks = [] if everything or "-m" in arguments else ["-m", "not all"]
    if everything and not install_for_all():
        return 2
    for step in (LINT, TYPES, ("pytest", *SPREAD, *marks, *arguments)):
        print(f"clearbase: {' '.join(step)}", file=sys.stderr, flush=True)
        code = subprocess.run([sys.executable, "-m", *step], cwd=PROJECT, check=False).returncode
        if code:
            return code
    return 0


def program_for(need: str) -> Path | None:
    """The program that serves ``need``; None where this machine has none. KeyError for a need that no table names."""
    programs, _ = NEEDS[need]
    found = next(filter(None, map(shutil.which, programs)), None)
    if found is None and need == "browser":
        found = next(map(str, sorted(BROWSERS.glob("chromium-*/*/chrome"))), None)
    return Path(found) if found else None


def missing(need: str) -> str | None:
    """Why a test that needs it is skipped, with how to mend that; None where it can run."""
    programs, how = NEEDS[need]
    if need == "browser" and importlib.util.find_spec("playwright") is None:
        return "needs playwright, which ./clearbase test --all installs"
    return None if program_for(need) else f"needs {need}: no {' or '.join(programs)} on PATH ({how})"


def install_for_all() -> bool:
    """Install the packages, and a browser where there is none. False where the packages cannot be had; a browser that
    cannot be fetched is only told, its tests are skipped."""
    lock, stamp = PROJECT / "requirements-all.lock", Path(sys.prefix) / "installed-all.lock"
    if not stamp.exists() or stamp.read_bytes() != lock.read_bytes():
        print(f"clearbase: installing {lock.name}", file=sys.stderr, flush=True)
        pip = [sys.executable, "-m", "pip", "install", "--disable-pip-version-check", "--quiet", "--require-hashes"]
        if subprocess.run([*pip, "-r", str(lock)], check=False).returncode:
            print(f"clearbase: {lock.name} could not be installed", file=sys.stderr)
            return False
        shutil.copy(lock, stamp)
    if program_for("browser") is None:
        print("clearbase: installing a browser", file=sys.stderr, flush=True)
        subprocess.run(
            [sys.executable, "-m", "playwright", "install", "chromium"],
            env=os.environ | {"PLAYWRIGHT_BROWSERS_PATH": str(BROWSERS)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
        )
    for need in NEEDS:
        if told := missing(need):
            print(f"clearbase: tests will be skipped: {told}", file=sys.stderr)
    return True
