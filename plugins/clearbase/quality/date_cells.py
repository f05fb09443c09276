"""Cells of dates: canonical form, the halves of a range, and what cannot be because it lies ahead (messiness E)."""

from __future__ import annotations

import datetime as dt

import pyarrow as pa
import pyarrow.compute as pc

from clearbase.standards import calendar_date
from clearbase.standards.distinct import changed, each_distinct
from clearbase.standards.words import words

RANGES = {"contract_start": "contract_end"}
# Of a range of dates these fields take the end: 有效期 2015.3.2-2035.3.2.
ENDS = frozenset(words("contract_end id_valid_to residence_permit_valid probation_end"))
# What is told of the past, or of the next year at most: a later date lies ahead (messiness E8). A birth is in the past.
BEGUN = frozenset(words("hire_date contract_start arrive_date residence_reg_date insurance_start training_date"))
AHEAD = {"birth_date": 0, "leave_date": 1, **dict.fromkeys(BEGUN, 1)}


def dates(field: str, text: pa.Array, numeric: pa.Array) -> dict[str, pa.Array]:
    """Dates typed as numbers are read apart: 2021.1 is January in a text and a puzzle in a number (messiness E6)."""
    part = 1 if field in ENDS else 0
    written = changed(text, numeric, lambda some: pa.nulls(len(some), pa.string()))
    value, how = calendar_date.parse_all(written, lambda said: calendar_date.parse(_half(said, part)))
    if pc.any(numeric, min_count=0).as_py():
        cells = text.filter(numeric)
        typed = calendar_date.parse_all(cells, lambda said: calendar_date.parse(_half(said, part), numeric=True))
        value, how = (pc.replace_with_mask(old, numeric, new) for old, new in zip((value, how), typed, strict=True))
    return {field: value, f"{field}__how": how}


def without_ahead(field: str, columns: dict[str, pa.Array], raw: pa.Array, on: dt.date) -> dict[str, pa.Array]:
    """A date after the last day that it can be of is none, and told as one that lies ahead."""
    value, how = columns[field], columns[f"{field}__how"]
    last = calendar_date.years_after(on.isoformat(), AHEAD[field])
    ahead = pc.fill_null(pc.greater(value, last), False)
    if field != "leave_date":  # of an end a far year means that there is none
        is_open = pc.fill_null(pc.equal(how, "open"), False)
        far = pc.match_substring_regex(raw.filter(is_open), calendar_date.FAR)
        ahead = pc.or_(ahead, pc.replace_with_mask(is_open, is_open, pc.fill_null(far, False)))
    if not pc.any(ahead, min_count=0).as_py():
        return {}
    return {
        field: pc.if_else(ahead, pa.scalar(None, pa.string()), value),
        f"{field}__how": pc.if_else(ahead, "ahead", how),
    }


def _half(said: str, part: int) -> str:
    found = calendar_date.parse_range(said)
    return found[part] if found else said


def range_end(columns: dict[str, pa.Array], start: str, end: str) -> dict[str, pa.Array]:
    """The end that a cell like 2023.1.1-2025.12.31 gives where the sheet has no column for it (messiness E9)."""
    ends = each_distinct(columns[f"{start}__raw"], lambda said: (calendar_date.parse_range(said) or (None, None))[1])
    if ends.null_count == len(ends):
        return {}
    value, how = calendar_date.parse_all(ends)
    if end not in columns:
        return {end: value, f"{end}__how": how}
    untold = pc.is_null(columns[f"{end}__how"])
    return {
        end: pc.if_else(untold, value, columns[end]),
        f"{end}__how": pc.coalesce(columns[f"{end}__how"], how),
    }
