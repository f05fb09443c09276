"""Telephone numbers of workers: mobiles 1[3-9] + 9 digits, landlines with area code (0574-…).

Number ranges (号段) are only a hint and are not judged. A float's trailing ``.0``, +86, spaces and hyphens are
innocent.
"""

from __future__ import annotations

import re
import unicodedata

import pyarrow as pa
import pyarrow.compute as pc

from clearbase.standards.distinct import Column, one_array, spread_distinct
from clearbase.standards.invalid import Invalid

MOBILE = "1[3-9][0-9]{9}"
PLAIN = "[1-9][0-9]{0,10}"  # taken as it is; with too few digits it is no number, and a rule says so
LANDLINE = "0[0-9]{2,3}-[0-9]{7,8}"
SEPARATORS = re.compile(r"[/、,，;；|\\]|或|和")
_FLOAT_END = re.compile(r"\.0+$")
_SCIENTIFIC = re.compile(r"[0-9]\.[0-9]*[eE]")
_DECORATION = re.compile(r"[\s\-－—–()（）.·'’\"]")
_COUNTRY = re.compile(rf"^(?:\+|00)?86(?={MOBILE}$|0?[1-9][0-9]{{9,10}}$)")
AREA_CODE = re.compile(r"(010|02[0-57-9]|0[3-9][0-9]{2})([0-9]{7,8})")


def compact(text: str) -> str:
    """The first number of a cell: a mobile as 11 digits, a landline as ``0574-86780000``; anything else stripped."""
    return numbers(text)[0]


def numbers(text: str) -> tuple[str, str | None]:
    """(first, second) number of a cell; the second is None where there is one only."""
    folded = text
    if not (text.isascii() and text.isprintable()):
        folded = unicodedata.normalize("NFKC", text)
        folded = "".join(c for c in folded if unicodedata.category(c) not in ("Cf", "Cc"))
    parts = [part for part in (_one(piece) for piece in SEPARATORS.split(folded)) if part]
    if not parts:
        return "", None
    if len(parts) == 1:
        # two mobiles with nothing but a space between them
        if match := re.fullmatch(rf"({MOBILE})({MOBILE})", parts[0]):
            return match[1], match[2]
        return parts[0], None
    return parts[0], parts[1]


def validate(text: str) -> str:
    """The compact number. Raises Invalid: ``shape``."""
    number = compact(text)
    if not re.fullmatch(f"{MOBILE}|{LANDLINE}", number):
        raise Invalid("shape")
    return number


def is_valid(text: str) -> bool:
    try:
        validate(text)
    except Invalid:
        return False
    return True


def compact_all(values: Column) -> pa.Array:
    """``compact`` of every cell; null stays null, an empty rest becomes null."""
    return numbers_all(values)[0]


def numbers_all(values: Column) -> tuple[pa.Array, pa.Array]:
    """First and second number of every cell; nulls where there is none."""
    array = one_array(values)
    plain = pc.fill_null(pc.match_substring_regex(array, rf"\A{PLAIN}\z"), True)
    if not pc.all(plain, min_count=0).as_py():
        dirty = pc.invert(plain)
        bare = _undecorated(array.filter(dirty))
        array = pc.replace_with_mask(array, dirty, bare)
        plain = pc.replace_with_mask(plain, dirty, pc.match_substring_regex(bare, rf"\A{PLAIN}\z"))
    if pc.all(plain, min_count=0).as_py():
        return array, pa.nulls(len(array), pa.string())
    dirty = pc.invert(plain)
    first, second = spread_distinct(array.filter(dirty), _numbers_or_none, 2)
    nothing = pa.nulls(len(array), pa.string())
    return pc.replace_with_mask(array, dirty, first), pc.replace_with_mask(nothing, dirty, second)


def _numbers_or_none(text: str) -> tuple[str | None, str | None]:
    first, second = numbers(text)
    return first or None, second


def _undecorated(array: pa.Array) -> pa.Array:
    """Without a float's ``.0``, and digits without the blanks and hyphens between them: what ``numbers`` makes of them,
    for a whole column."""
    array = pc.replace_substring_regex(array, r"\.0\z", "")
    bare = pc.replace_substring_regex(array, "[ -]", "")
    spaced = pc.and_(pc.match_substring_regex(array, r"\A[0-9 -]+\z"), pc.match_substring_regex(bare, rf"\A{PLAIN}\z"))
    return pc.if_else(spaced, bare, array)


def _one(piece: str) -> str:
    number = _FLOAT_END.sub("", piece.strip())
    # 1.38E+10 has lost its digits: leave the text, it must not become a number again
    if _SCIENTIFIC.search(number):
        return number.upper()
    bare = _COUNTRY.sub("", _DECORATION.sub("", number))
    if match := AREA_CODE.fullmatch(bare):
        return f"{match[1]}-{match[2]}"
    return bare
