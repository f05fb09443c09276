"""The text of a cell without what only looks like text: blanks at its ends, invisible characters, line breaks."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from clearbase.standards.distinct import among

INVISIBLE = r"[\x{ad}\x{200b}-\x{200f}\x{202a}-\x{202e}\x{2060}-\x{2064}\x{feff}]"
# First bytes in UTF-8 of what these two match (also of a few others, which the patterns then leave alone).
ODD_LEADS = (
    b"\t", b"\n", b"\r", b"\x0b", b"\x0c", b"\xc2\xa0", b"\xc2\xad", b"\xe2\x80", b"\xe2\x81", b"\xe3\x80\x80",
    b"\xef\xbb\xbf",
)  # fmt: skip
OTHER_BLANKS = (b" ", b"\x1c", b"\x1d", b"\x1e", b"\x1f", b"\xc2\x85", b"\xe1\x9a\x80")
BLANKS = r"[\s\x{a0}\x{3000}]*[\t\r\n\x{a0}\x{3000}][\s\x{a0}\x{3000}]*"


def trimmed(raw: pa.Array) -> pa.Array:
    """Without blanks at the ends, invisible characters and line breaks; an empty rest is null."""
    odd = holds_one(raw, ODD_LEADS)
    text = pc.utf8_trim_whitespace(raw) if odd or holds_one(raw, OTHER_BLANKS) else raw
    if odd:
        for pattern, instead in ((INVISIBLE, ""), (BLANKS, " ")):
            text = pc.utf8_trim_whitespace(pc.replace_substring_regex(text, pattern, instead))
    return without(text, ("",))


def holds_one(text: pa.Array, marks: tuple[bytes, ...]) -> bool:
    """Whether one of ``marks`` is in the column's bytes at all: ten times cheaper than to ask each cell."""
    data = text.buffers()[2]
    if data is None or not data.size:
        return False
    # A column of digits holds neither blanks nor what is not ASCII: its least and its greatest byte tell.
    held = np.frombuffer(data, np.uint8)
    least, most = int(held.min()), int(held.max())
    marks = tuple(mark for mark in marks if least <= mark[0] <= most)
    # a single byte is sought at memory speed, and Chinese text seldom holds one of these
    said = bytes(data.to_pybytes()) if marks else b""
    begun = {lead for lead in {mark[0] for mark in marks} if lead in said}
    return any(mark[0] in begun and mark in said for mark in marks)


def without(text: pa.Array, words: tuple[str, ...]) -> pa.Array:
    """``text`` with the cells that say one of ``words`` made null."""
    said = among(text, words)
    # to copy a column costs more than to ask whether there is any need
    return pc.if_else(pa.array(said), pa.scalar(None, pa.string()), text) if said.any() else text
