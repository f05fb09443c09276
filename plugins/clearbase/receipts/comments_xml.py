"""The comments of a sheet: their texts (``xl/commentsN.xml``) and the shapes in which they are drawn (VML).

What the employer has written there stays: its comments as they are, and in a cell that we comment, too, below ours.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final
from xml.sax.saxutils import escape

from openpyxl.utils import column_index_from_string, get_column_letter

from clearbase.receipts.package import CONTENT_TYPE, HEADING, MAIN, RELATIONSHIPS, Package, Unsuited

AUTHOR: Final = "清底"
EMPLOYERS_OWN: Final = "\n——原批注——\n"  # what the employer had written there comes after this line
WIDTH, PER_LINE, MOST_LINES = 300, 18, 24  # pixels; 22 Han characters fit into a line
COMMENT: Final = re.compile(rb"<comment\b([^>]*)>(.*?)</comment>", re.DOTALL)
REF: Final = re.compile(rb'\sref="([A-Z]+)([0-9]+)"')
TEXT: Final = re.compile(rb"<text>(.*?)</text>", re.DOTALL)
AUTHORS: Final = re.compile(rb"<authors>(.*?)</authors>", re.DOTALL)
OPENS: Final = re.compile(rb"<comments\b[^>]*>")
OURS: Final = f'<comments xmlns="{MAIN}">'.encode()
SHAPE_SIZE: Final = re.compile(rb"width:\s*([0-9.]+)(pt|px);\s*height:\s*([0-9.]+)(pt|px)")
NOTE: Final = re.compile(rb"<\w+:ClientData\s+ObjectType=\"(\w+)\"")
CONTROLS: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
IDS_A_BLOCK: Final = 1024
OPENING: Final = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="{}"/>'
    '</o:shapelayout><v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202"'
    ' path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
SHAPE: Final = (
    '<v:shape id="_x0000_s{id}" type="#_x0000_t202" style="position:absolute;margin-left:59.25pt;margin-top:1.5pt;'
    'width:{width};height:{height};z-index:1;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">'
    '<v:fill color2="#ffffe1"/><v:shadow color="black" obscured="t"/><v:path o:connecttype="none"/>'
    '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:AutoFill>False</x:AutoFill>'
    "<x:Row>{row}</x:Row><x:Column>{col}</x:Column></x:ClientData></v:shape>"
)


def add_comments(package: Package, part: str, texts: Mapping[tuple[int, int], str], drawn_by: str | None) -> str | None:
    """Comment cells (row, column) of a worksheet. ``drawn_by``: the id under which it refers to shapes now. Returns
    that under which it has to, where it had none."""
    related = package.relationships(part)
    comments = next((one.target for one in related if one.type == f"{RELATIONSHIPS}/comments"), None)
    drawing = next((one.target for one in related if one.id == drawn_by), None)
    if (comments is None) != (drawing is None):
        raise Unsuited("comments without shapes, or shapes without comments")
    known = package.read(comments) if comments else b""
    shapes = package.read(drawing) if drawing else b""
    if any(kind != b"Note" for kind in NOTE.findall(shapes)):
        raise Unsuited("buttons among the comments")
    authors, written = _with_ours(known, texts)
    opening = OPENS.search(known)
    new = comments or package.free_name("xl/comments{}.xml")
    package.write(
        new,
        _comments_xml(opening[0] if opening else OURS, authors, written),
        "" if comments else CONTENT_TYPE + "comments+xml",
    )
    drawn = drawing or package.free_name("xl/drawings/vmlDrawing{}.vml")
    kind = "" if drawing else "application/vnd.openxmlformats-officedocument.vmlDrawing"
    package.write(drawn, _shapes(written, texts, shapes), kind)
    if comments is None:
        package.relate(part, f"{RELATIONSHIPS}/comments", new)
    return None if drawing else package.relate(part, f"{RELATIONSHIPS}/vmlDrawing", drawn)


def clean_text(text: str) -> str:
    """Escaped, without the characters that XML cannot hold."""
    return escape(CONTROLS.sub("", text))


def _with_ours(known: bytes, texts: Mapping[tuple[int, int], str]) -> tuple[bytes, dict[tuple[int, int], bytes]]:
    """The authors, ours the last, and (row, column) → the comment's XML."""
    told = AUTHORS.search(known)
    authors = told[1] if told else b""
    if known and (told is None or f'xmlns="{MAIN}"'.encode() not in known):
        raise Unsuited("comments written in an unusual way")
    ours = len(re.findall(rb"<author\s*/>|<author\b[^>]*>.*?</author>", authors, re.DOTALL))
    written: dict[tuple[int, int], bytes] = {}
    for match in COMMENT.finditer(known):
        ref = REF.search(match[1])
        if ref is None:
            raise Unsuited("a comment of no cell")
        written[int(ref[2]), column_index_from_string(ref[1].decode())] = match[0]
    for (row, col), text in texts.items():
        own = TEXT.search(written.get((row, col), b""))
        runs = _run(text + (EMPLOYERS_OWN if own else "")) + (_as_runs(own[1]) if own else b"")
        written[row, col] = b'<comment ref="%b" authorId="%d"><text>%b</text></comment>' % (
            _ref(row, col), ours, runs
        )  # fmt: skip
    return authors + f"<author>{AUTHOR}</author>".encode(), written


def _ref(row: int, col: int) -> bytes:
    return f"{get_column_letter(col)}{row}".encode()


def _run(text: str) -> bytes:
    return f'<r><t xml:space="preserve">{clean_text(text)}</t></r>'.encode()


def _as_runs(inner: bytes) -> bytes:
    """A comment's text as runs: a plain one is one run."""
    return inner if inner.lstrip().startswith(b"<r>") else b"<r>" + inner + b"</r>"


def _comments_xml(opening: bytes, authors: bytes, written: Mapping[tuple[int, int], bytes]) -> bytes:
    listed = b"".join(comment for _, comment in sorted(written.items()))
    told = b"<authors>" + authors + b"</authors><commentList>" + listed + b"</commentList>"
    return HEADING + opening + told + b"</comments>"


def _shapes(
    written: Mapping[tuple[int, int], bytes], texts: Mapping[tuple[int, int], str], former: bytes
) -> bytes:  # fmt: skip
    """A shape for each comment: ours as high as its text needs, the employer's as large as they were."""
    sizes = _sizes(former)
    blocks = len(written) // IDS_A_BLOCK + 1
    parts = [OPENING.format(",".join(str(n + 1) for n in range(blocks)))]
    for n, (row, col) in enumerate(sorted(written), 1):
        width, height = sizes.get((row, col), ("144px", "79px"))
        if (row, col) in texts:
            width, height = f"{WIDTH}px", f"{_height(texts[row, col])}px"
        parts.append(SHAPE.format(id=IDS_A_BLOCK + n, width=width, height=height, row=row - 1, col=col - 1))
    return "".join([*parts, "</xml>"]).encode()


def _height(text: str) -> int:
    lines = sum(1 + len(line) // 22 for line in text.split("\n"))
    return 20 + PER_LINE * min(lines, MOST_LINES)


def _sizes(former: bytes) -> dict[tuple[int, int], tuple[str, str]]:
    sizes = {}
    for shape in re.findall(rb"<\w+:shape\s.*?</\w+:shape>", former, re.DOTALL):
        row, col = (re.search(rb"<\w+:%b>([0-9]+)</" % name, shape) for name in (b"Row", b"Column"))
        size = SHAPE_SIZE.search(shape)
        if row and col and size:
            width, wide, height, high = (part.decode() for part in size.groups())
            sizes[int(row[1]) + 1, int(col[1]) + 1] = (width + wide, height + high)
    return sizes
