"""What the cells of a column say of its field: values that only one field has, and what a field's cells look like."""

from __future__ import annotations

import re
from typing import Final

# Values that only one field has: what nearly all cells of a column say whose header nobody knows.
SAID_BY_VALUES: Final[tuple[tuple[re.Pattern[str], str], ...]] = tuple(
    (re.compile(pattern), field)
    for pattern, field in (
        (r"1[3-9]\d{9}", "phone"),
        (r"男|女|男性|女性", "sex"),
        # 服务族 and 管理族 are families of posts.
        (
            r"(?!(?:服务|管理|技术|专业|操作|营销|职能|生产|研发|销售|支持|行政|作业|业务|设计|产品|市场|工程|岗位|职位|上班|打工|工薪)族)[\u4e00-\u9fff]{1,6}族",
            "ethnicity",
        ),
        (r"未婚|已婚|初婚|再婚|离婚|离异|丧偶|复婚", "marital_status"),
        (r"群众|中共(?:预备)?党员|(?:预备)?党员|共青团员|团员|民主党派|无党派(?:人士)?", "political_status"),
        (
            r"文盲|小学|初中|高中|中专|中技|技校|职高|大专|专科|高职|本科|大学(?:本科|专科)?|硕士(?:研究生)?|博士(?:研究生)?|研究生",
            "education",
        ),
    )
)
# What the cells of a field mostly look like: of several columns that claim it, the one whose cells do has it.
FITTING: Final[dict[str, re.Pattern[str]]] = {
    "employment_status": re.compile(r"在职|离职|在岗|离岗|试用|退休|待岗|在册|在厂|离厂|在场|退场"),
    "political_status": re.compile(r"群众|党员|团员|民主党派|无党派|民[革盟建进]|九三|农工|致公"),
    "marital_status": re.compile(r"[未已初再离]婚|离异|丧偶|复婚"),
    "ethnicity": re.compile(r"族$|^[\u4e00-\u9fff]$"),
}
# 职务 of 工人 and 组长 beside 工种 says who leads, not what is worked: of several columns, one of such cells only comes
# last.
RANKS: Final[dict[str, re.Pattern[str]]] = {
    "job_title": re.compile(
        r"^\s*(?:工人|普通工人|一线工人|班组长|班长|组长|队长|小组长|组员|班员|队员|成员|员工|职工|管理人员|是|否|无)\s*$"
    ),
}
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
