"""Headers that no synonym names: what they are built of says what they are (用工形式, 何时来本市, 目前合同到期日 …).

Asked after the synonyms and after the look-alikes that are somebody else's; a better claim on the field goes before it.
The first rule that fits wins.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
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
    ("dwelling_type", "lodging whether", "live"),
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
    ("contract_start", "employ start", "term"),
    ("contract_end", "employ end", "when term"),
    ("hire_date", "enter when", "unit agency employ come locality post work start"),
    ("hire_date", "come unit when", "employ work start"),
    ("hire_date", "hired when", "employ unit start"),
    ("hire_date", "unit start when", "employ"),
    ("insurance_types", "insurance_kind", "insurance pay_in kind"),
    ("insurance_types", "insurance kind", "pay_in"),
    ("insurance_types", "insured_risk", "pay_in whether insurance state"),
    ("insurance_start", "insurance start", "when pay_in"),
    ("insurance_start", "insurance when", "pay_in start"),
    ("social_insurance", "insurance", "whether pay_in state"),
    ("housing_fund", "fund", "whether pay_in state"),
    ("employment_status", "serving", "state whether leave"),
    ("employment_status", "employ state", ""),
    ("employment_status", "WORKER state", ""),
    ("employment_status", "NOW state", ""),
    ("employment_form", "employ kind", "contract"),
    ("employment_form", "WORKER kind", ""),
    ("employment_form", "cooperate kind", "employ"),
    ("training_date", "training when", "enter start"),
    ("trainings", "training count", "pay_in"),
    ("trainings", "training state", "pay_in whether"),
    ("skill_level", "skill grade", "title"),
    ("professional_title", "title", "grade NOW"),
    ("occupation", "occupation kind", ""),
    ("job_title", "post", "employ work what agency"),
    ("job_title", "work what", ""),
    ("department", "department", "work employ"),
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
)
_RULES: Final = tuple((field, frozenset(words(needs)), frozenset(words(may))) for field, needs, may in RULES)
# What a header lists in brackets says what it asks for: 住所(租房/厂宿舍/自购).
LISTED: Final[tuple[tuple[re.Pattern[str], str], ...]] = (
    (re.compile(r"^[来到进入].{0,6}(?:厂|公司|单位|院|校|店|园|司)(?:的?时间|日期)$"), "hire_date"),
    (re.compile(r"^来(?!厂|院|校|店|司|园)[\u4e00-\u9fff]{1,2}(?:日期|时间)$"), "arrive_date"),
    (re.compile(r"^(?:暂住|居住)处所$"), "dwelling_type"),
    (re.compile(r"[住居房].*\(.*(?:租|宿舍|自购|自有|借住).*[/、,;|].*\)"), "dwelling_type"),
)


def alike(levels: Sequence[str]) -> str | None:
    """The field that a header is built like, or None. ``levels``: its normal forms, outermost first; what the lowest
    leaves open the others may say, but only its own words must all be understood."""
    leaf = levels[-1]
    for pattern, field in LISTED:
        if pattern.search(leaf):
            return field
    own = ideas_of(without_hints(leaf) or leaf)
    if own.unread or not own.words:
        return None
    groups = frozenset().union(*(ideas_of(without_hints(level)).held for level in levels[:-1]))
    return _fitting(own, frozenset()) or (_fitting(own, groups) if groups else None)


# Whose number, phone or schooling is not the worker's; asked where only the values would say what a column is.
_ANOTHER: Final = re.compile(
    r"组长|班长|队长|工长|厂长|店长|站长|经理|主管|领导|上级|老板|法人|法定|负责人|联系人|联络人|同住|室友|同事|老乡|同学|亲友|朋友|保证|担保"
    r"|介绍|推荐|证明人|见证|房东|房主|户主|业主|出租|承租|租客|配偶|丈夫|妻|爱人|媳妇|老公|老婆|对象|男友|女友|父|母|爸|妈|公公|婆婆|岳|儿子|女儿"
    r"|子女|孩|兄|弟|姐|妹|哥|嫂|舅|姑|姨|叔|伯|爷|奶|亲属|家属|家长|监护|师傅|导师|带教|经办|采集|填报|填表|审核|登记人|录入|操作人|管理员"
    r"|协管|网格|代领|代班|代办|中介|客服|投诉|热线|前台|宿管|物业|项目部|学校|医院|单位|公司|企业|部门|办公|机构|要求|第二(?!代)|备用|其他|前任|原"
)


def speaks_of_another(form: str) -> bool:
    """Whether a header says that what it holds is somebody else's: 组长身份证号, 室友电话, 要求学历."""
    return bool(_ANOTHER.search(without_hints(form)))


def _fitting(own: Ideas, groups: frozenset[str]) -> str | None:
    for field, needs, may in _RULES:
        understood = all(word & (needs | may) or any(idea.isupper() for idea in word) for word in own.words)
        if understood and needs <= own.held | groups:
            return field
    return None


# Values that only one field has: what nearly all cells of a column say whose header nobody knows.
SAID_BY_VALUES: Final[tuple[tuple[re.Pattern[str], str], ...]] = tuple(
    (re.compile(pattern), field)
    for pattern, field in (
        (r"1[3-9]\d{9}", "phone"),
        (r"男|女|男性|女性", "sex"),
        (r"[\u4e00-\u9fff]{1,6}族", "ethnicity"),
        (r"未婚|已婚|初婚|再婚|离婚|离异|丧偶|复婚", "marital_status"),
        (r"群众|中共(?:预备)?党员|(?:预备)?党员|共青团员|团员|民主党派|无党派(?:人士)?", "political_status"),
        (
            r"文盲|小学|初中|高中|中专|中技|技校|职高|大专|专科|高职|本科|大学(?:本科|专科)?|硕士(?:研究生)?|博士(?:研究生)?|研究生",
            "education",
        ),
    )
)
MOST_VALUES: Final = 0.95
FEWEST_VALUES: Final = 5


def said_by(values: list[str]) -> str | None:
    """The field that the values of a column can only be, or None."""
    if len(values) < FEWEST_VALUES:
        return None
    for pattern, field in SAID_BY_VALUES:
        if sum(bool(pattern.fullmatch(value.strip())) for value in values) >= MOST_VALUES * len(values):
            return field
    return None
