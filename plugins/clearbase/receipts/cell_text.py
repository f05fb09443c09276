"""Text written into a cell stays text, whatever it begins with (messiness F12)."""

from __future__ import annotations

from typing import Any, Final

LONGEST: Final = 32_767  # what a cell can hold
FORMULA_FIRST: Final = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def put(cell: Any, value: Any) -> None:
    """Set an openpyxl cell: a string as text, never as formula or error; control characters that XML lacks go."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    if not isinstance(value, str):
        cell.value = value
        return
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)[:LONGEST]
    cell.data_type = "s"
    lock_text(cell)


def lock_text(cell: Any) -> None:
    """A text that looks like a formula gets Excel's quote prefix, or F2 and Enter would make a formula of it."""
    if str(cell.value).startswith(FORMULA_FIRST):
        cell.quotePrefix = 1


def csv_text(text: str) -> str:
    """A text as a CSV holds it: Excel would run what begins like a formula, so that an apostrophe goes before it."""
    return f"'{text}" if text.startswith(FORMULA_FIRST) or text.lstrip().startswith(FORMULA_FIRST) else text
