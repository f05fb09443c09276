"""What a workbook says of a cell beside its value: struck out, an error, a formula, in a hidden row (messiness B10,
F1, F11, F15), and from when it counts its days.

calamine gives values only, and openpyxl costs ten times as much, so the sheets' XML is scanned for the few attributes
that say so (ECMA-376 part 1, 18.3.1.4 ``c``, 18.3.1.40 ``f``, 18.3.1.73 ``row``, 18.4.8 ``si``, 18.8.22 ``font``). A
sheet beyond ``MAX_SCANNED`` bytes is not looked at, and says so.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt

from clearbase.reading.archive import DAMAGED
from clearbase.reading.extent import column_number
from clearbase.reading.shared_texts import SHARED_STRINGS

MAX_SCANNED: Final = 256 * 2**20
STYLES: Final = "xl/styles.xml"
_BLOCK: Final = 4 * 2**20
_FONTS: Final = re.compile(rb"<(?:\w+:)?fonts\b.*?</(?:\w+:)?fonts>", re.DOTALL)
_FONT: Final = re.compile(rb"<(?:\w+:)?font\b(?:[^>]*/>|.*?</(?:\w+:)?font>)", re.DOTALL)
_STRUCK: Final = re.compile(rb"<(?:\w+:)?d?strike(?!\s+val=\"(?:0|false)\")[\s/>]")
_FORMATS: Final = re.compile(rb"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", re.DOTALL)
_FORMAT: Final = re.compile(rb"<(?:\w+:)?xf\b[^>]*?\bfontId=\"(\d+)\"")
_CELL: Final = re.compile(rb"<(?:\w+:)?c\b([^>]*?)(/?)>")
_REFERENCE: Final = re.compile(rb"\br=\"([A-Z]{1,3})(\d{1,7})\"")
_STYLE: Final = re.compile(rb"\bs=\"(\d+)\"")
_ERROR: Final = re.compile(rb"<(?:\w+:)?v>([^<]{1,20})<")
_INDEX: Final = re.compile(rb"<(?:\w+:)?v>(\d{1,9})<")
_SHARED: Final = re.compile(rb"<(?:\w+:)?si\b(?:[^>]*/>|.*?</(?:\w+:)?si>)", re.DOTALL)
_PLACED: Final = rb"<(?:\w+:)?c\b[^>]*?\br=\"([A-Z]{1,3})(\d{1,7})\""
_INLINE: Final = re.compile(_PLACED + rb"[^>]*>\s*<(?:\w+:)?is\b(.*?)</(?:\w+:)?is>", re.DOTALL)
_FORMULA: Final = re.compile(
    _PLACED + rb"([^>]*)>\s*<(?:\w+:)?f\b[^>]*?(?:/>|>[^<]*</(?:\w+:)?f>)\s*(<(?:\w+:)?v[^>]*>[^<])?"
)
_FROM_1904: Final = re.compile(rb"<(?:\w+:)?workbookPr\b[^>]*\bdate1904=\"(?:1|true)\"")
_HIDDEN_ROW: Final = re.compile(rb"<(?:\w+:)?row\b(?=[^>]*\bhidden=\"(?:1|true)\")[^>]*?\br=\"(\d{1,7})\"")
_RELATION: Final = re.compile(rb"<Relationship\b[^>]*>")
_SHEET: Final = re.compile(rb"<(?:\w+:)?sheet\b[^>]*>")


@dataclass
class CellMarks:
    """Places are (row, column), both from 0. ``errors``: place → ``#REF!``. ``formulas``: column → rows whose cell is a
    formula; ``uncalculated``: those of them that hold no result.

    ``widths``: how many cells each line of a text file has, where they differ. ``scanned``: whether the sheet was
    looked at. ``from_1904``: whether the workbook's day 0 is 1904-01-01.
    """

    struck: set[tuple[int, int]] = field(default_factory=set)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    formulas: dict[int, npt.NDArray[np.int64]] = field(default_factory=dict)
    uncalculated: set[tuple[int, int]] = field(default_factory=set)
    widths: npt.NDArray[np.int32] | None = None
    scanned: bool = True
    from_1904: bool = False


@dataclass(frozen=True)
class _Struck:
    """Which cell formats and which shared texts are struck out."""

    formats: set[int]
    texts: set[int]


def marks_of_workbook(data: bytes, may_be_struck: bool) -> list[CellMarks]:
    """The marks of each sheet in the workbook's order. ``may_be_struck``: see ``shared_texts.SharedTexts``."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = {part.filename.lower(): part for part in package.infolist()}
            styles = _small(package, parts.get(STYLES))
            texts = _small(package, parts.get(SHARED_STRINGS)) if may_be_struck else b""
            struck = _Struck(_struck_formats(styles or b""), _struck_texts(texts or b""))
            from_1904 = bool(_FROM_1904.search(package.read("xl/workbook.xml")))
            marks = [_marks(package, part, struck) for part in _sheet_parts(package)]
    except (*DAMAGED, KeyError):
        return []
    for one in marks:
        one.from_1904 = from_1904
        one.scanned = one.scanned and styles is not None and texts is not None
    return marks


def _small(package: zipfile.ZipFile, part: zipfile.ZipInfo | None) -> bytes | None:
    """A part that need not be there; None for one that is too large to be looked at."""
    if part is None:
        return b""
    return package.read(part) if part.file_size <= MAX_SCANNED else None


def _sheet_parts(package: zipfile.ZipFile) -> list[str | None]:
    """The part of each sheet, in the order of the workbook."""
    targets = {}
    for relation in _RELATION.findall(package.read("xl/_rels/workbook.xml.rels")):
        said = dict(re.findall(rb"(\w+)=\"([^\"]*)\"", relation))
        targets[said.get(b"Id", b"")] = said.get(b"Target", b"").decode("utf-8", "replace")
    parts: list[str | None] = []
    for sheet in _SHEET.findall(package.read("xl/workbook.xml")):
        wanted = re.search(rb"\b(?:\w+:)id=\"([^\"]*)\"", sheet)
        target = targets.get(wanted[1], "") if wanted else ""
        part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        parts.append(part if part in package.namelist() else None)
    return parts


def _struck_formats(styles: bytes) -> set[int]:
    """Which cell formats are struck out."""
    fonts, formats = _FONTS.search(styles), _FORMATS.search(styles)
    if not fonts or not formats:
        return set()
    struck = {n for n, font in enumerate(_FONT.findall(fonts[0])) if _STRUCK.search(font)}
    return {n for n, found in enumerate(_FORMAT.findall(formats[0])) if int(found) in struck} if struck else set()


def _struck_texts(shared: bytes) -> set[int]:
    """Which shared texts are struck out, if only in part: the rest of the cell looks as if it were still meant."""
    return {n for n, text in enumerate(_SHARED.finditer(shared)) if _STRUCK.search(shared, text.start(), text.end())}


def _marks(package: zipfile.ZipFile, part: str | None, struck: _Struck) -> CellMarks:
    marks = CellMarks()
    if part is None or package.getinfo(part).file_size > MAX_SCANNED:
        marks.scanned = False
        return marks
    formulas: dict[bytes, list[bytes]] = {}
    for block in _blocks(package, part):
        if b"hidden=" in block:
            marks.hidden_rows |= {int(row) - 1 for row in _HIDDEN_ROW.findall(block)}
        if struck.formats or struck.texts or b't="e"' in block:
            _scan_cells(block, struck, marks)
        if b"strike" in block:
            marks.struck |= {_place(c[1], c[2]) for c in _INLINE.finditer(block) if _STRUCK.search(c[3])}
        # One search a block where there is none; a formula that only refers to another one follows it.
        if formulas or b"</f>" in block or (b"</row>" not in block and b":f>" in block):
            _scan_formulas(block, formulas, marks)
    for letters, rows in formulas.items():
        marks.formulas[column_number(letters) - 1] = np.array(rows).astype(np.int64) - 1
    return marks


def _blocks(package: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """The part in pieces that end with a row."""
    rest = b""
    with package.open(part) as stream:
        while block := stream.read(_BLOCK):
            whole = rest + block
            end = whole.rfind(b"</row>") + 6 if b"</row>" in whole else 0
            yield whole[:end]
            rest = whole[end:]
    yield rest


def _scan_cells(block: bytes, struck: _Struck, marks: CellMarks) -> None:
    formats, texts = struck.formats, struck.texts
    for cell in _CELL.finditer(block):
        said = cell[1]
        is_error = b't="e"' in said
        style = _STYLE.search(said) if formats else None
        is_struck = style is not None and int(style[1]) in formats and not cell[2]
        if texts and not is_struck and b't="s"' in said:
            value = _INDEX.match(block, cell.end())
            is_struck = value is not None and int(value[1]) in texts
        if not (is_error or is_struck) or not (reference := _REFERENCE.search(said)):
            continue
        place = _place(reference[1], reference[2])
        if is_struck:
            marks.struck.add(place)
        if is_error and (value := _ERROR.search(block, cell.end(), cell.end() + 400)):
            marks.errors[place] = value[1].decode("ascii", "replace")


def _scan_formulas(block: bytes, formulas: dict[bytes, list[bytes]], marks: CellMarks) -> None:
    """Formulas and those without a result: a program wrote them that does not calculate. An empty text is a result."""
    for letters, row, said, value in _FORMULA.findall(block):
        formulas.setdefault(letters, []).append(row)
        if not value and b't="str"' not in said:
            marks.uncalculated.add(_place(letters, row))


def _place(letters: bytes, row: bytes) -> tuple[int, int]:
    return int(row) - 1, column_number(letters) - 1
