"""Makes the tests' own rosters importable by name, and a base to send them to."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from sending import Base, base_of


@pytest.fixture
def base(new_home: Callable[[], Path], tmp_path: Path) -> Iterator[Base]:
    """A base of its own; after the test every invariant holds."""
    with base_of(new_home(), tmp_path) as made:
        yield made
