"""The field catalogue: which fields there are, and what employers call them.

``expectations/fields.csv`` names the fields and their first synonyms; ``expectations/header_synonyms.csv`` adds what
was met in real files. The order of synonyms is the order of preference where two columns claim one field.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any, Final

from clearbase.reading.header_text import normal, without_hints

EXPECTATIONS: Final = Path(__file__).resolve().parents[3] / "expectations"
FIELDS_CSV: Final = EXPECTATIONS / "fields.csv"
SYNONYMS_CSV: Final = EXPECTATIONS / "header_synonyms.csv"

# Dropped when read and only counted: not necessary, or sensitive (domain.md, Privacy).
FORBIDDEN: Final = frozenset({"wage", "bank_account", "health", "religion", "fertility", "child_detail", "photo"})


@dataclass(frozen=True)
class Catalogue:
    """``fields`` in the catalogue's order; ``known`` maps a normal header to (field, rank; 0 is the best).

    ``dates``: the fields that hold a date. ``corrections``: what a clerk has said of headers
    (``header_text.joined_form``), None for what is none of ours.
    """

    fields: tuple[str, ...]
    labels: dict[str, str]
    known: dict[str, tuple[str, int]] = field(repr=False)
    corrections: Mapping[str, str | None] = field(default_factory=dict)
    dates: frozenset[str] = frozenset()
    # What ``name_column`` has said of a header: one file asks of each several times. Never copied by ``replace``.
    said: dict[tuple[str, ...], Any] = field(init=False, repr=False, compare=False, default_factory=dict)

    def corrected(self, corrections: Mapping[str, str | None]) -> Catalogue:
        """The same catalogue for an employer whose columns a clerk has assigned."""
        return replace(self, corrections=corrections)

    def lookup(self, normal_form: str) -> tuple[str, int] | None:
        return self.known.get(normal_form)


@cache
def load_catalogue(fields_csv: Path = FIELDS_CSV, synonyms_csv: Path = SYNONYMS_CSV) -> Catalogue:
    """Both files, UTF-8. A synonym that an earlier line claimed stays with that line's field."""
    known: dict[str, tuple[str, int]] = {}
    labels: dict[str, str] = {}
    ranks: dict[str, int] = {}
    dates: set[str] = set()
    with fields_csv.open(encoding="utf-8-sig", newline="") as stream:
        for row in csv.DictReader(stream):
            labels[row["field"]] = row["zh_label"]
            if row.get("type", "").startswith("date"):
                dates.add(row["field"])
            _learn(known, ranks, row["field"], [*row["synonyms"].split("|"), row["zh_label"]])
    with synonyms_csv.open(encoding="utf-8-sig", newline="") as stream:
        for row in csv.DictReader(stream):
            _learn(known, ranks, row["field"], row["synonyms"].split("|"))
    return Catalogue(tuple(labels), labels, known, dates=frozenset(dates))


def _learn(known: dict[str, tuple[str, int]], ranks: dict[str, int], name: str, synonyms: list[str]) -> None:
    for synonym in filter(None, map(normal, synonyms)):
        rank = ranks[name] = ranks.get(name, -1) + 1
        known.setdefault(synonym, (name, rank))
    # 性别(男/女) is also 性别; 参加工作时间(本单位) is not 参加工作时间, which the look-alikes refuse.
    for synonym in filter(None, map(normal, synonyms)):
        bare = without_hints(synonym)
        if bare != synonym and bare not in known and len(bare) > 1 and bare not in NOT_WITHOUT_HINT:
            known[bare] = (name, ranks[name])


# A synonym of which the bracket is the whole meaning.
NOT_WITHOUT_HINT: Final = frozenset({"参加工作时间", "家庭地址", "名称", "单位"})
