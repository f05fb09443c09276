"""Headers that no synonym names: what they are built of says what they are (用工形式, 何时来本市, 目前合同到期日 …).

Asked after the synonyms and after the look-alikes that are somebody else's; a better claim on the field goes before it.
The first rule that fits wins.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from clearbase.reading.concepts import Ideas, ideas_of
from clearbase.reading.header_text import without_hints
from clearbase.reading.likeness_rules import LISTED, RULES
from clearbase.standards.words import words

_RULES: Final = tuple(
    (field, frozenset(words(needs)), frozenset(words(f"{needs} {may}"))) for field, needs, may in RULES
)
IN_BRACKETS: Final = re.compile(r"\(([^()]+)\)$")


@dataclass(frozen=True)
class Likeness:
    """``place``: of the rule that fits, the first rules of a field being the plainest; ``by_group``: the upper levels
    had to say what the lowest leaves open."""

    field: str
    place: int
    by_group: bool = False


def alike(levels: Sequence[str]) -> Likeness | None:
    """The field that a header is built like, or None. ``levels``: its normal forms, outermost first; what the lowest
    leaves open the others may say, but only its own words must all be understood."""
    leaf = levels[-1]
    for pattern, field in LISTED:
        if pattern.search(leaf):
            return Likeness(field, 0)
    own = ideas_of(without_hints(leaf) or leaf)
    if own.unread or not own.words or _of_an_event(own):
        return None
    said = [ideas_of(without_hints(level)) for level in levels[:-1]]
    # 来源(中介): what a hint says is asked like a group, where every word of it is understood.
    if (hint := IN_BRACKETS.search(leaf)) and not (told := ideas_of(hint[1])).unread:
        said.append(told)
    groups = frozenset().union(*(_told_by(ideas.held) for ideas in said))
    return _fitting(own, frozenset()) or (_fitting(own, groups, by_group=True) if groups else None)


# A header that says no more than which end of something it is: the columns beside it say of what.
ENDS: Final[tuple[tuple[str, str], ...]] = (
    ("起始日期", "start"),
    ("截止日期", "end"),
    ("有效期", "term"),
)


def an_end(form: str) -> str:
    """失效日期, 终止日: the form under which ``BY_NEIGHBOUR`` knows such a header, or ''."""
    ideas = ideas_of(form)
    for known, idea in ENDS:
        said = {idea, "when", "term"} if idea == "end" else {idea, "when"}
        if (
            not ideas.unread
            and idea in ideas.held
            and all(word & said or word & {"FILLER", "NOW"} for word in ideas.words)
        ):
            return known
    return ""


def _told_by(group: frozenset[str]) -> frozenset[str]:
    """What a group says of its columns: 员工 of 类型 that it is the worker's, 教师资格证 that it is the paper's."""
    telling = frozenset(idea for idea in group if not idea.isupper())
    return telling or group


# Whose number, phone or schooling is not the worker's; asked where only the values would say what a column is.
_ANOTHER: Final = re.compile(
    r"组长|班长|队长|领班|带班|拉长|线长|段长|工头|组头|带工(?!单位)|记工|舍长|室长|楼长|工长|厂长|店长|站长|经理|主管|领导|上级|老板|法人|法定|负责人|联系人|联络人|同住|室友|同事|老乡|同学|亲友|朋友|保证|担保"
    r"|介绍|推荐|证明人|见证|房东|房主|户主|业主|出租|承租|租客|配偶|丈夫|妻|爱人|媳妇|老公|老婆|对象|男友|女友|父|母|爸|妈|公公|婆婆|岳|儿子|女儿"
    r"|子女|孩|娃|崽|兄|弟|姐|妹|哥|嫂|舅|姑|姨|叔|伯|爷|奶|亲属|家属|家长|监护|师傅|导师|带教|经办|采集|填报|填表|审核|登记人|录入|操作人|管理员"
    r"|协管|网格|代领|审批|监理|甲方|客户|患者|病人|学生|业务员姓名|逝者|开票|收件|寄件|债务|被告|原告|乘客|旅客|游客|代班|代办|中介|客服|投诉|热线|前台|宿管|物业|项目部|学校|医院|单位|公司|企业|部门|办公|机构|要求|第二(?!代)|备用|其他|前任|原"
)


# The last words of a header whose first nobody knows: 申请人姓名, 装卸队, 进港日期. Any better claim goes before.
TAILS: Final[tuple[tuple[re.Pattern[str], str], ...]] = tuple(
    (re.compile(pattern), field)
    for pattern, field in (
        (r"^.{1,6}姓名$", "name"),
        (r"^.{1,6}(?:身份证号码?|身份证|公民身份号码)$", "id_number"),
        (r"^.{1,6}(?:培训|继续教育)(?:日期|时间)$|^继续教育(?:日期|时间)$", "training_date"),
        (r"^[进入到](?![宿住籍租党团会学住境期账达访货库户院内伍军狱籍教股]).{1,2}(?:日期|时间)$", "hire_date"),
        (
            r"^[离出退撤](?![宿租房货款押保税婚境生院狱伍休役款费党团席差库入发开回校]).{1,2}(?:日期|时间)$",
            "leave_date",
        ),
        (
            r"^.{1,4}(?:(?<![军部乐入舰])队|车间|班组|工段|(?<![夜白早晚中值加排跟上下领带代])班"
            r"|(?<![支全内外干俱乐])部)$",
            "department",
        ),
        (
            r"^(?!.*(?:应聘|适用|求职|期望|意向|兼职|招聘|专业技术|技术职|曾|挂职)).{1,4}(?:岗位|职务|工种|职位)$",
            "job_title",
        ),
    )
)
LAST_OF_ALL: Final = 99


def by_tail(form: str) -> Likeness | None:
    """The field that the last words of a header name, where they are nobody else's."""
    form = without_hints(form)
    if not speaks_of_another(form):
        for pattern, field in TAILS:
            if pattern.search(form):
                return Likeness(field, LAST_OF_ALL)
    return None


# What may be said of people without saying anything but who they are: those of a place, of an event.
_OF_PEOPLE: Final = frozenset(
    {"WORKER", "NOW", "serving", "live", "lodging", "enter", "employ", "insurance", "training"}
)


def _of_an_event(ideas: Ideas) -> bool:
    """入住员工, 参保人员: what stands last is what the column holds, people and not their lodging or insurance."""
    before, last = ideas.words[:-1], ideas.words[-1]
    return bool(before) and last == {"WORKER"} and all(w & _OF_PEOPLE and "WORKER" not in w for w in before)


def only_workers(form: str) -> bool:
    """Whether a header says no more than who they are: 从业人员, 在岗保安员, 入住员工, 参保人员."""
    ideas = ideas_of(without_hints(form))
    people = any("WORKER" in word for word in ideas.words)
    return people and not ideas.unread and all(word & _OF_PEOPLE for word in ideas.words)


def only_training(form: str) -> bool:
    """今年培训, 最近培训: a training and no word that says what of it."""
    ideas = ideas_of(without_hints(form))
    return not ideas.unread and "training" in ideas.held and all(w & {"training", "NOW", "FILLER"} for w in ideas.words)


def speaks_of_another(form: str) -> bool:
    """Whether a header says that what it holds is somebody else's: 组长身份证号, 室友电话, 要求学历."""
    return bool(_ANOTHER.search(without_hints(form)))


def _fitting(own: Ideas, groups: frozenset[str], by_group: bool = False) -> Likeness | None:
    held = own.held | groups
    telling = [word for word in own.words if not any(idea.isupper() for idea in word)]
    for place, (field, needs, may) in enumerate(_RULES, 1):
        if needs <= held and all(word & may for word in telling):
            return Likeness(field, place, by_group)
    return None
