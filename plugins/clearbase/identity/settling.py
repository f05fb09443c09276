"""From what the weights say of each line to whom it stands for: with somebody known, with one another, or in review.

Lines that the rules took for one person stay one, whatever they say singly.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from clearbase.identity.matching import Matched

Numbers = npt.NDArray[np.int64]
WITH_ANOTHER_LINE = "with_another_line"
CONFLICT = "doubtful"
# What the offline answer calls otherwise than the ledger, where the rule without weights has the name.
NAMES = {"number_under_other_name": "number_with_other_name"}


class Weighed(NamedTuple):
    """What becomes of a line: whom the rules made it, whom it stands for now, and why."""

    line_id: int
    was: int
    person_id: int
    candidate_person_id: int | None
    rule: str
    weight: float | None
    levels: str | None


class Says(NamedTuple):
    """The likeliest of a line: ``outcome`` (same, review, new) and whom."""

    row: int
    outcome: str
    person: int | None
    rule: str
    weight: float | None
    levels: str | None


@dataclass
class Made:
    """One person whom the rules made: what its lines say, and whom else the rules think of (``candidate``)."""

    candidate: int | None
    says: list[Says] = field(default_factory=list)

    def named(self, outcome: str) -> set[int]:
        return {each.person for each in self.says if each.outcome == outcome and each.person is not None}

    def best(self, outcome: str) -> Says:
        """What a rule has found goes before what was weighed."""
        told = (each for each in self.says if each.outcome == outcome)
        return max(told, key=lambda each: math.inf if each.weight is None else each.weight)

    def doubt(self) -> str:
        return self.best("review").rule if self.named("review") else CONFLICT


def settled(
    ids: Numbers, was: Numbers, candidates: Sequence[int | None], persons: Sequence[int], matched: Matched
) -> list[Weighed]:
    """Lines whose person or candidate is another than the rules made it. ``ids, was, candidates``: each line, its
    person and whom that may be by the rules; ``persons``: of the records that ``matched`` was found among."""
    made, group = _touched(was, candidates, persons, matched)
    target = _targets(made, _joined(made, group))
    told = []
    for person, one in made.items():
        stands, candidate, in_review = target[person]
        if candidate is not None:
            candidate = target[candidate][0] if candidate in target else candidate
            candidate = None if candidate == stands else candidate
        if stands == person and candidate == one.candidate and not in_review:
            continue
        for each in one.says:
            own = each.outcome == ("review" if in_review else "same")
            rule = each.rule if own else one.doubt() if in_review else WITH_ANOTHER_LINE
            weighed = (each.weight, each.levels) if own else (None, None)
            told.append(Weighed(int(ids[each.row]), person, stands, candidate, NAMES.get(rule, rule), *weighed))
    return told


def _touched(
    was: Numbers, candidates: Sequence[int | None], persons: Sequence[int], matched: Matched
) -> tuple[dict[int, Made], Numbers]:
    """Of whom the weights say anything: usually few, so that what follows costs what they are."""
    group = matched.person.to_numpy()
    best = matched.likeliest()
    told = best["outcome"].to_numpy(zero_copy_only=False) != "new"
    order = np.lexsort((was, group))
    starts = np.flatnonzero(np.diff(group[order], prepend=-1))
    several = np.zeros(len(group), bool)
    if len(order):
        low, high = np.minimum.reduceat(was[order], starts), np.maximum.reduceat(was[order], starts)
        several[order] = np.repeat(low != high, np.diff(starts, append=len(order)))
    rows = np.flatnonzero(np.isin(was, was[told | several]))
    some = best.take(pa.array(rows)).to_pylist()
    made: dict[int, Made] = {}
    for row, each in zip(rows.tolist(), some, strict=True):
        person = None if each["who"] is None else persons[each["who"]]
        one = made.setdefault(int(was[row]), Made(candidates[row]))
        one.says.append(Says(row, each["outcome"], person, each["rule"], each["weight"], each["levels"]))
    return made, group


def _joined(made: dict[int, Made], group: Numbers) -> dict[int, int]:
    """Person → the smallest of those that it is one with. Whoever is asked about is joined with nobody."""
    root = {person: person for person in made}

    def top(person: int) -> int:
        while root[person] != person:
            root[person] = person = root[root[person]]
        return person

    met: dict[int, int] = {}
    for person, one in made.items():
        if one.named("same") or not one.named("review"):
            for each in one.says:
                a, b = sorted((top(person), top(met.setdefault(int(group[each.row]), person))))
                root[b] = a
    return {person: top(person) for person in made}


def _targets(made: dict[int, Made], roots: dict[int, int]) -> dict[int, tuple[int, int | None, bool]]:
    """Person → whom it stands for, whom it may be, and whether that is the weights' question."""
    together: dict[int, list[int]] = {}
    for person, root in roots.items():
        together.setdefault(root, []).append(person)
    told = {}
    for root, persons in together.items():
        anchors = set().union(*(made[person].named("same") for person in persons))
        outside = {made[person].candidate for person in persons if roots.get(made[person].candidate or 0) != root}
        doubted = sorted(each for each in outside if each is not None)
        for person in persons:
            told[person] = _target(person, made[person], root, anchors, doubted)
    return told


def _target(person: int, one: Made, root: int, anchors: set[int], doubted: list[int]) -> tuple[int, int | None, bool]:
    own = one.named("same")
    if len(anchors) == 1 and anchors.issuperset(doubted):
        return next(iter(anchors)), None, False
    if one.named("review") and not own:
        return person, one.best("review").person, True
    if not anchors:
        return root, doubted[0] if doubted else None, False
    if doubted or not own:  # the number is somebody else's, or lines of several are joined through this one
        return person, one.candidate, False
    if len(own) == 1:
        return next(iter(own)), None, False
    return person, one.best("same").person, True
