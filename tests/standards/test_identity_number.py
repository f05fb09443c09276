import datetime as dt
import json
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from clearbase.standards import identity_number
from clearbase.standards.invalid import Invalid

VECTORS = json.loads((Path(__file__).parents[1] / "data" / "vectors.json").read_text(encoding="utf-8"))
TODAY = dt.date(2026, 11, 2)

# What becomes of each dirty vector: valid after compacting, or the reason why it is not.
DIRTY = {
    "110105194912310021": "checksum",
    "11010519491231002x": None,
    "１１０１０５１９４９１２３１００２Ｘ": None,
    "'11010519491231002X": None,
    "330203199003075008": "checksum",
    "330203199003075000": "checksum",
    "3.30203E+17": "lost",
    "33020319900307": "length",
    "**************002X": "masked",
    "330203199002299999": "birth",
    "330203209912319991": "birth",
}

bodies = st.builds(
    lambda area, born, sequence: f"{area:06d}{born:%Y%m%d}{sequence:03d}",
    st.integers(110000, 829999),
    st.dates(dt.date(1900, 1, 1), TODAY),
    st.integers(0, 999),
)
numbers = bodies.map(lambda body: body + identity_number.check_character(body))


@pytest.mark.parametrize("vector", VECTORS["id_valid"], ids=lambda v: v["note"][:30])
def test_valid_vectors(vector):
    assert identity_number.validate(vector["id"], TODAY) == vector["id"]
    assert identity_number.check_character(vector["body"]) == vector["check"]
    assert identity_number.birth(vector["id"]).isoformat() == vector["birth"]
    assert identity_number.sex(vector["id"]) == {"M": "male", "F": "female"}[vector["sex"]]


@pytest.mark.parametrize("vector", VECTORS["id_bad_or_dirty"], ids=lambda v: v["why"][:30])
def test_dirty_vectors(vector):
    reason = DIRTY[vector["input"]]
    if reason is None:
        assert identity_number.validate(vector["input"], TODAY) == "11010519491231002X"
    else:
        with pytest.raises(Invalid) as raised:
            identity_number.validate(vector["input"], TODAY)
        assert raised.value.reason == reason
        assert vector["input"] not in str(raised.value)  # no personal data in exceptions


@pytest.mark.parametrize("vector", VECTORS["id15_to_18"], ids=lambda v: v["id15"])
def test_old_numbers_become_eighteen(vector):
    assert identity_number.from_15(vector["id15"]) == vector["id18"]
    assert identity_number.validate(vector["id15"], TODAY) == vector["id18"]


@pytest.mark.parametrize("lookalike", "xхХχΧ×Ｘ")
def test_lookalikes_of_x(lookalike):
    assert identity_number.compact("1101 0519-4912\u200b31\u00a0002" + lookalike + "\t") == "11010519491231002X"


def test_star_for_x_only_where_the_check_is_x():
    assert identity_number.compact("11010519491231002*") == "11010519491231002X"
    assert identity_number.compact("33020419900307999*") == "33020419900307999*"


@settings(max_examples=500)
@given(st.text(max_size=25))
@example("ῒ")
def test_compact_is_idempotent(text):
    once = identity_number.compact(text)
    assert identity_number.compact(once) == once


@given(numbers, st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_never_validates(number, position, shift):
    wrong = number[:position] + str((int(number[position]) + shift) % 10) + number[position + 1 :]
    assert identity_number.is_valid(number, TODAY)
    assert not identity_number.is_valid(wrong, TODAY)


@given(numbers, st.integers(0, 15))
def test_two_digits_swapped_never_validate(number, position):
    a, b = number[position], number[position + 1]
    swapped = number[:position] + b + a + number[position + 2 :]
    assert a == b or not identity_number.is_valid(swapped, TODAY)


def test_columns_agree_with_the_scalars():
    texts = [v["id"] for v in VECTORS["id_valid"]] + [v["input"] for v in VECTORS["id_bad_or_dirty"]]
    texts += ["六个汉字呀呀", "", "330206199013019998", "330206000000000000", None]
    column = pa.chunked_array([pa.array(texts[:5]), pa.array(texts[5:])])
    compact = identity_number.compact_all(column)
    assert compact.to_pylist() == [None if t is None else identity_number.compact(t) for t in texts]
    plain = [t or "" for t in compact.to_pylist()]
    assert identity_number.valid_all(compact, TODAY).tolist() == [identity_number.is_valid(t, TODAY) for t in plain]
    assert identity_number.sex_all(compact).to_pylist() == [identity_number.sex(t) for t in plain]
    born = [identity_number.birth(t) for t in plain]
    assert identity_number.birth_all(compact, TODAY).to_pylist() == [
        b.isoformat() if b and b <= TODAY else None for b in born
    ]


@given(st.lists(st.one_of(st.none(), numbers, st.text(alphabet="0123456789X张", min_size=6, max_size=18)), max_size=20))
def test_valid_all_agrees_on_anything(texts):
    column = pa.array(texts, pa.string())
    expected = [bool(t) and len(t) == 18 and identity_number.is_valid(t, TODAY) for t in texts]
    assert identity_number.valid_all(column, TODAY).tolist() == expected
    assert identity_number.valid_all(column.slice(1), TODAY).tolist() == expected[1:]
