"""What identity compares of a person: plain Arrow in, plain Arrow out, each distinct value worked out once.

Canonical columns (``quality.standardise``) become ``FEATURES``. Nothing here is kept or shown: a feature is a key for
comparing. A name cell that holds no name, or a phone cell that holds no phone (swapped columns), is missing evidence.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from clearbase.identity.misplaced import put_back
from clearbase.quality.standardise import standardise
from clearbase.records import EMPTY, TEXT
from clearbase.standards import address, identity_number, name, name_forms, phone
from clearbase.standards.distinct import changed, each_distinct, one_array

# All strings but ``valid``; see the functions below.
FEATURES = (
    "name", "sound", "turned", "digits", "valid", "head", "tail", "birth", "birth_told", "sex", "phone", "phone_2",
    "h_county", "h_place", "h_house", "c_place", "c_house",
)  # fmt: skip
CELLS = ("name", "id_number", "sex", "birth_date", "phone", "household_address", "current_address")
FULL_DATE = r"\A[0-9]{4}-[0-9]{2}-[0-9]{2}\z"
# A number of which a digit too few or too many, or one wrong, may still be mended.
MENDABLE = r"\A(?:[0-9]{16,19}[0-9X]?)\z"
LETTERS_FOR_DIGITS = {"O": "0", "I": "1", "L": "1", "|": "1", "B": "8", "S": "5", "Z": "2"}
EXCEL_DIGITS = 15  # significant digits that a number cell keeps
UNTOLD_BIRTHS = ("1900-01-01", "1900-01-00", "1970-01-01")


def canonical(cells: pa.Table) -> pa.Table:
    """Raw cells (columns of ``CELLS`` as text, absent ones empty) in the form of a roster's lines after
    ``standardise``; what stands in another's cell is put back."""
    rows = cells.num_rows
    columns: dict[str, pa.Array] = {
        "sheet": pa.array(np.ones(rows, np.int32)),
        "row": pa.array(np.arange(rows, dtype=np.int32)),
    }
    texts = {field: pc.fill_null(_column(cells, field), "") for field in CELLS}
    for field, text in put_back(texts).items():
        empty = pc.equal(pc.utf8_length(text), 0)
        columns[field] = text
        columns[f"{field}__kind"] = pc.if_else(empty, pa.scalar(EMPTY, pa.int8()), pa.scalar(TEXT, pa.int8()))
    return standardise(pa.table(columns), None)


def features(people: pa.Table) -> pa.Table:
    """``FEATURES`` of canonical people (lines or records), in their order. Absent columns are null."""
    columns = _names(people) | _numbers(people)
    birth = _column(people, "birth_date")
    birth = _where(pc.match_substring_regex(birth, FULL_DATE), birth)
    birth = _where(pc.invert(pc.is_in(birth, value_set=pa.array(UNTOLD_BIRTHS))), birth)
    by_number = _column(people, "birth__by_number")
    columns["birth"] = pc.coalesce(birth, by_number, columns.pop("birth_in_digits"))
    columns["birth_told"] = pc.if_else(pc.is_valid(birth), "column", "number")
    sex = _column(people, "sex")
    columns["sex"] = pc.coalesce(
        _column(people, "sex__by_number"), _where(pc.is_in(sex, value_set=pa.array(["male", "female"])), sex)
    )
    for field, source in (("phone", "phone"), ("phone_2", "phone__second")):
        said = _column(people, source)
        columns[field] = _where(pc.match_substring_regex(said, rf"\A(?:{phone.MOBILE}|{phone.LANDLINE})\z"), said)
    household, current = (address.parts_all(_column(people, f)) for f in ("household_address", "current_address"))
    columns |= {f"h_{part}": household[part] for part in ("county", "place", "house")}
    columns |= {f"c_{part}": current[part] for part in ("place", "house")}
    return pa.table({feature: columns[feature] for feature in FEATURES})


def features_of_canonical(people: pa.Table) -> pa.Table:
    """``features`` of lines or records as the ledger keeps them (``quality.check``): values that are withheld are
    absent, and what is left of a damaged number stands in ``id_number_damaged``."""
    usable, damaged = _column(people, "id_number"), _column(people, "id_number_damaged")
    cut = pc.fill_null(pc.ends_with(damaged, "*"), False)
    said = {field: _column(people, field) for field in CELLS}
    said |= {
        "id_number": pc.coalesce(usable, damaged),
        "id_number__usable": usable,
        "id_number__form": pc.if_else(cut, "lost", pa.scalar(None, pa.string())),
    }
    return features(pa.table(said))


def features_of_cells(cells: pa.Table) -> pa.Table:
    """``features`` of raw cells."""
    return features(canonical(cells))


def _names(people: pa.Table) -> dict[str, pa.Array]:
    """``name`` folded for comparing, ``sound`` in Latin letters, ``turned`` with the last Latin word first."""
    said = _column(people, "name")
    said = each_distinct(said, lambda text: text if name.is_valid(text) else None, "[㐀-䶿一-鿿]{2,}")
    folded, sound, turned = name_forms.forms_all(name.key_all(said), said)
    return {"name": folded, "sound": sound, "turned": turned}


def _numbers(people: pa.Table) -> dict[str, pa.Array]:
    """``digits``: the 18 characters (or a document's number) where ``valid``, else what was typed where it may be
    mended.

    ``head``, ``tail``: the visible ends of a number that was masked or that Excel cut; also of a whole number that
    ends as a cut one does. ``birth_in_digits``: of a damaged number, only where the column says none.
    """
    said, form = _column(people, "id_number"), _column(people, "id_number__form")
    said = pc.replace_substring_regex(said, "X{2,}|[●○■#]{2,}", "*")  # other stars
    usable = _of_this_century(_column(people, "id_number__usable"), form, _column(people, "birth_date"))
    mended = said
    for letter, digit in LETTERS_FOR_DIGITS.items():
        mended = pc.replace_substring(mended, letter, digit)
    numeral = pc.match_substring_regex(mended, MENDABLE)
    stars = pc.match_substring(said, "*")
    starred = _where(pc.fill_null(stars, False), said)
    damaged = _where(pc.and_(pc.is_null(usable), pc.fill_null(pc.and_(numeral, pc.invert(stars)), False)), mended)
    head = pc.struct_field(pc.extract_regex(starred, r"\A(?P<head>[0-9]*)\*"), ["head"])
    tail = pc.struct_field(pc.extract_regex(starred, r"\*(?P<tail>[0-9X]*)\z"), ["tail"])
    # 3.30204E+17 was rounded: its last digit may be another's
    rounded = pc.and_(pc.equal(form, "lost"), pc.less(pc.utf8_length(head), EXCEL_DIGITS))
    head = pc.if_else(pc.fill_null(rounded, False), pc.utf8_slice_codeunits(head, 0, -1), head)
    cut = pc.utf8_slice_codeunits(damaged, 0, EXCEL_DIGITS)
    whole = pc.fill_null(pc.equal(pc.utf8_length(damaged), 18), False)
    born = identity_number.birth_all(pc.coalesce(damaged, usable))
    return {
        "digits": pc.coalesce(usable, damaged),
        "valid": pc.is_valid(usable),
        "head": pc.coalesce(head, _where(whole, cut)),
        "tail": pc.coalesce(tail, _where(whole, pc.if_else(whole, "", ""))),
        "birth_in_digits": born,
    }


def _of_this_century(numbers: pa.Array, form: pa.Array, birth: pa.Array) -> pa.Array:
    """Numbers of which 15 digits were told, of people born from 2000 on by their birth date: no such number was ever
    given out, but programs cut them so."""
    of_15 = pc.and_(pc.equal(form, "citizen15"), pc.starts_with(birth, "20"))
    same_day = pc.equal(
        pc.utf8_slice_codeunits(numbers, 8, 14), pc.utf8_slice_codeunits(pc.replace_substring(birth, "-", ""), 2, 8)
    )
    return changed(numbers, pc.and_(of_15, same_day), lambda some: each_distinct(some, _later))


def _later(number: str) -> str:
    body = f"{number[:6]}20{number[8:17]}"
    return body + identity_number.check_character(body)


def _where(mask: pa.Array, values: pa.Array) -> pa.Array:
    return pc.if_else(pc.fill_null(mask, False), values, pa.scalar(None, pa.string()))


def _column(people: pa.Table, column: str) -> pa.Array:
    if column not in people.column_names:
        return pa.nulls(people.num_rows, pa.string())
    return one_array(people[column])
