"""Headers that no synonym names: what they are built of says what they are (用工形式, 聘用类型, 雇佣性质 …).

Asked after the synonyms and after the look-alikes that are somebody else's; a better claim on the field goes before it.
First match wins; the header is in its normal form, without hints (``header_text``).
"""

from __future__ import annotations

import re
from typing import Final

# What says no more than whose or which of several the column is.
_WHOSE: Final = r"(?:员工|职工|教职工|教师|人员|工人|用户|个人|本人|务工人员|劳动者|雇员|从业人员)?"
_KIND: Final = r"(?:类型|类别|形式|性质|方式)"
_WHEN: Final = r"(?:日期|时间|年月|年月日|日)"

LIKENESS: Final[tuple[tuple[re.Pattern[str], str], ...]] = tuple(
    (re.compile(pattern), field)
    for pattern, field in (
        (rf"^{_WHOSE}(?:法定|真实|中文|证件|身份证)?(?:姓名|名字)$", "name"),
        (rf"^{_WHOSE}(?:公民)?(?:身份|居民)?证(?:件)?(?:号|号码|编号|代码)$", "id_number"),
        (rf"^{_WHOSE}(?:身份|证件|证照)(?:证件)?{_KIND}$", "id_type"),
        (rf"^(?:身份证|证件|证照).*(?:有效|终止|截止|到期|失效).*(?:{_WHEN}|期|期限|至)?$", "id_valid_to"),
        (r"^(?:居住证|暂住证|居住登记).*(?:号|号码|编号|编码)$", "residence_permit_no"),
        (rf"^{_WHOSE}(?:编号|编码|代码|工号|卡号|id|id号)$", "employee_no"),
        (rf"^{_WHOSE}(?:移动|手提|本人|常用)?(?:手机|电话|联系方式)(?:号|号码)?$", "phone"),
        (r"^(?:电子|个人|工作|企业)?(?:邮件|邮箱|邮址|e-?mail)(?:地址|账号)?$", "email"),
        (r"^(?:户籍|户口)(?:详细|登记|所在)?(?:地|住址|地址|住所|所在地)?$", "household_address"),
        (r"^(?:现|目前|当前|实际|居住|暂住|租住)*(?:住|居住|暂住)(?:址|地址|住址|处|所|地点)$", "current_address"),
        (rf"^(?:雇佣|雇用|聘用|聘任|就业|用工|用人|人员|员工|职工|编制|劳动关系|工作){_KIND}$", "employment_form"),
        (r"^(?:在职|在岗|离职|人员|员工|任职)(?:状态|状况|与否|离职|情况)$", "employment_status"),
        (r"^(?:社保|社会保险|五险|参保).*(?:起|开始|起始|首次).*(?:月|日期|时间|年月)$", "insurance_start"),
        (
            r"^(?:是否)?(?:已)?(?:缴纳|参加|购买|办理)?(?:社保|社会保险|五险|参保)(?:缴纳|参保|购买)?(?:情况|状态|状况|与否)?$",
            "social_insurance",
        ),
        (r"^(?:劳动)?合同.*(?:签署|签订|签约|签字)(?:情况|状态|状况|与否)?$", "contract_signed"),
        (r"^(?:劳动)?合同.*(?:起始|开始|生效|起|签订|签署)" + _WHEN + "$", "contract_start"),
        (r"^(?:劳动)?合同.*(?:终止|结束|到期|截止|失效|止)" + _WHEN + "$", "contract_end"),
        (r"(?:离职|离厂|退场|退工|终止|解除|离岗|辞退).*(?:原因|事由|理由)$", "leave_reason"),
        (rf"^(?:实际|本单位|公司|到)?(?:入|进|到)(?:场|厂|职|司|店|校|园|岗|公司|单位|队){_WHEN}$", "hire_date"),
        (rf"^(?:实际|最后)?(?:退|离|出)(?:场|厂|职|司|店|校|园|岗|队|公司){_WHEN}$", "leave_date"),
        (rf"(?:培训|安全教育|三级教育).*{_WHEN}$", "training_date"),
        (
            r"^(?:劳动)?(?:合同|签约|法人|劳动关系|所属|所在|隶属|用人)(?:公司|主体|单位|企业)(?:名称)?$",
            "employer_name",
        ),
        (r"^(?:所属|所在|隶属|工作)?(?:一级|二级)?(?:部门|车间|产线|班组|科室|处室|工段|组别)(?:名称)?$", "department"),
        (
            r"^(?:所在|当前|现任|现)?(?:职务|岗位|工种|职位)(?:名称)?(?:[/、或和与](?:职务|岗位|工种|职位))*$",
            "job_title",
        ),
        (r"^(?:实际)?(?:工作|在职|上班|用工|办公|作业|施工)(?:地|地点|地区|场所|区域|城市|所在地)$", "work_site"),
        (r"^(?:项目|工程|标段|工地|楼盘|门店)(?:名称)?$|^(?:子|分项|单位)工程$", "work_site"),
        (r"职称(?:级别|等级|名称)?$", "professional_title"),
        (r"(?:技能|技术|职业资格|工种)(?:等级|级别)$", "skill_level"),
        (r"(?:毕业)?(?:学校|院校)(?:名称)?$", "school"),
        (r"(?:所学|所属|毕业|学历|主修)专业$", "major"),
        (r"^(?:最高|第一|全日制)?(?:学历|文化程度|受教育程度|教育程度)$", "education"),
        (r"^(?:婚姻|婚否|婚育)(?:状况|状态|情况)?$", "marital_status"),
    )
)


def alike(form: str) -> str | None:
    """The field that a header is built like, or None."""
    return next((field for pattern, field in LIKENESS if pattern.search(form)), None)


# Values that only one field has: what nearly all cells of a column say whose header nobody knows.
SAID_BY_VALUES: Final[tuple[tuple[re.Pattern[str], str], ...]] = tuple(
    (re.compile(pattern), field)
    for pattern, field in (
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
