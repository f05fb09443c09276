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
from clearbase.standards.words import words

# Field, the ideas that must be there, those that may be. Every word of the header must be one of them, so that
# 合同档案存放地 is nobody's. An idea in capitals may always stand there.
RULES: Final[tuple[tuple[str, str, str], ...]] = (
    ("spouse_with", "spouse together", "whether live locality come"),
    ("children_accompanying", "children together", "count whether state live locality come"),
    ("children_count", "children count", "whether"),
    ("child_school_stage", "children study", "state"),
    ("name", "name", "identity"),
    ("id_valid_to", "identity end", "when term number"),
    ("id_valid_to", "identity term", "when end number"),
    ("id_address", "identity address", "home registration"),
    ("id_type", "identity kind", ""),
    ("id_number", "identity number", ""),
    ("residence_permit_valid", "permit end", "when term"),
    ("residence_permit_valid", "permit term", "when"),
    ("residence_permit_no", "permit number", ""),
    ("has_residence_permit", "permit whether", "pay_in state"),
    ("has_residence_permit", "permit state", "pay_in"),
    ("residence_reg_date", "registration live when", "start"),
    ("residence_registered", "registration live", "whether state pay_in"),
    ("skill_certificate", "skill_paper number", "grade"),
    ("skill_certificate", "skill_paper", "skill"),
    ("employee_no", "WORKER number", "unit"),
    ("former_name", "before name", ""),
    ("emergency_phone", "urgent phone", "reach person number name"),
    ("emergency_phone", "home phone", "reach number person"),
    ("emergency_contact", "urgent person", "reach name"),
    ("emergency_contact", "urgent reach", "name"),
    ("email", "mail", "address number unit work employ"),
    ("phone", "phone", "reach number"),
    ("phone", "reach number", ""),
    ("is_veteran", "veteran whether", ""),
    ("is_floating", "outsider", "whether locality"),
    ("household_type", "household kind", ""),
    ("household_address", "household", "address registration live home"),
    ("household_address", "home address", "post_office live"),
    ("dwelling_type", "dwell kind", "live state"),
    ("dwelling_type", "live kind", "state"),
    ("dwelling_type", "lodging kind", "live"),
    ("dwelling_type", "lodging whether", "live room"),
    ("dwelling_type", "live state", ""),
    ("dwelling_type", "lodging state", ""),
    ("dwelling_type", "dwell state", ""),
    ("dorm_room", "lodging room", "number"),
    ("dorm_room", "lodging number", "room"),
    ("dorm_room", "room", "number"),
    ("arrive_date", "come locality when", "live start work employ place_of_work"),
    ("arrive_date", "live start when", "address"),
    ("arrive_date", "come when", "live start"),
    ("arrive_date", "live when", "start"),
    ("current_street", "live town", "address"),
    ("current_community", "live community", "address"),
    ("employer_community", "community", "unit"),
    ("current_address", "live", "address locality lodging"),
    ("current_address", "NOW address", "locality"),
    ("current_address", "dwell address", "live NOW"),
    ("current_address", "locality address", "live"),
    ("current_address", "lodging address", "live"),
    ("leave_reason", "leave reason", "employ contract"),
    ("leave_reason", "end reason", "employ contract"),
    ("leave_date", "leave when", "employ unit end post serving"),
    ("probation_end", "probation end", "when term"),
    ("probation_end", "probation when", ""),
    ("contract_type", "contract kind", "term signed employ"),
    ("contract_start", "contract start", "when term signed employ unit agency cooperate"),
    ("contract_end", "contract end", "when term signed employ unit agency cooperate"),
    ("contract_start", "contract signed when", "employ unit agency"),
    ("contract_start", "contract when", "term start end"),
    ("contract_start", "signed start", "when contract"),
    ("contract_signed", "contract signed", "whether state employ agency pay_in"),
    ("contract_signed", "contract whether", "state agency unit"),
    ("contract_start", "appointed start", "term when employ"),
    ("contract_end", "appointed end", "when term employ"),
    ("hire_date", "employ start", "when unit"),
    ("leave_date", "employ end", "when unit"),
    ("hire_date", "work start", "when unit employ"),
    ("hire_date", "enter when", "unit agency employ come locality post work start"),
    ("hire_date", "come unit when", "employ work start"),
    ("hire_date", "hired when", "employ unit start"),
    ("hire_date", "unit start when", "employ"),
    ("insurance_types", "insurance_kind", "insurance pay_in kind"),
    ("insurance_types", "insurance kind", "pay_in"),
    ("insurance_types", "insured_risk", "pay_in whether insurance state"),
    ("insurance_start", "insurance start", "when pay_in"),
    ("insurance_start", "insurance increase when", "pay_in"),
    ("insurance_start", "insurance when", "pay_in start"),
    ("social_insurance", "insurance", "whether pay_in state"),
    ("housing_fund", "fund", "whether pay_in state"),
    ("employment_status", "serving", "state whether leave"),
    ("employment_status", "employ state", "hired"),
    ("employment_status", "WORKER state", ""),
    ("employment_status", "NOW state", ""),
    ("employment_form", "employ kind", "contract"),
    ("employment_form", "WORKER kind", ""),
    ("employment_form", "cooperate kind", "employ"),
    ("training_date", "training when", "enter start"),
    ("trainings", "training count", "pay_in"),
    ("trainings", "training state", "pay_in whether"),
    ("skill_level", "skill grade", "title"),
    ("skill_level", "skill_paper grade", "WORKER"),
    ("professional_title", "title", "grade NOW employ appointed"),
    ("occupation", "occupation kind", ""),
    ("job_title", "post", "employ work what agency enter"),
    ("job_title", "work what", ""),
    ("department", "department", "work employ enter"),
    ("department", "department post", ""),
    ("major", "major", "graduated schooling school"),
    ("school", "school", "graduated schooling"),
    ("education", "schooling", "graduated"),
    ("marital_status", "marriage", "state whether"),
    ("political_status", "politics", "state"),
    ("ethnicity", "ethnic", ""),
    ("native_place", "origin", "address"),
    ("birth_date", "born", "when"),
    ("sex", "sex", ""),
    ("age", "age", ""),
    ("nationality", "nation", ""),
    ("dispatch_agency", "agency", "unit full_name"),
    ("employer_address", "employ unit address", ""),
    ("work_site", "place_of_work", "address full_name unit area"),
    ("work_site", "employ address", "unit place_of_work area"),
    ("work_site", "employ area", "unit place_of_work"),
    ("employer_address", "unit address", "registration post_office"),
    ("employer_type", "unit kind", "employ"),
    ("employer_name", "unit", "employ contract signed full_name cooperate"),
    ("employer_street", "town", "unit"),
    ("industry_code", "industry", "kind unit work employ"),
    ("points", "points", "state"),
    ("remarks", "remark", "state"),
    ("emergency_contact", "home reach", "person name"),
    ("emergency_contact", "urgent", "reach person"),
    ("probation_end", "probation", ""),
    ("dwelling_type", "lodging", "live"),
    ("emergency_contact", "home person name", ""),
    ("hire_date", "enter", "unit place_of_work"),
    ("leave_date", "leave", "unit place_of_work"),
)
_RULES: Final = tuple((field, frozenset(words(needs)), frozenset(words(may))) for field, needs, may in RULES)
# What a header lists in brackets says what it asks for: 住所(租房/厂宿舍/自购).
LISTED: Final[tuple[tuple[re.Pattern[str], str], ...]] = (
    (
        re.compile(
            r"^[来到进入].{0,6}(?:厂|公司|单位|院|校|店|园|司|机构|社|所|站|队|组|项目|场|馆|岗)(?:的?时间|日期)$"
        ),
        "hire_date",
    ),
    (
        re.compile(
            r"^(?:全职|专职|正式工?|长期|固定|在编|自有|合同工?)[/或](?:兼职|非全日制|临时工?|短期|劳务|派遣|外包|编外|挂靠)$"
        ),
        "employment_form",
    ),
    (re.compile(r"^来(?!厂|院|校|店|司|园|场|队|站|社|所|岗|馆|港)[\u4e00-\u9fff]{1,2}(?:日期|时间)$"), "arrive_date"),
    (re.compile(r"^(?:暂住|居住)处所$"), "dwelling_type"),
    (re.compile(r"[住居房].*\(.*(?:租|宿舍|自购|自有|借住|内|外).*[/、,;|].*\)"), "dwelling_type"),
)


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
    if own.unread or not own.words:
        return None
    groups = frozenset().union(*(_told_by(ideas_of(without_hints(level)).held) for level in levels[:-1]))
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
    r"组长|班长|队长|工长|厂长|店长|站长|经理|主管|领导|上级|老板|法人|法定|负责人|联系人|联络人|同住|室友|同事|老乡|同学|亲友|朋友|保证|担保"
    r"|介绍|推荐|证明人|见证|房东|房主|户主|业主|出租|承租|租客|配偶|丈夫|妻|爱人|媳妇|老公|老婆|对象|男友|女友|父|母|爸|妈|公公|婆婆|岳|儿子|女儿"
    r"|子女|孩|兄|弟|姐|妹|哥|嫂|舅|姑|姨|叔|伯|爷|奶|亲属|家属|家长|监护|师傅|导师|带教|经办|采集|填报|填表|审核|登记人|录入|操作人|管理员"
    r"|协管|网格|代领|审批|监理|甲方|客户|患者|病人|学生|业务员姓名|逝者|开票|收件|寄件|债务|被告|原告|乘客|旅客|游客|代班|代办|中介|客服|投诉|热线|前台|宿管|物业|项目部|学校|医院|单位|公司|企业|部门|办公|机构|要求|第二(?!代)|备用|其他|前任|原"
)


# The last words of a header whose first nobody knows: 申请人姓名, 装卸队, 进港日期. Any better claim goes before.
TAILS: Final[tuple[tuple[re.Pattern[str], str], ...]] = tuple(
    (re.compile(pattern), field)
    for pattern, field in (
        (r"^.{1,6}姓名$", "name"),
        (r"^.{1,6}(?:身份证号码?|身份证|公民身份号码)$", "id_number"),
        (r"^[进入到](?![党团会学住境期账达访货库户院内伍军狱籍教股]).{1,2}(?:日期|时间)$", "hire_date"),
        (r"^[离出退撤](?![婚境生院狱伍休役款费党团席差库入发开回校]).{1,2}(?:日期|时间)$", "leave_date"),
        (
            r"^.{1,4}(?:(?<![军部乐入舰])队|车间|班组|工段|(?<![夜白早晚中值加排跟上下])班"
            r"|(?<![支全内外干俱乐])部)$",
            "department",
        ),
        (
            r"^(?!.*(?:应聘|求职|期望|意向|兼职|招聘|专业技术|技术职|曾|挂职)).{1,4}(?:岗位|职务|工种|职位)$",
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


def only_workers(form: str) -> bool:
    """Whether a header says no more than who they are: 从业人员, 在岗保安员."""
    ideas = ideas_of(without_hints(form))
    return bool(ideas.words) and not ideas.unread and all(word & {"WORKER", "NOW", "serving"} for word in ideas.words)


def speaks_of_another(form: str) -> bool:
    """Whether a header says that what it holds is somebody else's: 组长身份证号, 室友电话, 要求学历."""
    return bool(_ANOTHER.search(without_hints(form)))


def _fitting(own: Ideas, groups: frozenset[str], by_group: bool = False) -> Likeness | None:
    for place, (field, needs, may) in enumerate(_RULES, 1):
        understood = all(word & (needs | may) or any(idea.isupper() for idea in word) for word in own.words)
        if understood and needs <= own.held | groups:
            return Likeness(field, place, by_group)
    return None
