"""The district of the README by its commands: 60 employers, 3 months, as anyone would call them."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

pytestmark = pytest.mark.all


def test_the_readme_s_commands_end_in_the_truth(
    new_home: Callable[[], Path],
    clearbase: Callable[..., subprocess.CompletedProcess[str]],
    tmp_path: Path,
    figure: Callable[[str], None],
) -> None:
    home, district = new_home(), tmp_path / "district"
    for arguments in (
        ["generate", district],
        ["registry", "load", district / "registry.csv"],
        ["employer", "add", "--file", district / "employers.csv"],
        ["ingest", district / "rosters"],
        ["compare", district / "truth"],
        ["verify"],
    ):
        done = clearbase(*arguments, home=home)
        assert done.returncode == 0, f"{arguments}: {done.stdout}{done.stderr}"
        if arguments[0] == "compare":
            figure("60 employers, 3 months: " + " ".join(done.stdout.split()))
