"""Cells in each other's place are put back where both say so; what is in its place stays there."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from people import ZHANG, features, somebody

TOLD = ("name", "digits", "phone")
SWAPPED = {
    "name and phone": {"name": "13812345678", "phone": "张伟强"},
    "name and phone, typed with blanks": {"name": "138 1234 5678", "phone": " 张 伟强"},
    "name and number": {"name": ZHANG, "id_number": "张伟强"},
    "number and phone": {"id_number": "13812345678", "phone": ZHANG},
    "number in the name's cell": {"name": f"张伟强 {ZHANG}", "id_number": ""},
}
KEPT = {
    "no name anywhere": ({"name": "13812345678", "phone": ""}, "name", None),
    "a phone for a number, and a phone": ({"id_number": "13912345678"}, "phone", "13812345678"),
    "a word that is no name": ({"name": "13812345678", "phone": "无"}, "name", None),
}


@pytest.mark.parametrize("case", SWAPPED)
def test_what_was_exchanged_is_put_back(case: str) -> None:
    mended, whole = (features([somebody("1", **cells)]).to_pylist()[0] for cells in (SWAPPED[case], {}))
    assert [mended[column] for column in TOLD] == [whole[column] for column in TOLD]


@pytest.mark.parametrize("case", KEPT)
def test_what_is_told_by_one_cell_alone_stays(case: str) -> None:
    cells, column, expected = KEPT[case]
    assert features([somebody("1", **cells)]).to_pylist()[0][column] == expected


def test_a_column_of_nobody() -> None:
    assert features([]).num_rows == 0
