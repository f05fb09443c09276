"""What goes wrong in rosters, how often, and what the cell then holds (messiness.md, whose numbers stand behind).

A spoilt cell stays spoilt month after month until the office mends it, as in life. ``clean`` kinds are those that a
reader can put right from the cell alone: a row with nothing else is a clean row.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from clearbase.district import words
from clearbase.district.staff import Cell, Staff

MENDED = 0.3  # of the spoilt cells, a month


@dataclass(frozen=True)
class Fault:
    """``share`` of the rows to which it ``applies``; ``spoil`` gives the cell for one spell of the staff."""

    field: str
    kind: str
    share: float
    clean: bool
    spoil: Callable[[np.random.Generator, Staff, int], Cell]
    applies: Callable[[Staff, int], bool] = lambda staff, place: True


@dataclass(frozen=True)
class Spoilt:
    """A cell as it stands in the roster instead of the true value."""

    kind: str
    clean: bool
    cell: Cell


def _pick(rng: np.random.Generator, choices: tuple[str, ...]) -> str:
    return choices[int(rng.integers(len(choices)))]


def _spaced_number(rng: np.random.Generator, staff: Staff, place: int) -> str:
    number = staff.id_number[place]
    forms = [
        f"{number[:6]} {number[6:14]} {number[14:]}", f" {number}", f"{number} ", f"\t{number}", f"{number}\u00a0",
        f"\u200b{number}", f"'{number}", "".join(chr(ord(c) + 0xFEE0) for c in number),
    ]  # fmt: skip
    if number.endswith("X"):
        forms += [number.lower()] * 8
    return _pick(rng, tuple(forms))


def _wrong_digit(rng: np.random.Generator, staff: Staff, place: int) -> str:
    return wrong_digit(rng, staff.id_number[place])


def wrong_digit(rng: np.random.Generator, number: str) -> str:
    """One of the first 17 digits replaced: ISO 7064 MOD 11-2 catches every one."""
    where = int(rng.integers(6, 17))
    other = (int(number[where]) + int(rng.integers(1, 10))) % 10
    return f"{number[:where]}{other}{number[where + 1 :]}"


def misheard(rng: np.random.Generator, name: str) -> str:
    """A character for one of the same sound or look; where the table knows none, another given name."""
    known = [where for where, c in enumerate(name) if c in words.MISHEARD]
    if known:
        where = known[int(rng.integers(len(known)))]
        return f"{name[:where]}{words.MISHEARD[name[where]]}{name[where + 1 :]}"
    others = tuple(c for c in words.GIVEN_MALE if c not in name)
    return name[:-1] + _pick(rng, others)


def _spaced_name(rng: np.random.Generator, staff: Staff, place: int) -> str:
    name = staff.name[place]
    if len(name) == 2:
        return name[0] + _pick(rng, (" ", "  ", "\u3000")) + name[1]
    return _pick(rng, (f"{name} ", f" {name}", f"{name}\u3000", f"{name[0]} {name[1:]}"))


def _bad_phone(rng: np.random.Generator, staff: Staff, place: int) -> Cell:
    phone = staff.phone[place]
    return _pick(rng, (phone[:-1], phone + phone[-1], "2" + phone[1:], "无", "12345678901"))


def _impossible_hire(rng: np.random.Generator, staff: Staff, place: int) -> str:
    hired = staff.hire_date[place]
    return _pick(
        rng, (f"{hired.year}.2.30", f"{hired.year}年13月{hired.day}日", "1900-01-00", f"{hired.year + 100}-1-1")
    )


def _other_style(rng: np.random.Generator, staff: Staff, place: int) -> str:
    hired = staff.hire_date[place]
    y, m, d = hired.year, hired.month, hired.day
    return _pick(
        rng, (f"{y}.{m}.{d}", f"{y}年{m}月{d}日", f"{y}{m:02d}{d:02d}", f"{y}/{m}/{d}", f"{y}-{m:02d}-{d:02d}")
    )


def _has_dot(staff: Staff, place: int) -> bool:
    return words.DOT in staff.name[place]


FAULTS: tuple[Fault, ...] = (
    Fault("id_number", "spaced", 0.02, True, _spaced_number),
    Fault("id_number", "wrong_digit", 0.003, False, _wrong_digit),
    Fault("id_number", "missing", 0.003, False, lambda rng, staff, place: None),
    Fault("id_number", "masked", 0.001, False, lambda rng, staff, place: mask(staff.id_number[place])),
    Fault("id_number", "fifteen_digits", 0.001, False, lambda rng, staff, place: fifteen(staff.id_number[place]),
          lambda staff, place: staff.id_number[place][6:8] == "19"),
    Fault("id_number", "borrowed", 0.0005, False, lambda rng, staff, place: staff.stranger[place],
          lambda staff, place: staff.stranger[place] != staff.id_number[place]),
    Fault("name", "spaced", 0.02, True, _spaced_name, lambda staff, place: not _has_dot(staff, place)),
    Fault("name", "dot_variant", 0.35, True,
          lambda rng, staff, place: staff.name[place].replace(words.DOT, _pick(rng, tuple("•・‧．.∙●"))), _has_dot),
    Fault("name", "note", 0.001, False, lambda rng, staff, place: staff.name[place] + _pick(rng, words.NAME_NOTES)),
    Fault("name", "misheard", 0.002, False, lambda rng, staff, place: misheard(rng, staff.name[place])),
    Fault("name", "missing", 0.001, False, lambda rng, staff, place: None),
    Fault("sex", "contradicts_number", 0.001, False,
          lambda rng, staff, place: "女" if staff.sex[place] == "男" else "男"),
    Fault("phone", "spaced", 0.01, True,
          lambda rng, staff, place: f"{staff.phone[place][:3]} {staff.phone[place][3:7]} {staff.phone[place][7:]}"),
    Fault("phone", "invalid", 0.005, False, _bad_phone),
    Fault("household_address", "missing", 0.001, False, lambda rng, staff, place: None),
    Fault("current_address", "missing", 0.002, False, lambda rng, staff, place: None),
    Fault("hire_date", "other_style", 0.01, True, _other_style),
    Fault("hire_date", "missing", 0.0015, False, lambda rng, staff, place: None),
    Fault("hire_date", "impossible", 0.0015, False, _impossible_hire),
)  # fmt: skip

DUPLICATE_ROW = 0.003  # of the rows: the same again, further down (G2)
LEAVER_LEFT_STANDING = 0.05  # of a month's leavers: still on the list, "(离职)" behind the name (D7)
# Of the files: the whole column of numbers typed as numbers (C1) or, by software, stored as such (C2); those ending in
# X stay text (C4). In CSV: saved from Excel as 3.30203E+17 (C5).
NUMBER_COLUMN = 0.03
SCIENTIFIC_COLUMN = 0.01


def mask(number: str) -> str:
    return f"{number[:6]}{'*' * 8}{number[14:]}"


def fifteen(number: str) -> str:
    """The first-generation form: no century, no check (GB 11643-1999, before 1999)."""
    return number[:6] + number[8:17]


class SpoiltCells:
    """The cells of one employer's list that are spoilt at present: place of the spell → field → what stands there."""

    def __init__(self, staff: Staff, level: float) -> None:
        """``level`` multiplies every share."""
        self.staff = staff
        self.level = level
        self.cells: dict[int, dict[str, Spoilt]] = {}
        self._listed: set[int] = set()

    def mend(self, rng: np.random.Generator, share: float = MENDED) -> None:
        """The office puts a share of the spoilt rows right."""
        for place in [place for place in self.cells if rng.random() < share]:
            del self.cells[place]

    def strike(self, rng: np.random.Generator, places: list[int]) -> None:
        """A month's new faults among the rows of these spells. Rows listed for the first time get the whole share, the
        others what keeps it steady beside the mending."""
        if self.level <= 0 or not places:
            return
        chance = np.array([MENDED if place in self._listed else 1.0 for place in places]) * self.level
        self._listed.update(places)
        for fault in FAULTS:
            for hit in np.flatnonzero(rng.random(len(places)) < fault.share * chance).tolist():
                place = places[hit]
                if fault.applies(self.staff, place):
                    cell = fault.spoil(rng, self.staff, place)
                    self.cells.setdefault(place, {})[fault.field] = Spoilt(fault.kind, fault.clean, cell)
