"""The compose file as the deployment's tests read it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1] / "pipeline")]

from compose_file import ComposeFile, read_compose_file  # noqa: E402


@pytest.fixture(scope="module")
def compose() -> ComposeFile:
    return read_compose_file()
