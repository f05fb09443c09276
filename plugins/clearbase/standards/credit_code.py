"""Unified social credit codes, 统一社会信用代码 (GB 32100-2015): 18 characters, the last a check over the other 17.

Alphabet 0-9A-HJ-NPQRTUWXY, weights 3^(i-1) mod 31, check (31 - sum mod 31) mod 31. Characters 9-17 are an organisation
code (GB 11714) with a check of its own. Some real codes fail the outer check alone (domain.md): ``validate`` refuses
them with the reason ``checksum``, while ``organisation_is_valid`` still holds, so that a caller can warn instead.

>>> is_valid("91350100M000100Y43")
True
"""

from __future__ import annotations

import re
import unicodedata

import pyarrow as pa

from clearbase.standards.distinct import Column, each_distinct
from clearbase.standards.invalid import Invalid

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = tuple(pow(3, i, 31) for i in range(17))
ORGANISATION_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def compact(text: str) -> str:
    """Upper case, without spaces, hyphens, quotes and invisible characters."""
    folded = unicodedata.normalize("NFKC", text).upper()  # first: the capital of some letters has a mark of its own
    return "".join(c for c in folded if c.isalnum())


def check_character(body: str) -> str:
    """The 18th character for 17 characters of the alphabet (GB 32100-2015, annex B)."""
    total = sum(ALPHABET.index(c) * w for c, w in zip(body, WEIGHTS, strict=True))
    return ALPHABET[(31 - total % 31) % 31]


def organisation_is_valid(code: str) -> bool:
    """Whether nine characters are an organisation code (GB 11714): mod 11, 10 written X and 11 written 0."""
    if not re.fullmatch(r"[0-9A-Z]{8}[0-9X]", code):
        return False
    total = sum(ORGANISATION_ALPHABET.index(c) * w for c, w in zip(code[:8], ORGANISATION_WEIGHTS, strict=True))
    return "0123456789X0"[11 - total % 11] == code[8]


def validate(text: str) -> str:
    """The compact code. Raises Invalid: ``length``, ``shape``, ``checksum``, ``organisation``."""
    code = compact(text)
    if len(code) != 18:
        raise Invalid("length")
    if any(c not in ALPHABET for c in code):
        raise Invalid("shape")
    if check_character(code[:17]) != code[17]:
        raise Invalid("checksum")
    if not organisation_is_valid(code[8:17]):
        raise Invalid("organisation")
    return code


def is_valid(text: str) -> bool:
    try:
        validate(text)
    except Invalid:
        return False
    return True


def compact_all(values: Column) -> pa.Array:
    """``compact`` of every cell; null stays null."""
    return each_distinct(values, compact, "[0-9A-Z]{18}")
