"""The table that the row rules look at: canonical columns, raw ones, and what cells of one line say of each other.

A suite is run on this table unchanged, by the compiled kernels and by Great Expectations alike. Helper columns carry
two underscores; a field that the file does not hold stands in it as a column of nulls.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from clearbase.quality.beside import cells_beside, of_the_file
from clearbase.quality.kernels import mask_of
from clearbase.quality.rights import rights_columns
from clearbase.quality.sets import Rows, perhaps_repeated
from clearbase.quality.standardise import fields_of, one_column, standardise
from clearbase.standards import calendar_date, name, phone, working_days
from clearbase.standards.distinct import each_distinct, first_said

# What makes two lines one: the person and the spell. Another department is no other line; another hire or leave date,
# employer or status is (a rehire, a person on the joiners' and on the leavers' sheet: messiness G2-G4).
SAME_SPELL = ("hire_date", "leave_date", "employment_status", "employer_uscc", "employer_name", "dispatch_agency")
# Fields in which two lines seldom agree: asked first.
TELLING = ("phone", "name", "id_number")
NOT_COMPARED = frozenset(("sheet", "row", "row_no"))
SIXTEEN = 16
REPORTED_WITHIN = 3  # working days (浙江省流动人口居住登记条例 art. 8)
NOTHING = pa.scalar(None, pa.string())


def check_frame(
    lines: pa.Table,
    period: dt.date | None,
    needed: Iterable[str] = (),
    on: dt.date | None = None,
    received: dt.date | None = None,
) -> pa.Table:
    """``standardise(lines)`` and the helper columns below; ``needed`` columns that are still absent come as nulls.

    ``on``: the day of the check (default today); ``received``: the day on which the file came, if it did.
    ``day__checked``, ``day__received``, ``period__end`` the last day of the month reported: the same in every line;
    ``born`` the birth date that is believed; ``birth_date__by_number`` the number's as far as the cell says one;
    ``birth_date__sixteen`` the day on which the holder is sixteen at the earliest; ``sex__known``;
    ``hire_date__earliest/__latest``, ``leave_date__latest``, ``contract_start__earliest``, ``contract_end__latest``;
    ``hire_date__due`` the last day on which a hire of this month is reported in time; ``line__evidence``
    ``number | phone | birth`` or null; ``line__repeats`` the row that this one repeats; those of
    ``quality.rights``, and of ``cells_beside`` and ``of_the_file``. All are strings; dates compare as text because all
    are ISO.
    """
    on = on or dt.date.today()
    table = standardise(lines, period, on)
    columns: dict[str, pa.Array] = {c: one_column(table[c]) for c in table.column_names}
    count = table.num_rows
    fields = fields_of(lines)

    nothing, empty = pa.nulls(count, pa.string()), pa.array(np.zeros(count, np.int8))

    def column(key: str) -> pa.Array:
        return columns.get(key, nothing)

    birth, by_number = column("birth_date"), column("birth__by_number")
    month_only = pc.equal(pc.binary_length(birth), 7)
    columns["birth_date__by_number"] = pc.if_else(month_only, pc.utf8_slice_codeunits(by_number, 0, 7), by_number)
    columns["born"] = born = first_said(by_number, calendar_date.earliest_all(birth))
    columns["birth_date__sixteen"] = calendar_date.later_all(born, 12 * SIXTEEN, clipped=False)
    columns["sex__known"] = first_said(column("sex__by_number"), column("sex"))
    for key in ("hire_date", "contract_start"):
        columns[f"{key}__earliest"] = calendar_date.earliest_all(column(key))
    for key in ("hire_date", "leave_date", "contract_end"):
        columns[f"{key}__latest"] = calendar_date.latest_all(column(key))
    end = calendar_date.latest(f"{period:%Y-%m}") if period else None
    days = {"period__end": end, "day__checked": on.isoformat(), "day__received": f"{received}" if received else None}
    columns |= {key: _constant(day, count) for key, day in days.items()}
    columns["hire_date__due"] = _report_due(columns["hire_date__latest"], period if received else None)
    columns["line__evidence"] = _evidence(column("id_number__usable"), column("phone"), birth)
    columns["name__key"] = name.key_all(column("name"))
    again = perhaps_repeated(column("id_number__usable"))
    columns["line__repeats"] = repeated_rows(columns, fields, again)
    as_of = dt.date.fromisoformat(end) if end else on
    columns |= cells_beside(column, as_of)
    columns |= of_the_file(column, again)
    columns |= rights_columns(column, as_of)
    for key in needed:
        if key not in columns:
            columns[key] = empty if key.endswith("__kind") else nothing
    return pa.table(columns)


def _evidence(number: pa.Array, phones: pa.Array, birth: pa.Array) -> pa.Array:
    """By what a line can be told from others: the first that it has. Phones are looked at where there is no number."""
    kind = np.where(mask_of(pc.is_valid(number)), 0, np.where(mask_of(pc.is_valid(birth)), 2, -1))
    rows = np.flatnonzero(kind != 0)
    asked = phones.take(pa.array(rows))
    good = mask_of(pc.match_substring_regex(asked, rf"\A(?:{phone.MOBILE}|{phone.LANDLINE})\z"))
    kind[rows[good]] = 1
    return pa.array(["number", "phone", "birth"]).take(pa.array(kind, mask=kind < 0))


def _report_due(hired: pa.Array, period: dt.date | None) -> pa.Array:
    """Of who was hired in the month reported, or later: the last day of the three in which a hire is reported."""
    if period is None:
        return pa.nulls(len(hired), pa.string())
    lately = pc.fill_null(pc.greater_equal(hired, f"{period:%Y-%m}-01"), False)
    return each_distinct(
        pc.if_else(lately, hired, NOTHING),
        lambda day: working_days.after(dt.date.fromisoformat(day), REPORTED_WITHIN).isoformat(),
    )


def repeated_rows(columns: dict[str, pa.Array], fields: list[str], again: Rows) -> pa.Array:
    """For each line the row number (text) of the first line that says the same; null for the first itself. ``again``:
    ``perhaps_repeated`` of the usable numbers.

    The same: number, name and spell, where the number is usable; every canonical value, where it is not.
    """
    count = len(again)
    number = columns.get("id_number__usable", pa.nulls(count, pa.string()))
    known = pc.and_(pc.is_valid(number), pc.is_valid(columns.get("name", pa.nulls(count, pa.string()))))
    compared = sorted((f for f in fields if f not in NOT_COMPARED), key=lambda f: f not in TELLING)
    everything = [columns[f] for f in compared]
    spell = [columns[f] for f in SAME_SPELL if f in columns]
    repeats = np.full(count, -1, np.int64)
    if count:
        by_name = [number, columns["name__key"]] if "name" in columns else []
        for mask, parts in ((known, [*by_name, *spell]), (pc.invert(known), everything)):
            rows = np.flatnonzero(mask_of(mask) & (again if mask is known else True))
            if len(rows) and parts:
                repeats[rows] = _first_alike(parts, rows)
    first = pa.array(repeats, mask=repeats < 0)
    return columns["row"].take(first).cast(pa.string())


def _first_alike(parts: list[pa.Array], rows: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """For those ``rows`` whose ``parts`` are equal, the first such row; -1 for a row that is the first."""
    first_rows = np.full(len(rows), -1, np.int64)
    alike = np.arange(len(rows))
    # nearly every value of the first parts is alone: only rows that share theirs need the long comparison
    for part in parts[: len(TELLING)]:
        some = part.take(pa.array(rows[alike])) if len(alike) < len(part) else part
        alike = alike[perhaps_repeated(some) | mask_of(pc.is_null(some))]
    texts = [part.take(pa.array(rows[alike])) for part in parts]
    if not len(alike) or all(mask_of(pc.is_null(part))[rows].all() for part in parts):
        return first_rows
    texts = [pc.fill_null(text, "") for text in texts]
    joined = texts[0] if len(texts) == 1 else pc.binary_join_element_wise(*texts, "\x1f")
    codes = joined.dictionary_encode().indices.to_numpy()
    first = np.empty(int(codes.max()) + 1, np.int64)
    first[codes[::-1]] = rows[alike][::-1]
    first_rows[alike] = np.where(first[codes] == rows[alike], -1, first[codes])
    return first_rows


def _constant(text: str | None, count: int) -> pa.Array:
    return pa.nulls(count, pa.string()) if text is None else pa.repeat(pa.scalar(text), count)
