"""Several rosters in one zip (messiness A10): each file of it is a submission of its own.

Nothing is ever written where a member's name says: names are labels. Limits are asked before anything is unpacked, and
again while it is, since a directory may lie.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO, Final

MAGIC: Final = b"PK\x03\x04"
MAX_MEMBERS: Final = 500
MAX_UNPACKED: Final = 2**30
MAX_RATIO: Final = 200
RATIO_COUNTS_FROM: Final = 32 * 2**20
MAX_DEPTH: Final = 8  # of folders; an archive in an archive is not opened at all
# What makes a zip a document and no archive.
DOCUMENTS: Final = ("[content_types].xml", "xl/workbook.xml", "content.xml", "mimetype")
LEFT_BEHIND: Final = ("__macosx/", "thumbs.db", "desktop.ini", ".ds_store")
UTF8_NAME: Final = 0x800  # APPNOTE 4.4.4, bit 11
ENCRYPTED: Final = 0x1
DAMAGED: Final = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError)


@dataclass(frozen=True)
class Member:
    """``name``: its folders and its own name, ``/`` between them. ``data`` is None where it is damaged or too large;
    ``size`` then says which."""

    name: str
    size: int
    data: bytes | None


def unpack(source: BinaryIO, most_bytes: int) -> Iterator[Member]:
    """The files of a zip archive, one after another. Nothing where it is none, or one that ``refusal`` refuses.

    ``most_bytes``: how large a file may be.
    """
    if source.read(len(MAGIC)) != MAGIC:
        return
    try:
        package = zipfile.ZipFile(source)
    except DAMAGED:
        return
    with package:
        if is_document(package) or refusal(package):
            return
        for info in _files(package):
            yield Member(_label(info), info.file_size, _content(package, info, most_bytes))


def is_document(package: zipfile.ZipFile) -> bool:
    """Whether the zip is an office file."""
    names = {name.replace("\\", "/").lower() for name in package.namelist()}
    return any(name in names for name in DOCUMENTS)


def refusal(package: zipfile.ZipFile) -> str | None:
    """Why an archive is not unpacked: a code of ``reading.reasons``, or None."""
    files = _files(package)
    if not files:
        return "archive_empty"
    if any(info.flag_bits & ENCRYPTED for info in files):
        return "archive_encrypted"
    deepest = max(len(PurePosixPath(_label(info)).parts) for info in files)
    unpacked = sum(info.file_size for info in files)
    if len(files) > MAX_MEMBERS or unpacked > MAX_UNPACKED or deepest > MAX_DEPTH:
        return "archive_limits"
    swollen = any(
        info.file_size > RATIO_COUNTS_FROM and info.file_size > MAX_RATIO * max(info.compress_size, 1) for info in files
    )
    return "archive_limits" if swollen else None


def _files(package: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    return [info for info in package.infolist() if not info.is_dir() and not _is_left_behind(_label(info))]


def _is_left_behind(name: str) -> bool:
    """What systems and programs leave lying about."""
    own = PurePosixPath(name).name.lower()
    return own.startswith(("~$", ".")) or own in LEFT_BEHIND or name.lower().startswith(LEFT_BEHIND[0])


def _label(info: zipfile.ZipInfo) -> str:
    """The name as a person typed it: Chinese Windows packs names in GBK and does not say so."""
    name = info.filename
    if not info.flag_bits & UTF8_NAME:
        raw = name.encode("cp437", "replace")
        try:
            name = raw.decode("utf-8")
        except UnicodeDecodeError:
            name = raw.decode("gb18030", "replace")
    parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    return "/".join(parts) or "_"


def _content(package: zipfile.ZipFile, info: zipfile.ZipInfo, most_bytes: int) -> bytes | None:
    if info.file_size > most_bytes:
        return None
    try:
        with package.open(info) as stream:
            data = stream.read(info.file_size + 1)
    except DAMAGED:
        return None
    return data if len(data) == info.file_size else None
