"""The compose file as the deployment's tests read it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from compose_file import ComposeFile, read_compose_file


@pytest.fixture(scope="module")
def compose() -> ComposeFile:
    return read_compose_file()
