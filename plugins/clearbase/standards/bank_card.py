"""Numbers of bank cards, as far as they must be told from others: issuer's first digits, length, Luhn's check digit.

Cards of Chinese banks begin 62 (UnionPay), older ones 4, 5 or 9 (ISO/IEC 7812-1; 银联卡 BIN); 16, 17 or 19 digits.
Of 18 there are hardly any, and those would be taken for identity numbers.
"""

from __future__ import annotations

import re

SHAPE = r"(?:62|4|5|9[0-9])[0-9]{14,17}"
LENGTHS = frozenset((16, 17, 19))


def luhn(digits: str) -> bool:
    """Whether the last digit is Luhn's check over the others (ISO/IEC 7812-1, annex B)."""
    doubled = [int(d) for d in digits[-2::-2]]
    single = sum(int(d) for d in digits[-1::-2])
    return (single + sum(d * 2 - 9 * (d > 4) for d in doubled)) % 10 == 0


def is_valid(digits: str) -> bool:
    """Whether a compact text is a bank card's number."""
    return len(digits) in LENGTHS and bool(re.fullmatch(SHAPE, digits)) and luhn(digits)
