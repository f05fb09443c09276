"""File and sheet names are shown to many; digit runs that may be a phone or an identity number are not."""

from __future__ import annotations

import re

from clearbase.standards import credit_code, identity_number

_LONG_RUN = re.compile(r"\d{9,}[0-9Xx]?")
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")
_CREDIT_CODE = re.compile(r"(?<![0-9A-Z])(?=[0-9A-Z]*[A-Z])[0-9A-HJ-NPQRTUWXY]{18}(?![0-9A-Z])")


def safe_label(text: str, names: frozenset[str] = frozenset()) -> str:
    """``text`` without long digit runs (credit codes with letters stay) and without any of ``names`` (people's)."""
    # A name in another encoding reaches us as lone surrogates, and Postgres holds no NUL: both become a visible mark.
    text = _UNPRINTABLE.sub("�", text)
    kept = [*_CREDIT_CODE.findall(text), *filter(_all_digit_credit_code, _LONG_RUN.findall(text))]
    label = _LONG_RUN.sub(lambda m: m.group() if any(m.group() in code for code in kept) else "○" * 4, text)
    for name in names:
        if len(name) >= 2 and name in label:
            label = label.replace(name, "○○")
    return label


def _all_digit_credit_code(run: str) -> bool:
    return credit_code.is_valid(run) and not identity_number.is_valid(run)
