"""The synthetic district: a resident registry, employers, their rosters over some months, and the full truth beside.

Made-up people throughout. The same arguments give the same bytes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from clearbase.district.careers import make_careers, month_bounds, workers_needed
from clearbase.district.employers import make_employers
from clearbase.district.people import make_people
from clearbase.district.registry import make_registry, write_registry
from clearbase.district.reporting import Reporter
from clearbase.district.truth import Truth, write_employers, write_people, write_spells
from clearbase.errors import SetupError

EMPLOYED = 0.35  # people employed, as a share of the residents
REGISTERED = 0.8  # of the workers, how many are in the registry
_WRITTEN = ("registry.csv", "employers.csv", "rosters", "truth")


@dataclass(frozen=True)
class DistrictSummary:
    """Counts of what was written. ``rows``: rows of people in all roster files, copies included; ``persons_employed``:
    distinct persons with any spell in the months."""

    residents: int
    registry_records: int
    people: int
    employers: int
    months: int
    files: int
    repeated_files: int
    rows: int
    clean_rows: int
    duplicate_rows: int
    spells: int
    persons_employed: int


def generate_district(
    out: Path,
    *,
    seed: int = 7,
    residents: int = 20_000,
    employers: int = 60,
    months: int = 3,
    first_month: dt.date = dt.date(2026, 8, 1),
    dirt: float = 1.0,
    progress: Callable[[str], None] | None = None,
) -> DistrictSummary:
    """Writes ``registry.csv``, ``employers.csv``, ``rosters/<credit code>/…`` and ``truth/`` below ``out``.

    ``residents``: persons in the registry; about a third as many work. ``dirt`` multiplies every share of what goes
    wrong; 0 is clean everywhere. Raises ``SetupError`` for an impossible number or where a district is already."""
    if min(residents, employers, months) < 1 or dirt < 0 or seed < 0:
        raise SetupError(
            "A district needs residents, employers and months of at least 1, and dirt and seed of at least 0"
        )
    if any((out / name).exists() for name in _WRITTEN):
        raise SetupError(f"{out} already holds a district; choose an empty folder")
    out.mkdir(parents=True, exist_ok=True)
    say = progress or (lambda text: None)
    first_month = first_month.replace(day=1)
    bounds = month_bounds(first_month, months)

    offices = make_employers(seed, count=employers, workers=round(residents * EMPLOYED))
    needed = workers_needed(sum(office.size for office in offices), months)
    registered_workers = min(int(needed * REGISTERED), residents)
    worker = np.zeros(residents + needed - registered_workers, dtype=bool)
    worker[:registered_workers] = worker[residents:] = True
    people = make_people(seed, registered=residents, worker=worker, today=first_month)
    spells = make_careers(seed, employers=offices, workers=np.flatnonzero(worker), birth=people.birth, bounds=bounds)
    registry = make_registry(seed, people, worker, extract=first_month, dirt=dirt)
    write_registry(out / "registry.csv", seed, people, registry, progress)
    write_employers(out / "employers.csv", offices)

    rosters = out / "rosters"
    rosters.mkdir()
    cuts = np.searchsorted(spells.employer, np.arange(employers + 1))
    with Truth(out / "truth") as truth:
        write_people(out / "truth" / "people.csv", people, registry)
        write_spells(out / "truth" / "spells.csv", spells, offices)
        for office in offices:
            own = spells.take(np.arange(cuts[office.number], cuts[office.number + 1]))
            reporter = Reporter(seed, office, own, people, dirt=dirt, folder=rosters, truth=truth)
            for first, after in bounds:
                reporter.report(dt.date(1970, 1, 1) + dt.timedelta(days=first), first, after)
            if (office.number + 1) % 20 == 0 or office.number + 1 == employers:
                say(f"rosters: {office.number + 1:,} of {employers:,} employers, {truth.rows:,} rows")
    return DistrictSummary(
        residents=residents,
        registry_records=len(registry),
        people=len(people),
        employers=employers,
        months=months,
        files=truth.files,
        repeated_files=truth.repeats,
        rows=truth.rows,
        clean_rows=truth.clean_rows,
        duplicate_rows=truth.duplicate_rows,
        spells=len(spells),
        persons_employed=len(np.unique(spells.person)),
    )
