"""m and u of the model from draws whose truth is known: counted, not guessed by expectation maximisation.

m is counted on true pairs among what the cascade leaves to the model. u is counted on pairs of different persons:
levels that chance makes common on random pairs; equal values that hardly any two persons share exactly, from how
often each value occurs (random pairs never meet one); repaired and partial numbers on all candidates, since their
blocks bring up every such pair. Who shares a phone, a house or a room with somebody shares it with as few in a large
registry: their u is that of ``PEOPLE``.
"""

from __future__ import annotations

import copy
from collections import Counter
from typing import Any

import pyarrow as pa

from clearbase.identity.draw import Draw, draw
from clearbase.identity.evaluate import tables
from clearbase.identity.matching import compare, find_candidates, memory_of
from clearbase.identity.model import Model, bits
from clearbase.identity.scoring import score
from clearbase.identity.statements import run

PEOPLE = 1_000_000  # in the registry that the weights are for; the prior is one in so many
RANDOM_PAIRS = 300_000
LEAST_M = 1e-3  # what was never seen may still happen
LEAST_U = {"number": 1e-8, "name": 1e-6, "sex": 1e-2}
LEAST_U_OTHER = 5e-7
ENOUGH = 30  # random pairs at a level from which on they are believed
# Levels of equal values: counted by value. The others of ``number`` are counted on candidates.
BY_VALUE = {("name", "same"): "name", ("name", "sound"): "sound", ("number", "birth"): "birth"}
BY_RELATION = {("phone", "same"): "phone", ("household", "same"): "household", ("current", "same"): "current"}

Counts = Counter[tuple[str, str]]


class Seen:
    """Pairs counted by comparison and level: of one person, of two by chance, of two among candidates; and by value."""

    def __init__(self) -> None:
        self.true: Counts = Counter()
        self.chance: Counts = Counter()
        self.candidate: Counts = Counter()
        self.value: Counter[str] = Counter()
        self.left = self.compared = 0

    def add(self, made: Draw, model: Model) -> None:
        """What a draw shows."""
        records, lines = tables(made)
        with memory_of(records, lines) as connection:
            for table, persons in (("truth_record", made.record_person), ("truth_line", made.row_person)):
                connection.register(table, pa.table({"no": range(len(persons)), "person": persons}))
            find_candidates(connection, records)
            left = connection.view("residual").shape[0]
            run(connection, "train/true_pairs")
            compare(connection, records)
            score(connection, model)
            for comparison, level, one, pairs in run(connection, "train/levels"):
                (self.true if one else self.candidate)[(comparison, level)] += pairs
            values = dict(run(connection, "train/equal_values"))
            values["sound"] -= values["name"]
            self.value.update(values)
            run(connection, "train/random_pairs", {"count": RANDOM_PAIRS})
            compare(connection, records)
            score(connection, model)
            for comparison, level, one, pairs in run(connection, "train/levels"):
                self.chance[(comparison, level)] += 0 if one else pairs
        self.left += left
        self.compared += left * len(made.records)


def train(model: Model, seeds: list[int], persons: int) -> Model:
    """The model with m and u counted on draws of these seeds, each with ``persons`` in the registry."""
    seen = Seen()
    for seed in seeds:
        seen.add(draw(seed, persons), model)
    content = copy.deepcopy(model.content)
    content["prior"] = 1 / PEOPLE
    pairs = sum(seen.true[("sex", level)] for level in model.levels("sex"))
    content["trained"] = {"seeds": seeds, "persons": persons, "true_pairs": pairs, "pairs": seen.compared}
    for comparison in content["comparisons"]:
        levels = comparison["levels"][1:]
        totals = [
            sum(counts[(comparison["name"], each["level"])] for each in levels) for counts in (seen.true, seen.chance)
        ]
        for level in levels:
            _fill(level, (comparison["name"], level["level"]), seen, *totals)
    return Model(content)


def _fill(level: dict[str, Any], key: tuple[str, str], seen: Seen, true: int, chance: int) -> None:
    m = max(seen.true[key] / max(true, 1), LEAST_M)
    if key in BY_RELATION:
        u = (seen.value[BY_RELATION[key]] - seen.true[key]) / seen.left / PEOPLE
    elif key in BY_VALUE:
        u = (seen.value[BY_VALUE[key]] - seen.true[key]) / seen.compared
    elif seen.chance[key] >= ENOUGH:
        u = seen.chance[key] / chance
    else:
        u = max(seen.candidate[key], 1) / seen.compared
    u = min(max(u, LEAST_U.get(key[0], LEAST_U_OTHER)), 1.0)
    level["m"], level["u"] = float(f"{m:.3g}"), float(f"{u:.3g}")
    level["bits"] = round(bits(level), 1)
