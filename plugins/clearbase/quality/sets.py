"""What lines of one file say of each other: a number under two names, a phone of many, a series that was filled down.

Whole columns at a time: values become codes, and only the few that occur more than once are looked at together.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Rows = npt.NDArray[np.bool_]
# So many steps of one in a row are no accident (messiness F17).
STEPS = 4
A_DATE, DIGITS = 10, r"\A[0-9]{1,18}\z"


def shared(keys: pa.Array, members: pa.Array, more_than: int) -> Rows:
    """Rows whose key occurs with more than so many different members. Shape ``(len(keys),)``; a null of either counts
    for nothing."""
    rows = np.zeros(len(keys), np.bool_)
    told = np.flatnonzero(_flags(pc.and_(pc.is_valid(keys), pc.is_valid(members))))
    if len(told) <= more_than:
        return rows
    codes = _codes(keys.take(pa.array(told)) if len(told) < len(keys) else keys)
    often = np.bincount(codes)[codes] > more_than
    told, codes = told[often], codes[often]
    if not len(told):
        return rows
    who = _codes(members.take(pa.array(told)))
    pairs = np.unique(codes.astype(np.int64) * (int(who.max()) + 1) + who) // (int(who.max()) + 1)
    rows[told] = np.bincount(pairs, minlength=int(codes.max()) + 1)[codes] > more_than
    return rows


def runs_up(values: pa.Array, sheets: pa.Array) -> Rows:
    """Rows of a series in which each number, or each day, is one more than the row above on the same sheet, ``STEPS``
    times or oftener. Shape ``(len(values),)``; texts that are neither digits alone nor a day break it."""
    count = len(values)
    rows = np.zeros(count, np.bool_)
    if count <= STEPS or values.null_count >= count - STEPS:
        return rows
    numbers, known = _numbers(values)
    sheet = sheets.to_numpy(zero_copy_only=False)
    step = known[1:] & known[:-1] & (numbers[1:] - numbers[:-1] == 1) & (sheet[1:] == sheet[:-1])
    if np.count_nonzero(step) < STEPS:
        return rows
    edges = np.diff(np.concatenate(([0], step.view(np.int8), [0])))
    begins, ends = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)
    for begin, end in zip(begins[ends - begins >= STEPS], ends[ends - begins >= STEPS], strict=True):
        rows[begin : end + 1] = True
    return rows


def _numbers(values: pa.Array) -> tuple[npt.NDArray[np.int64], Rows]:
    """Digits as they are, days as days since 1970, and which rows hold one of these."""
    digits = _flags(pc.match_substring_regex(values, DIGITS))
    if digits.any():
        kept = pc.if_else(pa.array(digits), values, "0").cast(pa.int64())
        return kept.to_numpy(zero_copy_only=False), digits
    days = _flags(pc.equal(pc.binary_length(values), A_DATE))
    kept = pc.if_else(pa.array(days), values, "1970-01-01").cast(pa.date32()).cast(pa.int32()).cast(pa.int64())
    return kept.to_numpy(zero_copy_only=False), days


def _codes(values: pa.Array) -> npt.NDArray[np.int64]:
    codes: npt.NDArray[np.int64] = values.dictionary_encode().indices.to_numpy(zero_copy_only=False)
    return codes


def _flags(mask: pa.Array) -> Rows:
    flags: Rows = pc.fill_null(mask, False).to_numpy(zero_copy_only=False)
    return flags
