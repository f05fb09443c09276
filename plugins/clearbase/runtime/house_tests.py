"""``./clearbase test``: lint, types, tests. The last line is pytest's."""

from __future__ import annotations

import subprocess
import sys

from clearbase.settings import PROJECT

LINT = ("ruff", "check", ".")
TYPES = ("mypy",)


def run_tests(everything: bool, arguments: list[str]) -> int:
    """Exit code of the first step that fails, 0 if none does."""
    marks = [] if everything or "-m" in arguments else ["-m", "not all"]
    for step in (LINT, TYPES, ("pytest", *marks, *arguments)):
        print(f"clearbase: {' '.join(step)}", file=sys.stderr, flush=True)
        code = subprocess.run([sys.executable, "-m", *step], cwd=PROJECT, check=False).returncode
        if code:
            return code
    return 0
