"""Rows of the summary, as they are collected and as a worksheet's XML: texts, looks, links, heights."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal
from xml.sax.saxutils import quoteattr

from openpyxl.utils import get_column_letter, quote_sheetname

from clearbase.receipts.cell_text import FORMULA_FIRST, LONGEST
from clearbase.receipts.comments_xml import clean_text
from clearbase.receipts.listing import cell_address
from clearbase.receipts.package import HEADING, MAIN
from clearbase.receipts.style_sheet import StyleSheet

Font = Literal["plain", "bold", "title", "link"]
WIDTHS: Final = (16, 18, 10, 38, 38, 44)  # in half-width characters, columns A to F
NAME: Final = "微软雅黑"
HEAD: Final = "D9E2F3"
LINE_HEIGHT: Final = 17.0  # points
A4: Final = 9
FONTS: Final[dict[Font, str]] = {
    "plain": "<sz val='10'/>",
    "bold": "<b/><sz val='10'/>",
    "title": "<b/><sz val='16'/>",
    "link": "<u/><sz val='10'/><color rgb='FF0563C1'/>",
}
THIN: Final = "".join(
    f"<{side} style='thin'><color rgb='FFBFBFBF'/></{side}>" for side in ("left", "right", "top", "bottom")
)
BORDERS: Final = {True: f"<border>{THIN}<diagonal/></border>", False: "<border/>"}
ALIGNMENTS: Final = {
    True: 'horizontal="left" vertical="top" wrapText="1"',
    False: 'horizontal="left" vertical="center"',
}


@dataclass
class Cell:
    """A value (None, a number or a text) and its look; ``link``: where it leads in this workbook."""

    value: Any
    font: Font
    fill: str | None
    box: bool
    link: str | None = None


@dataclass
class SummarySheet:
    """Written downwards; ``write`` puts one row and makes it as high as its longest wrapped cell. ``fills``: value →
    colour of the cells that hold it."""

    fills: Mapping[str, str]
    rows: list[tuple[list[Cell], float | None]] = field(default_factory=list)
    merges: list[str] = field(default_factory=list)

    def write(self, values: list[Any], font: Font = "plain", fill: str | None = None, box: bool = True) -> None:
        cells = [Cell(value, font, fill or self.fills.get(value), box) for value in values]
        lines = max((wrapped_lines(v, w) for v, w in zip(values, WIDTHS, strict=False)), default=1) if box else 1
        self.rows.append((cells, LINE_HEIGHT * lines))

    def heading(self, text: str, columns: list[str]) -> None:
        self.rows.append(([], None))
        self.write([text], font="bold", box=False)
        self.write(columns, font="bold", fill=HEAD)

    def fact(self, label: str, value: str | None) -> None:
        """A label and a value that runs over the rest of the width."""
        if not value:
            return
        self.write([label, value, *[""] * (len(WIDTHS) - 2)])
        self.rows[-1][0][0].font = "bold"
        self.merge_rest(2)
        self.set_height(LINE_HEIGHT * wrapped_lines(value, sum(WIDTHS[1:])))

    def merge_rest(self, first_col: int) -> None:
        row = len(self.rows)
        self.merges.append(f"{get_column_letter(first_col)}{row}:{get_column_letter(len(WIDTHS))}{row}")

    def set_height(self, points: float) -> None:
        self.rows[-1] = (self.rows[-1][0], points)

    def link_to(self, col: int, sheet_name: str, row: int, to_col: int | None) -> None:
        """Let a cell of the newest row lead to a cell of a sheet."""
        cell = self.rows[-1][0][col - 1]
        cell.font, cell.link = "link", f"{quote_sheetname(sheet_name)}!{cell_address(row, to_col or 1)}"

    def xml(self, styles: StyleSheet) -> bytes:
        """The worksheet's part; its looks are added to ``styles``."""
        looks: dict[tuple[Font, str | None, bool, bool], int] = {}

        def look(cell: Cell, locked: bool) -> int:
            key = (cell.font, cell.fill, cell.box, locked)
            if key not in looks:
                font = f"<font>{FONTS[cell.font]}<name val='{NAME}'/></font>"
                plain = styles.look(font, cell.fill, BORDERS[cell.box], ALIGNMENTS[cell.box])
                looks[key] = styles.quoted(plain) if locked else plain
            return looks[key]

        rows, links = [], []
        for number, (cells, height) in enumerate(self.rows, 1):
            told = []
            for col, cell in enumerate(cells, 1):
                address = f"{get_column_letter(col)}{number}"
                told.append(_cell(address, cell.value, look(cell, _looks_like_formula(cell.value))))
                if cell.link:
                    links.append(f'<hyperlink ref="{address}" location={quoteattr(cell.link)}/>')
            tall = f' ht="{height:.2f}" customHeight="1"' if height else ""
            rows.append(f'<row r="{number}"{tall}>{"".join(told)}</row>')
        cols = "".join(f'<col min="{n}" max="{n}" width="{w}" customWidth="1"/>' for n, w in enumerate(WIDTHS, 1))
        merges = "".join(f'<mergeCell ref="{ref}"/>' for ref in self.merges)
        return HEADING + "".join([
            f'<worksheet xmlns="{MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews>',
            '<sheetView showGridLines="0" tabSelected="1" workbookViewId="0"/></sheetViews>',
            f'<sheetFormatPr defaultRowHeight="15"/><cols>{cols}</cols><sheetData>', *rows, "</sheetData>",
            f'<mergeCells count="{len(self.merges)}">{merges}</mergeCells>' if merges else "",
            f"<hyperlinks>{''.join(links)}</hyperlinks>" if links else "",
            '<pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/>',
            f'<pageSetup paperSize="{A4}" orientation="landscape" fitToWidth="1" fitToHeight="0"/></worksheet>',
        ]).encode()  # fmt: skip


def wrapped_lines(value: Any, width: int) -> int:
    """Lines that a value takes in a cell ``width`` half-width characters wide; a Han character takes two."""
    room = max(width - 2, 1)
    widths = (sum(2 if ord(c) > 0x2E7F else 1 for c in line) for line in str(value).split("\n"))
    return sum(max(1, -(-taken // room)) for taken in widths)


def _looks_like_formula(value: Any) -> bool:
    return isinstance(value, str) and value.startswith(FORMULA_FIRST)


def _cell(address: str, value: Any, style: int) -> str:
    if value is None or value == "":
        return f'<c r="{address}" s="{style}"/>'
    if isinstance(value, int):
        return f'<c r="{address}" s="{style}"><v>{value}</v></c>'
    text = clean_text(str(value)[:LONGEST])
    return f'<c r="{address}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
