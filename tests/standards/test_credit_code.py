import json
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from clearbase.standards import credit_code

VECTORS = json.loads((Path(__file__).parents[1] / "data" / "vectors.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("vector", VECTORS["uscc_valid"], ids=lambda v: v["uscc"])
def test_valid_vectors(vector):
    assert credit_code.validate(vector["uscc"]) == vector["uscc"]
    assert credit_code.check_character(vector["uscc"][:17]) == vector["check"]
    assert credit_code.organisation_is_valid(vector["org_code"]) == vector["org_check_ok"]


@pytest.mark.parametrize("vector", VECTORS["uscc_bad_or_legacy"], ids=lambda v: v["why"][:30])
def test_bad_vectors(vector):
    assert not credit_code.is_valid(vector["input"])


def test_real_codes_that_fail_the_outer_check_alone():
    assert credit_code.organisation_is_valid("91350211M0000XUF46"[8:17])


@given(st.sampled_from([v["uscc"] for v in VECTORS["uscc_valid"]]), st.integers(0, 17), st.integers(1, 30))
def test_one_wrong_character_never_validates(code, position, shift):
    alphabet = credit_code.ALPHABET
    wrong = alphabet[(alphabet.index(code[position]) + shift) % 31]
    assert not credit_code.is_valid(code[:position] + wrong + code[position + 1 :])


@given(st.text(max_size=25))
@example("ǰ")
def test_compact_is_idempotent(text):
    assert credit_code.compact(credit_code.compact(text)) == credit_code.compact(text)
