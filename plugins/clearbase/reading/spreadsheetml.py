"""XML Spreadsheet 2003, saved as .xls by HR systems (messiness A2): typed cells, streamed, no entities."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import Any, Final
from xml.parsers import expat

from clearbase.reading.cells import CellError
from clearbase.reading.encoding import utf8_of
from clearbase.reading.grid import Grid, make_grid
from clearbase.reading.merged_rows import RowPlacer
from clearbase.reading.reasons import Unreadable

SS: Final = "urn:schemas-microsoft-com:office:spreadsheet "
EXCEL: Final = "urn:schemas-microsoft-com:office:excel "
_MOMENT: Final = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d):(\d\d)(?:\.\d+)?)?")
_DECLARATION: Final = re.compile(rb"\A\s*<\?xml\b[^>]*\?>")
_CHINESE: Final = re.compile(rb"\s*<\?xml\b[^>]*\bencoding\s*=\s*[\"'](gb2312|gbk|gb18030|cp936)[\"']", re.IGNORECASE)


@dataclass
class _Sheet:
    name: str
    cells: RowPlacer = field(default_factory=RowPlacer)
    hidden: bool = False


def read_spreadsheetml(data: bytes) -> list[Grid]:
    """One grid a worksheet. Raises Unreadable: broken for XML that is damaged or declares entities, too_large."""
    data = _understood(data)
    reader = _Reader()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.characters
    parser.EntityDeclHandler = _refuse_entity
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise Unreadable("broken") from error
    return [make_grid(at, s.name, s.cells.columns(), s.hidden, s.cells.merges) for at, s in enumerate(reader.sheets, 1)]


def _understood(data: bytes) -> bytes:
    """expat knows no Chinese encoding: what declares one is given to it in UTF-8, and the declaration is taken off."""
    if _CHINESE.match(data):
        return _DECLARATION.sub(b"", utf8_of(data)[0], count=1)
    return data


def _refuse_entity(*_: Any) -> None:
    """A spreadsheet needs no entities: they would be a bomb, or a way to other files."""
    raise Unreadable("broken")


class _Reader:
    def __init__(self) -> None:
        self.sheets: list[_Sheet] = []
        self._text: list[str] | None = None
        self._type = "String"
        self._value: Any = ""
        self._place: tuple[int, int, int | None] = (1, 1, None)

    def start(self, tag: str, attrs: dict[str, str]) -> None:
        if tag == SS + "Worksheet":
            self.sheets.append(_Sheet(attrs.get(SS + "Name", "")))
        elif not self.sheets:
            return
        elif tag == SS + "Row":
            index = _number(attrs.get(SS + "Index"))
            self.sheets[-1].cells.start_row(index - 1 if index else None)
        elif tag == SS + "Cell":
            index = _number(attrs.get(SS + "Index"))
            across, down = _number(attrs.get(SS + "MergeAcross")), _number(attrs.get(SS + "MergeDown"))
            self._place, self._value = (across + 1, down + 1, index - 1 if index else None), ""
        elif tag == SS + "Data":
            self._type, self._text = attrs.get(SS + "Type", "String"), []
        elif tag == EXCEL + "Visible":
            self._text = []

    def characters(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)

    def end(self, tag: str) -> None:
        if not self.sheets:
            return
        if tag == SS + "Data" and self._text is not None:
            self._value, self._text = typed_value(self._type, "".join(self._text)), None
        elif tag == SS + "Cell" and self.sheets[-1].cells.has_row:
            self.sheets[-1].cells.place(self._value, *self._place)
            self._value = ""
        elif tag == EXCEL + "Visible" and self._text is not None:
            self.sheets[-1].hidden, self._text = "".join(self._text).strip() != "SheetVisible", None


def typed_value(kind: str, text: str) -> Any:
    """``ss:Type`` and its text to the value that calamine would give; an unknown form stays text."""
    if kind == "Number":
        try:
            return float(text)
        except ValueError:
            return text
    if kind == "Boolean":
        return text.strip() == "1"
    if kind == "DateTime" and (found := _MOMENT.fullmatch(text.strip())):
        try:
            year, month, day, hour, minute, second = (int(part or 0) for part in found.groups())
            moment = dt.datetime(year, month, day, hour, minute, second)
        except ValueError:
            return text
        return moment.date() if moment.time() == dt.time() else moment
    if kind == "Error":
        return CellError(text)
    return text


def _number(text: str | None) -> int:
    return int(text) if text and re.fullmatch(r"\d{1,7}", text) else 0
