"""Tokens join equal values of one kind under one key, and nothing else."""

from __future__ import annotations

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from clearbase.privacy.tokens import TOKEN_BYTES, token_all


@given(st.lists(st.one_of(st.none(), st.text(max_size=8)), max_size=30))
def test_equal_values_and_only_they_have_equal_tokens(values: list[str | None]) -> None:
    tokens = token_all(b"k" * 32, "name", pa.array(values, pa.string())).to_pylist()
    for value, token in zip(values, tokens, strict=True):
        assert (token is None) == (not value)
        assert token is None or len(token) == TOKEN_BYTES
        assert all(
            (token == other) == (value == there or (not value and not there))
            for other, there in zip(tokens, values, strict=True)
        )


def test_kind_and_key_change_the_token() -> None:
    values = pa.array(["13800138000"])
    tokens = {token_all(key, kind, values)[0].as_py() for key in (b"a" * 32, b"b" * 32) for kind in ("phone", "number")}
    assert len(tokens) == 4
