"""Which sheets with names and numbers are rosters: payroll, attendance and print copies repeat the same people."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

PAYROLL: Final = re.compile(
    r"应发|实发|应扣|扣款|扣减|个税|加班|绩效|津贴|补贴|基本工资|税前|税后|工资标准|奖金|领款|签字|工资总额|代扣|社保扣|公积金扣"
)
ATTENDANCE: Final = re.compile(
    r"出勤|事假|病假|年假|婚假|产假|调休|迟到|早退|旷工|打卡|缺勤|加班时长|工作时长|工时|工作天数|在岗天数|考勤|夜班"
)
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
    r"合同|协议|任职|记录|教育|学历|学习经历|家庭|家属|亲属|子女|社会关系|工作经历|履历|证书|资格|培训|奖惩|奖励|处分|考核|社保|公积金|保险|调动|异动"
)
_RELATIVES: Final = re.compile(r"与(?:员工|本人|职工|其)?(?:的)?关系|称谓|家庭成员|成员姓名")


# What a sheet is by its name, or by a title that ends so, unless it tells of work.
OTHERS_BY_NAME: Final[tuple[tuple[str, str], ...]] = (
    (r"子女|孩子|小孩|家属|亲属|家庭成员|儿童", "家属、子女的名单"),
    (r"访客|来访|黑名单|面试|应聘|求职|候选人?|失业|未就业", "访客、应聘等其他人员的名单"),
)
_FORM: Final = r"(?:人员|人)?(?:信息|情况|基本)*(?:花?名册|名单|登记表?|信息表?|统计表?|情况表?|明细表?|一览表|表)?"
_OTHERS: Final = tuple((re.compile(rf"(?:{words}){_FORM}\d*$"), role) for words, role in OTHERS_BY_NAME)
CODES_BY_NAME: Final = re.compile(r"代码|字典|码表|下拉|数据源|选项|枚举|参数")
PAY_BY_NAME: Final = re.compile(r"工资|薪资|薪酬|奖金|绩效|考核|结算|计件|提成|津贴|发放表|社保缴费|公积金缴")
SAMPLES: Final = re.compile(
    r"^(?:填写|填报|填表|导入)?(?:样例|示例|范例|样表|例子|模板)$|(?:填写|填报)(?:样例|示例|范例|模板)|(?:样例|示例|范例|样表)$"
)
ROSTER_BY_NAME: Final = re.compile(r"花名册|名册|台账|员工|职工|人员信息|务工|流动人口|从业|用工")
# A roster of workers says where, as what or since when they work.
OF_WORK: Final = frozenset(
    {"hire_date", "department", "job_title", "employee_no", "employment_form", "employment_status", "contract_start"}
    | {"employer_name", "work_site", "leave_date", "social_insurance", "dispatch_agency", "arrive_date"}
)
# An applicant has a post in view, too.
OF_APPLICANTS: Final = frozenset({"job_title", "department", "employer_name"})
# Who is told with a number, a phone and an address is on the books, whatever the form is called.
ON_THE_BOOKS: Final = (
    frozenset({"id_number", "phone", "current_address"}),
    frozenset({"id_number", "phone", "household_address"}),
)
_OF_WORKER: Final = re.compile(r"^(?:员工|职工|职员|所属员工)姓名$")


def other_role(name: str, titles: Sequence[str], words: Sequence[str], fields: set[str], wages: int) -> str | None:
    """Chinese name of what the sheet is instead of a roster, or None. ``name``, ``titles``: of the sheet, without its
    employer's name; ``words``: normal headers, ``fields``: mapped, ``wages``: how many columns tell of pay."""
    if not any(told <= fields for told in ON_THE_BOOKS):
        for called in (name, *titles):
            found = next((role for pattern, role in _OTHERS if pattern.search(called)), None)
            of_work = fields & OF_WORK - (OF_APPLICANTS if found != OTHERS_BY_NAME[0][1] else frozenset())
            if found and not of_work and not ROSTER_BY_NAME.search(called):
                return found
        if "姓名" in words and any(_OF_WORKER.search(word) for word in words):
            return "家属、子女的名单"
    if CODES_BY_NAME.search(name) and "id_number" not in fields and not fields & OF_WORK - {"department", "job_title"}:
        return "代码表"
    if len(fields & PERSONAL) >= PERSONAL_ENOUGH or "hire_date" in fields:
        return None
    of_pay = wages + sum(bool(PAYROLL.search(word) or PAY_BY_NAME.search(word)) for word in words)
    by_name = any(PAY_BY_NAME.search(called) for called in (name, *titles)) and not ROSTER_BY_NAME.search(name)
    if of_pay and (by_name or (wages > 1 and len(fields & OF_WORK) < 2)):
        return "工资、考核等表"
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


def is_sample(name: str) -> bool:
    """Whether a sheet of this name shows how the form is filled in."""
    return bool(SAMPLES.search(name))


def is_copy(name: str, fields: set[str], others: Sequence[set[str]]) -> bool:
    """Whether a sheet of this name only prints what another roster of the file holds already."""
    return bool(COPY_NAMES.search(name)) and any(len(fields) <= len(other) for other in others)
