"""What a workbook says of a cell beside its value: struck out, an error, in a hidden row (messiness B10, F1, F15).

calamine gives values only, and openpyxl costs ten times as much, so the sheets' XML is scanned for the few attributes
that say so (ECMA-376 part 1, 18.3.1.4 ``c``, 18.3.1.73 ``row``, 18.8.22 ``font``). Only xlsx; a sheet beyond
``MAX_SCANNED`` bytes is not looked at.
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
_HIDDEN_ROW: Final = re.compile(rb"<(?:\w+:)?row\b(?=[^>]*\bhidden=\"(?:1|true)\")[^>]*?\br=\"(\d{1,7})\"")
_RELATION: Final = re.compile(rb"<Relationship\b[^>]*>")
_SHEET: Final = re.compile(rb"<(?:\w+:)?sheet\b[^>]*>")


@dataclass
class CellMarks:
    """Places are (row, column), both from 0. ``errors``: place → ``#REF!``. ``widths``: how many cells each line of a
    text file has, where they differ."""

    struck: set[tuple[int, int]] = field(default_factory=set)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    widths: npt.NDArray[np.int32] | None = None


def marks_of_workbook(data: bytes) -> list[CellMarks]:
    """The marks of each sheet in the workbook's order; none of a sheet that cannot be scanned."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            styles = next((part for part in package.infolist() if part.filename == STYLES), None)
            is_small = styles is not None and styles.file_size <= MAX_SCANNED
            struck = _struck_formats(package.read(STYLES)) if is_small else set()
            return [_marks(package, part, struck) for part in _sheet_parts(package)]
    except (*DAMAGED, KeyError):
        return []


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


def _marks(package: zipfile.ZipFile, part: str | None, struck: set[int]) -> CellMarks:
    marks = CellMarks()
    if part is None or package.getinfo(part).file_size > MAX_SCANNED:
        return marks
    for block in _blocks(package, part):
        if b"hidden=" in block:
            marks.hidden_rows |= {int(row) - 1 for row in _HIDDEN_ROW.findall(block)}
        if struck or b't="e"' in block:
            _scan_cells(block, struck, marks)
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


def _scan_cells(block: bytes, struck: set[int], marks: CellMarks) -> None:
    for cell in _CELL.finditer(block):
        said = cell[1]
        is_error = b't="e"' in said
        style = _STYLE.search(said) if struck else None
        is_struck = style is not None and int(style[1]) in struck and not cell[2]
        if not (is_error or is_struck) or not (reference := _REFERENCE.search(said)):
            continue
        place = (int(reference[2]) - 1, column_number(reference[1]) - 1)
        if is_struck:
            marks.struck.add(place)
        if is_error and (value := _ERROR.search(block, cell.end(), cell.end() + 400)):
            marks.errors[place] = value[1].decode("ascii", "replace")
