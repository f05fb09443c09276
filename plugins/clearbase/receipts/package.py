"""An xlsx as the package of parts that it is (ECMA-376 part 2), to write into without taking the rest apart.

What is not touched goes back byte for byte: charts, pictures, drop-downs, conditional formats. Only packages whose
parts are all of kinds that do nothing when opened are written into; macros, links to other files and embedded objects
are not among them (messiness A11): such a workbook is first copied without them (``clean_copy``).
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from typing import Final
from xml.etree import ElementTree
from xml.sax.saxutils import quoteattr

MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONSHIPS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
CONTENT_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml."
TYPES_PART: Final = "[Content_Types].xml"
WORKBOOK: Final = "xl/workbook.xml"
PLAIN_WORKBOOK: Final = CONTENT_TYPE + "sheet.main+xml"
# A template or a workbook that may have macros (but has none) goes back as a plain one.
OTHER_WORKBOOKS: Final = (
    CONTENT_TYPE + "template.main+xml",
    "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    "application/vnd.ms-excel.template.macroEnabled.main+xml",
)
HARMLESS_PARTS: Final = re.compile(
    r"\[content_types\]\.xml|_rels/\.rels|docprops/.+|docmetadata/.+|customxml/.+"
    r"|xl/(?:workbook|sharedstrings|styles|calcchain|cellimages)\.xml|xl/_rels/(?:workbook|cellimages)\.xml\.rels"
    r"|xl/(?:worksheets|theme|drawings|charts|media|tables|printersettings|comments)/.+|xl/comments[^/]*\.xml",
    re.IGNORECASE,
)
LEVEL: Final = 4  # of deflate: a twentieth larger than 6, in half the time
HEADING: Final = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


class Unsuited(Exception):
    """A package that is not written into directly; the text names no content."""


@dataclass(frozen=True)
class Relationship:
    """One line of a ``.rels`` part. ``target``: the part that is meant, or an address where ``external``."""

    id: str
    type: str
    target: str
    external: bool = False


class Package:
    """The parts of an xlsx. Raises Unsuited for one with parts or relationships that are not all harmless."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except zipfile.BadZipFile:
            raise Unsuited("no zip") from None
        self._members = {info.filename: info for info in self._zip.infolist() if not info.is_dir()}
        self._written: dict[str, bytes] = {}
        self._dropped: set[str] = set()
        if any(not HARMLESS_PARTS.fullmatch(name) for name in self._members):
            raise Unsuited("a part that may do something")
        if len({name.lower() for name in self._members}) < len(self._zip.infolist()):
            raise Unsuited("two parts of one name")
        for name in self._members:
            if name.endswith(".rels"):
                self._refuse_what_lies_outside(name)

    def __contains__(self, name: str) -> bool:
        return name in self._written or (name in self._members and name not in self._dropped)

    def read(self, name: str) -> bytes:
        """A part as it stands now. Raises Unsuited where it is not there, or is no plain UTF-8 XML."""
        if name in self._written:
            return self._written[name]
        if name not in self:
            raise Unsuited("a part is not there")
        content = self._zip.read(name)
        if content[:2] in (b"\xff\xfe", b"\xfe\xff") or b"<!" in content[:1000]:
            raise Unsuited("no plain UTF-8")
        return content.removeprefix(b"\xef\xbb\xbf")

    def write(self, name: str, content: bytes, content_type: str = "") -> None:
        """Set a part; ``content_type`` where it is new."""
        self._written[name] = content
        if content_type:
            self._edit_types(name, content_type)

    def drop(self, name: str) -> None:
        """Take a part away, and what says of which type it is."""
        if name in self:
            self._dropped.add(name)
            self._written.pop(name, None)
            self._edit_types(name, None)

    def free_name(self, pattern: str) -> str:
        """``xl/comments{}.xml`` → the first such name that no part has."""
        taken = {name.lower() for name in (*self._members, *self._written)}
        return next(name for n in range(1, 10_000) if (name := pattern.format(n)).lower() not in taken)

    def relationships(self, part: str) -> list[Relationship]:
        """What a part refers to."""
        name = rels_of(part)
        return self._relationships(name, part) if name in self else []

    def relate(self, part: str, type_: str, target: str) -> str:
        """Add a relationship to another part. Returns its id."""
        known = self.relationships(part)
        taken = {one.id for one in known}
        new = next(i for n in range(1, 10_000) if (i := f"rIdQ{n}") not in taken)
        self._write_relationships(part, [*known, Relationship(new, type_, target)])
        return new

    def unrelate(self, part: str, target: str) -> None:
        """Take the relationships to another part away."""
        self._write_relationships(part, [one for one in self.relationships(part) if one.target != target])

    def use_plain_workbook_type(self) -> None:
        types = self.read(TYPES_PART)
        for other in OTHER_WORKBOOKS:
            types = types.replace(other.encode(), PLAIN_WORKBOOK.encode())
        self._written[TYPES_PART] = types

    def save(self) -> bytes:
        """The package as bytes."""
        saved = BytesIO()
        with zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL) as out:
            for name, info in self._members.items():
                if name in self:
                    content = self._written.get(name)
                    out.writestr(name, self._zip.read(name) if content is None else content, info.compress_type)
            for name, content in self._written.items():
                if name not in self._members:
                    out.writestr(name, content)
        return saved.getvalue()

    def _refuse_what_lies_outside(self, name: str) -> None:
        for one in self._relationships(name, ""):
            if one.external and not one.type.endswith("/hyperlink"):
                raise Unsuited("something outside the file")

    def _relationships(self, name: str, part: str) -> list[Relationship]:
        folder, found = posixpath.dirname(part), []
        for each in parsed(self.read(name)):
            target, external = each.get("Target", ""), each.get("TargetMode") == "External"
            if not external:
                target = posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/")
            found.append(Relationship(each.get("Id", ""), each.get("Type", ""), target, external))
        return found

    def _write_relationships(self, part: str, relationships: Iterable[Relationship]) -> None:
        lines = [
            f"<Relationship Id={quoteattr(one.id)} Type={quoteattr(one.type)}"
            + (f' Target={quoteattr(one.target)} TargetMode="External"/>' if one.external
               else f" Target={quoteattr('/' + one.target)}/>")
            for one in relationships
        ]  # fmt: skip
        body = f'<Relationships xmlns="{PACKAGE}/relationships">{"".join(lines)}</Relationships>'
        self._written[rels_of(part)] = HEADING + body.encode()

    def _edit_types(self, name: str, content_type: str | None) -> None:
        """The part's line in the list of types, set or taken away; the rest stays."""
        lines = []
        for each in parsed(self.read(TYPES_PART)):
            kind = each.tag.rpartition("}")[2]
            key = "Extension" if kind == "Default" else "PartName"
            if key == "PartName" and each.get(key, "").lower() == f"/{name}".lower():
                continue
            lines.append(
                f"<{kind} {key}={quoteattr(each.get(key, ''))} ContentType={quoteattr(each.get('ContentType', ''))}/>"
            )
        if content_type:
            lines.append(f"<Override PartName={quoteattr('/' + name)} ContentType={quoteattr(content_type)}/>")
        body = f'<Types xmlns="{PACKAGE}/content-types">{"".join(lines)}</Types>'
        self._written[TYPES_PART] = HEADING + body.encode()


def rels_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def parsed(content: bytes) -> ElementTree.Element:
    """A small part's root. Raises Unsuited for what is no XML, or declares entities."""
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise Unsuited("entities")
    try:
        return ElementTree.fromstring(content)  # noqa: S314 (no entities: see above)
    except ElementTree.ParseError:
        raise Unsuited("no XML") from None
