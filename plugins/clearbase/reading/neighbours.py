"""Headers that say too little by themselves: 有效期至, 起, 证号. What stands to their left or above says the rest."""

from __future__ import annotations

from typing import Final

# Settled by the headers to their left, nearest first: pattern there → field; without one, the field at the end.
BY_NEIGHBOUR: Final[dict[str, tuple[tuple[tuple[str, str | None], ...], str | None]]] = {
    **dict.fromkeys(
        ("有效期至", "有效期", "有效期限", "有效期止"),
        (
            (
                (r"居住证|暂住证", "residence_permit_valid"),
                (r"skill_|证书|资格|操作证|上岗证|从业证", None),
                (r"身份证|证件号", "id_valid_to"),
            ),
            None,
        ),
    ),
    "登记日期": (((r"居住|暂住|登记", "residence_reg_date"),), None),
    "登记时间": (((r"居住|暂住|登记", "residence_reg_date"),), None),
    "证书编号": (((r"居住证|暂住证", "residence_permit_no"),), "skill_certificate"),
    # 证号 of a technician stands beside his grade, 证到期 beside his paper.
    "证号": (((r"skill_level|等级|工种证|资格|技能", "skill_certificate"),), "id_number"),
    **dict.fromkeys(
        ("证到期", "证件到期", "证到期日", "证有效期", "证书到期"),
        (
            (
                (r"residence_permit|居住证|暂住证", "residence_permit_valid"),
                (r"skill_|电工|焊工|操作|从业|资格|上岗|等级|驾驶|健康|\S工证", None),
                (r"id_number|身份证|证件号", "id_valid_to"),
            ),
            None,
        ),
    ),
    "联络人电话": (((r"紧急|应急|联络人", "emergency_phone"),), "employer_contact_phone"),
    "联系人电话": (((r"紧急|应急|emergency_contact", "emergency_phone"),), "employer_contact_phone"),
    **dict.fromkeys(
        ("开始时间", "开始日期", "起始时间", "起始日期", "生效日期"),
        (((r"合同|协议|用工单位", "contract_start"), (r"参保|社保", "insurance_start")), None),
    ),
    **dict.fromkeys(
        (
            *("结束时间", "结束日期", "终止时间", "终止日期", "到期时间", "到期日期", "到期日", "截止日期", "截止时间"),
            *("截止日", "结束日", "终止日", "期满日期", "期满时间", "届满日期", "届满时间", "到期年月", "截止年月"),
        ),
        (
            (
                (r"居住证|暂住证", "residence_permit_valid"),
                (r"试用", "probation_end"),
                (r"合同|协议|续签|contract_start", "contract_end"),
                (r"身份证|证件号", "id_valid_to"),
            ),
            None,
        ),
    ),
    **dict.fromkeys(
        ("持证情况", "是否持证", "是否办证", "有无办证", "办证情况", "办证日期"),
        (((r"居住|暂住|流动", "has_residence_permit"),), None),
    ),
    "账号": (((r"银行|开户|支行", "bank_account"),), None),
    "类型": ((), None),
    "原因": (((r"离职|辞职|离厂|离开|减员|leave_date", "leave_reason"),), None),
    # 入党日期, 转正日期: that of the party member, not of the worker.
    **dict.fromkeys(("转正日期", "转正时间"), (((r"入党|党员|发展对象", None),), "probation_end")),
    "学校": (((r"子女|孩子|小孩", None),), "school"),
    "地址": (
        (
            (r"户籍|户口|身份证(住址|地址|信息)", "household_address"),
            (r"(?<!用人|工作)(单位|公司|企业)(名称|信息|$)", "employer_address"),
        ),
        "current_address",
    ),
    "详细地址": (((r"户籍|户口|身份证(住址|地址|信息)", "household_address"),), "current_address"),
    **dict.fromkeys(
        ("所属社区", "所在社区", "社区", "村(社区)", "社区(村)", "村居"),
        (((r"居住|暂住|住址|住处|出租|房屋", "current_community"),), "employer_community"),
    ),
}
NEIGHBOURS: Final = 3
