"""Whom to call, as people write it; what is not wholly understood stays as it is."""

from __future__ import annotations

import pytest

from clearbase.standards.contact import split


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("王五", ("王五", None)),
        ("王五/父子", ("王五", None)),
        ("李某（母）", ("李某", None)),
        ("（妻）李某 13800138000", ("李某", "13800138000")),
        ("13800138000李某", ("李某", "13800138000")),
        ("李某/13800138000/妻", ("李某", "13800138000")),
        ("李某 138-0013-8000", ("李某", "13800138000")),
        ("李某 +86 13800138000", ("李某", "13800138000")),
        ("李某 0557-1234567", ("李某", "0557-1234567")),
        ("电话13800138000", (None, "13800138000")),
        ("李某（母）/王某（父）", ("李某（母）/王某（父）", None)),
        ("李某 13800138000 13900139000", ("李某 13800138000 13900139000", None)),
        ("村委会3号楼", ("村委会3号楼", None)),
    ],
)
def test_a_name_and_a_number_in_one_cell(said: str, read: tuple[str | None, str | None]) -> None:
    assert split(said) == read
