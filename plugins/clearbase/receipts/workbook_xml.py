"""``xl/workbook.xml``: which sheets there are, which is shown first, and the names that filters have there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from openpyxl.utils import absolute_coordinate, quote_sheetname

from clearbase.receipts.package import MAIN, RELATIONSHIPS, WORKBOOK, Package, Unsuited, parsed

FILTER: Final = "_xlnm._FilterDatabase"
# In a name: another workbook, or a program that is spoken to (DDE).
REACHES_OUT: Final = re.compile(rb"<definedName\b[^>]*>[^<]*[\[|]")
NAMES: Final = re.compile(rb"<definedNames\s*/>|<definedNames>(.*?)</definedNames>", re.DOTALL)
VIEW: Final = re.compile(rb"<workbookView\b([^>]*?)(/?)>")


@dataclass(frozen=True)
class Sheet:
    """A sheet's name and the part that holds it."""

    name: str
    part: str


class WorkbookXml:
    """The workbook part of a package. Raises Unsuited where it is written in an unusual way or reaches out."""

    def __init__(self, package: Package) -> None:
        self._package, self._xml = package, package.read(WORKBOOK)
        head = self._xml[: self._xml.find(b"<sheets")]
        if f'xmlns="{MAIN}"'.encode() not in head or b"</sheets>" not in self._xml:
            raise Unsuited("a workbook written in an unusual way")
        if b"<externalReferences" in self._xml or REACHES_OUT.search(self._xml):
            raise Unsuited("a reference to another file")
        parts = {one.id: one for one in package.relationships(WORKBOOK)}
        self.sheets: list[Sheet] = []
        self._ids = []
        for each in parsed(self._xml).iterfind(f"{{{MAIN}}}sheets/{{{MAIN}}}sheet"):
            related = parts.get(each.get(f"{{{RELATIONSHIPS}}}id", ""))
            if related is None or not related.type.endswith("/worksheet"):
                raise Unsuited("a sheet that is no worksheet")
            self.sheets.append(Sheet(each.get("name", ""), related.target))
            self._ids.append(int(each.get("sheetId", "0")))

    def part_of(self, kind: str) -> str | None:
        """The workbook's part of a kind (``styles``, ``sharedStrings``, ``calcChain``)."""
        known = self._package.relationships(WORKBOOK)
        return next((one.target for one in known if one.type == f"{RELATIONSHIPS}/{kind}"), None)

    def add_first(self, name: str, part: str) -> None:
        """Add a sheet behind the others, and show it first."""
        relationship = self._package.relate(WORKBOOK, f"{RELATIONSHIPS}/worksheet", part)
        sheet = f'<sheet xmlns:r="{RELATIONSHIPS}" name={quoteattr(name)} sheetId="{max(self._ids, default=0) + 1}"'
        self._insert_before(b"</sheets>", f'{sheet} r:id="{relationship}"/>'.encode())
        place = len(self.sheets)
        self.sheets.append(Sheet(name, part))
        if VIEW.search(self._xml):
            self._xml = VIEW.sub(lambda match: _opened_at(match, place), self._xml)
        else:
            self._insert_before(b"<sheets", b'<bookViews><workbookView activeTab="%d"/></bookViews>' % place)

    def filter_name(self, sheet: Sheet, ref: str) -> None:
        """The hidden name under which Excel and LibreOffice know the range that a sheet filters."""
        place = self.sheets.index(sheet)
        told = escape(f"{quote_sheetname(sheet.name)}!{absolute_coordinate(ref)}")
        name = f'<definedName name="{FILTER}" localSheetId="{place}" hidden="1">{told}</definedName>'.encode()
        match = NAMES.search(self._xml)
        if match is None:
            after = b"</functionGroups>" if b"</functionGroups>" in self._xml else b"</sheets>"
            self._insert_before(after, b"<definedNames>" + name + b"</definedNames>", behind=len(after))
            return
        kept = [
            one
            for one in re.findall(rb"<definedName\b.*?</definedName>", match[1] or b"", re.DOTALL)
            if not (FILTER.encode() in one and b'localSheetId="%d"' % place in one)
        ]
        names = b"<definedNames>" + b"".join([*kept, name]) + b"</definedNames>"
        self._xml = self._xml[: match.start()] + names + self._xml[match.end() :]

    def write(self) -> None:
        self._package.write(WORKBOOK, self._xml)
        self._package.use_plain_workbook_type()

    def _insert_before(self, mark: bytes, told: bytes, behind: int = 0) -> None:
        at = self._xml.index(mark) + behind
        self._xml = self._xml[:at] + told + self._xml[at:]


def _opened_at(match: re.Match[bytes], place: int) -> bytes:
    attributes = re.sub(rb'\sactiveTab="[^"]*"', b"", match[1])
    return b'<workbookView%b activeTab="%d"%b>' % (attributes.rstrip(), place, match[2])
