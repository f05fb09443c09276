"""Sealed values open only with their key, in their place, unaltered."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearbase.errors import SealError
from clearbase.privacy.sealing import open_sealed, row_name, seal, seal_rows

KEY, OTHER = bytes(range(32)), bytes(range(1, 33))


@given(st.binary(max_size=300), st.integers(0, 2**63), st.binary(max_size=30))
def test_what_was_sealed_opens(clear: bytes, key_id: int, associated: bytes) -> None:
    assert open_sealed({key_id: KEY}, seal(KEY, key_id, clear, associated), associated) == clear


@given(st.binary(min_size=1, max_size=60), st.data())
def test_any_altered_byte_is_refused(clear: bytes, data: st.DataObject) -> None:
    sealed = bytearray(seal(KEY, 3, clear, b"place"))
    sealed[data.draw(st.integers(0, len(sealed) - 1))] ^= data.draw(st.integers(1, 255))
    with pytest.raises(SealError):
        open_sealed({3: KEY}, bytes(sealed), b"place")


def test_another_key_place_or_a_lost_key_is_refused() -> None:
    sealed = seal(KEY, 1, b"clear", b"roster_line:1")
    for keys, place in (({1: OTHER}, b"roster_line:1"), ({1: KEY}, b"roster_line:2"), ({2: KEY}, b"roster_line:1")):
        with pytest.raises(SealError):
            open_sealed(keys, sealed, place)


def test_rows_open_under_their_own_keys_and_names() -> None:
    sealed = seal_rows("roster_line", [7, 8, 9], [1, 2, 1], {1: KEY, 2: OTHER}, [b"a", b"b", b"c"])
    opened = [
        open_sealed({1: KEY, 2: OTHER}, each, row_name("roster_line", row))
        for each, row in zip(sealed, [7, 8, 9], strict=True)
    ]
    assert opened == [b"a", b"b", b"c"]
    with pytest.raises(SealError):
        open_sealed({1: KEY, 2: OTHER}, sealed[0], row_name("roster_line", 9))
