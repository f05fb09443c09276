"""Identity documents other than the citizen number: passports and permits (messiness C13; domain.md, Standards).

Home-return permit 回乡证 H or M + 8 (+ 2) digits, Taiwan permit 台胞证 8 digits, old permanent-resident card three
letters + 12 digits. None has a check, so the type that the sheet names decides where the pattern alone could be
anything.
"""

from __future__ import annotations

import re
import unicodedata

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from clearbase.standards.distinct import Column, each_distinct, one_array
from clearbase.standards.invalid import Invalid

# Canonical type, pattern that is enough by itself, pattern that is enough where the sheet names the type; in order.
DOCUMENTS: tuple[tuple[str, str | None, str], ...] = (
    ("HM_PASS", r"[HM][0-9]{8}(?:[0-9]{2})?", r"[HM]?[0-9]{8}(?:[0-9]{2})?"),
    ("TW_PASS", None, r"[0-9]{8}(?:[0-9]{2})?|[A-Z]?[0-9]{7,10}"),
    ("FPR", r"[A-Z]{3}[0-9]{12}", r"[A-Z]{3}[0-9]{12}"),
    ("PASSPORT", r"[A-Z][0-9]{8}|[A-Z]{2}[0-9]{7}", r"[A-Z0-9]{5,15}"),
    ("OTHER", None, r"[A-Z0-9]{5,20}"),
)

# What employers write for the type → canonical type (fields.csv, id_type).
TYPE_WORDS: tuple[tuple[str, str], ...] = (
    ("永久居留", "FPR"), ("永居", "FPR"), ("外国人居留", "FPR"),
    ("居民居住证", "HMT_RES"), ("港澳台居住证", "HMT_RES"), ("港澳台居民", "HMT_RES"),
    ("回乡证", "HM_PASS"), ("港澳居民来往", "HM_PASS"), ("港澳通行证", "HM_PASS"), ("港澳来往", "HM_PASS"),
    ("台胞证", "TW_PASS"), ("台湾居民来往", "TW_PASS"), ("台湾通行证", "TW_PASS"),
    ("护照", "PASSPORT"), ("PASSPORT", "PASSPORT"),
    ("身份证", "ID"), ("公民身份", "ID"), ("户口", "ID"),
    ("HMT_RES", "HMT_RES"), ("HM_PASS", "HM_PASS"), ("TW_PASS", "TW_PASS"), ("FPR", "FPR"),
    ("OTHER", "OTHER"), ("其他", "OTHER"), ("其它", "OTHER"),
)  # fmt: skip


def compact(text: str) -> str:
    """Upper case letters and digits only."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).upper() if c.isalnum())


def type_of(number: str, named: str | None = None) -> str | None:
    """The document type of a compact number, given the canonical type that the sheet names; None if it is neither."""
    for kind, alone, when_named in DOCUMENTS:
        if (alone and re.fullmatch(alone, number)) or (kind == named and re.fullmatch(when_named, number)):
            return kind
    return None


def validate(text: str, named: str | None = None) -> str:
    """The compact number. Raises Invalid: ``shape``."""
    number = compact(text)
    if type_of(number, named) is None:
        raise Invalid("shape")
    return number


def is_valid(text: str, named: str | None = None) -> bool:
    try:
        validate(text, named)
    except Invalid:
        return False
    return True


def named_type(text: str) -> str | None:
    """Canonical type of what the sheet says (居民身份证 → ID); None where it says nothing we know."""
    folded = unicodedata.normalize("NFKC", text).upper()
    if folded == "ID":
        return "ID"
    return next((kind for word, kind in TYPE_WORDS if word in folded), None)


def named_type_all(values: Column) -> pa.Array:
    return each_distinct(values, named_type)


def type_all(values: Column, named: Column) -> pa.Array:
    """``type_of`` of every compact cell with the type named beside it; null where there is none."""
    array, types = one_array(values), one_array(named)
    found: pa.Array = pa.nulls(len(array), pa.string())
    taken: npt.NDArray[np.bool_] = np.zeros(len(array), np.bool_)
    for kind, alone, when_named in DOCUMENTS:
        hit = _matches(array, when_named) & _true(pc.equal(types, kind))
        if alone:
            hit |= _matches(array, alone)
        hit &= ~taken
        taken |= hit
        found = pc.if_else(pa.array(hit), kind, found)
    return found


def _matches(array: pa.Array, pattern: str) -> npt.NDArray[np.bool_]:
    return _true(pc.match_substring_regex(array, rf"\A(?:{pattern})\z"))


def _true(mask: pa.Array) -> npt.NDArray[np.bool_]:
    result: npt.NDArray[np.bool_] = pc.fill_null(mask, False).to_numpy(zero_copy_only=False)
    return result
