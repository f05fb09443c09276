"""HTML tables saved as .xls, as web systems export them (messiness A2). Every cell is text, as in the page."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Final

from clearbase.reading.encoding import decode_text
from clearbase.reading.grid import Grid, make_grid
from clearbase.reading.merged_rows import RowPlacer
from clearbase.reading.reasons import Unreadable

_CHARSET: Final = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", re.IGNORECASE)
# gb2312 and gbk in a page mean what Windows writes; GB18030 holds both.
CHARSETS: Final[dict[str, str]] = {"gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "utf-8": "utf-8"}


def read_html(data: bytes) -> list[Grid]:
    """One grid a table. Raises Unreadable: not_tabular where the page has none, too_large, binary."""
    reader = _Tables()
    reader.feed(_decode(data))
    reader.close()
    grids = [make_grid(at, "", placer.columns(), merges=placer.merges) for at, placer in enumerate(reader.tables, 1)]
    if not any(grid.rows for grid in grids):
        raise Unreadable("not_tabular")
    return grids


def _decode(data: bytes) -> str:
    told = _CHARSET.search(data[:4096])
    encoding = CHARSETS.get(told[1].decode("ascii").lower()) if told else None
    if encoding:
        try:
            return data.removeprefix(b"\xef\xbb\xbf").decode(encoding)
        except UnicodeDecodeError:
            pass
    return decode_text(data)[0]


class _Tables(HTMLParser):
    """Tables inside a cell are read as part of that cell."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[RowPlacer] = []
        self._depth = 0
        self._cell: list[str] | None = None
        self._reach = (1, 1)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._depth += 1
            if self._depth == 1:
                self.tables.append(RowPlacer())
        elif tag == "br" and self._cell is not None:
            self._cell.append("\n")
        elif self._depth == 1 and tag in ("tr", "td", "th"):
            self._close_cell()
            if tag == "tr":
                self.tables[-1].start_row()
            else:
                told = dict(attrs)
                self._reach = _span(told.get("colspan")), _span(told.get("rowspan"))
                self._cell = []

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "table":
            if self._depth == 1:
                self._close_cell()
            self._depth = max(0, self._depth - 1)
        elif self._depth == 1 and tag in ("td", "th", "tr"):
            self._close_cell()

    def _close_cell(self) -> None:
        if self._cell is not None:
            text = "".join(self._cell).replace("\xa0", " ")
            if self.tables[-1].has_row:
                self.tables[-1].place(text if text.strip() else "", *self._reach)
            self._cell = None


def _span(text: str | None) -> int:
    return int(text) if text and re.fullmatch(r"\d{1,6}", text.strip()) else 1
