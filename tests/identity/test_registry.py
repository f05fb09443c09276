"""A registry whose keys were sorted once answers each batch as if all its records had been looked at."""

from __future__ import annotations

import sys
from pathlib import Path

import pyarrow as pa
import pytest

sys.path.insert(0, str(Path(__file__).parent))

from people import REGISTRY, features, somebody

from clearbase.identity.draw import draw
from clearbase.identity.evaluate import tables
from clearbase.identity.matching import match
from clearbase.identity.model import load_model
from clearbase.identity.registry import Registry


@pytest.mark.parametrize("seed", [11, 12])
def test_answers_as_all_records_would(seed: int) -> None:
    records, lines = tables(draw(seed, 1500))
    registry = Registry(records)
    for batch in (lines, lines.slice(100, 40), lines.slice(0, 1)):
        whole, looked_up = match(records, batch, load_model()), registry.match(batch, load_model())
        assert looked_up.answer.to_pylist() == whole.answer.to_pylist()
        assert looked_up.person.to_pylist() == whole.person.to_pylist()


def test_who_shares_no_key_is_not_looked_at() -> None:
    registry = Registry(features(REGISTRY))
    assert registry.near(features([somebody("1")])).tolist() == [0, 1]  # the twin by house, birth and surname
    nobody = somebody(
        "2", name="欧阳锋", id_number="", birth_date="1970-02-02", phone="", household_address="", current_address=""
    )
    assert registry.near(features([nobody])).tolist() == []
    assert registry.near(features([])).tolist() == []


def test_a_registry_of_nobody() -> None:
    answer = Registry(features([])).match(features([somebody("1")]), load_model()).answer
    assert answer["outcome"].to_pylist() == ["new"] and answer["who"].type == pa.int64()
