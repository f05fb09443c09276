"""Lists of words as one reads them: one literal with blanks between, where quotes and commas would hide the words."""

from __future__ import annotations


def words(text: str) -> tuple[str, ...]:
    """The words of ``text``, in their order."""
    return tuple(text.split())
