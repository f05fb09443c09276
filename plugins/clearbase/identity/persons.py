"""Persons of a roster's lines: what is one for certain is put together, the surest first, unless something holds apart.

Two records of the registry, two valid numbers, or two readable names under one number never become one person through a
chain of lines that each look like both: the chain is cut where it is weakest.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from clearbase.identity.statements import run, table_of

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


class Groups:
    """Disjoint sets of profiles, each with the record and the number that it stands under; where a number stands under
    several names, with the names, too. ``apart``: pairs of names that are no one person's."""

    def __init__(
        self,
        record: dict[int, str],
        number: dict[int, str],
        names: Iterable[tuple[int, str]] = (),
        apart: Iterable[tuple[str, str]] = (),
    ) -> None:
        self._first: dict[int, int] = {}
        self._record = dict(record)
        self._number = dict(number)
        self._names: dict[int, set[str]] = {}
        for one, name in names:
            self._names.setdefault(one, set()).add(name)
        self._apart = set(apart)

    def root(self, one: int) -> int:
        while (first := self._first.get(one, one)) != one:
            self._first[one] = one = self._first.get(first, first)
        return one

    def join(self, one: int, other: int) -> bool:
        """Whether they are one now; not where their records, their numbers or their names differ."""
        a, b = sorted((self.root(one), self.root(other)))
        if a == b:
            return True
        for told in (self._record, self._number):
            if a in told and b in told and told[a] != told[b]:
                return False
        if a in self._names and b in self._names:
            if not self._apart.isdisjoint(product(self._names[a], self._names[b])):
                return False
            self._names[a] |= self._names[b]
        elif b in self._names:
            self._names[a] = self._names[b]
        self._first[b] = a
        for told in (self._record, self._number):
            if b in told:
                told.setdefault(a, told[b])
        return True


def persons_of(connection: DuckDBPyConnection) -> pa.Array:
    """For every line, in order, a number that lines of one person share. Tables as ``matching`` leaves them."""
    run(connection, "anchored")
    run(connection, "edge")
    met = run(connection, "met")
    begins = {profile: first for profile, first, _, _ in met}
    groups = Groups(
        {first: record for _, first, record, _ in met if record is not None},
        {first: number for _, first, _, number in met if number is not None},
        run(connection, "met_names"),
        run(connection, "apart_names"),
    )
    for a, b in run(connection, "edges"):
        groups.join(begins[a], begins[b])
    standing = table_of(connection, "standing")
    profiles, roots = (standing[column].to_numpy() for column in ("profile", "first"))
    joined = np.array(sorted(set(begins.values())), np.int64)
    if joined.size:
        place = np.minimum(np.searchsorted(joined, roots), joined.size - 1)
        moved = np.array([groups.root(first) for first in joined.tolist()], np.int64)
        roots = np.where(joined[place] == roots, moved[place], roots)
    # Lines that say the same bare name and are joined with nobody stand each for themselves.
    _, group, shared = np.unique(roots, return_inverse=True, return_counts=True)
    alone = ~standing["known"].to_numpy(zero_copy_only=False) & (shared[group] == 1)
    lines = table_of(connection, "line_profiles")["profile"].to_numpy()
    at = np.searchsorted(profiles, lines)
    return pa.array(np.where(alone[at], np.arange(len(lines)), roots[at]) if len(lines) else [], pa.int64())
