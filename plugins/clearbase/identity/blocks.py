"""Blocking tokens: by what a person is found when no number decides (``sql/link/blocks`` asks the same in memory).

A key joins parts of what is compared (``features``); its token is the first eight bytes of its HMAC, with the kind of
the key in the lowest four bits, so that one index serves all kinds and each keeps its own limit. Two that say the same
key have the same token; a token tells nothing without the token key.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from clearbase.privacy.tokens import TOKEN_BYTES, token_all

KIND_BITS: Final = 15


class Kind(NamedTuple):
    """``most``: how many a key of this kind may bring up and still tell somebody; None: it is only counted."""

    number: int
    most: int | None


KINDS: Final = {
    "number": Kind(1, 20), "area_birth": Kind(2, 40), "area_tail": Kind(3, 40), "birth_tail": Kind(4, 20),
    "phone": Kind(5, 20), "sound_birth": Kind(6, 40), "house_birth": Kind(7, 20), "house_sound": Kind(8, 20),
    "room_sound": Kind(9, 20), "county_name": Kind(10, 30), "surname_birth_county": Kind(11, 30),
    "name": Kind(12, None), "house": Kind(13, None), "room": Kind(14, None),
}  # fmt: skip


def block_tokens(key: bytes, people: pa.Table) -> list[tuple[str, pa.Array]]:
    """Kind and tokens (int64, null where the key lacks a part) of ``features``, in their order; some kinds come
    twice: a second phone, a Latin name with its surname last."""
    return [(kind, _tokens(key, kind, keys)) for kind, keys in _keys(people)]


def lists_of(tokens: list[tuple[str, pa.Array]]) -> pa.ListArray:
    """What each person has of them, as ``identity.block_token`` keeps it: list<int64>."""
    said = np.column_stack([pc.fill_null(column, 0).to_numpy(zero_copy_only=False) for _, column in tokens])
    there = said != 0
    ends = np.concatenate(([0], there.sum(axis=1).cumsum())).astype(np.int32)
    return pa.ListArray.from_arrays(pa.array(ends), pa.array(said[there], pa.int64()))


def _keys(people: pa.Table) -> list[tuple[str, pa.Array]]:
    one = {name: people[name].combine_chunks() for name in people.column_names}
    digits, head, tail = one["digits"], one["head"], one["tail"]
    begins, ends = pc.coalesce(digits, head), pc.coalesce(digits, tail)
    house = _joined(one["h_place"], one["h_house"])
    room = _joined(one["c_place"], one["c_house"])
    born = one["birth"]
    return [
        ("number", pc.if_else(one["valid"], digits, pa.scalar(None, pa.string()))),
        ("area_birth", _long(pc.utf8_slice_codeunits(begins, 0, 14), begins, 14)),
        ("area_tail", _joined(_long(pc.utf8_slice_codeunits(begins, 0, 6), begins, 6), _last(ends, 4, 4))),
        ("birth_tail", _last(digits, 12, 16)),
        ("phone", one["phone"]),
        ("phone", one["phone_2"]),
        ("sound_birth", _joined(one["sound"], born)),
        ("sound_birth", _joined(one["turned"], born)),
        ("house_birth", _joined(house, born)),
        ("house_sound", _joined(house, one["sound"])),
        ("room_sound", _joined(room, one["sound"])),
        ("county_name", _joined(one["h_county"], one["name"])),
        ("surname_birth_county", _joined(pc.utf8_slice_codeunits(one["name"], 0, 1), born, one["h_county"])),
        ("name", one["name"]),
        ("house", house),
        ("room", room),
    ]


def _joined(*parts: pa.Array) -> pa.Array:
    return pc.binary_join_element_wise(*parts, "|")


def _long(part: pa.Array, text: pa.Array, least: int) -> pa.Array:
    return pc.if_else(pc.greater_equal(pc.utf8_length(text), least), part, pa.scalar(None, pa.string()))


def _last(text: pa.Array, count: int, least: int) -> pa.Array:
    backwards = pc.utf8_slice_codeunits(pc.utf8_reverse(text), 0, count)
    return _long(backwards, text, least)


def _tokens(key: bytes, kind: str, keys: pa.Array) -> pa.Array:
    tokens = token_all(key, f"block:{kind}", keys)
    whole = pc.fill_null(tokens, bytes(TOKEN_BYTES)).cast(pa.binary(TOKEN_BYTES))
    first = np.frombuffer(whole.buffers()[1], np.uint8)[: len(tokens) * TOKEN_BYTES].reshape(-1, TOKEN_BYTES)[:, :8]
    numbers = np.ascontiguousarray(first).view(">i8").ravel().astype(np.int64)
    numbers = (numbers & ~np.int64(KIND_BITS)) | np.int64(KINDS[kind].number)
    return pa.array(numbers, mask=pc.is_null(tokens).to_numpy(zero_copy_only=False))
