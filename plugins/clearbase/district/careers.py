"""Who works where and when: spells of employment over the months, with hires, leavers, rehires, moves and second jobs.

A spell is [start, end): ``end`` is the first day that is not counted, so somebody who leaves in a month is not in the
headcount at its close.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from clearbase.district.employers import Employer
from clearbase.district.id_numbers import Ints

# Shares of those employed, a month; of the hires, how many come back to a former employer; of the leavers, how many
# move to another employer; of everybody, how many start with two employers.
LEAVE, HIRE, REHIRE, MOVE, SECOND_JOB = 0.035, 0.04, 0.08, 0.25, 0.01
STILL_THERE = np.iinfo(np.int64).max
_EPOCH = dt.date(1970, 1, 1)


@dataclass
class Spells:
    """One element a spell: person, employer (its number), first day and first day not counted, in days since
    1970-01-01 (``STILL_THERE``: open)."""

    person: Ints
    employer: Ints
    start: Ints
    end: Ints

    def __len__(self) -> int:
        return len(self.person)

    def take(self, which: Ints) -> Spells:
        return Spells(self.person[which], self.employer[which], self.start[which], self.end[which])

    def joined(self, other: Spells) -> Spells:
        return Spells(
            *(
                np.concatenate([getattr(self, column), getattr(other, column)])
                for column in ("person", "employer", "start", "end")
            )
        )


def month_bounds(first_month: dt.date, months: int) -> list[tuple[int, int]]:
    """First day of each month and first day after it, in days since 1970-01-01."""
    firsts = []
    for number in range(months + 1):
        ahead = first_month.month - 1 + number
        firsts.append((dt.date(first_month.year + ahead // 12, ahead % 12 + 1, 1) - _EPOCH).days)
    return list(pairwise(firsts))


def workers_needed(workers: int, months: int) -> int:
    """How many people can be employed at all, so that the months do not run out of new ones."""
    return int(workers * (1 + HIRE * months)) + 10


def make_careers(
    seed: int, *, employers: Sequence[Employer], workers: Ints, birth: Ints, bounds: Sequence[tuple[int, int]]
) -> Spells:
    """Spells of ``workers`` (person numbers) with ``employers``; ``birth`` by person number. Spells that began before
    the first month are the initial staff. Nobody is hired under 17, nor twice at once by the same employer."""
    rng = np.random.default_rng([seed, 3])
    waiting = rng.permutation(workers)
    sizes = np.array([employer.size for employer in employers])
    begin = bounds[0][0]
    staff = np.repeat(np.arange(len(employers)), sizes)
    person, waiting = waiting[: len(staff)], waiting[len(staff) :]
    spells = Spells(person, staff, _past_start(rng, birth[person], begin), np.full(len(staff), STILL_THERE))
    if len(employers) > 1:
        both = np.flatnonzero(rng.random(len(person)) < SECOND_JOB)
        other = (staff[both] + rng.integers(1, len(employers), len(both))) % len(employers)
        start = _past_start(rng, birth[person[both]], begin)
        spells = spells.joined(Spells(person[both], other, start, np.full(len(both), STILL_THERE)))
    for first, after in bounds:
        waiting, spells = _turn_over(rng, spells, waiting, sizes, first, after)
    spells = spells.take(np.flatnonzero(spells.start < bounds[-1][1]))
    # Longest-serving first, as personnel offices number their people.
    return spells.take(np.lexsort((spells.person, spells.start, spells.employer)))


def _past_start(rng: np.random.Generator, birth: Ints, begin: int) -> Ints:
    """First days before ``begin``: half the staff came in the last two years, nobody under 17 years of age."""
    served = np.minimum(rng.exponential(900, len(birth)), 9000).astype(np.int64) + 1
    return np.minimum(begin - 1, np.maximum(begin - served, birth + int(17 * 365.25)))


def _turn_over(
    rng: np.random.Generator, spells: Spells, waiting: Ints, sizes: Ints, first: int, after: int
) -> tuple[Ints, Spells]:
    """One month: some leave, some of them move, some come back, new people are hired."""
    there = np.flatnonzero((spells.end == STILL_THERE) & (spells.start < first))
    leaving = there[rng.random(len(there)) < LEAVE]
    gone_before = np.flatnonzero(spells.end < first)
    spells.end[leaving] = rng.integers(first, after, len(leaving))
    busy = spells.person[spells.end == STILL_THERE]

    hires = int(rng.binomial(len(there), HIRE))
    added = []
    if len(sizes) > 1:
        moving = _free(spells, leaving[rng.random(len(leaving)) < MOVE], busy)
        other = (spells.employer[moving] + rng.integers(1, len(sizes), len(moving))) % len(sizes)
        # Two weeks between jobs at most; one that begins next month is that month's hire.
        start = spells.end[moving] + rng.integers(0, 15, len(moving))
        added.append((spells.person[moving], other, start))
    back = _free(spells, gone_before, busy)
    back = rng.permutation(back)[: int(hires * REHIRE)]
    added.append((spells.person[back], spells.employer[back], rng.integers(first, after, len(back))))
    new = waiting[: max(0, hires - sum(len(people) for people, _, _ in added))]
    chosen = rng.choice(len(sizes), len(new), p=sizes / sizes.sum())
    added.append((new, chosen, rng.integers(first, after, len(new))))
    for people, where, start in added:
        spells = spells.joined(Spells(people, where, start, np.full(len(people), STILL_THERE)))
    return waiting[len(new) :], spells


def _free(spells: Spells, which: Ints, busy: Ints) -> Ints:
    """Of these spells, one for each person who has no other job now or already agreed."""
    _, once = np.unique(spells.person[which], return_index=True)
    once = which[np.sort(once)]
    return once[~np.isin(spells.person[once], busy)]
