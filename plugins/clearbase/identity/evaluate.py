"""How well identity finds people on a fresh draw whose truth is known: precision, recall and reviewers' load by error
kind."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

import pyarrow as pa

from clearbase.identity.draw import COLUMNS, Draw
from clearbase.identity.features import features_of_cells
from clearbase.identity.matching import Matched, match
from clearbase.identity.model import Model


@dataclass
class Count:
    """Rows of one kind. ``known``: their person is registered. Found: its record is named, automatically or in
    review."""

    rows: int = 0
    known: int = 0
    same_right: int = 0
    same_wrong: int = 0
    review: int = 0
    found: int = 0

    @property
    def precision(self) -> float:
        linked = self.same_right + self.same_wrong
        return self.same_right / linked if linked else 1.0

    @property
    def recall(self) -> float:
        return self.found / self.known if self.known else 1.0


@dataclass
class Evaluation:
    """``pairs_*``: pairs of roster rows that are, were said to be, and are and were said to be one person."""

    all: Count
    by_kind: dict[str, Count]
    pairs_true: int
    pairs_said: int
    pairs_right: int
    wrong: list[tuple[int, str]] = field(default_factory=list)
    missed: list[int] = field(default_factory=list)

    @property
    def pair_precision(self) -> float:
        return self.pairs_right / self.pairs_said if self.pairs_said else 1.0

    @property
    def pair_recall(self) -> float:
        return self.pairs_right / self.pairs_true if self.pairs_true else 1.0


def tables(made: Draw) -> tuple[pa.Table, pa.Table]:
    """Features of registry and roster with their ids."""
    records, rows = (cells_of(some) for some in (made.records, made.rows))
    return tuple(features_of_cells(cells).append_column("id", cells["id"]) for cells in (records, rows))


def cells_of(rows: list[dict[str, str]]) -> pa.Table:
    """Rows of a draw as raw cells."""
    return pa.table({column: pa.array([row[column] for row in rows], pa.string()) for column in COLUMNS})


def evaluate(made: Draw, model: Model) -> Evaluation:
    """Match the draw and count."""
    return count(made, match(*tables(made), model))


def count(made: Draw, matched: Matched) -> Evaluation:
    whole = Count()
    by_kind: dict[str, Count] = {}
    wrong: list[tuple[int, str]] = []
    missed: list[int] = []
    registered = set(made.record_person)
    answers: dict[int, list[tuple[str, int | None]]] = {}
    for row, outcome, who in zip(
        *(matched.answer[column].to_pylist() for column in ("row", "outcome", "who")), strict=True
    ):
        answers.setdefault(row, []).append((outcome, who))
    for row, person in enumerate(made.row_person):
        told = answers[row]
        outcome = told[0][0]
        named = [made.record_person[who] for _, who in told if who is not None]
        counts = [whole, *(by_kind.setdefault(kind, Count()) for kind in made.row_kinds[row])]
        for each in counts:
            each.rows += 1
            each.known += person in registered
            each.review += outcome == "review"
            each.found += person in named
            each.same_right += outcome == "same" and person in named
            each.same_wrong += outcome == "same" and person not in named
        if outcome == "same" and person not in named:
            wrong.append((row, told[0][0]))
        if person in registered and person not in named:
            missed.append(row)
    said = matched.person.to_pylist()
    return Evaluation(
        whole,
        by_kind,
        _pairs(made.row_person),
        _pairs(said),
        _pairs(zip(said, made.row_person, strict=True)),
        wrong,
        missed,
    )


def _pairs(labels: object) -> int:
    return sum(n * (n - 1) // 2 for n in Counter(labels).values())  # type: ignore[call-overload]
