"""Makes the tests' own rosters importable by name, and a base to send them to."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from clearbase.pipeline.verify import verify
from clearbase.settings import Settings
from clearbase.warehouse.database import open_database

sys.path.insert(0, str(Path(__file__).parent))

from sending import Base


@pytest.fixture
def base(new_home: Callable[[], Path], tmp_path: Path) -> Iterator[Base]:
    """A base of its own; after the test every invariant holds."""
    settings = Settings(home=new_home())
    with open_database(settings) as database:
        yield Base(settings, database, tmp_path)
        assert [finding.says for finding in verify(database) if finding.broken] == []
