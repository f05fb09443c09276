"""Columns that make one field together: the parts of an address, levels of a department."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from clearbase.reading.column_names import BARE, CORRECTED, EXACT, ColumnName
from clearbase.reading.column_sample import Sample
from clearbase.reading.lookalikes import ADDRESS_PARTS, DEPARTMENT_PARTS, HOUSEHOLD_PARTS, other_meaning

DETAIL: Final = 6
ADDRESSES: Final = frozenset({"household_address", "current_address"})
# What stands between the joined parts of a field that goes over several columns.
JOINERS: Final[dict[str, str]] = {
    "household_address": "",
    "current_address": "",
    "department": "/",
    "insurance_types": "、",
}
DETAILED: Final = re.compile(r"详细(地址|信息)?$|详址$|具体地址$|门牌号?$")
# The province by its name or its sign, then more.
FROM_THE_PROVINCE: Final = re.compile(
    r"^(?:[\u4e00-\u9fff]{2,3}省|[\u4e00-\u9fff]{2,8}自治区|(?:北京|天津|上海|重庆)市?|香港|澳门|台湾).+"
)
# The province or the city, with or without its sign.
FROM_A_REGION: Final = re.compile(FROM_THE_PROVINCE.pattern + r"|^[\u4e00-\u9fff]{2,4}[市州盟].+")
HOUSE: Final = re.compile(r"\d|村|组|号|室|栋|路|街")
# 户籍地(省市县) by itself is an address, if a short one.
SEVERAL_REGIONS: Final = re.compile(r"省.{0,2}市.{0,2}[县区]")
# Units of a department, the larger first.
UNITS: Final = tuple(
    map(
        re.compile,
        (
            r"^(?:所[在属])?(?:车间|分厂|厂部|工段)(?:名称)?$",
            r"^(?:所[在属])?(?:班组|组别|小组|组|班别|拉别|拉|线别|产线|班)(?:名称)?$",
        ),
    )
)
MOST_WHOLE: Final = 0.8
FEWEST: Final = 5
LIVING: Final = re.compile(r"居住|暂住|现住|租住|住址")


def join_parts(names: list[ColumnName], sample: Sample) -> set[str]:
    """Gives the columns of a joined field their ``part``, in place. Returns the fields that are joined."""
    _name_bare_parts(names)
    for c, name in enumerate(names):
        # 户籍省份, then 户籍详细地址 that begins with the province again: the whole, and no part of it.
        if name.part == DETAIL and name.field in ADDRESSES and sample.share(c, FROM_THE_PROVINCE) >= MOST_WHOLE:
            names[c] = replace(name, part=0)
    _take_the_rest(names, sample)
    return _join_parts(names)


def _take_the_rest(names: list[ColumnName], sample: Sample) -> None:
    """户籍省, 户籍市, 户籍县 and 户籍住址 that begins with none of them: the village and the house come last."""
    for whose in ADDRESSES:
        parts = [n.part for n in names if n.field == whose and n.part]
        whole = [c for c, n in enumerate(names) if n.field == whose and not n.part]
        if len(parts) >= 2 and DETAIL not in parts and len(whole) == 1 and names[whole[0]].sureness != CORRECTED:
            texts = sample.texts(whole[0])
            from_above = sample.share(whole[0], FROM_A_REGION)
            if len(texts) >= FEWEST and from_above < 1 - MOST_WHOLE and sample.share(whole[0], HOUSE) >= MOST_WHOLE:
                names[whole[0]] = replace(names[whole[0]], part=DETAIL, by_group=True)


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
            several = part == 1 and SEVERAL_REGIONS.search(names[c].leaf)
            if part != DETAIL:
                whose = whole if several or _all_there_is(names[c], parts) else _field_of_part(whole, part)
                names[c] = replace(names[c], field=whose, part=0)
    if _join_departments(names):
        joined.add("department")
    return joined


def _all_there_is(name: ColumnName, parts: dict[int, int]) -> bool:
    """户籍(村组) with no other column of the hukou: the village is what is known of it."""
    return name.field == "household_address" and len(parts) == 1 and next(iter(parts.values())) > max(HOUSEHOLD_PARTS)


def _join_departments(names: list[ColumnName]) -> bool:
    """一级部门 and 二级部门 are one department; whether any are joined."""
    departments = [c for c, n in enumerate(names) if n.field == "department"]
    deeper: dict[int, int] = {c: DEPARTMENT_PARTS[n.leaf] for c, n in enumerate(names) if n.leaf in DEPARTMENT_PARTS}
    deeper = deeper or _levels_beside(departments, names)
    plain = [c for c in departments if names[c].leaf in ("部门", "部门名称", "所属部门", "所在部门")]
    top = [c for c in departments if names[c].leaf == "一级部门"]
    if top and plain and not deeper:
        deeper = {plain[0]: 2}
    elif plain and top:
        deeper = {}  # 一级部门 二级部门 部门: the last says all
    if not departments or not deeper:
        return False
    first = top[0] if top else departments[0]
    names[first] = replace(names[first], part=1)
    for c, part in deeper.items():
        names[c] = replace(names[c], field="department", part=part, reason="与上级部门合并")
    return True


def _levels_beside(departments: list[int], names: list[ColumnName]) -> dict[int, int]:
    """车间 and 组别 side by side: the smaller unit to the right of the larger one is a level of it."""
    size = {c: at for c in departments for at, words in enumerate(UNITS) if words.search(names[c].leaf)}
    return next(({c + 1: 2} for c in size if size[c] < size.get(c + 1, 0)), {})


def _field_of_part(whole: str, part: int) -> str | None:
    if whole == "household_address":
        return HOUSEHOLD_PARTS.get(part)
    return {4: "current_street", 5: "current_community"}.get(part)
