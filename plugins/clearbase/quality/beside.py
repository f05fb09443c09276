"""What a cell says beside the others of its line, and beside those of the other lines of the file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from clearbase.quality.sets import Rows, runs_up, shared
from clearbase.standards import name, streets
from clearbase.standards.distinct import each_distinct, first_said, rows_alone

Columns = Callable[[str], pa.Array]
# 虚岁 counts up to two years more, and a roster is often older than its month.
AGE_TOLERANCE = 2
# More people than this with one phone is no family (messiness F6).
ONE_PHONE = 3
A_NAME = r"\A\p{Han}{2,4}(?:·\p{Han}{1,10})*\z"
# Fields that are filled down by accident (messiness F17). Numbers are looked at where they are read.
FILLED_DOWN = ("phone", "hire_date", "birth_date", "contract_start")
NOTHING = pa.scalar(None, pa.string())


def cells_beside(column: Columns, as_of: dt.date) -> dict[str, pa.Array]:
    """``name__mixed`` what else a cell of names holds (``several | number | swapped``), ``name__meant`` what was meant,
    ``name__pinyin`` a citizen's name in Latin letters; ``age__off`` how old the number makes who says another age;
    ``current_street__said/__lives/__unread`` the street by its column, by the address, and a cell that names none."""
    return _names(column) | _ages(column, as_of) | _streets(column)


def of_the_file(column: Columns, again: Rows) -> dict[str, pa.Array]:
    """``id_number__names``, ``name__numbers``, ``phone__shared``: the value where lines contradict each other by it;
    ``<field>__run`` a value that belongs to a series filled down."""
    number, names, phones = column("id_number__usable"), column("name"), column("phone")
    keys = column("name__key")
    told = {
        "id_number__names": _where(shared(number, keys, 1, again=again), number),
        "name__numbers": _where(shared(keys, column("id_number__citizen"), 1, within=column("born")), names),
        "phone__shared": _where(shared(phones, first_said(number, keys), ONE_PHONE), phones),
    }
    sheets = column("sheet")
    return told | {f"{field}__run": _where(runs_up(column(field), sheets), column(field)) for field in FILLED_DOWN}


def _names(column: Columns) -> dict[str, pa.Array]:
    said, held = column("name"), column("name__holds")
    nothing = pa.nulls(len(held), pa.string())
    if held.null_count == len(held):
        return {"name__mixed": nothing, "name__meant": nothing, "name__pinyin": nothing}
    elsewhere = pc.coalesce(*(_a_name(column(field)) for field in ("phone", "id_number")))
    swapped = _true(pc.and_(pc.equal(held, "digits"), pc.is_valid(elsewhere)))
    mixed = pc.if_else(pc.is_in(held, value_set=pa.array(["several", "number"])), held, NOTHING)
    both = each_distinct(pc.if_else(pc.equal(held, "number"), said, NOTHING), _both)
    citizen = pc.and_(pc.is_valid(column("id_number__usable")), pc.equal(column("id_type"), "ID"))
    return {
        "name__mixed": pc.if_else(swapped, "swapped", mixed),
        "name__meant": pc.if_else(swapped, pc.binary_join_element_wise("与另一列填反，姓名 ", elsewhere, ""), both),
        "name__pinyin": pc.if_else(_true(pc.and_(citizen, pc.equal(held, "latin"))), said, NOTHING),
    }


def _a_name(texts: pa.Array) -> pa.Array:
    surname = pc.is_in(pc.utf8_slice_codeunits(texts, 0, 1), value_set=pa.array(sorted(name.SURNAMES)))
    return pc.if_else(_true(pc.and_(surname, pc.match_substring_regex(texts, A_NAME))), texts, NOTHING)


def _both(said: str) -> str | None:
    parts = name.parts(said)
    return f"姓名 {parts[0]}，号码 {parts[1]}" if parts else None


def _ages(column: Columns, as_of: dt.date) -> dict[str, pa.Array]:
    age, born = column("age"), column("born")
    if age.null_count == len(age):
        return {"age__off": age}
    both = _true(pc.and_(pc.match_substring_regex(age, r"\A[0-9]{1,3}\z"), pc.is_valid(born)))
    if not pc.any(both, min_count=0).as_py():
        return {"age__off": pa.nulls(len(age), pa.string())}
    days = pc.if_else(both, born, f"{as_of}").cast(pa.date32())
    told = pc.if_else(both, age, "0").cast(pa.int32())
    before = pc.greater(pc.utf8_slice_codeunits(days.cast(pa.string()), 5, 10), f"{as_of:%m-%d}")
    years = pc.subtract(pc.subtract(as_of.year, pc.year(days)), before.cast(pa.int64()))
    off = pc.and_(both, pc.greater(pc.abs(pc.subtract(years, told)), AGE_TOLERANCE))
    return {"age__off": pc.if_else(off, years.cast(pa.string()), NOTHING)}


def _streets(column: Columns) -> dict[str, pa.Array]:
    cell, address = column("current_street"), column("current_address")
    if cell.null_count == len(cell):
        return {}
    encoded = cell.dictionary_encode()
    said = streets.said_all(encoded.dictionary).take(encoded.indices)
    agrees = _tells(address, said)
    lives = streets.lives_all(pc.if_else(agrees, NOTHING, address))
    return {
        "current_street__said": said,
        "current_street__lives": pc.if_else(agrees, said, lives),
        "current_street__unread": pc.if_else(pc.and_(pc.is_valid(cell), pc.is_null(said)), cell, NOTHING),
    }


def _tells(address: pa.Array, said: pa.Array) -> pa.Array:
    """Whether the address has the street's name in it: of most it has, and reading an address costs more than that."""
    tells = np.zeros(len(address), np.bool_)
    for street in pc.unique(said).drop_null().to_pylist():
        rows = np.flatnonzero(_true(pc.equal(said, street)).to_numpy(zero_copy_only=False))
        held = pc.match_substring(address.take(pa.array(rows)), street.removesuffix("街道"))
        tells[rows] = _true(held).to_numpy(zero_copy_only=False)
    return pa.array(tells)


def _where(rows: Rows, values: pa.Array) -> pa.Array:
    return rows_alone(values, np.flatnonzero(rows))


def _true(mask: pa.Array) -> pa.Array:
    return pc.fill_null(mask, False)
