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
DIGITS, A_DAY = r"\A[0-9]{1,18}\z", r"\A[0-9]{4}-[0-9]{2}-[0-9]{2}\z"
# Texts of one length are hashed together where there are many of them and they are short.
MANY, LONGEST, MIX = 1000, 64, np.uint64(0x9E3779B97F4A7C15)


def shared(
    keys: pa.Array, members: pa.Array, more_than: int, within: pa.Array | None = None, again: Rows | None = None
) -> Rows:
    """Rows whose key (with ``within``, if given) occurs with more than so many different members. Shape
    ``(len(keys),)``; a null of any counts for nothing. ``again``: ``perhaps_repeated(keys)``, if it is known."""
    rows = np.zeros(len(keys), np.bool_)
    told = np.flatnonzero((perhaps_repeated(keys) if again is None else again) & _valid(members))
    if within is not None:
        told = told[_valid(within)[told]]
    if len(told) <= more_than:
        return rows
    key = keys.take(pa.array(told))
    if within is not None:
        key = pc.binary_join_element_wise(key, within.take(pa.array(told)), "\x1f")
    codes = _codes(key)
    often = np.bincount(codes)[codes] > more_than
    told, codes = told[often], codes[often]
    if not len(told):
        return rows
    who = _codes(members.take(pa.array(told)))
    pairs = np.unique(codes.astype(np.int64) * (int(who.max()) + 1) + who) // (int(who.max()) + 1)
    rows[told] = np.bincount(pairs, minlength=int(codes.max()) + 1)[codes] > more_than
    return rows


def perhaps_repeated(values: pa.Array) -> Rows:
    """Rows whose text occurs more than once, and by accident a few others; nulls are not among them.

    Most texts of a roster's telling columns are alone, and to encode a column costs more than to sort its hashes: texts
    of one length lie behind each other as a matrix of bytes.
    """
    rows = np.zeros(len(values), np.bool_)
    if values.null_count == len(values):
        return rows
    lengths = np.where(_valid(values), np.diff(_offsets(values)), -1)
    held, counts = np.unique(lengths, return_counts=True)
    few = np.isin(lengths, held[(held >= 0) & ((held > LONGEST) | (counts < MANY))])
    for length in held[(held >= 0) & (held <= LONGEST) & (counts >= MANY)]:
        of_length = lengths == length
        rows[of_length] = _again(_hashes(values.filter(pa.array(of_length)), int(length)))
    if few.any():
        codes = _codes(values.filter(pa.array(few)))
        rows[few] = np.bincount(codes)[codes] > 1
    return rows


def _hashes(values: pa.Array, length: int) -> npt.NDArray[np.uint64]:
    """A hash of each text; all are ``length`` bytes long."""
    if not length:
        return np.zeros(len(values), np.uint64)
    begin = int(_offsets(values)[0])
    matrix = np.frombuffer(values.buffers()[2], np.uint8, len(values) * length, begin).reshape(-1, length)
    padded = np.zeros((len(values), -(-length // 8) * 8), np.uint8)
    padded[:, :length] = matrix
    words = padded.view(np.uint64)
    hashes = words[:, 0].copy()
    for n in range(1, words.shape[1]):
        hashes = (hashes ^ (hashes >> np.uint64(29))) * MIX + words[:, n]
    return hashes


def _again(hashes: npt.NDArray[np.uint64]) -> Rows:
    again = np.zeros(len(hashes), np.bool_)
    ordered = np.sort(hashes)
    repeated = ordered[1:][ordered[1:] == ordered[:-1]]
    if len(repeated):
        # a table of the hashes' first bits leaves few to be sought
        shift = np.uint64(64 - max(len(hashes).bit_length() + 4, 10))
        table = np.zeros(1 << (64 - int(shift)), np.bool_)
        table[(repeated * MIX) >> shift] = True
        rows = np.flatnonzero(table[(hashes * MIX) >> shift])
        at = np.searchsorted(repeated, hashes[rows])
        again[rows] = repeated[np.minimum(at, len(repeated) - 1)] == hashes[rows]
    return again


def runs_up(values: pa.Array, sheets: pa.Array) -> Rows:
    """Rows of a series in which each number, or each day, is one more than the row above on the same sheet, ``STEPS``
    times or oftener. Shape ``(len(values),)``; texts that are neither digits alone nor a day break it."""
    count = len(values)
    rows = np.zeros(count, np.bool_)
    if count <= STEPS or values.null_count >= count - STEPS:
        return rows
    sheet = sheets.to_numpy(zero_copy_only=False)
    may = _in_runs(_last_digit_up(values) & (sheet[1:] == sheet[:-1]))
    if not may.any():
        return rows
    numbers, known = np.zeros(count, np.int64), np.zeros(count, np.bool_)
    numbers[may], known[may] = _numbers(values.filter(pa.array(may)))
    step = known[1:] & known[:-1] & (numbers[1:] - numbers[:-1] == 1) & (sheet[1:] == sheet[:-1])
    return _in_runs(step)


def _in_runs(step: Rows) -> Rows:
    """Rows between which there are ``STEPS`` steps in a row or more; ``step``: from each row to the next."""
    rows = np.zeros(len(step) + 1, np.bool_)
    edges = np.diff(np.concatenate(([0], step.view(np.int8), [0])))
    begins, ends = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)
    for begin, end in zip(begins[ends - begins >= STEPS], ends[ends - begins >= STEPS], strict=True):
        rows[begin : end + 1] = True
    return rows


def _last_digit_up(values: pa.Array) -> Rows:
    """From which row to the next the last digit goes up by one, or begins a month: what every step of a series does,
    and one in ten of others. Shape ``(len(values) - 1,)``."""
    offsets = _offsets(values)
    data = np.frombuffer(values.buffers()[2], np.uint8)
    held = (np.diff(offsets) > 0) & _valid(values)
    ends = np.where(held, offsets[1:], 1)
    last, before = data[ends - 1].astype(np.int16) - ord("0"), data[np.maximum(ends - 2, 0)]
    first_of_month = (last == 1) & (before == ord("0"))
    return np.asarray(held[1:] & held[:-1] & (((last[1:] - last[:-1]) % 10 == 1) | first_of_month[1:]))


def _numbers(values: pa.Array) -> tuple[npt.NDArray[np.int64], Rows]:
    """Digits as they are, days as days since 1970, and which rows hold one of these."""
    digits = _flags(pc.match_substring_regex(values, DIGITS))
    if digits.any():
        kept = pc.if_else(pa.array(digits), values, "0").cast(pa.int64())
        return kept.to_numpy(zero_copy_only=False), digits
    days = _flags(pc.match_substring_regex(values, A_DAY))
    kept = pc.if_else(pa.array(days), values, "1970-01-01").cast(pa.date32()).cast(pa.int32()).cast(pa.int64())
    return kept.to_numpy(zero_copy_only=False), days


def _offsets(values: pa.Array) -> npt.NDArray[np.int32]:
    """Where each text begins in the data, and where the last one ends."""
    offsets = np.frombuffer(values.buffers()[1], np.int32)
    return offsets[values.offset : values.offset + len(values) + 1]


def _valid(values: pa.Array) -> Rows:
    return np.asarray(values.is_valid().to_numpy(zero_copy_only=False))


def _codes(values: pa.Array) -> npt.NDArray[np.int64]:
    codes: npt.NDArray[np.int64] = values.dictionary_encode().indices.to_numpy(zero_copy_only=False)
    return codes


def _flags(mask: pa.Array) -> Rows:
    flags: Rows = pc.fill_null(mask, False).to_numpy(zero_copy_only=False)
    return flags
