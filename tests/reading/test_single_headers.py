"""Headers of public sources asked one by one, without neighbours or cells (``tests/data/single_headers.csv``)."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from clearbase.reading.catalogue import load_catalogue
from clearbase.reading.column_names import name_column

HEADERS = Path(__file__).parents[1] / "data" / "single_headers.csv"


@pytest.mark.parametrize(("batch", "at_least"), [("1", 0.97), ("2", 0.95)])
def test_headers_alone_are_understood(batch: str, at_least: float, figure: Callable[[str], None]) -> None:
    with HEADERS.open(encoding="utf-8", newline="") as file:
        asked = [row for row in csv.DictReader(file) if row["batch"] == batch]
    right = [(name_column([row["header"]], load_catalogue()).field or "-") in row["fields"].split() for row in asked]
    share = sum(right) / len(right)
    figure(f"single headers, batch {batch}: {share:.1%} of {len(asked)} right")
    assert share >= at_least, [row["header"] for row, is_right in zip(asked, right, strict=True) if not is_right]
