"""What lines say of each other, held against the same asked line by line."""

import datetime as dt
from collections import Counter

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearbase.quality import sets
from clearbase.quality.sets import perhaps_repeated, runs_up, shared
from clearbase.standards.distinct import among, first_said, matching, rows_alone

FEW = st.lists(st.one_of(st.none(), st.sampled_from(["", "甲", "乙丙", "13800138000", "330203199003075676", "x" * 70])))


def column(values):
    return pa.array(values, pa.string())


@pytest.fixture(params=[1, 1000], ids=["hashed", "encoded"])
def _many(request, monkeypatch):
    """From how many texts of one length on they are hashed."""
    monkeypatch.setattr(sets, "MANY", request.param)


@pytest.mark.usefixtures("_many")
@pytest.mark.parametrize("sliced", [0, 2])
def test_repeated_texts_are_found(sliced):
    rng = np.random.default_rng(7)
    texts = [None if n % 9 == 0 else f"{rng.integers(0, 4000):0{5 + n % 14}d}" for n in range(3000)]
    counts = Counter(text for text in texts[sliced:] if text is not None)
    assert perhaps_repeated(column(texts).slice(sliced)).tolist() == [counts[t] > 1 for t in texts[sliced:]]


@given(FEW, st.integers(1, 3))
def test_shared_is_what_a_count_of_members_says(keys, more_than):
    members = [None if n % 5 == 4 else f"m{n % 3}" for n in range(len(keys))]
    groups = {}
    for key, member in zip(keys, members, strict=True):
        if key is not None and member is not None:
            groups.setdefault(key, set()).add(member)
    wanted = [
        key is not None and member is not None and len(groups[key]) > more_than
        for key, member in zip(keys, members, strict=True)
    ]
    assert shared(column(keys), column(members), more_than).tolist() == wanted


@given(st.lists(st.tuples(st.integers(1, 9), st.booleans()), max_size=8), st.sampled_from(["phone", "day", "short"]))
def test_runs_are_those_of_steps_of_one(pieces, form):
    """Pieces of a series, each so long, behind each other with a gap between."""
    start = dt.date(2023, 12, 27)
    write = {"phone": lambda n: str(13800137990 + n), "day": lambda n: str(start + dt.timedelta(n)), "short": str}[form]
    at, texts, wanted = 0, [], []
    for length, empty in pieces:
        texts += [None] * empty + [write(at + n) for n in range(length)]
        wanted += [False] * empty + [length > sets.STEPS] * length
        at += length + 6
    assert runs_up(column(texts), pa.array(np.ones(len(texts), np.int16))).tolist() == wanted


@given(FEW)
def test_among_and_matching_are_is_in_and_a_pattern(values):
    words = ["甲", "13800138000", "none"]
    assert among(column(values), words).tolist() == [value in words for value in values]
    assert matching(column(values), "丙|138").to_pylist() == ["丙" in (v or "") or "138" in (v or "") for v in values]
    assert first_said(column(values), column(["-"] * len(values))).to_pylist() == [
        "-" if value is None else value for value in values
    ]
    rows = np.arange(0, len(values), 2)
    assert rows_alone(column(values), rows).to_pylist() == [v if n % 2 == 0 else None for n, v in enumerate(values)]
