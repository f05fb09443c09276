"""Stage 3 for one file: canonical values, the row rules, and what a failure costs (architecture, rule 4).

A bad cell costs that cell: its value is withheld and told, the line goes on with what it still has. Only a line
without a usable name or without any evidence (a usable number, a phone, a birth date) is quarantined.
"""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from clearbase.quality.citizen_cells import OTHERS
from clearbase.quality.compile import CompiledSuite, compile_suite, rule_bits
from clearbase.quality.findings import findings_of, rule_counts, with_observed
from clearbase.quality.frame import check_frame
from clearbase.quality.kernels import Mask, mask_of
from clearbase.quality.standardise import fields_of, one_column
from clearbase.quality.suite import ROSTER_LINE, Suite, load_suite
from clearbase.records import CONFIRMED, FileChecked, FileRead
from clearbase.standards.distinct import first_said, rows_alone

# What a usable number says goes before what the cell says, and stands where the cell is empty (messiness C12).
BY_NUMBER = {"sex": "sex__by_number", "birth_date": "birth__by_number"}
# What is kept of a number that is not usable, for repair and review: digits, X and stars only.
DAMAGED = r"\A[0-9X*]{14,19}\z"
DISPOSITIONS = ("accepted", "repeated", "quarantined")
EFFECTS = {"repeat": DISPOSITIONS.index("repeated"), "quarantine": DISPOSITIONS.index("quarantined")}
NUMBER_STATES = ("missing", "lost", "usable")
NOTHING = pa.scalar(None, pa.string())


def check_lines(
    read: FileRead,
    period: dt.date | None,
    on: dt.date | None = None,
    received: dt.date | None = None,
    suite_file: Path = ROSTER_LINE,
) -> FileChecked:
    """``check_standardised`` without the table that the lines were checked in."""
    return check_standardised(read, period, on, received, suite_file)[0]


def check_standardised(
    read: FileRead,
    period: dt.date | None,
    on: dt.date | None = None,
    received: dt.date | None = None,
    suite_file: Path = ROSTER_LINE,
) -> tuple[FileChecked, pa.Table | None]:
    """Check a file's lines against a suite of row rules; ``period`` is the month reported, if known.

    ``on`` is the day from which dates lie ahead (default: today); ``received`` the day on which the file first came,
    without which nothing is said of hires that are reported late.

    Beside it the lines as ``quality.standardise`` makes them, with what the rules looked at (``quality.frame``).

    ``lines`` holds ``sheet, row``; a canonical column for each field of the file, in its order; with identity numbers
    also ``id_type, sex, birth_date`` (from the number where it is usable) and ``id_number_damaged``; then ``rule_bits,
    disposition, number_state``. Raises SuiteError where the suite cannot be compiled.
    """
    if read.lines is None:
        return FileChecked(_empty_lines(), read.observed, rule_counts(read.observed)), None
    compiled = _compiled(suite_file)
    frame = check_frame(read.lines, period, compiled.suite.columns(), on, received)
    masks = compiled.masks(frame)
    fields = fields_of(read.lines)
    told = findings_of(compiled.suite, masks, frame, fields, read.sheets)
    findings = with_observed(compiled.suite, told, read.observed)
    confirmed = {CONFIRMED: read.lines[CONFIRMED]} if CONFIRMED in read.lines.column_names else {}
    lines = _lines(frame, fields, compiled.suite, masks, confirmed)
    return FileChecked(lines, findings, rule_counts(findings)), frame


@cache
def _compiled(suite_file: Path) -> CompiledSuite:
    return compile_suite(load_suite(suite_file))


def _lines(
    frame: pa.Table, fields: list[str], suite: Suite, masks: list[Mask], confirmed: dict[str, pa.ChunkedArray]
) -> pa.Table:
    count = frame.num_rows
    canonical = {c: one_column(frame[c]) for c in _canonical_columns(frame, fields)}
    for field, mask in _withheld(suite, masks).items():
        if field in canonical and mask.any():
            canonical[field] = pc.if_else(pa.array(mask), NOTHING, canonical[field])
    state = np.full(count, NUMBER_STATES.index("missing"))
    if "id_number" in fields:
        for field, by_number in BY_NUMBER.items():
            # a number that is withheld says nothing: its by-number columns are null
            said = canonical.get(field, pa.nulls(count, pa.string()))
            canonical[field] = first_said(one_column(frame[by_number]), said)
        told, kept = mask_of(pc.is_valid(frame["id_number"])), mask_of(pc.is_valid(canonical["id_number"]))
        state[told], state[kept] = NUMBER_STATES.index("lost"), NUMBER_STATES.index("usable")
        other = mask_of(pc.is_in(frame["id_number__form"], value_set=OTHERS))
        number = one_column(frame["id_number"])
        lost = np.flatnonzero(told & ~kept & ~other)
        lost = lost[mask_of(pc.match_substring_regex(number.take(pa.array(lost)), DAMAGED))]
        canonical["id_number_damaged"] = rows_alone(number, lost)
    became = np.zeros(count, np.int64)
    for effect in ("repeat", "quarantine"):  # the graver one last
        became[_any(suite, masks, effect, count)] = EFFECTS[effect]
    return pa.table({
        "sheet": frame["sheet"], "row": frame["row"], **canonical,
        "rule_bits": pa.array(rule_bits(suite, masks, count)),
        "disposition": pa.array(DISPOSITIONS).take(pa.array(became)),
        "number_state": pa.array(NUMBER_STATES).take(pa.array(state)),
        **confirmed,
    })  # fmt: skip


def _canonical_columns(frame: pa.Table, fields: list[str]) -> list[str]:
    """The file's fields and those that the number or a range of dates brought: not helpers, not needed nulls."""
    brought = [c for c in ("id_type", "contract_end") if c not in fields and c in frame.column_names]
    return [*fields, *(c for c in brought if frame[c].null_count < frame.num_rows or c == "id_type")]


def _withheld(suite: Suite, masks: list[Mask]) -> dict[str, Mask]:
    withheld: dict[str, Mask] = {}
    for rule, mask in zip(suite.rules, masks, strict=True):
        if rule.effect == "withhold":
            field = rule.fields[0]
            withheld[field] = withheld[field] | mask if field in withheld else mask
    return withheld


def _any(suite: Suite, masks: list[Mask], effect: str, count: int) -> Mask:
    hit = np.zeros(count, np.bool_)
    for rule, mask in zip(suite.rules, masks, strict=True):
        if rule.effect == effect:
            hit |= mask
    return hit


def _empty_lines() -> pa.Table:
    return pa.schema([
        ("sheet", pa.int16()), ("row", pa.int32()), ("rule_bits", pa.uint64()), ("disposition", pa.string()),
        ("number_state", pa.string()),
    ]).empty_table()  # fmt: skip
