"""Columns to fields, for the whole table at once: each field once, the best claim wins, each choice with its reason."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Final

from clearbase.reading.catalogue import Catalogue
from clearbase.reading.column_names import ALIKE, CORRECTED, GUESSED, UNKNOWN, ColumnName, is_forbidden, name_column
from clearbase.reading.column_parts import ADDRESSES, join_parts
from clearbase.reading.column_sample import WORDS, Sample
from clearbase.reading.column_values import name_by_values
from clearbase.reading.grid import Grid
from clearbase.reading.header_text import normal, without_hints
from clearbase.reading.headers import Header
from clearbase.reading.last_resort import name_what_is_missing
from clearbase.reading.likeness import an_end
from clearbase.reading.lookalikes import (
    LAST_CHOICE,
    OF_SEVERAL,
    PREFER_LAST,
    PREFER_WORDS,
    other_meaning,
)
from clearbase.reading.neighbours import BY_NEIGHBOUR, NEIGHBOURS
from clearbase.reading.telling_values import FITTING, MOST_VALUES, RANKS
from clearbase.reading.unit_columns import name_units
from clearbase.records import MappedColumn

# How sure a choice is, by what it rests on: nothing, a likeness, a synonym without its hints, a synonym, a clerk.
# Values that look as the field's should make up for a doubtful name.
CONFIDENCE: Final = (0.0, 0.7, 0.9, 1.0, 1.0)
CONFIDENCE_OF_A_GUESS: Final = 0.5

# An address that tells more than the region: a house, a village, a room.
HOUSE: Final = re.compile(r"\d|村|组|号|室|栋|路|街")
# What was first, is only planned, or is so now.
EARLIER: Final = re.compile(
    r"首次(?![来到])|第一(?!紧急|联系)|初次(?![来到])|最初(?![来到])|首签|计划|预计|拟|(?<!离职)原(?![籍因])|曾|上次|历史|变更前|^前"
)
PRESENT: Final = re.compile(r"^现|/现|当前|目前|最新|最近|实际|本次|最高|最终|最后")
# Where nothing else is said of a choice: by what its name rests on.
REASONS: Final = (UNKNOWN, "列名与字段目录相近", "去掉列名中的提示后，与字段目录一致", "列名与字段目录一致", "")


@dataclass
class Mapping:
    """``columns``: every column with a header; ``sources``: field → its 0-based columns, in the order of joining."""

    columns: list[MappedColumn]
    sources: dict[str, list[int]] = field(default_factory=dict)


def map_columns(header: Header, grid: Grid, catalogue: Catalogue) -> Mapping:
    """The fields of a table, by its header and a sample of what stands below it."""
    names = [replace(name_column(path, catalogue), whole="/".join(map(normal, path))) for path in header.paths]
    for c, path in enumerate(header.paths):
        names[c] = _by_neighbour(names, c, path[:-1])
    _name_contacts_phone(names)
    sample = Sample(grid, header.last + 1)
    name_by_values(names, sample, catalogue.dates)
    name_units(names, sample)
    joined = join_parts(names, sample)
    _settle_claims(names, joined, sample)
    name_what_is_missing(names, sample)
    columns = [
        MappedColumn(
            c + 1,
            "/".join(_one_line(level) for level in path),
            n.field,
            is_forbidden(n.field),
            n.reason or REASONS[n.sureness if n.field else 0],
            _confidence(n),
        )
        for c, (path, n) in enumerate(zip(header.paths, names, strict=True))
        if path or sample.texts(c)
    ]
    sources: dict[str, list[int]] = {}
    for c, name in enumerate(names):
        if name.field and not is_forbidden(name.field):
            sources.setdefault(name.field, []).append(c)
    for found in sources.values():
        found.sort(key=lambda c: (names[c].part, c))
    return Mapping(columns, sources)


def _confidence(name: ColumnName) -> float:
    if name.field is None:
        return 0.0
    return CONFIDENCE_OF_A_GUESS if name.sureness == GUESSED else CONFIDENCE[max(name.sureness, ALIKE)]


def _by_neighbour(names: list[ColumnName], column: int, groups: list[str]) -> ColumnName:
    name = names[column]
    bare = without_hints(name.leaf)
    rule = (
        BY_NEIGHBOUR.get(name.leaf)
        or BY_NEIGHBOUR.get(bare)
        or (BY_NEIGHBOUR.get(an_end(bare)) if not name.field else None)
    )
    if rule is None or name.part or name.by_group or name.sureness == CORRECTED:
        return name
    patterns, otherwise = rule
    left = [f"{n.leaf} {n.field or ''}" for n in names[max(0, column - NEIGHBOURS) : column][::-1]]
    for beside in (*map(normal, groups[::-1]), *left):
        for pattern, meant in patterns:
            if re.search(pattern, beside):
                return replace(name, field=meant, reason=f"按左侧或上级的“{beside.split(' ')[0]}”判断")
    return replace(name, field=otherwise, sureness=min(name.sureness or 1, 2), reason="含义不明，按邻列判断")


def _name_contacts_phone(names: list[ColumnName]) -> None:
    """紧急联系人, then 联系方式: the contact's, where the worker's own stands elsewhere."""
    phones = [c for c, n in enumerate(names) if n.field == "phone"]
    for c in phones:
        # 紧急联系人, 关系, 联系电话: what he is to the worker may stand between.
        before = c - 2 if c > 1 and names[c - 1].leaf.endswith("关系") else c - 1
        after = before >= 0 and names[before].field == "emergency_contact"
        if after and len(phones) > 1 and names[c].sureness != CORRECTED:
            names[c] = replace(names[c], field="emergency_phone", reason=f"紧跟在“{names[before].leaf}”之后，是其电话")


def _settle_claims(names: list[ColumnName], joined: set[str], sample: Sample) -> None:
    """Each field once. Two rounds: a loser may have a second meaning that nobody claims."""
    for _ in range(2):
        claims: dict[str, list[int]] = {}
        for c, name in enumerate(names):
            if (
                name.field
                and not is_forbidden(name.field)
                and name.field not in OF_SEVERAL
                and not (name.field in joined and name.part)
            ):
                claims.setdefault(name.field, []).append(c)
        for name_of, columns in claims.items():
            taken = next((c for c, n in enumerate(names) if n.field == name_of and n.part), None)
            if taken is None and len(columns) == 1:
                continue
            best = taken if taken is not None and name_of in joined else _best(name_of, columns, names, sample)
            for c in columns:
                if c != best:
                    other = other_meaning(names[c].leaf)
                    free = other not in claims and other is not None and not any(n.field == other for n in names)
                    reason = f"与第{best + 1}列重复，以该列为准" if not free else "本列另有同义列，取其另一含义"
                    names[c] = replace(names[c], field=other if free else None, part=0, reason=reason)


def _best(claimed: str, columns: list[int], names: list[ColumnName], sample: Sample) -> int:
    def order(c: int) -> tuple[float, ...]:
        name = names[c]
        words = -round(sample.share(c, WORDS)) if claimed in PREFER_WORDS else 0
        place = -c if claimed in PREFER_LAST else c
        last = LAST_CHOICE.index(name.leaf) + 1 if name.leaf in LAST_CHOICE else 0
        vague = claimed in ADDRESSES and sample.share(c, HOUSE) < 0.5
        second = claimed in ADDRESSES and other_meaning(name.leaf) is not None
        # 现合同到期日 before 合同到期日 before 首次合同到期日.
        earlier, present = bool(EARLIER.search(name.whole)), bool(PRESENT.search(name.whole))
        fit = -round(2 * sample.share(c, FITTING[claimed])) if claimed in FITTING else 0
        ranks = claimed in RANKS and sample.share(c, RANKS[claimed]) >= MOST_VALUES
        return (
            not sample.texts(c),
            ranks,
            fit,
            words,
            second,
            vague,
            last,
            earlier,
            -name.sureness,
            not present,
            name.rank,
            place,
        )

    return min(columns, key=order)


def _one_line(level: str) -> str:
    return re.sub(r"\s+", " ", level).strip()


def header_words(header: Header) -> list[str]:
    """The normal form of every column's lowest level, '' where there is none."""
    return [normal(path[-1]) if path else "" for path in header.paths]
