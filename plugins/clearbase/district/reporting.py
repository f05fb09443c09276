"""What one employer sends over the months: full rosters, sometimes lists of joiners or leavers, copies, corrections."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import numpy as np

from clearbase.district.careers import Spells
from clearbase.district.dirt import LEAVER_LEFT_STANDING, NUMBER_COLUMN, SCIENTIFIC_COLUMN, SpoiltCells
from clearbase.district.employers import Employer
from clearbase.district.layouts import LAYOUTS, Layout, layout_for_list
from clearbase.district.people import People
from clearbase.district.rosters import Entry, Standing, compose, title_words, with_duplicates
from clearbase.district.staff import Staff, staff_of
from clearbase.district.truth import Truth
from clearbase.district.writers import XLS_ROWS, write_file

# Of the employers: who also send a list of joiners, of leavers. Of their full rosters: sent again as they are, and sent
# again corrected (the first one lacked some people, and most of what was spoilt is put right).
JOINERS_TOO, LEAVERS_TOO, SENT_AGAIN, CORRECTED = 0.08, 0.08, 0.04, 0.04
PUT_RIGHT = 0.6
# What people append to a file name; each sorts after the name itself.
COPY_SUFFIXES, CORRECTED_SUFFIX = ("_副本", "_最终版", "副本"), "_更正"
Kind = Literal["full", "joiners", "leavers"]


class Reporter:
    """One employer's office: its layout, its habits, and what is spoilt in its list at present."""

    def __init__(
        self, seed: int, employer: Employer, spells: Spells, people: People, *, dirt: float, folder: Path, truth: Truth
    ) -> None:
        """``spells``: this employer's. ``folder``: ``rosters/``."""
        self.rng = np.random.default_rng([seed, 4, employer.number])
        self.staff: Staff = staff_of(employer, spells, people, self.rng)
        self.level = dirt * employer.care
        self.dirt = dirt
        self.spoilt = SpoiltCells(self.staff, self.level)
        self.folder, self.truth = folder, truth
        self.layout = _choose_layout(self.rng, len(spells))
        self.habits = {"joiners": self.rng.random() < JOINERS_TOO, "leavers": self.rng.random() < LEAVERS_TOO}
        self.clerk = people.names(self.rng.integers(0, len(people), 1))[0]
        self.ever_spoilt: set[int] = set()
        self.all_clean = True

    def report(self, month: dt.date, first: int, after: int) -> None:
        """Everything that is sent for ``month``, whose days are ``first`` … ``after`` − 1, and its truth."""
        spells = self.staff.spells
        there = np.flatnonzero((spells.start < after) & (spells.end >= after)).tolist()
        joined = np.flatnonzero((spells.start >= first) & (spells.start < after)).tolist()
        gone = np.flatnonzero((spells.end >= first) & (spells.end < after)).tolist()
        self.spoilt.mend(self.rng)
        self.spoilt.strike(self.rng, there + gone)
        if there:
            self._send_full(month, there, gone)
        if joined and self.habits["joiners"]:
            self._send("joiners", month, joined, "employed")
        if gone and self.habits["leavers"]:
            self._send("leavers", month, gone, "left")
        self.truth.add_headcount(
            self.staff.employer.uscc, f"{month:%Y-%m}", persons=set(spells.person[there].tolist()),
            spoilt=self.ever_spoilt, all_clean=self.all_clean,
        )  # fmt: skip

    def _send_full(self, month: dt.date, there: list[int], gone: list[int]) -> None:
        standing: list[Entry] = [Entry(place, "employed") for place in there]
        if self.layout.shows_leavers:
            standing += [Entry(place, "left") for place in gone]
        else:
            forgotten = self.rng.random(len(gone)) < LEAVER_LEFT_STANDING * self.level
            standing += [Entry(place, "left_standing") for place, kept in zip(gone, forgotten, strict=True) if kept]
        again, corrected = self.rng.random(2)
        if corrected < CORRECTED and len(there) > 3:
            missing = set(self.rng.choice(there, int(self.rng.integers(1, 4)), replace=False).tolist())
            first = self._write("full", month, [entry for entry in standing if entry.place not in missing])
            self.spoilt.mend(self.rng, PUT_RIGHT)
            self._write("full", month, standing, corrects=first)
        else:
            file = self._write("full", month, standing)
            if again < SENT_AGAIN:
                self._send_again(file)

    def _send(self, kind: Literal["joiners", "leavers"], month: dt.date, places: Sequence[int], how: Standing) -> None:
        self._write(kind, month, [Entry(place, how) for place in places])

    def _write(self, kind: Kind, month: dt.date, entries: list[Entry], corrects: str = "") -> str:
        """Writes one file and its truth; gives its path below ``rosters/``."""
        layout = self.layout if kind == "full" else layout_for_list(self.layout, kind)
        as_numbers = NUMBER_COLUMN if layout.container != "csv" else SCIENTIFIC_COLUMN
        roster = compose(
            layout, self.staff, month, with_duplicates(self.rng, entries, self.level), self.spoilt,
            number_column=self.rng.random() < as_numbers * self.dirt, clerk=self.clerk,
        )  # fmt: skip
        name = layout.stem.format(**title_words(self.staff, month, layout)) + (CORRECTED_SUFFIX if corrects else "")
        file = f"{self.staff.employer.uscc}/{name}.{layout.container}"
        write_file(self.folder / file, layout, roster.sheets)
        self._last = (roster, layout, month, kind)
        self.truth.add_file(file, self.staff, roster, layout, month=f"{month:%Y-%m}", kind=kind, corrects=corrects)
        bad = {int(self.staff.spells.person[line.place]) for line in roster.lines if not line.clean}
        self.ever_spoilt |= bad
        self.all_clean = self.all_clean and not bad
        return file

    def _send_again(self, file: str) -> None:
        roster, layout, month, kind = self._last
        stem, ending = file.rsplit(".", 1)
        copy = f"{stem}{COPY_SUFFIXES[int(self.rng.integers(len(COPY_SUFFIXES)))]}.{ending}"
        shutil.copyfile(self.folder / file, self.folder / copy)
        self.truth.add_file(copy, self.staff, roster, layout, month=f"{month:%Y-%m}", kind=kind, repeat_of=file)


def _choose_layout(rng: np.random.Generator, rows: int) -> Layout:
    share = np.array([layout.share for layout in LAYOUTS])
    layout = LAYOUTS[int(rng.choice(len(LAYOUTS), p=share / share.sum()))]
    # Twice as many rows as people ever employed leaves room for titles, duplicates and footers.
    return layout if layout.container != "xls" or 2 * rows < XLS_ROWS else LAYOUTS[0]
