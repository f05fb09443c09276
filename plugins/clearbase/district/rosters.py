"""One roster file: who stands on it, in which row, with which cells, and what is wrong with each row."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from clearbase.district.dirt import DUPLICATE_ROW, SpoiltCells
from clearbase.district.layouts import DateStyle, Layout
from clearbase.district.staff import Cell, Staff
from clearbase.district.words import LEFT_NOTE
from clearbase.district.writers import Sheet

Standing = Literal["employed", "left", "left_standing"]
_DATE_FIELDS = ("hire_date", "leave_date", "birth_date")


@dataclass(frozen=True)
class Entry:
    """A row to be: a spell's place in the staff, and whether the row is the same again."""

    place: int
    standing: Standing
    duplicate: bool = False


@dataclass(frozen=True)
class Line:
    """The truth about one row of people. ``dirt``: ``field:kind`` for each spoilt cell."""

    row: int
    place: int
    employed: bool
    duplicate: bool
    clean: bool
    dirt: tuple[str, ...]


@dataclass
class Roster:
    sheets: list[Sheet]
    position: int  # of the sheet of people, 1-based
    lines: list[Line] = field(default_factory=list)


def with_duplicates(rng: np.random.Generator, entries: list[Entry], level: float) -> list[Entry]:
    """Some rows once more, further down the list (messiness G2)."""
    out = list(entries)
    for place in np.flatnonzero(rng.random(len(entries)) < DUPLICATE_ROW * level).tolist():
        again = entries[place]
        below = out.index(again) + 1
        out.insert(int(rng.integers(below, len(out) + 1)), Entry(again.place, again.standing, duplicate=True))
    return out


def compose(
    layout: Layout, staff: Staff, month: dt.date, entries: Iterable[Entry], spoilt: SpoiltCells, *,
    number_column: bool, clerk: str,
) -> Roster:  # fmt: skip
    """``number_column``: identity numbers typed as numbers. ``clerk``: who signs in the footer."""
    roster = Roster(sheets=_notes(layout), position=(len(layout.notes) and 2) or 1)
    sheet = Sheet(layout.sheet, width=len(layout.columns))
    words = title_words(staff, month, layout)
    sheet.rows += [[title.format(**words)] for title in layout.titles]
    sheet.titles = len(layout.titles)
    sheet.rows.append([header for _, header in layout.columns])
    sheet.header = len(sheet.rows)
    fields = [name for name, _ in layout.columns]
    columns = {name: _rendered(staff, name, layout) for name in fields if name not in ("row_no", "employment_status")}
    number = 0
    for number, entry in enumerate(entries, 1):
        cells = {name: column[entry.place] for name, column in columns.items()}
        cells["row_no"] = float(number)
        cells["employment_status"] = "离职" if entry.standing == "left" else "在职"
        if entry.standing != "left":
            cells["leave_date"] = None
        dirt, clean = _spoil(cells, entry, staff, spoilt, layout if number_column else None)
        sheet.rows.append([cells[name] for name in fields])
        roster.lines.append(
            Line(len(sheet.rows), entry.place, entry.standing == "employed", entry.duplicate, clean, dirt)
        )
    for extra in range(layout.blank_rows):
        sheet.rows.append([float(number + extra + 1) if name == "row_no" else None for name in fields])
    sheet.rows += [[line.format(**words, rows=number, clerk=clerk) or None] for line in layout.footer]
    roster.sheets.append(sheet)
    return roster


def title_words(staff: Staff, month: dt.date, layout: Layout) -> dict[str, str]:
    last = (month.replace(day=28) + dt.timedelta(days=4)).replace(day=1) - dt.timedelta(days=1)
    return {
        "employer": staff.employer.name, "uscc": staff.employer.uscc,
        "year": str(month.year), "month": str(month.month), "mm": f"{month.month:02d}",
        "last": f"{last.year}年{last.month}月{last.day}日", "what": layout.what,
    }  # fmt: skip


def _notes(layout: Layout) -> list[Sheet]:
    return [Sheet(layout.notes[0], [[line] for line in layout.notes])] if layout.notes else []


def _spoil(
    cells: dict[str, Cell], entry: Entry, staff: Staff, spoilt: SpoiltCells, as_numbers: Layout | None
) -> tuple[tuple[str, ...], bool]:
    """Puts what is spoilt into ``cells``; gives the kinds and whether the row is clean all the same."""
    dirt, clean = [], True
    for name, fault in spoilt.cells.get(entry.place, {}).items():
        cells[name] = fault.cell
        dirt.append(f"{name}:{fault.kind}")
        clean = clean and fault.clean
    if entry.standing == "left_standing":
        cells["name"] = f"{staff.name[entry.place]}{LEFT_NOTE}"
        dirt = [kind for kind in dirt if not kind.startswith("name:")] + ["name:left_note"]
        clean = False
    number = cells["id_number"]
    if as_numbers is not None and isinstance(number, str) and re.fullmatch("[0-9]{18}", number):
        kept = number if as_numbers.by_software else f"{number[:15]}000"
        cells["id_number"] = float(int(kept))
        dirt.append("id_number:scientific" if as_numbers.container == "csv" else "id_number:stored_as_number")
        clean = False
    return tuple(dirt), clean


def _rendered(staff: Staff, name: str, layout: Layout) -> list[Cell]:
    column = staff.values(name)
    if name in _DATE_FIELDS:
        return [None if not isinstance(day, dt.date) else _dated(day, layout.date_style) for day in column]
    if name == "phone" and layout.phone_as_number:
        return [float(str(phone)) for phone in column]
    return column


def _dated(day: dt.date, style: DateStyle) -> Cell:
    match style:
        case "cell":
            return day
        case "dots":
            return f"{day.year}.{day.month}.{day.day}"
        case "han":
            return f"{day.year}年{day.month}月{day.day}日"
        case "compact":
            return f"{day:%Y%m%d}"
        case "compact_number":
            return float(f"{day:%Y%m%d}")
        case "iso":
            return day.isoformat()
