"""The texts that an xlsx keeps once and its cells refer to: too long to be honest, long, struck out in places.

A text of a few kilobytes in a file becomes gigabytes when a million cells refer to it (messiness A12). The XML is only
asked where its next tag is, in strides, which costs nothing beside unpacking it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from clearbase.reading.cells import LONGEST_CELL
from clearbase.reading.reasons import Unreadable

SHARED_STRINGS: Final = "xl/sharedstrings.xml"  # in lower case
# What Excel's longest text can be in XML, with a reference (_x000D_) for every character.
LONGEST_TEXT: Final = 8 * LONGEST_CELL
# From here on a text counts as long, so that cells are taken fewer at a time.
LONG_TEXT: Final = 4_096


@dataclass
class SharedTexts:
    """``long``: whether some text is long. ``may_be_struck``: whether some text may be struck out, in part or whole."""

    long: bool = False
    may_be_struck: bool = False


def look_through(blocks: Iterable[bytes]) -> SharedTexts:
    """The shared strings' XML, block by block. Raises Unreadable: text_too_long."""
    shared = SharedTexts()
    longest, long = TextRuns(), TextRuns()
    tail = b""
    for block in blocks:
        longest.refuse_longer(block, LONGEST_TEXT)
        shared.long = shared.long or long.is_longer(block, LONG_TEXT)
        shared.may_be_struck = shared.may_be_struck or b"strike" in tail + block[:8] or b"strike" in block
        tail = block[-8:]
    return shared


class TextRuns:
    """How far it is from one tag to the next, over the blocks of one part."""

    def __init__(self) -> None:
        self._open = 0  # bytes since the last block's last tag

    def refuse_longer(self, block: bytes, most: int) -> None:
        if self.is_longer(block, most):
            raise Unreadable("text_too_long")

    def is_longer(self, block: bytes, most: int) -> bool:
        """Whether more than ``most`` bytes lie between two tags, in this block or up to it."""
        at = block.find(b"<")
        if at < 0:
            self._open += len(block)
            return self._open > most
        if self._open + at > most:
            return True
        while at + most < len(block):
            following = block.rfind(b"<", at, at + most + 1)
            if following == at:
                return True
            at = following
        self._open = len(block) - block.rfind(b"<")
        return self._open > most
