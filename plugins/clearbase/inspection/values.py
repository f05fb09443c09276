"""The values of a line as ``check`` tells them: canonical, but no codes of ours where an employer wrote a word.

What the warehouse keeps is coded (大学本科 → 本科); whoever reads the report sees the text that stands in the cell, and
values of a form of their own (dates, numbers, yes and no) in that form.
"""

from __future__ import annotations

from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from clearbase.quality.standardise import COUNTS, PHONES, YES_NO, fields_of
from clearbase.standards.words import words

# The text as written goes before the code that the warehouse gives it.
AS_WRITTEN: Final = frozenset(words("education marital_status id_type"))
# Of these only a plain yes is put into words (是否党员 是 → 中共党员).
YES_MEANS: Final[dict[str, tuple[str, ...]]] = {"political_status": ("是", "√", "1", "TRUE", "Y")}
# A card that never expires says so in words; of other dates such a word says that there is none (messiness E7).
WITHOUT_END: Final = frozenset({"id_valid_to", "residence_permit_valid"})
NEVER_ENDS: Final = r"\A(?:长期(?:有效)?|永久(?:有效)?)\z"
WHOLE_NUMBERS: Final = frozenset({"age", "children_count", "row_no"})
TRUTH: Final = {"true": True, "false": False}

Value = str | int | bool


def values_of_lines(lines: pa.Table, checked: pa.Table, canonical: pa.Table) -> list[dict[str, Value]]:
    """Field → value for each line of ``lines`` (``records.FileRead.lines``), in its order; empty ones are left out.

    ``checked``: the same lines after checking. What a rule withheld is left out of an accepted line, as it is out of
    the warehouse; a quarantined line tells it all the same, so that somebody can mend it. What is lost is never told.
    ``canonical``: the same lines as ``quality.standardise`` makes them.
    """
    quarantined = pc.equal(checked["disposition"], "quarantined")
    told: list[dict[str, Value]] = [{} for _ in range(lines.num_rows)]
    for field in _fields_told(canonical, checked, fields_of(lines)):
        column = _as_told(field, canonical)
        if field in checked.column_names:
            withheld = pc.and_(pc.is_null(checked[field]), pc.is_valid(canonical[field]))
            column = pc.if_else(pc.or_(pc.invert(withheld), quarantined), column, None)
        for line, value in zip(told, column.to_pylist(), strict=True):
            if value is not None:
                line[field] = _typed(field, value)
    return told


def _fields_told(canonical: pa.Table, checked: pa.Table, held: list[str]) -> list[str]:
    """The file's own fields, and the end of a range of dates that a cell gave."""
    return [*held, *(c for c in ("contract_end", "emergency_phone") if c in canonical.column_names and c not in held)]


def _as_told(field: str, canonical: pa.Table) -> pa.ChunkedArray:
    column = canonical[field]
    if field == "id_number":
        lost = pc.fill_null(pc.is_in(canonical["id_number__form"], value_set=pa.array(["lost", "masked"])), False)
        return pc.if_else(lost, None, column)
    if field in PHONES:  # 1.38E+10 has lost its digits
        return pc.if_else(pc.match_substring_regex(column, r"[0-9]\.?[0-9]*[eE]\+?[0-9]+\z"), None, column)
    if field in AS_WRITTEN:
        return pc.if_else(pc.is_valid(column), pc.utf8_trim_whitespace(canonical[f"{field}__raw"]), None)
    if field in YES_MEANS:
        written = pc.utf8_trim_whitespace(canonical[f"{field}__raw"])
        plain_yes = pc.is_in(pc.utf8_upper(written), value_set=pa.array(YES_MEANS[field]))
        return pc.if_else(pc.is_valid(column), pc.if_else(plain_yes, column, written), None)
    if f"{field}__how" in canonical.column_names:
        # A text that no date could be read from is no value of a date.
        dated = pc.if_else(pc.match_substring_regex(column, r"\A[0-9]{4}-[0-9]{2}(-[0-9]{2})?\z"), column, None)
        if field not in WITHOUT_END:
            return dated
        written = pc.utf8_trim_whitespace(canonical[f"{field}__raw"])
        return pc.coalesce(dated, pc.if_else(pc.match_substring_regex(written, NEVER_ENDS), written, None))
    return column


def _typed(field: str, value: str) -> Value:
    if value in TRUTH and (field in YES_NO or field in COUNTS):
        return TRUTH[value]
    if field in WHOLE_NUMBERS and value.isascii() and value.isdigit():
        return int(value)
    return value
