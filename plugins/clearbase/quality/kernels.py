"""What each expectation type means over Arrow columns: a mask of the lines that GX's pandas engine would flag.

``KERNELS`` maps a type to its kernel and the arguments that it knows. Nulls are never flagged by a rule on values, as
in GX; a pair of columns is compared only where both are there. ``tests/quality/test_compile.py`` holds both to the
same rows.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from clearbase.standards import credit_code, identity_number
from clearbase.standards.distinct import among, each_distinct

Mask = npt.NDArray[np.bool_]
Kernel = Callable[[pa.Table, dict[str, Any]], Mask]


def not_null(frame: pa.Table, kwargs: dict[str, Any]) -> Mask:
    return mask_of(pc.is_null(frame[kwargs["column"]]))


def null(frame: pa.Table, kwargs: dict[str, Any]) -> Mask:
    return mask_of(pc.is_valid(frame[kwargs["column"]]))


def match_regex(frame: pa.Table, kwargs: dict[str, Any]) -> Mask:
    return mask_of(pc.invert(pc.match_substring_regex(frame[kwargs["column"]], re2(kwargs["regex"]))))


def not_match_regex(frame: pa.Table, kwargs: dict[str, Any]) -> Mask:
    return mask_of(pc.match_substring_regex(frame[kwargs["column"]], re2(kwargs["regex"])))


def in_set(frame: pa.Table, kwargs: dict[str, Any]) -> Mask:
    column = frame[kwargs["column"]]
    return mask_of(pc.is_valid(column)) & ~_among(column, kwargs["value_set"])


def not_in_set(frame: pa.Table, kwargs: dict[str, Any]) -> Mask:
    return _among(frame[kwargs["column"]], kwargs["value_set"])


def pair_equal(frame: pa.Table, kwargs: dict[str, Any]) -> Mask:
    return mask_of(pc.not_equal(frame[kwargs["column_A"]], frame[kwargs["column_B"]]))


def pair_greater(frame: pa.Table, kwargs: dict[str, Any]) -> Mask:
    fails = pc.less if kwargs.get("or_equal") else pc.less_equal
    return mask_of(fails(frame[kwargs["column_A"]], frame[kwargs["column_B"]]))


def identity_checksum(frame: pa.Table, kwargs: dict[str, Any]) -> Mask:
    column = frame[kwargs["column"]]
    return mask_of(pc.is_valid(column)) & ~identity_number.checksum_all(column)


def real_birth(frame: pa.Table, kwargs: dict[str, Any]) -> Mask:
    column = frame[kwargs["column"]]
    return mask_of(pc.is_valid(column)) & ~identity_number.born_all(column)


def credit_codes(frame: pa.Table, kwargs: dict[str, Any]) -> Mask:
    return mask_of(pc.is_valid(each_distinct(frame[kwargs["column"]], _no_credit_code)))


def _no_credit_code(text: str) -> str | None:
    return None if credit_code.is_valid(text) else text


def lengths_between(frame: pa.Table, kwargs: dict[str, Any]) -> Mask:
    length, lowest, highest = pc.utf8_length(frame[kwargs["column"]]), kwargs.get("min_value"), kwargs.get("max_value")
    short = mask_of(pc.less(length, lowest)) if lowest is not None else np.zeros(len(length), np.bool_)
    return short | mask_of(pc.greater(length, highest)) if highest is not None else short


def between(frame: pa.Table, kwargs: dict[str, Any]) -> Mask:
    column, least, most = frame[kwargs["column"]], kwargs.get("min_value"), kwargs.get("max_value")
    outside = np.zeros(frame.num_rows, np.bool_)
    if least is not None:
        outside |= mask_of((pc.less_equal if kwargs.get("strict_min") else pc.less)(column, least))
    if most is not None:
        outside |= mask_of((pc.greater_equal if kwargs.get("strict_max") else pc.greater)(column, most))
    return outside


# Type → (kernel, arguments that it needs, arguments that it may have). `mostly`, row conditions and the like are not
# for a row rule: a line is flagged or it is not.
KERNELS: dict[str, tuple[Kernel, frozenset[str], frozenset[str]]] = {
    "expect_column_values_to_not_be_null": (not_null, frozenset({"column"}), frozenset()),
    "expect_column_values_to_be_null": (null, frozenset({"column"}), frozenset()),
    "expect_column_values_to_match_regex": (match_regex, frozenset({"column", "regex"}), frozenset()),
    "expect_column_values_to_not_match_regex": (not_match_regex, frozenset({"column", "regex"}), frozenset()),
    "expect_column_values_to_be_in_set": (in_set, frozenset({"column", "value_set"}), frozenset()),
    "expect_column_values_to_not_be_in_set": (not_in_set, frozenset({"column", "value_set"}), frozenset()),
    "expect_column_pair_values_to_be_equal": (
        pair_equal, frozenset({"column_A", "column_B", "ignore_row_if"}), frozenset()),
    "expect_column_pair_values_a_to_be_greater_than_b": (
        pair_greater, frozenset({"column_A", "column_B", "ignore_row_if"}), frozenset({"or_equal"})),
    "expect_column_values_to_have_identity_checksum": (identity_checksum, frozenset({"column"}), frozenset()),
    "expect_column_values_to_hold_real_birth_date": (real_birth, frozenset({"column"}), frozenset()),
    "expect_column_values_to_be_between": (
        between, frozenset({"column"}), frozenset({"min_value", "max_value", "strict_min", "strict_max"})),
    "expect_column_values_to_be_credit_codes": (credit_codes, frozenset({"column"}), frozenset()),
    "expect_column_value_lengths_to_be_between": (
        lengths_between, frozenset({"column"}), frozenset({"min_value", "max_value"})),
}  # fmt: skip


def re2(regex: str) -> str:
    r"""Python's end of text ``\Z`` as RE2 writes it. (``$`` would let a trailing newline through in GX.)"""
    return regex.replace(r"\Z", r"\z")


def mask_of(values: Any) -> Mask:
    r"""A boolean Arrow array or chunked array as numpy, null as False."""
    filled = pc.fill_null(values, False)
    array = filled.combine_chunks() if isinstance(filled, pa.ChunkedArray) else filled
    result: Mask = array.to_numpy(zero_copy_only=False)
    return result


def _among(column: pa.ChunkedArray, values: list[Any]) -> Mask:
    if column.type == pa.string() and all(isinstance(value, str) for value in values):
        return among(column, values)
    return mask_of(pc.is_in(column, value_set=pa.array(values, column.type), skip_nulls=True))
