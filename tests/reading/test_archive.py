"""A zip of several rosters: what is in it comes out under the name that a person typed, and nothing else."""

from __future__ import annotations

import io
import random
import zipfile

import pytest
from roster_files import HEADER, csv_bytes, person, xlsx

from clearbase.reading import archive
from clearbase.reading.archive import unpack
from clearbase.reading.file import read_roster

MOST = 2**20


def names_and_data(data: bytes) -> list[tuple[str, bytes | None]]:
    return [(member.name, member.data) for member in unpack(io.BytesIO(data), MOST)]


def zip_of(*members: tuple[zipfile.ZipInfo | str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for member, content in members:
            package.writestr(member, content)
    return out.getvalue()


def in_gbk(data: bytes, name: str) -> bytes:
    """As Chinese Windows packs: the name's GBK bytes, and no mark that says so."""
    placeholder = "x" * len(name.encode("gbk"))
    return data.replace(placeholder.encode(), name.encode("gbk"))


def test_files_come_out_one_by_one_without_what_systems_leave() -> None:
    book, table = xlsx(("a", [HEADER, person(1)])), csv_bytes([HEADER, ["1", "甲", "男", "", "", ""]])
    data = zip_of(
        ("一车间/花名册.xlsx", book), ("花名册.csv", table), ("__MACOSX/._花名册.csv", b"x"), ("~$花名册.xlsx", b"x")
    )
    assert names_and_data(data) == [("一车间/花名册.xlsx", book), ("花名册.csv", table)]


def test_names_in_gbk_are_read_as_they_were_typed() -> None:
    name = "北仑区二〇二六年花名册.csv"
    placeholder = "x" * len(name.encode("gbk"))
    assert names_and_data(in_gbk(zip_of((placeholder, b"a,b")), name)) == [(name, b"a,b")]


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "..\\..\\etc\\passwd", "a/../../etc/passwd"])
def test_a_path_is_only_a_label(name: str) -> None:
    ((label, _),) = names_and_data(zip_of((name, b"x")))
    assert label in ("etc/passwd", "a/etc/passwd")


def test_a_workbook_is_no_archive_and_what_is_refused_is_not_unpacked() -> None:
    assert names_and_data(xlsx(("a", [HEADER, person(1)]))) == []
    bomb = zip_of(("a.csv", bytes(archive.RATIO_COUNTS_FROM + 1)))
    assert names_and_data(bomb) == []
    assert read_roster(bomb, "a.zip").reason == "archive_limits"
    encrypted = bytearray(zip_of(("a.csv", b"1,2")))
    for head, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        encrypted[encrypted.index(head) + flags] |= 1
    assert names_and_data(bytes(encrypted)) == []
    assert read_roster(bytes(encrypted), "a.zip").reason == "archive_encrypted"


def test_a_damaged_or_too_large_file_is_told_and_the_others_come_out() -> None:
    data = bytearray(zip_of(("1.csv", random.Random(1).randbytes(500)), ("2.csv", b"a,b"), ("3.csv", bytes(MOST + 1))))
    data[100] ^= 0xFF
    one, two, three = unpack(io.BytesIO(bytes(data)), MOST)
    assert (one.data, two.data, three.data) == (None, b"a,b", None)
    assert one.size <= MOST < three.size


def test_an_archive_in_an_archive_is_not_opened() -> None:
    inner = zip_of(("花名册.csv", b"a,b"))
    assert names_and_data(zip_of(("内.zip", inner))) == [("内.zip", inner)]
    assert read_roster(inner, "内.zip").reason == "archive"
