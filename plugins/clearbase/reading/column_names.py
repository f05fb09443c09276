"""One header, one field: what a column's name alone says, and how surely."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from clearbase.reading.catalogue import FORBIDDEN, Catalogue
from clearbase.reading.header_text import joined_form, normal, without_hints
from clearbase.reading.likeness import alike, by_tail
from clearbase.reading.lookalikes import (
    ADDRESS_PARTS,
    ADDRESS_PREFIX,
    DECIDED,
    ENDINGS,
    PREFIXES,
    TOLD_BY_GROUP,
    TOO_GENERAL,
)

UNKNOWN: Final = "不在字段目录中"
CORRECTED, EXACT, BARE, ALIKE = 4, 3, 2, 1
GUESSED: Final = -1  # by the cells alone, where the header says nothing
BY_CLERK: Final = "按人工更正的对应关系"  # why a corrected column is what it is
# Dropped by what the column itself is called, not by its group's name.
BY_OWN_WORD: Final = FORBIDDEN - {"child_detail"}
OTHER_WAYS: Final = "其他联系方式"  # 微信, beside which 电话/微信 is a phone
MOST_SAID: Final = 20_000  # more than a sheet of Excel has columns: of the widest, too, each is asked about once
LIKE: Final = 900  # the rank of what is only built like a field's header

OF_OTHERS: Final = frozenset(
    {"他人的信息，不是本人的", "其他联系方式", "房东", "与他人的关系", "紧急联系人", "配偶是否随迁", "随迁子女的人数"}
)
# A hint that is nothing but another person: 年龄(配偶).
_OF_ANOTHER: Final = re.compile(
    r"\((?:的|为|指)?(?:配偶|爱人|户主|房东|父亲|母亲|父母|子女|家属|家长|监护人|紧急联系人|联系人|介绍人|担保人)(?:的)?\)"
)
# Between a group and its column written in one cell, and between two names for one column.
_SECTION: Final = re.compile(r"(?<=[\u4e00-\u9fff)）])\s*(?:[.．·>＞\\_|｜]|-+|—+|->|→)\s*(?=[\u4e00-\u9fff(（])")
_LISTING: Final = re.compile(r"[、及](?=.)")
_EITHER: Final = re.compile(r"[/／、|｜&＆]|(?<=.)[及和与或](?=.)")
_DECIDED: Final = tuple((re.compile(pattern), field, reason) for pattern, field, reason in DECIDED)
# 现居住地所属社区(村): what stands before the hint says already which part it is.
_ENDS_IN_A_PART: Final = re.compile(r"(?:街道|乡镇|镇|社区|村|省份?|县|区县)$")
_REGIONS: Final = re.compile(r"[省市县区旗州盟/、()]{2,}")
_ADDRESS: Final = tuple((re.compile(pattern), field) for pattern, field in ADDRESS_PREFIX)


@dataclass(frozen=True)
class ColumnName:
    """What a header says: ``field`` or None, ``sureness`` 0-4, ``rank`` among the field's synonyms (0 best), ``part``
    of an address (1 province … 6 detail, 0 none), the reason in Chinese; ``by_group``: its group has settled
    it, or, of a part of an address, no field of the catalogue has its name; ``whole``: all its levels."""

    field: str | None
    sureness: int = 0
    rank: int = 999
    part: int = 0
    reason: str = ""
    leaf: str = ""
    by_group: bool = False
    whole: str = ""


def name_column(path: list[str], catalogue: Catalogue) -> ColumnName:
    """The field that a header of one to three levels names."""
    asked = tuple(path)
    if (known := catalogue.said.get(asked)) is not None:
        return known  # type: ignore[no-any-return]
    # Rows that turn out to be no header are asked about too: nothing of them is kept for long.
    if len(catalogue.said) >= MOST_SAID:
        catalogue.said.clear()
    name = catalogue.said[asked] = _name_column(path, catalogue)
    return name


def _name_column(path: list[str], catalogue: Catalogue) -> ColumnName:
    name = _named(path, catalogue)
    if name.field is None and name.reason in (UNKNOWN, OTHER_WAYS):
        name = _in_other_cuts(path, catalogue) or name
    elif name.field is None and path and _LISTING.search(path[-1]):
        name = _first_of_a_list(path, catalogue) or name
    if name.field is None and name.reason == UNKNOWN and (tail := by_tail(normal(path[-1]))):
        why = "列名前半不识，按其后半判断"
        name = ColumnName(tail.field, ALIKE, LIKE + tail.place, reason=why, leaf=normal(path[-1]))
    return name


def _named(path: list[str], catalogue: Catalogue) -> ColumnName:
    """The child first, then the pair (messiness B3)."""
    levels = [form for form in map(normal, path) if form]
    if not levels:
        return ColumnName(None, reason="没有列名")
    leaf, whole = levels[-1], "".join(levels)
    for form in (joined_form(levels), joined_form(levels[-1:])):
        if form in catalogue.corrections:
            return ColumnName(catalogue.corrections[form], CORRECTED, -1, reason=BY_CLERK, leaf=leaf)
    parent = "".join(levels[:-1])
    address = _address_part(levels, catalogue)
    if address:
        return address
    if parent and (found := _known(whole, catalogue)):
        return ColumnName(found[0], found[1], found[2], leaf=leaf, by_group=True)
    exact = catalogue.lookup(leaf)
    bare = [without_hints(level) or level for level in levels]
    refused = _decided(whole)
    if not exact and refused and refused.reason in OF_OTHERS and not _OF_ANOTHER.search(leaf):
        # 手机(微信同号), 职务(组长/班长): what a hint mentions makes nobody else of the column.
        bare = [without_hints(level) or level for level in levels]
        known = catalogue.lookup(bare[-1])
        if known and not _decided("".join(bare)):
            return ColumnName(known[0], BARE, known[1], leaf=leaf)
    told = parent and leaf in TOLD_BY_GROUP and alike(levels)
    if told and told.by_group and not refused:
        exact = None  # 教师资格证 / 编号 is no row number
    by_itself = not parent or (_decided(leaf) and not _decided(parent))
    if exact and (not refused or (by_itself and refused.field != exact[0])):
        # A synonym of the catalogue stands against a pattern, unless its group belongs to somebody else.
        return ColumnName(exact[0], EXACT, exact[1], leaf=leaf)
    found = None if told and told.by_group and not refused else _known(leaf, catalogue)
    if refused and not (parent and refused.field in BY_OWN_WORD and found and not _decided(leaf)):
        # 健康与参保情况 / 是否参保: a group's name alone drops no column that its own header tells.
        return refused
    if found:
        return ColumnName(found[0], found[1], found[2], leaf=leaf)
    like = alike(levels)
    if like and like.field in catalogue.fields:
        why = "列名与字段目录不同，按其构成判断"
        return ColumnName(like.field, ALIKE, LIKE + like.place, reason=why, leaf=leaf, by_group=like.by_group)
    return ColumnName(None, reason=UNKNOWN, leaf=leaf)


def _in_other_cuts(path: list[str], catalogue: Catalogue) -> ColumnName | None:
    """任职记录.所属部门 is a group and its column; 氏名/姓名 says one thing twice, 单位及职务 two: the first counts.

    A part that is somebody else's spoils the whole."""
    if not path:
        return None
    last = _SECTION.split(path[-1])
    if len(last) > 1 and all(last):
        found = _named([*path[:-1], *last], catalogue)
        if found.field:
            return replace(found, leaf=normal(path[-1]), sureness=min(found.sureness, ALIKE))
    lines = [_named([*path[:-1], line], catalogue) for line in path[-1].splitlines() if normal(line)]
    if len(lines) > 1 and (told := _said_twice(lines)):
        return replace(told, leaf=normal(path[-1]), sureness=ALIKE)
    parts = [_named([*path[:-1], part], catalogue) for part in _EITHER.split(path[-1]) if normal(part)]
    if len(parts) < 2 or any(part.field is None and part.reason not in (UNKNOWN, OTHER_WAYS) for part in parts):
        return None
    first = next((part for part in parts if part.field), None)
    # One of them must be known by its name: 入住/搬离时间 is neither's.
    if not any(part.field and part.field == (first and first.field) and part.sureness >= BARE for part in parts):
        return None
    return first and replace(first, leaf=normal(path[-1]), sureness=ALIKE, part=0)


def _said_twice(lines: list[ColumnName]) -> ColumnName | None:
    """社員番号 over 工号: one line is a name of the catalogue, of the others none is anybody's or another field's.

    劳模 over 类型 is no kind of report: a word that says more only with its group is not enough."""
    spoilt = any(line.field is None and line.reason != UNKNOWN for line in lines)
    one = len({line.field for line in lines if line.field}) == 1
    said = [line for line in lines if line.sureness == EXACT and line.leaf not in TOLD_BY_GROUP | TOO_GENERAL]
    return said[0] if one and said and not spoilt else None


def _first_of_a_list(path: list[str], catalogue: Catalogue) -> ColumnName | None:
    """家庭住址、家庭联系人及电话: refused for a telephone of the family that only its ends together make. What stands
    first has the column, where it is known by its name and no part is refused for itself."""
    first = _named([*path[:-1], _LISTING.split(path[-1])[0]], catalogue)
    found = _in_other_cuts(path, catalogue) if first.field and first.sureness >= BARE else None
    return found if found and found.field == first.field else None


def _decided(whole: str) -> ColumnName | None:
    for pattern, field, reason in _DECIDED:
        if pattern.search(whole):
            return ColumnName(field, BARE if field else 0, reason=reason, leaf=whole)
    return None


def _known(form: str, catalogue: Catalogue) -> tuple[str, int, int] | None:
    """(field, sureness, rank) by the synonyms, then without hints, then without what says only whose column it is."""
    bare = without_hints(form)
    unprefixed = PREFIXES.sub("", bare)
    if unprefixed in TOO_GENERAL:  # 人员类型 is not the 类型 of the report, 教职工编号 is no row number
        unprefixed = bare
    for candidate, sureness in ((form, EXACT), (bare, BARE), (unprefixed, ALIKE)):
        if (len(candidate) > 1 or candidate == form) and (found := catalogue.lookup(candidate)):
            return found[0], sureness, found[1]
    for stem in (bare, unprefixed):
        for ending, other in ENDINGS:
            if stem.endswith(ending) and (found := catalogue.lookup(stem.removesuffix(ending) + other)):
                return found[0], ALIKE, found[1] + 1
    return None


def _address_part(levels: list[str], catalogue: Catalogue) -> ColumnName | None:
    """户籍地址/省, 现居住区/县, 户籍所在地(市) …: which address, and which part of it."""
    leaf = levels[-1]
    bare, opened = without_hints(leaf), re.sub(r"[()]", "", leaf)
    unlisted = not any(map(catalogue.lookup, (leaf, "".join(levels)))) and not leaf.startswith("来")
    for form in dict.fromkeys((leaf, bare, opened)):
        for pattern, field in _ADDRESS:
            own = pattern.match(form)
            if own and own.end() and (part := _part_of(form[own.end() :].lstrip("/-"))):
                return ColumnName(field, EXACT, 50 + part, part, leaf=leaf, by_group=unlisted)
            if any(pattern.match(group) for group in levels[:-1]) and (part := _part_of(form)):
                return ColumnName(field, EXACT, 50 + part, part, leaf=leaf, by_group=unlisted)
    hint = leaf[len(bare) :].strip("()")
    known = catalogue.lookup(bare)
    if _ENDS_IN_A_PART.search(bare) or (known and known[0] == "native_place"):
        return None
    if bare and hint in ADDRESS_PARTS and not leaf.startswith("省"):
        return ColumnName(None, reason="地址的一部分，不知是哪一个地址", leaf=leaf)
    return None


def _part_of(rest: str) -> int:
    """省市县(区) begins with the province, whatever comes along."""
    if part := ADDRESS_PARTS.get(rest):
        return part
    return {"省": 1, "市": 2}.get(rest[0], 0) if _REGIONS.fullmatch(rest) else 0


def is_forbidden(field: str | None) -> bool:
    return field in FORBIDDEN
