"""Which row is the header, and over how many levels it goes (messiness B1-B3)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from clearbase.reading.catalogue import Catalogue
from clearbase.reading.column_names import name_column
from clearbase.reading.header_text import normal
from clearbase.reading.likeness import only_workers

SEARCHED_ROWS: Final = 30
MIN_RECOGNISED: Final = 3
MAX_LEVELS: Final = 3
# So many fields tell of people where no column is called a name.
WITHOUT_A_NAME: Final = 5
FEWEST_TOLD: Final = 2
# One of these must be there: a table of places or figures has neither. Both together are enough.
PERSON_FIELDS: Final = frozenset({"name", "id_number"})
# A header is short and no value: dates, long numbers and addresses with digits are values.
MAX_HEADER_LENGTH: Final = 60
# An identity number or a mobile number stands in no header, whatever the cells beside it look like (居民身份证).
_OF_A_PERSON: Final = re.compile(r"'?(?:[1-9]\d{16}[\dXx]|1[3-9]\d{9})")
# 填报单位 宁波某某有限公司 2026年3月: what the form says of itself stands above a header and groups nothing.
_OF_THE_FORM: Final = re.compile(r"\d|公司|[厂店院校]$|填报|填表|制表|单位(?:名称)?[:：]?$|日期|负责人|盖章")
LONGEST_GROUP: Final = 12
# 填报人：丁俊林, 填报日期：2026年11月: a label with what is said of it. A row of them is the form's own, no level.
_TOLD: Final = re.compile(r"[\u4e00-\u9fff）)]\s*[:：]\s*\S")
_HAN: Final = re.compile(r"[\u4e00-\u9fff]")
_VALUE: Final = re.compile(r"\d{6,}|^\d+([./-]\d+)+$|^\d+(\.\d+)?$")


@dataclass(frozen=True)
class Header:
    """``first`` and ``last`` are 0-based rows; ``paths[c]`` are the column's levels, outermost first ([] for none)."""

    first: int
    last: int
    paths: list[list[str]]


def find_header(head: list[list[str]], catalogue: Catalogue, first: int = 0) -> Header | None:
    """The first row with at least three recognised columns, one of them a name or an identity number.

    ``head``: rows of a sheet as text, from the 0-based row ``first`` on. None where there is none: no roster.
    """
    for row in range(min(SEARCHED_ROWS, len(head))):
        if header := header_at(head, row, catalogue):
            return Header(header.first + first, header.last + first, header.paths)
    return None


def header_at(head: list[list[str]], row: int, catalogue: Catalogue) -> Header | None:
    """The header that begins at this row of ``head``, if one does."""
    if not _is_header_like(head[row]):
        return None
    few = sum(bool(text.strip()) for text in head[row]) < MIN_RECOGNISED
    # Two cells may be a title with a label; they are a header only if they say so by themselves.
    header = (
        Header(row, row, [[text] if text.strip() else [] for text in head[row]])
        if few
        else _levels(head, row, catalogue)
    )
    recognised = recognised_fields(header, catalogue)
    enough = len(recognised) >= MIN_RECOGNISED and (recognised & PERSON_FIELDS or _tells_of_people(header, recognised))
    return _with_second_language(header, head, catalogue) if enough or recognised >= PERSON_FIELDS else None


def _tells_of_people(header: Header, recognised: set[str]) -> bool:
    """A dormitory's list calls the worker 入住员工; what else it says of him, with a number or a phone, is no table of
    rooms. That the cells are names is asked when columns are named."""
    enough = len(recognised) >= WITHOUT_A_NAME and recognised & {"employee_no", "phone"}
    return bool(enough) and any(only_workers(normal(path[-1])) for path in header.paths if path)


def _with_second_language(header: Header, head: list[list[str]], catalogue: Catalogue) -> Header:
    """employeeName over 员工姓名: two rows that name the same columns. The one in Chinese is read."""
    below = header.last + 1
    if header.first != header.last or below >= len(head) or not _is_header_like(head[below]):
        return header
    rows = [[[text] if text.strip() else [] for text in head[row]] for row in (header.last, below)]
    chinese = [sum(bool(_HAN.search(path[0])) for path in row if path) for row in rows]
    same = {
        name_column(upper, catalogue).field
        for upper, lower in zip(*rows, strict=False)
        if upper and lower and bool(_HAN.search(upper[0])) != bool(_HAN.search(lower[0]))
        if name_column(upper, catalogue).field == name_column(lower, catalogue).field
    } - {None}
    # 在职 below status says the same too, but nobody is called 姓名.
    if len(same) < MIN_RECOGNISED or not same & PERSON_FIELDS:
        return header
    read, other = rows if chinese[0] > chinese[1] else rows[::-1]
    other = [*other, *([[]] * (len(read) - len(other)))]
    paths = [mine or theirs for mine, theirs in zip(read, other, strict=False)]
    return Header(header.first, below, paths)


def recognised_fields(header: Header, catalogue: Catalogue) -> set[str]:
    """The fields that its names alone claim."""
    return _recognised(header.paths, catalogue)


def _recognised(paths: list[list[str]], catalogue: Catalogue) -> set[str]:
    found = {name_column(path, catalogue).field for path in paths if path}
    return {field for field in found if field}


def _is_header_like(row: list[str]) -> bool:
    cells = [text for text in row if text.strip()]
    if any(_OF_A_PERSON.fullmatch(text.strip()) for text in cells):
        return False
    if len(cells) >= FEWEST_TOLD and all(_TOLD.search(text) for text in cells):
        return False
    values = sum(bool(_VALUE.search(normal(text))) for text in cells)
    return len(cells) >= len(PERSON_FIELDS) and values <= len(cells) / 2


def _levels(head: list[list[str]], row: int, catalogue: Catalogue) -> Header:
    paths = [[text] if text.strip() else [] for text in head[row]]
    last = row
    while (
        last + 1 < len(head)
        and last - row + 1 < MAX_LEVELS
        and (
            _is_sublevel(head[last], head[last + 1], paths)
            or (last == row and _all_grouped(head[last], head[last + 1], catalogue))
        )
    ):
        last += 1
        group: list[str] = []
        for column, text in enumerate(head[last]):
            above = head[last - 1][column]
            # A group reaches over the empty cells to its right, as far as the level below goes on, and with it all
            # that stands above it: 配偶信息 / 身份 / 证号.
            if above.strip():
                group = paths[column] if text.strip() else []
            if not text.strip():
                continue
            if not above.strip() and group and not paths[column]:
                paths[column] = group
            paths[column] = [*paths[column], text]
            if above.strip():
                group = paths[column][:-1]
    return Header(row, last, paths)


def _all_grouped(above: list[str], below: list[str], catalogue: Catalogue) -> bool:
    """基本信息 / 工作信息 / 紧急联系人 over columns that all have a name of their own, 姓名 twice among them: without
    the groups the contact's phone is the worker's. A person's row names no columns."""
    filled = [column for column, text in enumerate(below) if text.strip()]
    groups = [text.strip() for text in above if text.strip()]
    # 序号 alone may stand before the first group.
    reached = len(filled) > 1 and any(text.strip() for text in above[: filled[1] + 1])
    plain = all(len(text) <= LONGEST_GROUP and not _OF_THE_FORM.search(normal(text)) for text in groups)
    if not (reached and plain and MIN_RECOGNISED <= len(groups) < len(filled) and _is_header_like(below)):
        return False
    named = _recognised([[below[column]] for column in filled], catalogue)
    return len(named) >= WITHOUT_A_NAME and bool(named & PERSON_FIELDS)


def _is_sublevel(above: list[str], below: list[str], paths: list[list[str]]) -> bool:
    """Whether ``below`` refines ``above``: it is empty under most columns, and fills columns that have no text yet."""
    filled = [column for column, text in enumerate(below) if text.strip()]
    if len(filled) < 2 or any(_VALUE.search(normal(below[c])) or len(below[c]) > MAX_HEADER_LENGTH for c in filled):
        return False
    opened = [c for c in filled if not above[c].strip()]
    grouped = [c for c in filled if above[c].strip() and c + 1 < len(above) and not above[c + 1].strip()]
    under_scalar = [c for c in filled if above[c].strip() and c not in grouped]
    # Under a column of one level there is nothing below: a person's row fills those.
    return (
        bool(opened)
        and 5 * len(under_scalar) <= len(filled)
        and len(filled) < sum(bool(p) for p in paths) + len(opened)
    )
