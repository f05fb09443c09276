"""A column of typed cells keeps every cell's text and kind, however its values are mixed."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from clearbase.reading.cells import CONVERT, CellError, column_of
from clearbase.records import EMPTY

CELLS = st.one_of(
    st.just(""),
    st.none(),
    st.text(max_size=5).filter(lambda text: text < "\ud800" or text > "\udfff"),
    st.text(max_size=3).map(CellError),
    st.floats(),
    st.integers(-(10**17), 10**17).map(float),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(dt.timedelta(0), dt.timedelta(days=400)),
)


def one(value: Any) -> tuple[str | None, int]:
    """A cell by itself, as the table of conversions says."""
    convert, kind = CONVERT.get(type(value), (str, EMPTY))
    text = "" if value is None else convert(value)
    return (text, kind) if text and not text.isspace() else (None, EMPTY)


@settings(deadline=None)  # the first example imports what Arrow needs
@given(st.lists(CELLS, max_size=40))
def test_each_cell_is_read_as_if_it_stood_alone(values: list[Any]) -> None:
    texts, kinds = column_of(values)
    assert list(zip(texts.to_pylist(), kinds.tolist(), strict=True)) == [one(value) for value in values]


@given(st.lists(st.sampled_from(["", " ", "甲", "张三\u3000", "a\0b", "𬭚"]), min_size=1, max_size=40))
def test_texts_are_kept_to_the_letter(values: list[str]) -> None:
    texts, _ = column_of(values)
    assert texts.to_pylist() == [value if value.strip() else None for value in values]
