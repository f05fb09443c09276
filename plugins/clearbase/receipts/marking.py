"""Marks written into an xlsx: filled and commented cells, the 处理结果 column, the summary sheet, and nothing else.

Everything that may run is made harmless on the way: formulas that reach out become their last value, and a text that
looks like a formula stays a text (messiness F12).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Final
from xml.sax.saxutils import escape

from openpyxl.utils import get_column_letter, range_boundaries

from clearbase.reading.result_column import CONFIRM_WORD, RESULT_HEADER, SUMMARY_SHEET
from clearbase.receipts.comments_xml import add_comments
from clearbase.receipts.formulas import CellSettler, texts_like_formulas
from clearbase.receipts.marks import GRAVITY, CellMark, SheetMarks, gravest_results
from clearbase.receipts.package import CONTENT_TYPE, Package, Unsuited
from clearbase.receipts.sheet_xml import SheetXml, range_of
from clearbase.receipts.style_sheet import StyleSheet
from clearbase.receipts.summary import summary_of
from clearbase.receipts.texts import RESULT_SHOWN, RuleText
from clearbase.receipts.workbook_xml import Sheet, WorkbookXml
from clearbase.records import MappedColumn, Receipt, SheetRead

COMMENTED: Final = 2000  # comments are drawn shapes: thousands of them make Excel slow
RED, YELLOW, GREY = "FFC7CE", "FFF2CC", "E7E6E6"
FILL_OF_SEVERITY: Final = {"error": RED, "warning": YELLOW}
FILL_OF_RESULT: Final = {"隔离": RED, "有错": RED, "退回": RED, "提醒": YELLOW, "待核": YELLOW, "重复": GREY}
SUMMARY_FILLS: Final = {RESULT_SHOWN.get(word, word): colour for word, colour in FILL_OF_RESULT.items()}
SUMMARY_FILLS.update({"错误": RED, "提醒": YELLOW})
RESULT_WIDTH, WIDTH_TO_ASK = 12.0, 32.0
CHOICE: Final = f'"{CONFIRM_WORD}"'
# (worksheet, header row) → the column that our results had in a former round.
FormerColumns = Mapping[tuple[int, int], int]


def marked(
    package: Package,
    receipt: Receipt,
    marks: Mapping[int, SheetMarks],
    texts: Mapping[str, RuleText],
    labels: Mapping[str, str],
    former: FormerColumns | None = None,
) -> bytes:
    """The package with all marks. Raises Unsuited for what cannot be written into; it is then to be thrown away."""
    book = WorkbookXml(package)
    styles_part = book.part_of("styles")
    if styles_part is None or any(sheet.name == SUMMARY_SHEET for sheet in book.sheets):
        raise Unsuited("no styles, or the marks of a former round")
    if former is None and any(is_result(column) for read in receipt.sheets for column in read.columns):
        raise Unsuited("the results of a former round")
    styles = StyleSheet(package.read(styles_part))
    names = _names_in(book, receipt)
    flagged = [mark for sheet in marks.values() for mark in sheet.cells]
    to_comment = _gravest(flagged)
    settle = CellSettler(styles, _texts_of(package, book))
    for sheet in list(book.sheets):
        xml = SheetXml(package.read(sheet.part))
        settle.settle(xml)
        xml.deselect()
        tables = [r for r in receipt.sheets if r.role == "roster" and names.get(r.position) == sheet.name]
        filtered, told = _mark_tables(xml, tables, marks, to_comment, styles, former or {})
        if filtered:
            book.filter_name(sheet, filtered)
        if told:
            _comment(package, sheet, xml, told)
        package.write(sheet.part, xml.xml())
    results = Counter(result for sheet in marks.values() for result in sheet.results.values())
    summary = summary_of(receipt, texts, labels, names, SUMMARY_FILLS, results, len(flagged), len(to_comment))
    part = package.free_name("xl/worksheets/sheet{}.xml")
    package.write(part, summary.xml(styles), CONTENT_TYPE + "worksheet+xml")
    book.add_first(SUMMARY_SHEET, part)
    if chain := book.part_of("calcChain"):  # a list of the formulas; Excel makes it anew
        package.drop(chain)
        package.unrelate("xl/workbook.xml", chain)
    package.write(styles_part, styles.xml())
    book.write()
    return package.save()


def is_result(column: MappedColumn) -> bool:
    """Whether the column is ours, of a former round, whatever group the levels of the header put it into."""
    return column.header.rsplit("/", 1)[-1] == RESULT_HEADER


def _names_in(book: WorkbookXml, receipt: Receipt) -> dict[int, str]:
    """Sheet position → its name in this workbook. One that is called after a person has another name in the receipt: it
    is known by its place."""
    titles = [sheet.name for sheet in book.sheets]
    told = {read.position: [read.name, *titles[read.worksheet - 1 : read.worksheet]] for read in receipt.sheets}
    return {position: next(n for n in some if n in titles) for position, some in told.items() if {*titles} & {*some}}


def _texts_of(package: Package, book: WorkbookXml) -> set[bytes]:
    """Places in the list of shared texts that look like formulas."""
    part = book.part_of("sharedStrings")
    return texts_like_formulas(package.read(part)) if part and part in package else set()


def _gravest(flagged: list[CellMark]) -> set[int]:
    """``id`` of the marks that get a comment: errors before warnings, then in reading order."""
    ordered = sorted(flagged, key=lambda mark: -GRAVITY[mark.severity])
    return {id(mark) for mark in ordered[:COMMENTED]}


def _mark_tables(
    xml: SheetXml, tables: list[SheetRead], marks: Mapping[int, SheetMarks], to_comment: set[int],
    styles: StyleSheet, former: FormerColumns,
) -> tuple[str, dict[tuple[int, int], str]]:  # fmt: skip
    """Marks the tables of one sheet. Returns the range that it filters, where that is ours, and its comments."""
    filtered, told = "", dict[tuple[int, int], str]()
    shown = {
        (row, col): (top, left)
        for top, left, bottom, right in xml.merges()
        for row in range(top, bottom + 1)
        for col in range(left, right + 1)
    }
    results_in: dict[int, int] = {}  # header row → column: tables side by side share it
    for read in tables:
        of_table = marks.get(read.position, SheetMarks())
        if read.header_row and read.header_row not in results_in:
            beside = [r for r in tables if r.header_row == read.header_row]
            results = gravest_results([marks[r.position] for r in beside if r.position in marks])
            last = max((c.col for r in beside for c in r.columns if not is_result(c)), default=1)
            known = former.get((read.worksheet, read.header_row))
            col = _result_column(xml, read.header_row, last, shown) if known is None else known
            filtered = _write_results(xml, read.header_row, col, results, styles, shown) or filtered
            results_in[read.header_row] = col
        for mark in of_table.cells:
            at = mark.col or results_in.get(read.header_row or 0)
            if at is None:
                continue
            row, col = shown.get((mark.row, at), (mark.row, at))
            if mark.col:
                xml.set_style(row, col, styles.filled(xml.style(row, col), FILL_OF_SEVERITY[mark.severity]))
            if id(mark) in to_comment:
                said = "\n\n".join(mark.remarks)
                told[row, col] = f"{said}\n\n{told[row, col]}" if (row, col) in told else said
    return filtered, told


def _result_column(xml: SheetXml, header_row: int, last: int, shown: Mapping[tuple[int, int], object]) -> int:
    """The first column right of the header that is free from the header row down. A formatted, empty cell is free; one
    with text below, or under a merged header, is not."""
    col = max([last, *xml.held_columns(header_row, last)]) + 1
    taken = {column for row, column in shown if row >= header_row}
    taken.update(c for row in xml.row_numbers() if row >= header_row for c in xml.held_columns(row, col - 1))
    while col in taken:
        col += 1
    return col


def _write_results(
    xml: SheetXml, header_row: int, col: int, results: Mapping[int, str], styles: StyleSheet,
    shown: Mapping[tuple[int, int], tuple[int, int]],
) -> str:  # fmt: skip
    """Write the column; it takes the look of the one to its left. Returns the range of the filter, where it is ours."""
    left = (header_row, col - 1)
    xml.set_text(header_row, col, xml.style(*shown.get(left, left)), RESULT_HEADER.encode())
    looks: dict[tuple[int, str], int] = {}
    for row, result in results.items():
        key = xml.style(row, col - 1), result
        if key not in looks:
            colour = FILL_OF_RESULT.get(result)
            looks[key] = styles.filled(key[0], colour) if colour else key[0]
        xml.set_text(row, col, looks[key], escape(RESULT_SHOWN.get(result, result)).encode())
    asking = any(result in RESULT_SHOWN for result in results.values())
    if asking:
        _offer_confirmation(xml, f"{get_column_letter(col)}{min(results)}:{get_column_letter(col)}{max(results)}")
    xml.give_width(col, WIDTH_TO_ASK if asking else RESULT_WIDTH)
    xml.reach_to(col)
    return _extend_filter(xml, header_row, col)


def _offer_confirmation(xml: SheetXml, ref: str) -> None:
    """A drop-down beside the lines: who is asked to confirm need not type it. Anything else may be typed."""
    ours = f'<dataValidation type="list" allowBlank="1" sqref="{ref}"><formula1>{CHOICE}</formula1></dataValidation>'
    known = xml.below("dataValidations") or b""
    kept = known[known.find(b">") + 1 : known.rfind(b"</")] if b"</" in known else b""
    count = kept.count(b"<dataValidation ") + 1
    told = b'<dataValidations count="%d">' % count + kept + ours.encode() + b"</dataValidations>"
    xml.set_below("dataValidations", told)


def _extend_filter(xml: SheetXml, header_row: int, col: int) -> str:
    if xml.below("tableParts"):  # a table brings its own filter, and two that overlap make Excel repair the file
        return ""
    known, first = xml.below("autoFilter"), 1
    if known:
        ref = known.partition(b'ref="')[2].partition(b'"')[0].decode()
        first_col, first_row, last_col, _ = range_boundaries(ref)
        if first_row != header_row or not last_col or not first_col:
            return ""
        first, col = first_col, max(col, last_col)
    told = range_of(header_row, first, max(xml.last_row, header_row), col)
    if known:
        xml.set_below("autoFilter", known.replace(f'ref="{ref}"'.encode(), f'ref="{told}"'.encode(), 1))
    else:
        xml.set_below("autoFilter", f'<autoFilter ref="{told}"/>'.encode())
    return told


def _comment(package: Package, sheet: Sheet, xml: SheetXml, told: Mapping[tuple[int, int], str]) -> None:
    known = xml.below("legacyDrawing")
    drawn_by = known.rpartition(b':id="')[2].partition(b'"')[0].decode() if known else None
    if new := add_comments(package, sheet.part, told, drawn_by):
        xml.refer_to_comments(new)
