"""HTML tables saved as .xls, as web systems export them (messiness A2). Every cell is text, as in the page."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

from clearbase.reading.encoding import decode_text
from clearbase.reading.grid import Grid, make_grid
from clearbase.reading.merged_rows import RowPlacer
from clearbase.reading.mime_page import is_mime, pages_of
from clearbase.reading.reasons import Unreadable

_CHARSET: Final = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", re.IGNORECASE)
# gb2312 and gbk in a page mean what Windows writes; GB18030 holds both.
CHARSETS: Final[dict[str, str]] = {"gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "utf-8": "utf-8"}


# A table in a table is one of its own from so many rows and columns on; a smaller one only lays out a cell.
LEAST_ROWS: Final = 2
LEAST_COLUMNS: Final = 3
# Deeper than this no table is looked for.
MAX_DEPTH: Final = 12


def read_html(data: bytes) -> list[Grid]:
    """One grid a table, of a page or of a MIME message's pages. Raises Unreadable: not_tabular where there is none,
    too_large, binary."""
    placers: list[RowPlacer] = []
    for page, charset in pages_of(data) if is_mime(data) else [(data, None)]:
        reader = _Tables()
        reader.feed(_decode(page, charset))
        reader.close()
        placers += reader.found()
    grids = [make_grid(at, "", placer.columns(), merges=placer.merges) for at, placer in enumerate(placers, 1)]
    if not any(grid.rows for grid in grids):
        raise Unreadable("not_tabular")
    return grids


def _decode(data: bytes, charset: str | None) -> str:
    told = _CHARSET.search(data[:4096])
    named = told[1].decode("ascii") if told else charset or ""
    if encoding := CHARSETS.get(named.lower()):
        try:
            return data.removeprefix(b"\xef\xbb\xbf").decode(encoding)
        except UnicodeDecodeError:
            pass
    return decode_text(data)[0]


@dataclass
class _Table:
    """A table that is open. ``said``: all texts in it, which are its cell's where it is no table of its own."""

    placer: RowPlacer = field(default_factory=RowPlacer)
    cell: list[str] | None = None
    reach: tuple[int, int] = (1, 1)
    said: list[str] = field(default_factory=list)

    def say(self, text: str) -> None:
        self.said.append(text)
        if self.cell is not None:
            self.cell.append(text)

    def close_cell(self) -> None:
        if self.cell is not None:
            text = "".join(self.cell).replace("\xa0", " ")
            if self.placer.has_row:
                self.placer.place(text if text.strip() else "", *self.reach)
            self.cell = None


class _Tables(HTMLParser):
    """A roster inside a page's layout table is a table of its own; a small table inside a cell is part of that cell."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._tables: list[RowPlacer | None] = []  # in the order in which they begin
        self._open: list[tuple[int, _Table]] = []
        self._deeper = 0

    def found(self) -> list[RowPlacer]:
        while self._open:
            self._close_table()
        return [placer for placer in self._tables if placer is not None]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            if len(self._open) < MAX_DEPTH:
                self._open.append((len(self._tables), _Table()))
                self._tables.append(None)
            else:
                self._deeper += 1
        elif tag == "br":
            self.handle_data("\n")
        elif self._open and not self._deeper and tag in ("tr", "td", "th"):
            table = self._open[-1][1]
            table.close_cell()
            if tag == "tr":
                table.placer.start_row()
            else:
                told = dict(attrs)
                table.reach = _span(told.get("colspan")), _span(told.get("rowspan"))
                table.cell = []

    def handle_data(self, data: str) -> None:
        if self._open:
            self._open[-1][1].say(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "table":
            if self._deeper:
                self._deeper -= 1
            elif self._open:
                self._close_table()
        elif self._open and not self._deeper and tag in ("td", "th", "tr"):
            self._open[-1][1].close_cell()

    def _close_table(self) -> None:
        at, table = self._open.pop()
        table.close_cell()
        rows, columns = table.placer.extent
        if not self._open or (rows >= LEAST_ROWS and columns >= LEAST_COLUMNS):
            self._tables[at] = table.placer
        else:
            self._open[-1][1].say("".join(table.said))


def _span(text: str | None) -> int:
    return int(text) if text and re.fullmatch(r"\d{1,6}", text.strip()) else 1
