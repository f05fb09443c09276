"""Which sheets with names and numbers are rosters: payroll, attendance and print copies repeat the same people."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

PAYROLL: Final = re.compile(
    r"应发|实发|应扣|扣款|扣减|个税|加班|绩效|津贴|补贴|基本工资|税前|税后|工资标准|奖金|领款|签字|工资总额|代扣|社保扣|公积金扣"
)
ATTENDANCE: Final = re.compile(r"出勤|事假|病假|年假|婚假|产假|调休|迟到|早退|旷工|打卡|缺勤|加班时长|考勤|夜班")
DAY: Final = re.compile(r"(0?[1-9]|[12]\d|3[01])(日|号)?")
MANY: Final = 3
MANY_DAYS: Final = 15

# A roster tells of the person; payroll and attendance only repeat name, number, department, bank account.
PERSONAL: Final = frozenset(
    {"sex", "birth_date", "age", "phone", "hire_date", "household_address", "current_address", "education"}
    | {"ethnicity", "native_place", "marital_status", "political_status", "contract_start"}
)
PERSONAL_ENOUGH: Final = 2

# Words in the name of a sheet that holds the people of another sheet again.
COPY_NAMES: Final = re.compile(r"打印|副本|备份|copy", re.IGNORECASE)

# Sheets that go with a roster and tell more of its people, several rows each: its contracts, schools, relatives.
ANNEX_NAMES: Final = re.compile(
    r"合同|协议|教育|学历|学习经历|家庭|家属|亲属|子女|社会关系|工作经历|履历|证书|资格|培训|奖惩|奖励|处分|考核|社保|公积金|保险|调动|异动"
)
_RELATIVES: Final = re.compile(r"与(?:员工|本人|职工|其)?(?:的)?关系|称谓|家庭成员|成员姓名")


def other_role(words: Sequence[str], fields: set[str]) -> str | None:
    """Chinese name of what the sheet is instead of a roster, or None. ``words``: normal headers, ``fields``: mapped."""
    if len(fields & PERSONAL) >= PERSONAL_ENOUGH:
        return None
    if sum(bool(DAY.fullmatch(word)) for word in words) >= MANY_DAYS:
        return "考勤表"
    if sum(bool(ATTENDANCE.search(word)) for word in words) >= MANY:
        return "考勤表"
    if sum(bool(PAYROLL.search(word)) for word in words) >= MANY:
        return "工资表"
    return None


def is_annex(name: str, words: Sequence[str], fields: set[str], others: Sequence[set[str]]) -> bool:
    """Whether a sheet tells contracts, schools or relatives of the people of another roster of the file, by its name or
    its headers: it says less of the person than that one does."""
    speaks_of_more = ANNEX_NAMES.search(name) or any(_RELATIVES.search(word) for word in words)
    less = any(len(fields & PERSONAL) < len(other & PERSONAL) and "name" in other for other in others)
    return bool(speaks_of_more) and less


def is_copy(name: str, fields: set[str], others: Sequence[set[str]]) -> bool:
    """Whether a sheet of this name only prints what another roster of the file holds already."""
    return bool(COPY_NAMES.search(name)) and any(len(fields) <= len(other) for other in others)
