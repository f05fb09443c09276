"""The landing store: any size, no clear byte, no cut or moved file."""

from __future__ import annotations

import io
from pathlib import Path

import pyarrow as pa
import pytest

from clearbase.errors import SealError
from clearbase.privacy.keyring import Keyring
from clearbase.privacy.landing import CHUNK, open_file, open_table, seal_file, seal_table


@pytest.fixture
def keyring() -> Keyring:
    return Keyring(bytes(32), bytes(32), {1: bytes(range(32))})


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_files_of_every_size_come_back(keyring: Keyring, tmp_path: Path, size: int) -> None:
    clear = (b"0123456789abcdef" * (size // 16 + 1))[:size]
    path = tmp_path / "1.sealed"
    assert seal_file(keyring, path, io.BytesIO(clear))[1] == size
    assert open_file(keyring, path) == clear
    assert path.stat().st_mode & 0o777 == 0o600
    assert size < 16 or b"0123456789abcdef" not in path.read_bytes()


def test_a_cut_altered_or_renamed_file_does_not_open(keyring: Keyring, tmp_path: Path) -> None:
    path = tmp_path / "1.sealed"
    seal_file(keyring, path, io.BytesIO(bytes(CHUNK + 10)))
    whole = path.read_bytes()
    first_chunk_only = whole[: whole.rindex(whole[-42:])]
    for broken in (
        first_chunk_only[: len(whole) - 43],
        whole[:-1],
        whole[:200] + bytes([whole[200] ^ 1]) + whole[201:],
        b"",
        whole[:30],
    ):
        path.write_bytes(broken)
        with pytest.raises(SealError):
            open_file(keyring, path)
    moved = tmp_path / "2.sealed"
    moved.write_bytes(whole)
    with pytest.raises(SealError):
        open_file(keyring, moved)


def test_a_staged_table_comes_back(keyring: Keyring, tmp_path: Path) -> None:
    table = pa.table({"name": ["王伟", None], "row": pa.array([1, 2], pa.int32())})
    seal_table(keyring, tmp_path / "1.lines.sealed", table)
    assert open_table(keyring, tmp_path / "1.lines.sealed").equals(table)
    assert "王伟".encode() not in (tmp_path / "1.lines.sealed").read_bytes()
