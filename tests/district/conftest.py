"""Two small districts, made once: one as life is, one without dirt."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Callable
from pathlib import Path

import pytest

from clearbase.district.generate import DistrictSummary, generate_district

Rows = list[dict[str, str]]


@pytest.fixture(scope="session")
def district(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, DistrictSummary]:
    out = tmp_path_factory.mktemp("district") / "life"
    return out, generate_district(out, seed=11, residents=4000, employers=45, months=3, dirt=2.0)


@pytest.fixture(scope="session")
def spotless(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, DistrictSummary]:
    out = tmp_path_factory.mktemp("district") / "spotless"
    return out, generate_district(out, seed=11, residents=2000, employers=40, months=2, dirt=0)


@pytest.fixture(scope="session")
def table() -> Callable[[Path], Rows]:
    def read(path: Path) -> Rows:
        if path.suffix == ".gz":
            with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
                return list(csv.DictReader(file))
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    return read
