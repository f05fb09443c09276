import json
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearbase.standards import phone

VECTORS = json.loads((Path(__file__).parents[1] / "data" / "vectors.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("vector", VECTORS["phones"], ids=lambda v: v["input"])
def test_vectors(vector):
    assert (phone.compact(vector["input"]) if phone.is_valid(vector["input"]) else None) == vector["output"]


def test_second_number_is_told():
    assert phone.numbers("13800138000、13900139000") == ("13800138000", "13900139000")
    assert phone.numbers("13800138000 13900139000") == ("13800138000", "13900139000")
    assert phone.numbers("13800138000，") == ("13800138000", None)


@pytest.mark.parametrize("text", ["(0574)86780000", "0574 8678 0000", "057486780000"])
def test_landlines(text):
    assert phone.compact(text) == "0574-86780000"


@given(st.text(max_size=25))
def test_valid_numbers_are_stable(text):
    number = phone.compact(text)
    assert not phone.is_valid(number) or phone.compact(number) == number


@given(st.lists(st.one_of(st.none(), st.text(alphabet="0123456789 -+/.E张", max_size=24)), max_size=20))
def test_columns_agree_with_the_scalar(texts):
    first, second = phone.numbers_all(pa.array(texts, pa.string()))
    expected = [(None, None) if t is None else phone.numbers(t) for t in texts]
    assert first.to_pylist() == [e[0] or None for e in expected]
    assert second.to_pylist() == [e[1] for e in expected]
