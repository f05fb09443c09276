"""The full truth beside the rosters, written as it arises: who is who, what was spoilt how, spells, headcounts."""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, Any

import numpy as np

from clearbase.district.careers import STILL_THERE, Spells
from clearbase.district.employers import Employer
from clearbase.district.layouts import Layout
from clearbase.district.people import People
from clearbase.district.registry import CHUNK, Registry, record_no
from clearbase.district.rosters import Roster
from clearbase.district.staff import Staff

FILES = ("file", "uscc", "month", "kind", "repeat_of", "corrects", "rows", "layout", "encoding")
HEADCOUNT = ("employer_uscc", "month", "persons", "clean_persons", "all_clean")
LINES = ("file", "sheet", "position", "row", "person_id", "employed", "clean", "duplicate", "dirt", "id_number", "name")
PEOPLE = (
    "person_id", "registry_ids", "registry_states", "name", "id_number", "sex", "birth_date", "ethnicity", "phone",
    "household_address", "current_address",
)  # fmt: skip
SPELLS = ("person_id", "uscc", "valid_from", "valid_to")


def person_id(person: int) -> str:
    return f"P{person + 1:08d}"


def _flag(value: bool) -> str:
    return "true" if value else "false"


class Truth:
    """``lines.csv.gz``, ``headcount.csv`` and ``files.csv``, open for one run."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._open: list[IO[Any]] = []
        raw = (folder / "lines.csv.gz").open("wb")
        # No file name and no time in the gzip header: the same truth is the same bytes.
        packed = gzip.GzipFile(filename="", mode="wb", compresslevel=5, fileobj=raw, mtime=0)
        self._line = self._table(io.TextIOWrapper(packed, encoding="utf-8", newline=""), LINES)
        self._open.append(raw)
        self._headcount = self._table((folder / "headcount.csv").open("w", encoding="utf-8", newline=""), HEADCOUNT)
        self._file = self._table((folder / "files.csv").open("w", encoding="utf-8", newline=""), FILES)
        self.files = self.repeats = self.rows = self.clean_rows = self.duplicate_rows = 0

    def _table(self, file: IO[str], header: Sequence[str]) -> Callable[[Iterable[object]], object]:
        self._open.append(file)
        out = csv.writer(file, lineterminator="\n")
        out.writerow(header)
        return out.writerow

    def __enter__(self) -> Truth:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for file in self._open:
            file.close()

    def add_file(
        self, file: str, staff: Staff, roster: Roster, layout: Layout, *, month: str, kind: str, repeat_of: str = "",
        corrects: str = "",
    ) -> None:  # fmt: skip
        """One file and its rows of people. ``file``: relative to ``rosters/``, as are the other two."""
        uscc, sheet = staff.employer.uscc, roster.sheets[roster.position - 1].name
        encoding = layout.encoding or layout.container
        self._file((file, uscc, month, kind, repeat_of, corrects, len(roster.lines), layout.key, encoding))
        self.files += 1
        self.repeats += bool(repeat_of)
        persons = staff.spells.person
        for line in roster.lines:
            place = line.place
            self._line((
                file, sheet, roster.position, line.row, person_id(int(persons[place])), _flag(line.employed),
                _flag(line.clean), _flag(line.duplicate), ";".join(line.dirt), staff.id_number[place],
                staff.name[place],
            ))  # fmt: skip
            self.rows += 1
            self.clean_rows += line.clean
            self.duplicate_rows += line.duplicate

    def add_headcount(self, uscc: str, month: str, *, persons: set[int], spoilt: set[int], all_clean: bool) -> None:
        """``persons`` employed at the close of the month; ``spoilt``: everybody who had a row that is not clean in any
        file of this employer up to then."""
        self._headcount((uscc, month, len(persons), len(persons - spoilt), _flag(all_clean)))


def write_spells(path: Path, spells: Spells, employers: Sequence[Employer]) -> None:
    starts = spells.start.astype("datetime64[D]").astype(str).tolist()
    never = spells.end == STILL_THERE
    ends = np.where(never, 0, spells.end).astype("datetime64[D]").astype(str).tolist()
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(SPELLS)
        for person, employer, start, end, still in zip(
            spells.person.tolist(), spells.employer.tolist(), starts, ends, never.tolist(), strict=True
        ):
            out.writerow((person_id(person), employers[employer].uscc, start, "" if still else end))


def write_people(path: Path, people: People, registry: Registry) -> None:
    """Everybody, registered or not, with the canonical values. A person's records in the registry are joined by ``;``.

    The current address and phone are today's; the registry may still have the former ones."""
    # Records in the order of their persons; a person's own lie between two neighbouring bounds.
    by_person = np.argsort(registry.person, kind="stable")
    bounds = np.searchsorted(registry.person[by_person], np.arange(len(people) + 1))
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(PEOPLE)
        for start in range(0, len(people), CHUNK):
            who = np.arange(start, min(start + CHUNK, len(people)))
            columns = (
                people.names(who), people.id_numbers(who), people.sexes(who), people.births(who),
                people.ethnic_groups(who), people.phones(who), people.hukou_addresses(who), people.home_addresses(who),
            )  # fmt: skip
            for person, *values in zip(who.tolist(), *columns, strict=True):
                records = by_person[bounds[person] : bounds[person + 1]].tolist()
                states = ["注销" if registry.cancelled[record] else "有效" for record in records]
                ids = ";".join(record_no(record) for record in records)
                out.writerow((person_id(person), ids, ";".join(states), *values))


def write_employers(path: Path, employers: Sequence[Employer]) -> None:
    """The list that the district holds of its employers: code, name, street."""
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(("统一社会信用代码", "单位名称", "所属街道"))
        out.writerows((employer.uscc, employer.name, employer.street) for employer in employers)
