"""Columns to fields, for the whole table at once: each field once, the best claim wins, each choice with its reason."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Final

from clearbase.reading.catalogue import Catalogue
from clearbase.reading.column_names import (
    ALIKE,
    BARE,
    CORRECTED,
    EXACT,
    LIKE,
    UNKNOWN,
    ColumnName,
    is_forbidden,
    name_column,
)
from clearbase.reading.grid import Grid
from clearbase.reading.header_text import normal, without_hints
from clearbase.reading.headers import Header
from clearbase.reading.likeness import said_by, speaks_of_another
from clearbase.reading.lookalikes import (
    ADDRESS_PARTS,
    BY_NEIGHBOUR,
    DEPARTMENT_PARTS,
    HOUSEHOLD_PARTS,
    LAST_CHOICE,
    NEIGHBOURS,
    OF_SEVERAL,
    PREFER_LAST,
    PREFER_WORDS,
    other_meaning,
)
from clearbase.records import EMPTY, MappedColumn

SAMPLE_ROWS: Final = 60
DETAIL: Final = 6
EXPIRY: Final = re.compile(r"(有效|过期|到期|截止|失效)(期|日期|时间|期限|期至|期止)?(截止|至|止)?(日期|时间)?")
# What stands between the joined parts of a field that goes over several columns.
JOINERS: Final[dict[str, str]] = {
    "household_address": "",
    "current_address": "",
    "department": "/",
    "insurance_types": "、",
}
# A column of identity numbers is recognised by the shape of its values, whatever it is called.
ID_SHAPE: Final = re.compile(r"[1-9]\d{5}(19|20)\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\d{3}[\dXx]")
ID_SHARE: Final = 0.6

TERM: Final = re.compile(
    r"^(?:目前|当前|现行|现|本次|本期|劳动|劳务|聘用)*(?:合同|协议|聘用)(?:期限|期|年限|时限|有效期|起止(?:期限|时间|日期)?)(?:\(.*\))?$"
)
DATE_IN: Final = re.compile(r"(?:19|20)\d\d\s*[-./年]?\s*(?:0?[1-9]|1[0-2])(?:\s*[-./月]?\s*\d{1,2})?")
DETAILED: Final = re.compile(r"详细(地址|信息)?$|详址$|具体地址$|门牌号?$")
PROVINCE: Final = re.compile(
    r"^(?:北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|台湾"
    r"|内蒙古|广西|西藏|宁夏|新疆|香港|澳门)(?:省|市|(?:壮族|回族|维吾尔)?自治区)?$"
)
LIVING: Final = re.compile(r"居住|暂住|现住|租住|住址")

# How sure a choice is, by what it rests on: nothing, a likeness, a synonym without its hints, a synonym, a clerk.
# Values that look as the field's should make up for a doubtful name.
CONFIDENCE: Final = (0.0, 0.7, 0.9, 1.0, 1.0)

ADDRESSES: Final = frozenset({"household_address", "current_address"})
# An address that tells more than the region: a house, a village, a room.
HOUSE: Final = re.compile(r"\d|村|组|号|室|栋|路|街")

# What people put into a number to read it more easily, or to keep Excel from counting with it.
_SPACING: Final = re.compile(r"[\s'\u200b-\u200f\u202a-\u202e\ufeff-]+")
_WORDS: Final = re.compile(r"[\u4e00-\u9fff]")


@dataclass
class Mapping:
    """``columns``: every column with a header; ``sources``: field → its 0-based columns, in the order of joining."""

    columns: list[MappedColumn]
    sources: dict[str, list[int]] = field(default_factory=dict)


def map_columns(header: Header, grid: Grid, catalogue: Catalogue) -> Mapping:
    """The fields of a table, by its header and a sample of what stands below it."""
    names = [name_column(path, catalogue) for path in header.paths]
    for c, path in enumerate(header.paths):
        names[c] = _by_neighbour(names, c, path[:-1])
    sample = _Sample(grid, header.last + 1)
    _name_by_values(names, sample)
    _check_row_numbers(names, sample)
    _name_by_words(names, sample)
    _settle_terms(names, sample)
    _name_provinces(names, sample)
    _name_bare_parts(names)
    joined = _join_parts(names)
    _settle_claims(names, joined, sample)
    columns = [
        MappedColumn(
            c + 1,
            "/".join(_one_line(level) for level in path),
            n.field,
            is_forbidden(n.field),
            n.reason,
            CONFIDENCE[max(n.sureness, ALIKE)] if n.field else 0.0,
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


class _Sample:
    """The first cells below the header, by column; taken only where somebody asks."""

    def __init__(self, grid: Grid, first: int) -> None:
        self._grid, self._first = grid, first
        self._taken: dict[int, list[str]] = {}

    def texts(self, column: int) -> list[str]:
        if column not in self._taken:
            kinds = self._grid.kinds[column][self._first :]
            filled = (kinds != EMPTY).nonzero()[0][:SAMPLE_ROWS] + self._first
            self._taken[column] = [self._grid.text[column][int(row)].as_py() for row in filled]
        return self._taken[column]

    def share(self, column: int, pattern: re.Pattern[str]) -> float:
        texts = self.texts(column)
        return sum(bool(pattern.search(text)) for text in texts) / max(len(texts), 1)


def _by_neighbour(names: list[ColumnName], column: int, groups: list[str]) -> ColumnName:
    name = names[column]
    rule = BY_NEIGHBOUR.get(name.leaf) or BY_NEIGHBOUR.get(without_hints(name.leaf))
    if rule is None or name.part or name.by_group or name.sureness == CORRECTED:
        return name
    patterns, otherwise = rule
    left = [f"{n.leaf} {n.field or ''}" for n in names[max(0, column - NEIGHBOURS) : column][::-1]]
    for beside in (*map(normal, groups[::-1]), *left):
        for pattern, meant in patterns:
            if re.search(pattern, beside):
                return replace(name, field=meant, reason=f"按左侧或上级的“{beside.split(' ')[0]}”判断")
    return replace(name, field=otherwise, sureness=min(name.sureness or 1, 2), reason="含义不明，按邻列判断")


def _name_by_values(names: list[ColumnName], sample: _Sample) -> None:
    """A column of identity numbers takes the field from a column of that name that holds none (出生日期)."""

    def share(column: int) -> float:
        texts = [_SPACING.sub("", text) for text in sample.texts(column)]
        return sum(bool(ID_SHAPE.fullmatch(text)) for text in texts) / len(texts) if texts else 0.0

    if any(n.field == "id_number" and (share(c) >= ID_SHARE or not sample.texts(c)) for c, n in enumerate(names)):
        return
    named = [c for c, n in enumerate(names) if n.field == "id_number"]
    called = [c for c, n in enumerate(names) if n.field == "name"]
    if len(named) == len(called) == 1 and share(called[0]) >= ID_SHARE and sample.share(named[0], _WORDS) >= ID_SHARE:
        # The two headers stand the other way round.
        for c, field, held in ((called[0], "id_number", "身份证号"), (named[0], "name", "姓名")):
            names[c] = replace(names[c], field=field, sureness=BARE, reason=f"列名写反，内容是{held}")
        return
    if any(names[c].sureness == CORRECTED for c in named):
        return
    for column, name in enumerate(names):
        refused = name.field is None and ("他人" in name.reason or speaks_of_another(name.leaf))
        if (
            name.sureness != CORRECTED
            and not refused
            and not is_forbidden(name.field)
            and column not in named
            and share(column) >= ID_SHARE
        ):
            names[column] = replace(
                name, field="id_number", sureness=BARE, rank=-1, part=0, reason="列名不同，但内容是身份证号"
            )
            _name_expiry(names, name.leaf)
            return


def _name_by_words(names: list[ColumnName], sample: _Sample) -> None:
    """A column that nobody knows by its header and whose cells all say 男 or 女 tells the sex, where no other does."""
    claimed = {name.field for name in names}
    for column, name in enumerate(names):
        if name.field is None and name.reason == UNKNOWN and (said := said_by(sample.texts(column))) not in claimed:
            names[column] = replace(name, field=said, sureness=ALIKE, rank=LIKE, reason="列名不识，按内容判断")
            claimed.add(said)


def _name_expiry(names: list[ColumnName], stem: str) -> None:
    """SFid过期时间 beside a column SFid that turned out to hold identity numbers."""
    for c, name in enumerate(names):
        if name.field is None and stem and name.leaf.startswith(stem) and EXPIRY.fullmatch(name.leaf[len(stem) :]):
            names[c] = replace(name, field="id_valid_to", sureness=ALIKE, reason=f"“{stem}”是身份证号，本列是其有效期")


def _check_row_numbers(names: list[ColumnName], sample: _Sample) -> None:
    """编号 is the row's number only where it counts; otherwise it is somebody's code."""
    for c, name in enumerate(names):
        if name.field == "row_no" and name.leaf == "编号":
            texts = sample.texts(c)
            counting = sum(text == str(at) for at, text in enumerate(texts, 1))
            if counting < 0.5 * len(texts):
                names[c] = replace(name, field="employee_no", sureness=ALIKE, reason="编号不是顺序号，按工号读取")


def _settle_terms(names: list[ColumnName], sample: _Sample) -> None:
    """合同期限 may hold both ends, the last day, or a number of years, which is neither."""
    for c, name in enumerate(names):
        if TERM.search(name.leaf) and name.sureness != CORRECTED:
            texts = sample.texts(c)
            dates = [len(DATE_IN.findall(text)) for text in texts]
            both, one = sum(n > 1 for n in dates), sum(n == 1 for n in dates)
            told = "contract_start" if 2 * both > len(texts) else "contract_end" if 2 * one > len(texts) else None
            names[c] = replace(name, field=told, sureness=ALIKE, rank=LIKE, reason="按内容判断：起止、止日或年限")


def _name_provinces(names: list[ColumnName], sample: _Sample) -> None:
    """户籍 whose cells name provinces only, beside an address that says more."""
    others = [c for c, n in enumerate(names) if n.field == "household_address" and n.leaf not in ("户籍", "户口")]
    for c, name in enumerate(names):
        provinces = name.leaf in ("户籍", "户口") and sample.share(c, PROVINCE) >= ID_SHARE
        if provinces and name.sureness != CORRECTED and others:
            names[c] = replace(name, field="household_province", sureness=BARE, reason="内容只到省份")


def _name_bare_parts(names: list[ColumnName]) -> None:
    """省 市 县 详细地址 beside each other are one address: the one that a header to their left speaks of, else the
    hukou's."""
    start = 0
    while start < len(names):
        end = start
        while end < len(names) and (part := ADDRESS_PARTS.get(names[end].leaf, 0)):
            if end > start and part <= ADDRESS_PARTS[names[end - 1].leaf]:
                break
            end += 1
        parts = [ADDRESS_PARTS[n.leaf] for n in names[start:end]]
        if len(parts) >= 3 and parts[-1] == DETAIL and not any(n.part for n in names[start:end]):
            whose = "current_address" if start and LIVING.search(names[start - 1].leaf) else "household_address"
            for c, part in enumerate(parts, start):
                names[c] = replace(names[c], field=whose, part=part, sureness=BARE, reason="相邻的地址各列")
        start = max(end, start + 1)


def _pair_region_and_detail(names: list[ColumnName]) -> None:
    """户口所在地 and 户口所在地详细地址: the second goes on where the first ends."""
    paired: set[str] = set()
    for c in range(1, len(names)):
        region, detail = names[c - 1], names[c]
        whose = detail.field if detail.field in ADDRESSES and region.field == detail.field else None
        if whose in paired and (other := other_meaning(region.leaf)) and other not in paired:
            whose = other  # 家庭地址 beside the hukou's
        goes_on = detail.leaf.startswith(region.leaf) and DETAILED.search(detail.leaf)
        if whose and whose not in paired and goes_on and not region.part and region.sureness != CORRECTED:
            paired.add(whose)
            names[c - 1] = replace(region, field=whose, part=1)
            names[c] = replace(detail, field=whose, part=DETAIL)


def _join_parts(names: list[ColumnName]) -> set[str]:
    """Address and department columns that make one field together. Returns the fields that are joined."""
    joined: set[str] = set()
    _pair_region_and_detail(names)
    for whole in ("household_address", "current_address"):
        parts = {c: n.part for c, n in enumerate(names) if n.field == whole and n.part}
        has_whole = any(n.field == whole and not n.part and n.sureness == EXACT for n in names)
        distinct = len(set(parts.values())) == len(parts)
        # 户籍省份 and 户籍市 are fields of the catalogue; 户籍地 / 省 and 市 are two parts of one.
        together = DETAIL in parts.values() or whole == "current_address" or all(names[c].by_group for c in parts)
        if len(parts) > 1 and distinct and not has_whole and together:
            joined.add(whole)
            for c in parts:
                names[c] = replace(names[c], reason="与同组各列合并")
            continue
        for c, part in parts.items():
            if part != DETAIL:
                names[c] = replace(names[c], field=_field_of_part(whole, part), part=0)
    departments = [c for c, n in enumerate(names) if n.field == "department"]
    deeper = {c: DEPARTMENT_PARTS[n.leaf] for c, n in enumerate(names) if n.leaf in DEPARTMENT_PARTS}
    whole = [c for c in departments if names[c].leaf in ("部门", "部门名称", "所属部门", "所在部门")]
    top = [c for c in departments if names[c].leaf == "一级部门"]
    if top and whole and not deeper:
        deeper = {whole[0]: 2}
    elif whole and top:
        deeper = {}  # 一级部门 二级部门 部门: the last says all
    if departments and deeper:
        joined.add("department")
        first = top[0] if top else departments[0]
        names[first] = replace(names[first], part=1)
        for c, part in deeper.items():
            names[c] = replace(names[c], field="department", part=part, reason="与上级部门合并")
    return joined


def _field_of_part(whole: str, part: int) -> str | None:
    if whole == "household_address":
        return HOUSEHOLD_PARTS.get(part)
    return {4: "current_street", 5: "current_community"}.get(part)


def _settle_claims(names: list[ColumnName], joined: set[str], sample: _Sample) -> None:
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


def _best(claimed: str, columns: list[int], names: list[ColumnName], sample: _Sample) -> int:
    def order(c: int) -> tuple[float, ...]:
        name = names[c]
        words = -round(sample.share(c, _WORDS)) if claimed in PREFER_WORDS else 0
        place = -c if claimed in PREFER_LAST else c
        last = LAST_CHOICE.index(name.leaf) + 1 if name.leaf in LAST_CHOICE else 0
        vague = claimed in ADDRESSES and sample.share(c, HOUSE) < 0.5
        second = claimed in ADDRESSES and other_meaning(name.leaf) is not None
        return (not sample.texts(c), words, second, vague, last, -name.sureness, name.rank, place)

    return min(columns, key=order)


def _one_line(level: str) -> str:
    return re.sub(r"\s+", " ", level).strip()


def header_words(header: Header) -> list[str]:
    """The normal form of every column's lowest level, '' where there is none."""
    return [normal(path[-1]) if path else "" for path in header.paths]
