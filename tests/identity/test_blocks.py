"""Tokens by which people are found in the base, and the keys by which they are found in memory, are the same keys."""

from __future__ import annotations

import sys
from pathlib import Path

import pyarrow as pa
import pytest

sys.path.insert(0, str(Path(__file__).parent))

from people import features, somebody

from clearbase.identity.blocks import KIND_BITS, KINDS, block_tokens, lists_of
from clearbase.identity.draw import COLUMNS, draw
from clearbase.identity.evaluate import tables
from clearbase.identity.matching import BLOCKS, find_candidates, memory_of

KEY = b"k" * 32
TELLING = {kind.number for kind in KINDS.values() if kind.most is not None}


def tokens(people: pa.Table) -> list[set[int]]:
    return [set(one) for one in lists_of(block_tokens(KEY, people)).to_pylist()]


@pytest.mark.parametrize("seed", [31, 32])
def test_whoever_is_a_candidate_in_memory_shares_a_token(seed: int) -> None:
    records, rows = tables(draw(seed, 1500))[:2]
    with memory_of(records, rows) as connection:
        find_candidates(connection, records)
        pairs = connection.sql(
            "SELECT p.no, c.who FROM candidate AS c JOIN profile AS p ON p.no = c.line WHERE c.who >= 0"
        ).fetchall()
    ours, theirs = tokens(rows), tokens(records)
    assert len(pairs) > 100
    apart = [pair for pair in pairs if not any(t & KIND_BITS in TELLING for t in ours[pair[0]] & theirs[pair[1]])]
    assert apart == []


def test_a_token_says_its_kind_and_nothing_without_the_key() -> None:
    people = features([somebody("1"), somebody("2", id_number="", phone="13900000000")])
    one, other = tokens(people)
    assert {token & KIND_BITS for token in one} >= {1, 2, 3, 4, 5, 6}
    assert 1 not in {token & KIND_BITS for token in other}
    assert one & other and one != other
    foreign = {token for one in lists_of(block_tokens(b"x" * 32, people)).to_pylist() for token in one}
    assert not foreign & (one | other)


def test_every_key_in_memory_has_its_kind() -> None:
    """Limits differ where two keys of memory are one kind here, or where a block counts both sides."""
    names = {"area_birth", "area_tail", "birth_tail", "phone", "sound_birth", "house_birth", "county_name"}
    most = dict(BLOCKS)
    assert {name: KINDS[name].most for name in names} == {name: most[name] for name in names}


def test_who_says_nothing_has_no_tokens() -> None:
    nobody = features([dict.fromkeys(COLUMNS, "")])
    assert tokens(nobody) == [set()]
