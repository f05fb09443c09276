"""The styles of an xlsx (``xl/styles.xml``), with the few looks added that marking needs.

A cell's look is the number of a format. Marked, it has another number: that of its own format with another fill. Each
is made once, and all that stands there stays as it is, extensions too.
"""

from __future__ import annotations

import re
from typing import Final

from clearbase.receipts.package import Unsuited

ENTRY: Final = {
    name: re.compile(rb"<%b\b[^>]*/>|<%b\b[^>]*>.*?</%b>" % (tag, tag, tag), re.DOTALL)
    for name, tag in (("fonts", b"font"), ("fills", b"fill"), ("borders", b"border"), ("cellXfs", b"xf"))
}
COUNT: Final = re.compile(rb'\scount="[0-9]*"')


class StyleSheet:
    """``filled``, ``quoted`` and ``look`` give numbers of formats; ``xml`` the part with all of them."""

    def __init__(self, xml: bytes) -> None:
        self._xml = xml
        self._entries: dict[str, list[bytes]] = {}
        self._known: dict[tuple[object, ...], int] = {}
        for name, entry in ENTRY.items():
            match = _block(name).search(xml)
            if match is None:
                raise Unsuited("styles without " + name)
            self._entries[name] = entry.findall(match[2])
        if not self._entries["cellXfs"]:
            raise Unsuited("no formats")

    def filled(self, style: int, colour: str) -> int:
        """The format ``style`` with a fill of this colour (``FFC7CE``)."""
        fill = self._add("fills", _fill(colour))
        return self._changed(style, b"fillId", b"%d" % fill, b"applyFill")

    def quoted(self, style: int) -> int:
        """The format ``style`` of a text that is no formula, whatever it begins with."""
        return self._changed(style, b"quotePrefix", b"1")

    def look(self, font: str, colour: str | None, border: str, alignment: str) -> int:
        """A format of our own from XML of font, border and alignment (attributes), and the colour of a fill."""
        fill = self._add("fills", _fill(colour)) if colour else 0
        fonts, borders = self._add("fonts", font.encode()), self._add("borders", border.encode())
        xf = (
            f'<xf numFmtId="0" fontId="{fonts}" fillId="{fill}" borderId="{borders}" xfId="0" applyFont="1"'
            f' applyFill="1" applyBorder="1" applyAlignment="1"><alignment {alignment}/></xf>'
        )
        return self._add("cellXfs", xf.encode())

    def xml(self) -> bytes:
        """``xl/styles.xml``."""
        xml = self._xml
        for name, entries in self._entries.items():
            match = _block(name).search(xml)
            assert match is not None
            opening = COUNT.sub(b"", match[1])[:-1] + b' count="%d">' % len(entries)
            xml = xml[: match.start()] + opening + b"".join(entries) + match[3] + xml[match.end() :]
        return xml

    def _changed(self, style: int, attribute: bytes, value: bytes, applies: bytes = b"") -> int:
        key = (style, attribute, value)
        if key not in self._known:
            if style >= len(self._entries["cellXfs"]):
                raise Unsuited("a format that is not there")
            xf = _with_attribute(self._entries["cellXfs"][style], attribute, value)
            self._known[key] = self._add("cellXfs", _with_attribute(xf, applies, b"1") if applies else xf)
        return self._known[key]

    def _add(self, name: str, entry: bytes) -> int:
        key = (name, entry)
        if key not in self._known:
            self._entries[name].append(entry)
            self._known[key] = len(self._entries[name]) - 1
        return self._known[key]


def _block(name: str) -> re.Pattern[bytes]:
    return re.compile(rb"(<%b\b[^>]*(?<!/)>)(.*?)(</%b>)" % (name.encode(), name.encode()), re.DOTALL)


def _fill(colour: str) -> bytes:
    return b'<fill><patternFill patternType="solid"><fgColor rgb="FF%b"/></patternFill></fill>' % colour.encode()


def _with_attribute(element: bytes, name: bytes, value: bytes) -> bytes:
    """An element with an attribute of its opening tag set."""
    end = element.index(b">")
    opening = re.sub(rb'\s%b="[^"]*"' % name, b"", element[:end])
    at = re.match(rb"<[\w:]+", opening)
    assert at is not None
    return opening[: at.end()] + b' %b="%b"' % (name, value) + opening[at.end() :] + element[end:]
