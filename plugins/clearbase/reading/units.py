"""The unit that a table is of: a branch, plant, workshop, shop or user unit, where an employer sends a table for each.

Asked in this order: the rows above the header, the sheet's name, the file's name, a column of the user unit whose rows
all agree. What is told is the compared form: no spaces, no brackets, 第一车间 and 1车间 alike.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from clearbase.reading.facts import COMPANY, find_employer, is_other_party
from clearbase.reading.header_text import normal
from clearbase.reading.kinds import KIND_WORDS
from clearbase.reading.periods import EXPLAINS, LONGEST_TITLE, without_dates
from clearbase.reading.sheet import SheetLines
from clearbase.records import FileFacts

# What a unit's name ends with; 酒店 and 商店 are employers.
_ENDS: Final = (
    r"分公司|分厂|厂区|车间|项目部|仓库|事业部|门店|分店|(?<![酒饭商书药旅网总本各全])店"
    r"|(?<=[一二三四五六七八九十\dA-Z东南西北新老])厂"
)
_UNIT: Final = re.compile(rf"[\u4e00-\u9fffA-Z0-9]{{0,14}}(?:{_ENDS})")
# Ends that say nothing alone: a 分公司 has a name.
_NEEDS_NAME: Final = re.compile(r"分公司|分厂|厂区|门店|分店|店|厂|事业部|项目部")
# All of them, or the house itself, is no unit: 各车间, 全厂, 总店, 本厂区.
_WHOLE: Final = re.compile(r"^(?:各|全|本|所有|总|整|我|该)|全员|全体|全厂|全公司|汇总")
# Beside sheets that are units, departments are units too.
_DEPARTMENT: Final = re.compile(
    r"^(?!总部|全部|各部|本部|内部|外部)[\u4e00-\u9fffA-Z0-9]{1,10}(?:部|科|室|组|处)$|^(?:办公室|食堂|保安队)$"
)
FEWEST_UNITS: Final = 2
# Words of rosters and marks between words: what stands between them is a name.
_WORDS: Final = re.compile(
    "|".join(words.pattern for _, words in KIND_WORDS)
    + r"|流动人口|外来(?:务工)?|务工|实名制?|员工|职工|人员|工人|用工|单位|名称|信息|登记|统计|明细|汇总|基本|情况"
    r"|月份|年度|最新|最终|更正|修正|补报|表(?!车间)|[^\u4e00-\u9fffA-Z0-9]+"
)
# A company's own name; a 分公司 alone is a part of one.
_COMPANY: Final = re.compile(r"(?<!分)公司")
_NUMERAL: Final = re.compile(rf"第?([一二三四五六七八九十]+|\d+)号?(?={_ENDS})")
_DIGITS: Final = {c: n for n, c in enumerate("一二三四五六七八九", 1)}
_LONG_NUMBER: Final = re.compile(r"\d{6}")  # of a phone or an identity number
_BRACKETS: Final = re.compile(r"[()\[\]【】〔〕]")
# What stands behind a place or a number in brackets and names nothing by itself: 某某(北仑)有限公司, (1)车间.
_LEGAL_FORM: Final = re.compile(rf"有限|股份|责任|集团|公司|分公司|(?:{_ENDS})$")
# Columns that name where somebody works; an agency (派遣单位) is who sent them.
_USER_UNIT: Final = re.compile(r"^(?:实际)?用工|派[遣驻]?至|派[驻往]")


def set_units(rosters: Sequence[SheetLines], names: Sequence[str], facts: FileFacts) -> None:
    """Fills ``SheetRead.unit`` of every roster table, in place. ``names``: of file and folders, nearest first."""
    by_file = _unit_in(names[:1], facts.employer_name)
    by_sheet = [_unit_in([sheet.texts.name], facts.employer_name) for sheet in rosters]
    departments = len({unit for unit in by_sheet if unit}) >= FEWEST_UNITS
    firsts: dict[int, str] = {}
    for sheet, named in zip(rosters, by_sheet, strict=True):
        told = compared(sheet.texts.name)
        of_sheet = named or (told if departments and _DEPARTMENT.search(told) else "")
        titled = _unit_in(sheet.texts.titled(), facts.employer_name)
        unit = titled or of_sheet or by_file or _user_unit(sheet, facts)
        # The leavers below the staff are of the unit of their sheet.
        unit = unit or firsts.get(sheet.read.worksheet, "")
        firsts.setdefault(sheet.read.worksheet, unit)
        sheet.read.unit = "" if _names_a_person(sheet, unit) else unit


def compared(unit: str) -> str:
    """A unit's name as compared: no spaces, no brackets, no mark of a number: 第一车间 and (1)车间 are 1车间."""
    folded = re.sub(r"[\s()\[\]【】〔〕“”\"'._-]+", "", unicodedata.normalize("NFKC", unit)).upper()
    return _NUMERAL.sub(lambda found: _in_digits(found[1]), folded)


def branch_of(named: str, employer: str) -> str:
    """The unit by which a name is longer than its employer's: 宁波某某有限公司北仑分公司 of 宁波某某有限公司."""
    long, short = compared(named), compared(employer)
    rest = long.removeprefix(short) if short else long
    return rest if rest != long and _UNIT.fullmatch(rest) and not _WHOLE.search(rest) else ""


def names_user_unit(header: str) -> bool:
    """Whether a column of this header says where he is sent to work (用工单位, 派遣至), and not who sends him."""
    told = normal(header)
    return bool(_USER_UNIT.search(told)) and (is_other_party(header) or "至" in told or "派" in told)


def unit_named(value: str) -> str:
    """A company or unit that a cell names, as compared; '' for what is none: it may be somebody's name. Of the parts
    that brackets make, those that are one by themselves, if any is: 王小明(宁波某某有限公司) is the company."""
    parts = [compared(part) for part in _BRACKETS.split(unicodedata.normalize("NFKC", value))]
    named = [part for part in parts if _is_unit(part) and not _LEGAL_FORM.match(part)]
    unit = "".join(named) or compared(value)
    return unit if _is_unit(unit) and not _LONG_NUMBER.search(unit) else ""


def _is_unit(text: str) -> bool:
    return bool(COMPANY.fullmatch(text) or _UNIT.fullmatch(text))


def _unit_in(texts: Sequence[str], employer: str | None) -> str:
    """The units that such texts name, as one; '' where none is named, or the whole employer is."""
    short = [text for text in texts if len(text) <= LONGEST_TITLE and not EXPLAINS.search(text)]
    found: list[str] = []
    own = _folded(employer or "")
    for text in short:
        rest = _folded(text)
        if own and (_COMPANY.search(own) or not _UNIT.fullmatch(compared(own))):
            rest = rest.replace(own, " ")
        company = find_employer([rest])
        if company and _COMPANY.search(company):
            # Another name than the file's: 宁波某某有限公司北仑分公司, where each sheet has a branch.
            rest = rest.replace(company, f" {company.partition('公司')[2]} ")
        for word in _WORDS.split(without_dates(rest)):
            unit = compared(word or "")
            if _UNIT.fullmatch(unit) and not _WHOLE.search(unit) and not _NEEDS_NAME.fullmatch(unit):
                found.append(unit)
    return "、".join(dict.fromkeys(found))


def _folded(text: str) -> str:
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text)).strip()


def _user_unit(sheet: SheetLines, facts: FileFacts) -> str:
    """The one user unit that all rows of a table name; never the employer itself."""
    if sheet.lines is None or not sheet.lines.num_rows:
        return ""
    for column in sheet.read.columns:
        if not names_user_unit(column.header):
            continue
        if column.field is None or column.field not in sheet.lines.column_names:
            continue
        told = pc.unique(sheet.lines[column.field])
        value = told[0].as_py() if len(told) == 1 else None
        if value and (COMPANY.search(value) or _UNIT.fullmatch(compared(value))):
            unit = compared(value)
            return "" if unit == compared(facts.employer_name or "") else unit
    return ""


def _names_a_person(sheet: SheetLines, unit: str) -> bool:
    if not unit or sheet.lines is None or "name" not in sheet.lines.column_names:
        return False
    return bool(pc.any(pc.equal(sheet.lines["name"], pa.scalar(unit))).as_py())


def _in_digits(numeral: str) -> str:
    """一 … 九十九 in digits; digits stay, without leading noughts."""
    if numeral.isdigit():
        return str(int(numeral))
    tens, mark, ones = numeral.rpartition("十")
    return str((_DIGITS.get(tens, 1) * 10 if mark else 0) + _DIGITS.get(ones, 0)) if len(numeral) <= 3 else numeral
