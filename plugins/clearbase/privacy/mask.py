"""What may be shown of a found value outside memory and the employer's own workbook.

A name keeps its first character, a number its first two and last two characters at most, a birth date its year. Values
of fields that tell nobody apart (dates, sex, education) are shown, but only where they are such values: columns shift,
and then a name stands under 性别. In free text every run of seven digits or more is starred. A field that no list
names is masked like a number.
"""

from __future__ import annotations

import re

import pyarrow as pa

from clearbase.standards.code_lists import canonical
from clearbase.standards.words import words

NAME_FIELDS = frozenset(["name", "former_name", "emergency_contact", "employer_contact", "landlord"])
ADDRESS_FIELDS = frozenset(["household_address", "current_address", "id_address", "dorm_room"])
YEAR_FIELDS = frozenset(("birth_date",))
DATE_FIELDS = frozenset(
    words(
        "hire_date leave_date contract_start contract_end probation_end id_valid_to arrive_date "
        "residence_reg_date residence_permit_valid insurance_start training_date"
    )
)
# Coded fields and the list that knows their values.
CODED_FIELDS = {
    "sex": "sex", "ethnicity": "ethnicity", "education": "education", "marital_status": "marital_status",
    "political_status": "political_status", "employment_status": "employment_status", "social_insurance": "yes_no",
    "contract_signed": "yes_no", "housing_fund": "yes_no", "is_floating": "yes_no", "residence_registered": "yes_no",
    "has_residence_permit": "yes_no", "spouse_with": "yes_no", "is_veteran": "yes_no",
}  # fmt: skip
DATE_LIKE = re.compile(r"[0-9０-９〇零一二三四五六七八九十年月日号至.\-/:： TEe+]{1,24}")
LONG_DIGITS = re.compile(r"[0-9０-９](?:[\s.\-]?[0-9０-９]){6,}[Xx]?")
YEAR = re.compile(r"(?:19|20)[0-9]{2}")
DAY_DIGITS = re.compile(r"(?:19|20)[0-9]{6}(?:\.0)?")


def mask_name(text: str) -> str:
    """张三丰 → 张○○; one character is all that stays."""
    bare = text.strip()
    return bare[:1] + "○" * min(len(bare) - 1, 4) if bare else ""


def mask_number(text: str) -> str:
    """330206…5676 → 33**************76; below eight characters nothing stays."""
    bare = text.strip()
    return bare[:2] + "*" * (len(bare) - 4) + bare[-2:] if len(bare) >= 8 else "*" * len(bare)


def mask_address(text: str) -> str:
    """The first six characters (about the province and city), the rest starred."""
    bare = text.strip()
    return bare[:6] + "…" if len(bare) > 6 else "…"


def mask_text(text: str) -> str:
    """Free text with every run of seven digits or more starred."""
    return LONG_DIGITS.sub(lambda m: "*" * len(m[0]), text)


def mask_date(text: str) -> str:
    """A date as it stands; anything else in a date field (columns shift) like a name."""
    if not DATE_LIKE.fullmatch(text.strip()):
        return mask_name(text)
    digits = sum(c.isdigit() for c in text)
    return text if digits <= 8 or (DAY_DIGITS.match(text) and digits <= 9) or ":" in text else mask_number(text)


def mask_code(text: str, table: str) -> str:
    """A value that the field's list knows as it stands; anything else (columns shift) like a name."""
    return text if canonical(table, text) is not None else mask_name(text)


def mask_year(text: str) -> str:
    """A birth date's year; nothing else of it."""
    match = YEAR.match(text.strip())
    return f"{match[0]}-**" if match else "*" * len(text.strip())


def mask(text: str, field: str | None) -> str:
    """``text`` as found in ``field`` of the catalogue, fit to be shown."""
    if field in NAME_FIELDS:
        return mask_name(text)
    if field in ADDRESS_FIELDS:
        return mask_address(text)
    if field in YEAR_FIELDS:
        return mask_year(text)
    if field in DATE_FIELDS:
        return mask_date(text)
    if field in CODED_FIELDS:
        return mask_code(text, CODED_FIELDS[field])
    return mask_text(text) if field == "remarks" else mask_number(text)


def mask_all(values: pa.Array | pa.ChunkedArray, field: str | None) -> pa.Array:
    """``mask`` of every cell, once for each distinct text; null stays null."""
    array = values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values
    encoded = array.dictionary_encode()
    return pa.array([mask(text, field) for text in encoded.dictionary.to_pylist()], pa.string()).take(encoded.indices)
