"""Faults do to a cell what they say, in about the shares they say."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import numpy as np
import pytest
from stdnum.iso7064 import mod_11_2

from clearbase.district.careers import STILL_THERE, Spells
from clearbase.district.dirt import FAULTS, MENDED, SpoiltCells, fifteen, mask, misheard, wrong_digit
from clearbase.district.employers import make_employers
from clearbase.district.people import make_people
from clearbase.district.staff import Staff, staff_of

COUNT = 30_000


@pytest.fixture(scope="module")
def staff() -> Staff:
    people = make_people(2, registered=COUNT, worker=np.ones(COUNT, dtype=bool), today=dt.date(2026, 8, 1))
    who = np.arange(COUNT)
    spells = Spells(who, np.zeros(COUNT, dtype=np.int64), np.full(COUNT, 20_000), np.full(COUNT, STILL_THERE))
    return staff_of(make_employers(2, count=1, workers=COUNT)[0], spells, people, np.random.default_rng(1))


def test_a_wrong_digit_never_passes_the_check(staff: Staff) -> None:
    rng = np.random.default_rng(3)
    assert not any(mod_11_2.is_valid(wrong_digit(rng, number)) for number in staff.id_number[:3000])


def test_misheard_names_differ_in_one_character(staff: Staff) -> None:
    rng = np.random.default_rng(4)
    for name in staff.name[:3000]:
        other = misheard(rng, name)
        assert len(other) == len(name) and sum(a != b for a, b in zip(name, other, strict=True)) == 1


def test_masked_and_fifteen_digit_forms() -> None:
    assert mask("11010519491231002X") == "110105********002X"
    assert fifteen("11010519491231002X") == "110105491231002"


def test_shares_are_those_of_the_table_and_stay_steady(staff: Staff) -> None:
    rng = np.random.default_rng(5)
    cells = SpoiltCells(staff, 1.0)
    everybody = list(range(COUNT))
    applies = {
        (fault.field, fault.kind): sum(fault.applies(staff, place) for place in everybody) / COUNT for fault in FAULTS
    }
    for month in range(4):
        cells.mend(rng)
        cells.strike(rng, everybody)
        found = Counter((field, fault.kind) for row in cells.cells.values() for field, fault in row.items())
        for fault in FAULTS:
            expected = fault.share * applies[fault.field, fault.kind] * COUNT
            assert abs(found[fault.field, fault.kind] - expected) < 6 * expected**0.5 + 0.06 * expected, (month, fault)


def test_no_level_no_faults_and_mending_takes_them_away(staff: Staff) -> None:
    rng = np.random.default_rng(6)
    clean = SpoiltCells(staff, 0.0)
    clean.strike(rng, list(range(COUNT)))
    assert clean.cells == {}
    cells = SpoiltCells(staff, 1.0)
    cells.strike(rng, list(range(COUNT)))
    before = len(cells.cells)
    cells.mend(rng)
    assert abs(len(cells.cells) / before - (1 - MENDED)) < 0.06
    cells.mend(rng, 1.0)
    assert cells.cells == {}
