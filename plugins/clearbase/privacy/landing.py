"""The landing store: originals and staged batches, sealed. A file is a header and chunks, so size costs no memory.

Header: magic · the file's key, wrapped under a data key (length-prefixed). Chunks of 1 MiB, each sealed with the file's
name and its own number as associated data; the last one says so, hence a cut file does not open.
"""

from __future__ import annotations

import hashlib
import io
import os
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Protocol

import pyarrow as pa

from clearbase.errors import SealError
from clearbase.privacy.key_sources import KEY_BYTES
from clearbase.privacy.keyring import Keyring
from clearbase.privacy.sealing import key_of, open_sealed, seal
from clearbase.runtime.private_files import private_folder

MAGIC = b"CLEARBASE\x01"
CHUNK = 2**20
_LENGTH = struct.Struct(">I")


class Readable(Protocol):
    """What can be sealed: anything that gives its bytes piece by piece, b"" at the end."""

    def read(self, size: int, /) -> bytes: ...


def seal_file(keyring: Keyring, path: Path, source: Readable) -> tuple[bytes, int]:
    """Seal ``source`` into ``path`` (whole or not at all). Returns its SHA-256 and its size in bytes."""
    private_folder(path.parent)
    name = path.name.encode()
    key = os.urandom(KEY_BYTES)
    digest, size, number = hashlib.sha256(), 0, 0
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
        _write_part(out, MAGIC, keyring.wrap(key, b"landing:" + name))
        block = source.read(CHUNK)
        while True:
            following = source.read(CHUNK) if block else b""
            digest.update(block)
            size += len(block)
            _write_part(out, b"", seal(key, 0, block, _place(name, number, last=not following)))
            if not following:
                break
            block, number = following, number + 1
        out.flush()
        os.fsync(out.fileno())
    draft.replace(path)
    return digest.digest(), size


def open_file(keyring: Keyring, path: Path) -> bytes:
    """The clear bytes of a sealed file. Raises SealError if it is altered, cut or another home's."""
    return b"".join(_chunks(keyring, path))


def seal_table(keyring: Keyring, path: Path, table: pa.Table) -> None:
    """Seal an Arrow table (IPC stream) as a staged batch."""
    buffer = io.BytesIO()
    with pa.ipc.new_stream(buffer, table.schema) as writer:
        writer.write_table(table)
    buffer.seek(0)
    seal_file(keyring, path, buffer)


def open_table(keyring: Keyring, path: Path) -> pa.Table:
    """The staged Arrow table."""
    return pa.ipc.open_stream(open_file(keyring, path)).read_all()


def wrap_anew(keyring: Keyring, path: Path) -> bool:
    """Wrap the file's key under the newest data key, where another one wraps it. Raises SealError.

    In its place: the wrapped key keeps its length and lies within one sector, so that a reader finds the old one or the
    new one, and a file that is taken away meanwhile does not come back.
    """
    with path.open("r+b", buffering=0) as file:
        if file.read(len(MAGIC)) != MAGIC:
            raise SealError("not a file of the landing store")
        wrapped = _read_part(file)
        if key_of(wrapped) == keyring.newest:
            return False
        context = b"landing:" + path.name.encode()
        anew = keyring.wrap(keyring.unwrap(wrapped, context), context)
        os.pwrite(file.fileno(), anew, len(MAGIC) + _LENGTH.size)
        os.fsync(file.fileno())
    return True


def _chunks(keyring: Keyring, path: Path) -> Iterator[bytes]:
    name = path.name.encode()
    with path.open("rb") as source:
        if source.read(len(MAGIC)) != MAGIC:
            raise SealError("not a file of the landing store")
        keys = {0: keyring.unwrap(_read_part(source), b"landing:" + name)}
        number, part = 0, _read_part(source)
        while part:
            following = _read_part(source)
            yield open_sealed(keys, part, _place(name, number, last=not following))
            number, part = number + 1, following
        if number == 0:
            raise SealError("a file of the landing store was cut")


def _write_part(out: BinaryIO, head: bytes, part: bytes) -> None:
    out.write(head + _LENGTH.pack(len(part)) + part)


def _read_part(source: Readable) -> bytes:
    head = source.read(_LENGTH.size)
    return source.read(_LENGTH.unpack(head)[0]) if len(head) == _LENGTH.size else b""


def _place(name: bytes, number: int, *, last: bool) -> bytes:
    return b"landing:%s:%d:%d" % (name, number, last)
