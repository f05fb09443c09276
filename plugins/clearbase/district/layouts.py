"""The layouts in which the made-up employers send their rosters: literal tables, and what a title's braces stand for.

In titles and file names: ``{employer} {uscc} {year} {month} {mm} {last}`` (last day of the month), ``{what}`` (a name
for the list), in footers also ``{rows}`` and ``{clerk}``. File names begin with what is the same for an employer, then
the month, so that the months of an employer sort in order.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

Container = Literal["xlsx", "xls", "csv"]
DateStyle = Literal["cell", "dots", "han", "compact", "compact_number", "iso"]
Columns = tuple[tuple[str, str], ...]  # (field of the catalogue, header as printed)


@dataclass(frozen=True)
class Layout:
    """``blank_rows``: rows below the people that hold only a row number. ``shows_leavers``: the month's leavers stand
    below those employed. ``by_software``: written by an HR system, a number column keeps 16 digits (C2), not 15 (C1).
    ``notes``: a sheet of instructions in front. ``share``: of the employers."""

    key: str
    share: float
    container: Container
    stem: str
    sheet: str
    titles: tuple[str, ...]
    columns: Columns
    what: str = "员工花名册"
    encoding: str = ""
    date_style: DateStyle = "iso"
    phone_as_number: bool = False
    shows_leavers: bool = False
    by_software: bool = False
    blank_rows: int = 0
    footer: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


LAYOUTS: tuple[Layout, ...] = (
    Layout(
        key="street-ledger", share=0.24, container="xlsx", stem="{employer}{year}年{mm}月{what}", sheet="台账",
        what="流动人口基础台账", date_style="cell",
        titles=(
            "{employer}{year}年{month}月{what}",
            "填报单位：{employer}　统一社会信用代码：{uscc}　填报日期：{last}",
        ),
        columns=(
            ("row_no", "序号"), ("name", "*姓名"), ("sex", "性别"), ("ethnicity", "民族"),
            ("id_number", "*身份证\n号码"), ("phone", "*手机\n号码"),
            ("household_address", "*户籍地址"), ("current_address", "*现居住地址"),
            ("current_street", "现居住街道"), ("dwelling_type", "居住方式"), ("education", "文化程度"),
            ("hire_date", "*入职日期\n(年/月/日)"), ("job_title", "岗位/工种"), ("remarks", "备注"),
        ),
        footer=("", "合计：{rows} 人", "制表人：{clerk}　审核人："),
    ),
    Layout(
        key="hr-export", share=0.17, container="xlsx", stem="{year}{mm}{what}", sheet="在职人员", by_software=True,
        titles=("{employer}{what}（{year}年{month}月）",), date_style="dots", phone_as_number=True, shows_leavers=True,
        columns=(
            ("employee_no", "工号"), ("name", "姓名"), ("department", "部门"), ("job_title", "岗位名称"),
            ("hire_date", "入职时间"), ("employment_status", "状态"), ("leave_date", "离职时间"),
            ("id_number", "身份证号"), ("birth_date", "出生日期"), ("sex", "性别"), ("phone", "联系电话"),
            ("education", "学历"), ("household_address", "户口所在地"), ("current_address", "现住址"),
        ),
    ),
    Layout(
        key="old-template", share=0.14, container="xls", stem="{year}年{mm}月{what}", sheet="Sheet1", date_style="han",
        titles=("{employer}{what}", "所属月份：{year}年{month}月"), blank_rows=12,
        columns=(
            ("row_no", "序号"), ("name", "姓  名"), ("sex", "性 别"), ("id_number", "公民身份号码"),
            ("ethnicity", "民族"), ("household_address", "户籍详细地址"), ("current_address", "暂住地址"),
            ("phone", "手机号码（必填）"),
            ("hire_date", "进厂日期"), ("remarks", "备注"),
        ),
        footer=("制表人：{clerk}", "注：本表每月5日前报送。"),
    ),
    Layout(
        key="factory-xls", share=0.10, container="xls", stem="{year}-{mm}{what}", sheet="花名册", date_style="cell",
        titles=("{employer}", "{year}年{month}月{what}"), phone_as_number=True, shows_leavers=True,
        columns=(
            ("row_no", "编号"), ("department", "车间"), ("name", "员工姓名"), ("hire_date", "入厂日期"),
            ("leave_date", "离厂日期"), ("employment_status", "是否在职"), ("id_number", "证件号码"), ("sex", "性别"),
            ("phone", "本人电话"), ("current_address", "居住地址"), ("household_address", "户籍地址"),
        ),
        footer=("合计 {rows} 人",),
    ),
    Layout(
        key="portal-csv", share=0.10, container="csv", stem="{uscc}_{year}{mm}_{what}", sheet="", encoding="utf-8-sig",
        titles=("单位名称：{employer}", "统一社会信用代码：{uscc}", "统计月份：{year}-{mm}"), date_style="iso",
        columns=(
            ("name", "姓名"), ("id_type", "证件类型"), ("id_number", "证件号码"), ("sex", "性别"), ("phone", "手机号"),
            ("household_address", "户籍地址"), ("current_address", "现居住地址"), ("hire_date", "入职日期"),
            ("employment_status", "在职状态"),
        ),
    ),
    Layout(
        key="finance-csv", share=0.10, container="csv", stem="{year}{mm}{what}", sheet="", encoding="gb18030",
        titles=("{employer}{year}年{month}月{what}",), date_style="compact",
        columns=(
            ("employee_no", "员工编号"), ("sex", "性别"), ("name", "员工姓名"), ("phone", "移动电话"),
            ("id_number", "居民身份证号"), ("hire_date", "录用日期"), ("current_address", "现居住地"),
            ("household_address", "户口地址"), ("department", "部门"),
        ),
        footer=("合计：{rows}人",),
    ),
    Layout(
        key="agency-book", share=0.08, container="xlsx", stem="{employer}_{year}-{mm}_{what}", sheet="在职员工",
        what="用工台账", titles=("用人单位：{employer}", "截止日期：{last}"), date_style="compact_number", blank_rows=5,
        columns=(
            ("row_no", "序号"), ("employer_name", "单位名称"), ("id_number", "身份证号码"), ("name", "姓名"),
            ("sex", "性别"), ("birth_date", "出生日期"), ("hire_date", "入职日期："), ("job_title", "工种"),
            ("phone", "联系方式"),
            ("household_address", "户籍所在地"), ("current_address", "现居住地址"), ("employment_status", "人员状态"),
        ),
        notes=(
            "填表说明", "1. 带*的为必填项。", "2. 身份证号码请以文本格式填写。",
            "3. 每月5日前报送上月末在职人员。",
        ),
    ),
    Layout(
        key="plain-book", share=0.07, container="xlsx", stem="{year}年{mm}月{what}", sheet="Sheet1", date_style="han",
        titles=("{employer}{year}年{month}月在职{what}",),
        columns=(
            ("name", "姓名"), ("sex", "性别"), ("hire_date", "到岗日期"), ("id_number", "身份证"),
            ("phone", "电话号码"), ("current_address", "租住地址"), ("household_address", "老家地址"),
        ),
    ),
)  # fmt: skip

_LIST_COLUMNS: Columns = (
    ("row_no", "序号"), ("name", "姓名"), ("sex", "性别"), ("id_number", "身份证号码"), ("phone", "手机号码"),
    ("household_address", "户籍地址"), ("current_address", "现居住地址"), ("hire_date", "入职日期"),
)  # fmt: skip


def layout_for_list(layout: Layout, kind: Literal["joiners", "leavers"]) -> Layout:
    """The short list of a month's joiners or leavers that goes with a roster layout: same container, same styles."""
    plain = replace(
        layout, key=f"{layout.key}-{kind}", titles=("{employer}{year}年{month}月{what}",), footer=(), blank_rows=0,
        notes=(), shows_leavers=False,
    )  # fmt: skip
    if kind == "joiners":
        return replace(plain, what="新进人员名单", sheet=layout.sheet and "新进人员", columns=_LIST_COLUMNS)
    columns = (*_LIST_COLUMNS, ("leave_date", "离职日期"), ("leave_reason", "离职原因"))
    return replace(plain, what="离职人员名单", sheet=layout.sheet and "离职人员", columns=columns)
