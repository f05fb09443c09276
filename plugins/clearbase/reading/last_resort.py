"""What is still missing when every header has been asked, told by what the cells look like and where the column stands.

Only columns whose header nobody knows are asked, never one that was refused or that is somebody else's; only for a
field that no column has; and only where a single column fits: of two the employer knows which, we do not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Final

from clearbase.reading.column_names import GUESSED, UNKNOWN, ColumnName
from clearbase.reading.column_sample import Sample
from clearbase.reading.concepts import ideas_of
from clearbase.reading.header_text import without_hints
from clearbase.reading.likeness import speaks_of_another

MOST: Final = 0.95
FEWEST: Final = 5
LONGEST_UNIT: Final = 10
# A header that holds one of these words is about something else than the work.
ABOUT_OTHERS: Final = re.compile(
    r"证|照|学|校|险|社保|公积金|合同|协议|军|宿|租|房|床|柜|车|衣|服|鞋|帽|钥匙|卡|指纹|门禁|钱|薪|金|费|款|账|奖|考|次|年限|工龄|司龄|时长|数|尺|码$"
    r"|高|重|级|积分|份|设备|用品|工具|客户|机|排序|楼|室|栋|铺|档案|邮编|区号|短号|合计|得分|分$"
)
DAY: Final = re.compile(
    r"^\s*((?:19|20)\d\d)\s*[-./年]\s*(0?[1-9]|1[0-2])(?:\s*[-./月]\s*\d{1,2}\s*日?)?(?:\s+0?0:00(?::00)?)?\s*月?\s*$"
)
UNIT: Final = re.compile(r"^[\u4e00-\u9fffA-Za-z0-9#\-]{0,8}(?:部|科|车间|组|线|班|拉|队|处|工段|中心|课|股)$")
CODE: Final = re.compile(r"^(?=.*\d)[A-Za-z]{0,4}-?\d{1,8}$")
FIRST_YEAR: Final = 1985
# 一级 and 二级 of these are no craftsman's grade.
OF_RANK: Final = re.compile(r"职级|职等|岗级|层级|薪|星级|风险|护理|信用|行政|管理|单位|企业|医院|学校|警|衔")


def _counts(texts: Sequence[str]) -> bool:
    """1, 2, 3 …: may begin later, may not leap."""
    numbers = [int(text) if text.strip().isdigit() and len(text) < FEWEST else -2 for text in texts]
    return numbers[0] == 1 and sum(b - a == 1 for a, b in pairwise(numbers)) >= MOST * (len(numbers) - 1)


def _past_days(texts: Sequence[str]) -> bool:
    """Days of which most differ, in the years in which people now at work were taken on."""
    years = [int(found[1]) if (found := DAY.match(text)) else 0 for text in texts]
    fitting = sum(FIRST_YEAR <= year <= date.today().year for year in years)
    return fitting >= MOST * len(texts) and len(set(texts)) > len(texts) / 2


def _units(texts: Sequence[str]) -> bool:
    """仓储部, 装配组: short, and each for several people."""
    fitting = sum(bool(UNIT.match(text.strip())) and len(text.strip()) <= LONGEST_UNIT for text in texts)
    return fitting >= MOST * len(texts) and len(set(texts)) <= 0.75 * len(texts)


def _codes(texts: Sequence[str]) -> bool:
    """Everybody's own, of one length."""
    told = [text.strip() for text in texts]
    return len({len(text) for text in told}) == 1 and len(set(told)) == len(told) and all(map(CODE.match, told))


def _words(pattern: str) -> Callable[[Sequence[str]], bool]:
    """Nothing but these words, and more than one of them: a column of one word says nothing of anybody."""
    known = re.compile(pattern)

    def fits(texts: Sequence[str]) -> bool:
        told = [text.strip() for text in texts]
        return len(set(told)) > 1 and sum(bool(known.fullmatch(text)) for text in told) >= MOST * len(told)

    return fits


# Field, the look of its cells, how far from the name the column may stand (0: anywhere), the reason.
RULES: Final[tuple[tuple[str, Callable[[Sequence[str]], bool], int, str], ...]] = (
    ("row_no", _counts, 4, "列名不识，内容是从1起的顺序号"),
    ("employee_no", _codes, 1, "列名不识，紧靠姓名，每人一个编号"),
    ("department", _units, 0, "没有列名可依，内容是部门、班组的名称"),
    ("hire_date", _past_days, 0, "没有列名可依，是唯一未定的日期列，且没有入职日期"),
    ("contract_signed", _words(r"已?签订?了?|[未没]签订?"), 0, "列名不识，内容只说签没签"),
    (
        "social_insurance",
        _words(r"已?参保|[未不没]参保|已?缴纳?|[未不没]缴纳?|已买|[未没]买|自愿放弃"),
        0,
        "列名不识，内容只说缴没缴",
    ),
    (
        "employment_status",
        _words(r"在职|离职|在岗|离岗|在场|退场|在厂|离厂|试用期?"),
        0,
        "列名不识，内容是在职或离职",
    ),
    (
        "contract_type",
        _words(r"(?:无|有)?固定期限?|无固定|以完成一定工作任务(?:为期限)?"),
        0,
        "列名不识，内容是合同类型",
    ),
    (
        "employment_form",
        _words(
            r"全职|兼职|正式工?|临时工?|合同工|派遣工?|劳务派遣|劳务外包|外包|劳务工?|退休返聘|返聘|实习生?|小时工|季节工|非?全日制"
        ),
        0,
        "列名不识，内容是用工形式",
    ),
    (
        "skill_level",
        _words(r"[初中高]级工|(?:高级|特级|首席)?技师|[一二三四五]级(?:/.{2,4})?|学徒工|无"),
        0,
        "列名不识，内容是技能等级",
    ),
    (
        "household_type",
        _words(r"(?:本地|外地|本市|外埠)?(?:非农业?|农业|农村|城镇|城市|居民)(?:户口|户籍|家庭)?"),
        0,
        "列名不识，内容是户口性质",
    ),
    (
        "id_type",
        _words(r"(?:居民|二代)?身份证|护照|(?:港澳|台湾|港澳台)?居民.*证|回乡证|台胞证|外国人永久.*"),
        0,
        "列名不识，内容是证件类型",
    ),
)
# Numbers are everywhere: not under a header with one of ``ABOUT_OTHERS``.
NUMBERS: Final = frozenset({"row_no", "employee_no"})
# So are days and groups of people: 搬出, 入会时间 and 村民组 look like 入职日期 and 班组. In nine sets the cells alone
# were wrong nine times and never right, so that only a header that says nothing (列5) gets these.
OF_NO_HEADER: Final = frozenset({"department", "hire_date"})
SAYS_NOTHING: Final = re.compile(r"(?:列|栏|字段|数据|column|col|field|unnamed|f|c)?[\s:_-]*\d*", re.IGNORECASE)


def name_what_is_missing(names: list[ColumnName], sample: Sample) -> None:
    """Gives a field that nobody has to the one column that can only be it, in place."""
    people = next((c for c, name in enumerate(names) if name.field == "name"), None)
    if people is None:
        return
    _hired_when_they_came(names)
    open_columns = [
        c
        for c, name in enumerate(names)
        if name.field is None
        and name.reason == UNKNOWN
        and name.leaf
        and not speaks_of_another(name.whole or name.leaf)
    ]
    asked = {c: texts for c in open_columns if len(texts := sample.texts(c)) >= FEWEST}
    for field, fits, near, reason in RULES:
        if any(name.field == field for name in names):
            continue
        found = [c for c, texts in asked.items() if names[c].field is None and _may(names[c], field) and fits(texts)]
        if field == "row_no":
            found = [c for c in found if c < people]
        if len(found) == 1 and (not near or abs(found[0] - people) <= near):
            names[found[0]] = replace(names[found[0]], field=field, sureness=GUESSED, reason=reason)


def _may(name: ColumnName, field: str) -> bool:
    if field == "skill_level" and OF_RANK.search(name.leaf):
        return False
    if field in OF_NO_HEADER:
        return bool(SAYS_NOTHING.fullmatch(name.leaf)) and name.whole == name.leaf
    return field not in NUMBERS or not ABOUT_OTHERS.search(name.whole or name.leaf)


def _hired_when_they_came(names: list[ColumnName]) -> None:
    """几号来的, where no column says since when they work: a worker comes to his work."""
    if any(name.field == "hire_date" for name in names):
        return
    came = [c for c, name in enumerate(names) if name.field == "arrive_date"]
    for c in came:
        ideas = ideas_of(without_hints(names[c].leaf))
        plain = not ideas.unread and "come" in ideas.held
        if len(came) == 1 and plain and not ideas.held & {"locality", "live", "address", "start"}:
            names[c] = replace(names[c], field="hire_date", sureness=GUESSED, reason="没有入职日期，来的日期按入职读取")
