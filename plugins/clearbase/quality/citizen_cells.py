"""What stands in a cell of identity numbers, and what a usable number says of its holder.

Forms: ``citizen18``, ``citizen15`` (converted, flagged), ``lost`` (typed into Excel as a number, messiness C1-C5),
``masked`` (C9), the document types of ``travel_document`` (C13), ``phone`` and ``card`` (C14), ``letters`` for digits
(C7), ``run`` (a series that Excel filled down, F17), and ``unknown``.
"""

from __future__ import annotations

import datetime as dt
import re

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from clearbase.quality.kernels import Mask, mask_of
from clearbase.quality.sets import runs_up
from clearbase.records import NUMBER
from clearbase.standards import bank_card, divisions, identity_number, phone, travel_document
from clearbase.standards.distinct import among, changed, each_distinct, first_said, spread_distinct

DOCUMENT_FORMS = tuple(kind for kind, _, _ in travel_document.DOCUMENTS)
# First digits of 18-digit numbers that are no citizen's (domain.md, Standards), in this order.
PREFIX_TYPES = ((r"\A8[123]0000", "HMT_RES"), (r"\A9", "FPR"))
OTHER_PREFIX = "|".join(f"(?:{pattern})" for pattern, _ in PREFIX_TYPES)
# Forms that are no damaged identity number, though they look like one.
OTHERS = pa.array(["phone", "card", "run"])


def number_columns(columns: dict[str, pa.Array], on: dt.date) -> dict[str, pa.Array]:
    """From ``id_number`` (trimmed text), its kind and ``id_type`` if there is one: the columns that stand on it.

    ``id_number`` compact (15 digits converted; a lost one as the digits that are left and stars), ``id_number__form``,
    ``id_number__meant`` (of ``letters``: the number that must have been meant), ``id_number__citizen`` (the 18
    characters, else null), ``id_number__born`` (the date in it, which may lie ahead), ``id_number__unknown_area`` (its
    first six digits, where no list knows them), ``id_number__usable`` (what a line can be known by: the check and birth
    date hold, or another document), ``id_type`` canonical, and ``sex__by_number``, ``birth__by_number`` for numbers
    whose check and birth date hold. ``on`` is the day that a birth date may not be after.
    """
    text = columns["id_number"]
    nothing = pa.nulls(len(text), pa.string())
    numeric = pc.equal(columns["id_number__kind"], pa.scalar(NUMBER, pa.int8()))
    text = changed(text, numeric, lambda some: pc.replace_substring_regex(some, r"\.0+\z", ""))
    number = identity_number.compact_all(text)
    empty = mask_of(pc.equal(number, ""))
    number = pc.if_else(pa.array(empty), text, number) if empty.any() else number

    # Nearly all are 18 digits, the last perhaps an X: told by their bytes. Patterns are asked of the others only.
    shaped, typed = identity_number.shaped_all(number), mask_of(numeric)
    lost = _matching(number, ~shaped, _lost_pattern()) | _matching(number, typed, r"\A[0-9]{16,}\z")
    masked = _matching(number, ~shaped, r"\A[0-9X]*\*[0-9X*]*\z")
    fifteen = _matching(number, ~shaped, r"\A[0-9]{15}\z")
    old = np.zeros(len(number), np.bool_)
    if fifteen.any():
        converted = identity_number.from_15_all(number.filter(pa.array(fifteen)))
        real = pc.is_valid(identity_number.birth_all(converted))
        old[fifteen] = mask_of(real)
        number = pc.replace_with_mask(number, pa.array(old), converted.filter(real))
    citizen18 = shaped | old
    named = _named_types(columns, len(number))
    other = pa.array(mask_of(pc.is_valid(number)) & ~lost & ~citizen18)
    bare = each_distinct(number.filter(other), travel_document.compact, "[0-9A-Z]*")
    document = pc.replace_with_mask(nothing, other, travel_document.type_all(bare, named.filter(other)))
    lost, old, citizen18, masked = (pa.array(mask) for mask in (lost, old, citizen18, masked))
    form = pc.case_when(
        pc.make_struct(pc.is_null(number), lost, old, citizen18, masked, pc.is_valid(document)),
        nothing, "lost", "citizen15", "citizen18", "masked", document, "unknown",
    )  # fmt: skip
    odd = pc.fill_null(pc.equal(form, "unknown"), False)
    meant = nothing
    if pc.any(odd, min_count=0).as_py():
        misplaced, instead = spread_distinct(number.filter(odd), _odd_form, 2)
        form, meant = pc.replace_with_mask(form, odd, misplaced), pc.replace_with_mask(nothing, odd, instead)
    filled = runs_up(pc.if_else(citizen18, number, nothing), columns["sheet"])
    if filled.any():
        form = pc.if_else(pa.array(filled), "run", form)
    number = pc.if_else(pc.is_valid(document), pc.replace_with_mask(nothing, other, bare), number)
    if pc.any(lost, min_count=0).as_py():
        number = pc.replace_with_mask(number, lost, _all_digits_left(number.filter(lost)))

    citizen = pc.if_else(pc.is_in(form, value_set=pa.array(["citizen18", "citizen15"])), number, nothing)
    checks, born, sex = identity_number.read_all(citizen)
    valid = pc.and_(pa.array(checks), pc.fill_null(pc.less_equal(born, f"{on}"), False))
    born_by = pc.if_else(valid, born, nothing)
    return {
        "id_number": number,
        "id_number__form": form,
        "id_number__meant": meant,
        "id_number__citizen": citizen,
        "id_number__born": born,
        "id_number__unknown_area": _unknown_area(citizen),
        "id_number__usable": pc.if_else(pc.or_(valid, pc.is_valid(document)), number, nothing),
        "id_type": first_said(_type_by_form(form, citizen), named),
        "sex__by_number": pc.if_else(valid, sex, nothing),
        "birth__by_number": born_by,
    }


def _matching(values: pa.Array, rows: Mask, pattern: str) -> Mask:
    """Which of ``rows`` match; the others are not asked."""
    matching = np.zeros(len(values), np.bool_)
    if rows.any():
        matching[rows] = mask_of(pc.match_substring_regex(values.filter(pa.array(rows)), pattern))
    return matching


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


def _all_digits_left(numbers: pa.Array) -> pa.Array:
    """``digits_left`` of every cell; of digits alone, as most are, a column at a time."""
    plain = pc.match_substring_regex(numbers, r"\A[0-9]{16,}\z")
    stars = pc.binary_repeat("*", pc.max_element_wise(pc.subtract(pc.binary_length(numbers), 15), 0))
    known = pc.binary_join_element_wise(pc.utf8_slice_codeunits(numbers, 0, 15), stars, "")
    return pc.replace_with_mask(known, pc.invert(plain), each_distinct(numbers.filter(pc.invert(plain)), digits_left))


def _odd_form(number: str) -> tuple[str, str | None]:
    """(form, meant) of a number of no known form."""
    if re.fullmatch(phone.MOBILE, number):
        return "phone", None
    if bank_card.is_valid(number):
        return "card", None
    meant = identity_number.without_letters(number)
    return ("letters", meant) if meant else ("unknown", None)


def _unknown_area(citizen: pa.Array) -> pa.Array:
    return each_distinct(pc.utf8_slice_codeunits(citizen, 0, 6), _no_area)


def _no_area(code: str) -> str | None:
    return None if divisions.is_known_area(code) or re.match(OTHER_PREFIX, code) else code


def _lost_pattern() -> str:
    return rf"\A(?:{identity_number.SCIENTIFIC}|{identity_number.FLOAT_TEXT})\z"


def _named_types(columns: dict[str, pa.Array], count: int) -> pa.Array:
    if "id_type__raw" not in columns:
        return pa.nulls(count, pa.string())
    return travel_document.named_type_all(columns["id_type__raw"])


def _type_by_form(form: pa.Array, citizen: pa.Array) -> pa.Array:
    kinds = ["ID", *(special for _, special in PREFIX_TYPES)]
    code = np.where(mask_of(pc.is_valid(citizen)), 0, -1)
    # nearly all are of a province: the others are asked which
    rows = np.flatnonzero(mask_of(pc.or_(pc.starts_with(citizen, "8"), pc.starts_with(citizen, "9"))))
    some = citizen.take(pa.array(rows))
    for n, (pattern, _) in enumerate(PREFIX_TYPES, 1):
        code[rows[mask_of(pc.match_substring_regex(some, pattern))]] = n
    kind = pa.array(kinds).take(pa.array(code, mask=code < 0))
    document = pa.array(among(form, DOCUMENT_FORMS))
    return pc.if_else(document, form, kind) if pc.any(document, min_count=0).as_py() else kind
