"""One worksheet of an xlsx (``xl/worksheets/sheetN.xml``), changed where it is marked and nowhere else.

The XML is cut at its tags, not parsed into a tree: a sheet of 5,000 lines is 125,000 cells, and all but a few stay as
they are. What is written otherwise than Excel, WPS, LibreOffice and their libraries write it raises Unsuited.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from openpyxl.utils import column_index_from_string, get_column_letter

from clearbase.receipts.package import MAIN, RELATIONSHIPS, Unsuited
from clearbase.standards.words import words

Span = tuple[int, int]
ROW: Final = re.compile(rb'<row((?:\s+[\w:]+="[^"<]*")*)\s*(?:/>|>(.*?)</row>)', re.DOTALL)
CELL: Final = re.compile(rb'<c((?:\s+[\w:]+="[^"<]*")*)\s*(?:/>|>(.*?)</c>)', re.DOTALL)
NUMBER: Final = re.compile(rb'\sr="([0-9]+)"')
ADDRESS: Final = re.compile(rb'\sr="([A-Z]{1,3})[0-9]+"')
STYLE: Final = re.compile(rb'\ss="([0-9]+)"')
TYPE: Final = re.compile(rb'\st="[^"]*"')
SPANS: Final = re.compile(rb'\sspans="[^"]*"')
TAG: Final = re.compile(rb"<(/?)([\w:.-]+)([^>]*?)(/?)>")
A_CELL: Final = re.compile(rb"<c[\s/>]")
SINGLE_QUOTED: Final = re.compile(rb"<(?:c|row)\s[^<>]*='")
MERGED: Final = re.compile(rb'<mergeCell\s+ref="([A-Z]+)([0-9]+):([A-Z]+)([0-9]+)"')
# In a condition, a choice or a name: another file, a program that is spoken to, a function that asks the network.
REACHES_OUT: Final = r"[\[|]|\b(?:WEBSERVICE|HYPERLINK|IMAGE|RTD|CALL|REGISTER|EXEC|FILTERXML)\s*\("
ASKS_OUTSIDE: Final = re.compile(rb"<(?:[a-z0-9]+:)?(?:formula[12]?|f)\b[^>]*>[^<]*(?:%b)" % REACHES_OUT.encode())
DATA: Final = re.compile(rb"<sheetData\s*(/?)>")
COL: Final = re.compile(rb"<col\b[^>]*/>")
# What may stand below the cells, in the order in which it has to (ECMA-376 part 1, 18.3.1.99, CT_Worksheet).
BELOW: Final = words(
    "sheetCalcPr sheetProtection protectedRanges scenarios autoFilter sortState dataConsolidate customSheetViews "
    "mergeCells phoneticPr conditionalFormatting dataValidations hyperlinks printOptions pageMargins pageSetup "
    "headerFooter rowBreaks colBreaks customProperties cellWatches ignoredErrors smartTags drawing legacyDrawing "
    "legacyDrawingHF drawingHF picture oleObjects controls webPublishItems tableParts extLst"
)


class SheetXml:
    """A worksheet's XML. Rows and columns count from 1, a style is the number of a format."""

    def __init__(self, xml: bytes) -> None:
        begin = DATA.search(xml)
        namespaces = xml.count(MAIN.encode()), xml.find(f'xmlns="{MAIN}"'.encode()) >= 0
        if begin is None or namespaces != (1, True) or SINGLE_QUOTED.search(xml) or b"<!" in xml:
            raise Unsuited("a sheet written in an unusual way")
        end = begin.end() if begin[1] else xml.rfind(b"</sheetData>")
        self._head, self._body = xml[: begin.start()], xml[begin.end() : end]
        self._tail = xml[end:].removeprefix(b"</sheetData>")
        if ASKS_OUTSIDE.search(self._tail):
            raise Unsuited("a condition or a choice that reaches out")
        self._rows: dict[int, list[bytes]] | None = None
        self._columns: dict[int, bytes] = {}

    def settle(self, settle: Callable[[re.Match[bytes]], bytes]) -> None:
        """Put every cell (a match of ``CELL``) through ``settle``. Before any row is asked for."""
        assert self._rows is None
        count = len(A_CELL.findall(self._body))
        self._body, settled = CELL.subn(settle, self._body)
        if settled != count:
            raise Unsuited("cells written in an unusual way")

    def holds(self, pattern: re.Pattern[bytes]) -> bool:
        """Whether the pattern finds something among the cells."""
        return pattern.search(self._body) is not None

    def cell(self, row: int, col: int) -> bytes | None:
        """A cell's XML; None where there is none."""
        content = self._content(row)
        span = _span(content, row, col)
        return content[slice(*span)] if span else None

    def style(self, row: int, col: int) -> int:
        cell = self.cell(row, col)
        match = STYLE.search(cell[: cell.index(b">")]) if cell else None
        return int(match[1]) if match else 0

    def set_style(self, row: int, col: int, style: int) -> None:
        """Give a cell another format; made where there is none."""
        cell = self.cell(row, col)
        if cell is None:
            self._put(row, col, b'<c r="%b" s="%d"/>' % (_address(row, col), style))
            return
        end = cell.index(b">")
        opening = STYLE.sub(b"", cell[:end])
        self._put(row, col, opening[:2] + b' s="%d"' % style + opening[2:] + cell[end:])

    def set_text(self, row: int, col: int, style: int, text: bytes) -> None:
        """Write a text (escaped) into a cell, in place of what was there."""
        told = b'<c r="%b" s="%d" t="inlineStr"><is><t>%b</t></is></c>' % (_address(row, col), style, text)
        self._put(row, col, told)

    def held_columns(self, row: int, beyond: int = 0) -> Iterator[int]:
        """Columns right of ``beyond`` in which a row holds something."""
        content = self._content(row)
        last = _last_column(content)
        if last is None or last <= beyond:
            return
        for match in CELL.finditer(content):
            address = ADDRESS.search(match[1])
            if address and match[2] and re.search(rb"<v>[^<]|<is>|<f[ >]", match[2]):
                column = column_index_from_string(address[1].decode())
                if column > beyond:
                    yield column

    @property
    def last_row(self) -> int:
        return max(self._parsed_rows(), default=1)

    def row_numbers(self) -> list[int]:
        return list(self._parsed_rows())

    def _content(self, row: int) -> bytes:
        found = self._parsed_rows().get(row)
        return found[1] if found else b""

    def _put(self, row: int, col: int, cell: bytes) -> None:
        rows = self._parsed_rows()
        if row not in rows:
            rows[row] = [b' r="%d"' % row, b""]
        attributes, content = rows[row]
        span = _span(content, row, col) or _place(content, col)
        rows[row] = [SPANS.sub(b"", attributes), content[: span[0]] + cell + content[span[1] :]]

    def _parsed_rows(self) -> dict[int, list[bytes]]:
        if self._rows is None:
            rows, at = {}, 0
            for match in ROW.finditer(self._body):
                number = NUMBER.search(match[1])
                if number is None or self._body[at : match.start()].strip():
                    raise Unsuited("rows written in an unusual way")
                rows[int(number[1])] = [match[1], match[2] or b""]
                at = match.end()
            if self._body[at:].strip():
                raise Unsuited("rows written in an unusual way")
            self._rows = rows
        return self._rows

    def merges(self) -> list[tuple[int, int, int, int]]:
        """(first row, first column, last row, last column) of each merged range."""
        return [
            (int(top), column_index_from_string(left.decode()), int(bottom), column_index_from_string(right.decode()))
            for left, top, right, bottom in MERGED.findall(self._tail)
        ]

    def deselect(self) -> None:
        """Not the tab that is shown first."""
        self._head = re.sub(rb'\stabSelected="[^"]*"', b"", self._head)

    def give_width(self, col: int, width: float) -> None:
        """A width of its own, shown. One ``<col>`` often spans all columns to the edge of the sheet, hidden ones too:
        it is split round ours, because overlapping spans make Excel repair the file."""
        begin, end = self._head.find(b"<cols>"), self._head.find(b"</cols>")
        known = COL.findall(self._head[begin:end]) if begin >= 0 else []
        before, after = [], []
        for one in known:
            first, last = (int(_attribute(one, name)) for name in (b"min", b"max"))
            if first < col:
                before.append(_spanning(one, first, min(last, col - 1)))
            if last > col:
                after.append(_spanning(one, max(first, col + 1), last))
        ours = b'<col min="%d" max="%d" width="%.2f" customWidth="1"/>' % (col, col, width)
        cols = b"<cols>" + b"".join([*before, ours, *after]) + b"</cols>"
        kept = self._head[:begin] + self._head[end + len(b"</cols>") :] if begin >= 0 else self._head
        at = begin if begin >= 0 else len(kept)
        self._head = kept[:at] + cols + kept[at:]

    def reach_to(self, col: int) -> None:
        """Say that the sheet's range goes to this column, and to its last row."""

        def widened(match: re.Match[bytes]) -> bytes:
            left, top, right, bottom = match[1], match[2], match[3] or match[1], match[4] or match[2]
            right_most = max(column_index_from_string(right.decode()), col)
            last = max(int(bottom), self.last_row)
            return b'<dimension ref="%b%b:%b%d"' % (left, top, get_column_letter(right_most).encode(), last)

        pattern = rb'<dimension ref="([A-Z]+)([0-9]+)(?::([A-Z]+)([0-9]+))?"'
        self._head = re.sub(pattern, widened, self._head, count=1)

    def below(self, name: str) -> bytes | None:
        """An element below the cells, whole; None where there is none."""
        for found, begin, end in self._elements():
            if found == name:
                return self._tail[begin:end]
        return None

    def set_below(self, name: str, element: bytes) -> None:
        """Put an element below the cells, in place of the one of its name or where it has to stand."""
        elements = self._elements()
        for found, begin, end in elements:
            if found == name:
                self._tail = self._tail[:begin] + element + self._tail[end:]
                return
        rank = BELOW.index(name)
        later = (begin for found, begin, _ in elements if _rank(found) > rank)
        at = next(later, self._tail.rfind(b"</worksheet"))
        self._tail = self._tail[:at] + element + self._tail[at:]

    def refer_to_comments(self, relationship: str) -> None:
        """Where the drawn shapes of its comments are."""
        element = f'<legacyDrawing xmlns:r="{RELATIONSHIPS}" r:id="{relationship}"/>'
        self.set_below("legacyDrawing", element.encode())

    def _elements(self) -> list[tuple[str, int, int]]:
        """The elements below the cells: name, begin, end."""
        found: list[tuple[str, int, int]] = []
        depth = begin = 0
        for match in TAG.finditer(self._tail):
            closing, name, _, empty = match.groups()
            if closing:
                depth -= 1
                if depth < 0:  # that of the worksheet
                    return found
            elif not empty:
                begin = match.start() if depth == 0 else begin
                depth += 1
            if depth == 0:
                found.append((name.decode(), match.start() if empty else begin, match.end()))
        raise Unsuited("a sheet without an end")

    def xml(self) -> bytes:
        """The whole part."""
        if self._rows is not None:
            rows = sorted(self._rows.items())
            self._body = b"".join(b"<row%b>%b</row>" % (attributes, content) for _, (attributes, content) in rows)
        return self._head + b"<sheetData>" + self._body + b"</sheetData>" + self._tail


def range_of(row: int, col: int, last_row: int, last_col: int) -> str:
    """``A2:F8``."""
    return f"{get_column_letter(col)}{row}:{get_column_letter(last_col)}{last_row}"


def _address(row: int, col: int) -> bytes:
    return f"{get_column_letter(col)}{row}".encode()


def _span(content: bytes, row: int, col: int) -> Span | None:
    """Where a cell stands in its row's XML."""
    mark = b' r="%b"' % _address(row, col)
    at = content.find(mark)
    while at >= 0 and not _in_cell(content, at):  # it may stand in a text
        at = content.find(mark, at + 1)
    if at < 0:
        return None
    begin, end = content.rfind(b"<", 0, at), content.index(b">", at) + 1
    return (begin, end) if content[end - 2 : end] == b"/>" else (begin, content.index(b"</c>", end) + 4)


def _in_cell(content: bytes, at: int) -> bool:
    """Whether what stands there is within the tag of a cell."""
    begin = content.rfind(b"<", 0, at)
    return content[begin : begin + 3] == b"<c " and content.rfind(b">", 0, at) < begin


def _place(content: bytes, col: int) -> Span:
    """Where a new cell of this column has to stand: before the first one right of it."""
    last = _last_column(content)
    if last is not None and last > col:
        for match in CELL.finditer(content):
            address = ADDRESS.search(match[1])
            if address is None:
                raise Unsuited("a cell without an address")
            if column_index_from_string(address[1].decode()) > col:
                return match.start(), match.start()
    return len(content), len(content)


def _last_column(content: bytes) -> int | None:
    if not content:
        return None
    at = content.rfind(b' r="')
    while at >= 0 and not _in_cell(content, at):
        at = content.rfind(b' r="', 0, at)
    match = ADDRESS.match(content, at) if at >= 0 else None
    if match is None:
        raise Unsuited("a cell without an address")
    return int(column_index_from_string(match[1].decode()))


def _rank(name: str) -> int:
    """Of what has no place in the order (``mc:AlternateContent``, which holds controls): before the tables."""
    return BELOW.index(name) if name in BELOW else BELOW.index("controls")


def _attribute(element: bytes, name: bytes) -> bytes:
    match = re.search(rb'\s%b="([^"]*)"' % name, element)
    if match is None:
        raise Unsuited("an element without what it needs")
    return match[1]


def _spanning(column: bytes, first: int, last: int) -> bytes:
    column = re.sub(rb'\smin="[^"]*"', b' min="%d"' % first, column)
    return re.sub(rb'\smax="[^"]*"', b' max="%d"' % last, column)
