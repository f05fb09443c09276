"""Whether the model's weights are spread as they were: by month and version of the model, in buckets of two bits.

The measure is the population stability index of a month against all earlier months of the same model: the sum over
buckets of (share now - share before) · ln(share now / share before). Below 0.1 is usually called stable, from 0.25 on
shifted; of few decisions it says little, for chance alone moves it by about buckets · (1/now + 1/before).
"""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection

from clearbase.warehouse.statements import statement

BITS: Final = 2  # the width of a bucket, as in sql/drift/weights
LOWEST, HIGHEST = -20, 60  # what lies beyond is counted with the outermost bucket
WATCHED, SHIFTED = 0.1, 0.25
FEWEST: Final = 200  # decisions on either side; of fewer no judgement is made
UNSEEN: Final = 0.5  # an empty bucket counts as half a decision: the logarithm of nothing says nothing


@dataclass(frozen=True)
class Month:
    """Decisions that one version of the model weighed in a month: ``buckets`` lower edge in bits → how many; ``same``
    and ``review``: how many were decided so; ``index`` and ``before``: the stability index against so many decisions
    of earlier months, None in the first."""

    model: str
    month: dt.date
    buckets: Mapping[int, int]
    same: int
    review: int
    index: float | None
    before: int

    @property
    def decisions(self) -> int:
        return sum(self.buckets.values())

    @property
    def judgement(self) -> str:
        """``first``, ``few``, ``stable``, ``watch`` or ``shifted``."""
        if self.index is None:
            return "first"
        if min(self.decisions, self.before) < FEWEST:
            return "few"
        return "stable" if self.index < WATCHED else "watch" if self.index < SHIFTED else "shifted"


def drift_of(connection: Connection) -> list[Month]:
    """Each month of each version of the model, in their order."""
    return months_of(connection.execute(statement("drift/weights")).all())


def months_of(rows: Iterable[Any]) -> list[Month]:
    """Of rows (month, model, bits, verdict, decisions), as ``sql/drift/weights`` gives them."""
    buckets: dict[tuple[str, dt.date], Counter[int]] = {}
    verdicts: dict[tuple[str, dt.date], Counter[str]] = {}
    for row in rows:
        key = (row.model, row.month)
        edge = max(LOWEST, min(HIGHEST - BITS, row.bits))
        buckets.setdefault(key, Counter())[edge] += row.decisions
        verdicts.setdefault(key, Counter())[row.verdict] += row.decisions
    months, earlier = [], {model: Counter[int]() for model, _ in buckets}
    for (model, month), counts in sorted(buckets.items()):
        before = earlier[model]
        index = stability_index(before, counts) if before else None
        told = verdicts[model, month]
        months.append(
            Month(model, month, dict(sorted(counts.items())), told["same"], told["unsure"], index, before.total())
        )
        before.update(counts)
    return months


def stability_index(before: Mapping[int, int], now: Mapping[int, int]) -> float:
    """Population stability index of two counts by bucket, over the buckets that either has."""
    edges = before.keys() | now.keys()
    filled = [{edge: counts.get(edge, 0) or UNSEEN for edge in edges} for counts in (before, now)]
    was, is_now = ({edge: n / sum(counts.values()) for edge, n in counts.items()} for counts in filled)
    return sum((is_now[edge] - was[edge]) * math.log(is_now[edge] / was[edge]) for edge in edges)
