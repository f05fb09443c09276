"""What a file is, by its bytes and never by its name (messiness A1-A8).

Half of the ``.xls`` files that employers send are something else: HTML tables, XML, tab-separated text, renamed xlsx.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import Final, Literal

from clearbase.reading import archive
from clearbase.reading.mime_page import is_mime
from clearbase.reading.reasons import Unreadable

Container = Literal["xlsx", "xls", "spreadsheetml", "html", "text"]

NOTHING: Final = b"\x00 \t\r\n\xef\xbb\xbf"
HEAD: Final = 8192
OLE2: Final = bytes.fromhex("D0CF11E0A1B11AE1")
ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06")

# First bytes → reason code. Asked before anything else is tried.
REFUSED_MAGIC: Final[tuple[tuple[bytes, str], ...]] = (
    (b"%PDF", "pdf"),
    (b"\x89PNG\r\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"BM", "image"),  # with the length check below: text may begin with BM
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"Rar!\x1a\x07", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"\x1f\x8b\x08", "archive"),
    (b"{\\rtf", "word"),
)

# OLE2 directory entries → reason code, or None where calamine can read it. The first that is present wins: an encrypted
# workbook holds an EncryptionInfo stream, a Word file may embed a Workbook.
OLE2_STREAMS: Final[tuple[tuple[str, str | None], ...]] = (
    ("EncryptionInfo", "encrypted"),
    ("EncryptedPackage", "encrypted"),
    ("WordDocument", "word"),
    ("PowerPoint Document", "office_other"),
    ("Workbook", None),
    ("Book", None),
)

# Zip members → reason code, or None where calamine can read it.
ZIP_MEMBERS: Final[tuple[tuple[str, str | None], ...]] = (
    ("xl/workbook.xml", None),
    ("xl/workbook.bin", "xlsb"),
    ("word/document.xml", "word"),
    ("ppt/presentation.xml", "office_other"),
    ("content.xml", "ods"),
)

_HTML = re.compile(rb"<(!doctype\s+html|html|head|body|table|meta|style)\b", re.IGNORECASE)
_SPREADSHEETML = re.compile(rb"urn:schemas-microsoft-com:office:spreadsheet", re.IGNORECASE)
_MARKUP_BOMS: Final = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def recognise(data: bytes) -> Container:
    """The container of ``data``. Raises Unreadable with a reason code for what is no readable table."""
    if not data[:HEAD].strip(NOTHING) and not data.strip(NOTHING):  # the second copies all of it
        raise Unreadable("empty")
    for magic, code in REFUSED_MAGIC:
        if data.startswith(magic) and (magic != b"BM" or data[2:6] == len(data).to_bytes(4, "little")):
            raise Unreadable(code)
    if data.startswith(OLE2):
        return _recognise_ole2(data)
    if data.startswith(ZIP):
        return _recognise_zip(data)
    # BIFF2-BIFF4 streams stand without an OLE2 file round them.
    if data[:2] == b"\x09\x08" and data[2:4] in (b"\x08\x00", b"\x10\x00"):
        return "xls"
    return _recognise_markup(data)


def _recognise_ole2(data: bytes) -> Container:
    for name, code in OLE2_STREAMS:
        if _has_ole2_entry(data, name):
            if code is not None:
                raise Unreadable(code)
            return "xls"
    raise Unreadable("broken" if len(data) < 4096 else "office_other")


def _has_ole2_entry(data: bytes, name: str) -> bool:
    """Directory entries are 128 bytes long and aligned, and begin with the name in UTF-16 ([MS-CFB] 2.6.1)."""
    wanted = (name + "\x00").encode("utf-16-le")
    at = data.find(wanted)
    while at >= 0:
        if at % 128 == 0:
            return True
        at = data.find(wanted, at + 1)
    return False


def _recognise_zip(data: bytes) -> Container:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            members = {name.replace("\\", "/").lower() for name in package.namelist()}
            encrypted = any(info.flag_bits & archive.ENCRYPTED for info in package.infolist())
            refused = None if archive.is_document(package) else archive.refusal(package)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, UnicodeDecodeError) as error:
        raise Unreadable("broken_zip") from error
    for name, code in ZIP_MEMBERS:
        if name in members:
            if code is not None:
                raise Unreadable(code)
            if encrypted:
                raise Unreadable("encrypted")
            return "xlsx"
    raise Unreadable(refused or "archive")


def has_macros(data: bytes) -> bool:
    """Whether a readable workbook carries VBA (messiness A11); nothing of it is ever run."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return any(name.lower().endswith("vbaproject.bin") for name in package.namelist())


def _recognise_markup(data: bytes) -> Container:
    head = data[:HEAD]
    if head.startswith(_MARKUP_BOMS[1:]):
        head = head.replace(b"\x00", b"")
    for bom in _MARKUP_BOMS:
        head = head.removeprefix(bom)
    head = head.lstrip()
    if head[:1] == b"<":
        if _SPREADSHEETML.search(head):
            return "spreadsheetml"
        if _HTML.search(head):
            return "html"
        raise Unreadable("not_tabular")
    return "html" if is_mime(head) else "text"
