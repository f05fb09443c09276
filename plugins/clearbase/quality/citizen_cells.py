"""What stands in a cell of identity numbers, and what a usable number says of its holder.

Forms: ``citizen18``, ``citizen15`` (converted, flagged), ``lost`` (typed into Excel as a number, messiness C1-C5),
``masked`` (C9), the document types of ``travel_document`` (C13), and ``unknown``.
"""

from __future__ import annotations

import re

import pyarrow as pa
import pyarrow.compute as pc

from clearbase.records import NUMBER
from clearbase.standards import identity_number, travel_document
from clearbase.standards.distinct import each_distinct

DOCUMENT_FORMS = tuple(kind for kind, _, _ in travel_document.DOCUMENTS)
# First digits of 18-digit numbers that are no citizen's (domain.md, Standards), in this order.
PREFIX_TYPES = ((r"\A8[123]0000", "HMT_RES"), (r"\A9", "FPR"))


def number_columns(columns: dict[str, pa.Array]) -> dict[str, pa.Array]:
    """From ``id_number`` (trimmed text), its kind and ``id_type`` if there is one: the columns that stand on it.

    ``id_number`` compact (15 digits converted; a lost one as the digits that are left and stars), ``id_number__form``,
    ``id_number__citizen`` (the 18 characters, else null), ``id_number__prefix``, ``id_number__usable`` (what a
    line can be known by: the check and birth date hold, or another document), ``id_type`` canonical, and
    ``sex__by_number``, ``birth__by_number`` for numbers whose check and birth date hold.
    """
    text = columns["id_number"]
    nothing = pa.nulls(len(text), pa.string())
    numeric = pc.equal(columns["id_number__kind"], NUMBER)
    text = pc.if_else(numeric, pc.replace_substring_regex(text, r"\.0+\z", ""), text)
    number = identity_number.compact_all(text)
    number = pc.if_else(pc.equal(number, ""), text, number)
    lost = pc.fill_null(pc.match_substring_regex(number, _lost_pattern()), False)
    lost = pc.or_(lost, pc.and_(numeric, pc.fill_null(pc.match_substring_regex(number, r"\A[0-9]{16,}\z"), False)))

    converted = identity_number.from_15_all(number)
    old = pc.fill_null(
        pc.and_(pc.not_equal(converted, number), pc.is_valid(identity_number.birth_all(converted))), False
    )
    number = pc.if_else(old, converted, number)
    citizen18 = pc.match_substring_regex(number, rf"\A{identity_number.SHAPE}\z")
    named = _named_types(columns, len(number))
    other = pc.fill_null(pc.invert(pc.or_(lost, citizen18)), False)
    bare = each_distinct(number.filter(other), travel_document.compact, "[0-9A-Z]*")
    document = pc.replace_with_mask(nothing, other, travel_document.type_all(bare, named.filter(other)))
    masked = pc.match_substring_regex(number, r"\A[0-9X]*\*[0-9X*]*\z")
    form = pc.case_when(
        pc.make_struct(pc.is_null(number), lost, old, citizen18, masked, pc.is_valid(document)),
        nothing, "lost", "citizen15", "citizen18", "masked", document, "unknown",
    )  # fmt: skip
    number = pc.if_else(pc.is_valid(document), pc.replace_with_mask(nothing, other, bare), number)
    if pc.any(lost, min_count=0).as_py():
        number = pc.replace_with_mask(number, lost, each_distinct(number.filter(lost), digits_left))

    citizen = pc.if_else(pc.is_in(form, value_set=pa.array(["citizen18", "citizen15"])), number, nothing)
    valid = pa.array(identity_number.valid_all(citizen))
    return {
        "id_number": number,
        "id_number__form": form,
        "id_number__citizen": citizen,
        "id_number__prefix": pc.utf8_slice_codeunits(citizen, 0, 2),
        "id_number__usable": pc.if_else(pc.or_(valid, pc.is_valid(document)), number, nothing),
        "id_type": pc.coalesce(_type_by_form(form, citizen), named),
        "sex__by_number": pc.if_else(valid, identity_number.sex_all(citizen), nothing),
        "birth__by_number": pc.if_else(valid, identity_number.birth_all(citizen), nothing),
    }


def digits_left(number: str) -> str:
    """The digits that a lost number still holds, 15 at most, and stars up to its length.

    A number cell keeps 15 significant digits: 330203199003075008 → 330203199003075***, 3.30203E+17 →
    330203************.
    """
    match = re.fullmatch(r"([0-9])(?:\.([0-9]*))?E\+?([0-9]{1,2})", number)
    if match:
        digits, length = match[1] + (match[2] or ""), min(int(match[3]) + 1, 30)
        known = digits.rstrip("0") if len(digits) > 15 else digits
    else:
        digits = number.split(".")[0]
        known, length = digits, len(digits)
    known = known[: min(15, length)]
    return known + "*" * (length - len(known))


def _lost_pattern() -> str:
    return rf"\A(?:{identity_number.SCIENTIFIC}|{identity_number.FLOAT_TEXT})\z"


def _named_types(columns: dict[str, pa.Array], count: int) -> pa.Array:
    if "id_type__raw" not in columns:
        return pa.nulls(count, pa.string())
    return travel_document.named_type_all(columns["id_type__raw"])


def _type_by_form(form: pa.Array, citizen: pa.Array) -> pa.Array:
    kind = pc.if_else(pc.is_valid(citizen), "ID", pa.scalar(None, pa.string()))
    for pattern, special in PREFIX_TYPES:
        kind = pc.if_else(pc.fill_null(pc.match_substring_regex(citizen, pattern), False), special, kind)
    document = pc.fill_null(pc.is_in(form, value_set=pa.array(DOCUMENT_FORMS)), False)
    return pc.if_else(document, form, kind)
