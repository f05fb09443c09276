"""Persons of a roster's lines: what is one for certain is put together, the surest first, unless something holds apart.

Two records of the registry, or two valid numbers, never become one person through a chain of lines that each look like
both: the chain is cut where it is weakest.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pyarrow as pa

from clearbase.identity.statements import run, text

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


class Groups:
    """Disjoint sets of profiles, each with the record and the number that it stands under."""

    def __init__(self, record: dict[int, str], number: dict[int, str]) -> None:
        self._first: dict[int, int] = {}
        self._record = dict(record)
        self._number = dict(number)

    def root(self, one: int) -> int:
        while (first := self._first.get(one, one)) != one:
            self._first[one] = one = self._first.get(first, first)
        return one

    def join(self, one: int, other: int) -> bool:
        """Whether they are one now; not where their records or their numbers differ."""
        a, b = sorted((self.root(one), self.root(other)))
        if a == b:
            return True
        for told in (self._record, self._number):
            if a in told and b in told and told[a] != told[b]:
                return False
        self._first[b] = a
        for told in (self._record, self._number):
            if b in told:
                told.setdefault(a, told[b])
        return True


def persons_of(connection: DuckDBPyConnection) -> pa.Array:
    """For every line, in order, a number that lines of one person share. Tables as ``matching`` leaves them."""
    standing = connection.sql(text("standing")).to_arrow_table()
    profiles, records, numbers = (standing[column].to_pylist() for column in ("profile", "record", "number"))
    groups = Groups(
        {p: r for p, r in zip(profiles, records, strict=True) if r is not None},
        {p: n for p, n in zip(profiles, numbers, strict=True) if n is not None},
    )
    first: dict[str, int] = {}
    for profile, record in zip(profiles, records, strict=True):
        if record is not None:
            groups.join(first.setdefault(record, profile), profile)
    for a, b, _ in run(connection, "edge"):
        groups.join(a, b)
    roots = [groups.root(profile) for profile in profiles]
    shared = Counter(roots)
    # Lines that say the same bare name and are joined with nobody stand each for themselves.
    root_of = {
        profile: root if known or shared[root] > 1 else None
        for profile, root, known in zip(profiles, roots, standing["known"].to_pylist(), strict=True)
    }
    lines = connection.sql(text("line_profiles")).to_arrow_table()["profile"].to_pylist()
    return pa.array([line if (root := root_of[profile]) is None else root for line, profile in enumerate(lines)])
