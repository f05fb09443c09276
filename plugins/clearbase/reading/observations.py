"""What reading itself has to tell of a cell or of the file: no rule about a value, but about how it stands there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import pyarrow as pa

from clearbase.records import FINDINGS, Severity


@dataclass(frozen=True)
class Observation:
    """What the employer is told; ``{value}`` stands for what was seen."""

    severity: Severity
    found: str
    expected: str
    mend: str


OBSERVED: Final[dict[str, Observation]] = {
    "employer_disagrees": Observation(
        "warning",
        "标题、文件名等处写的用人单位“{value}”与报送单位不一致，已按报送单位处理",
        "标题和文件名写报送单位自己的全称",
        "确是本单位人员的，请改正标题或文件名；放错文件夹的，请联系街道流动人口服务站。",
    ),
    "reported_for": Observation(
        "info",
        "这份名册由“{value}”代报，经登记授权或工作人员核实，已记入标题或名单写明的用人单位",
        "代报的单位已登记授权，一份文件只报一个用人单位的人员",
        "可以不改；不是代报的，请联系街道流动人口服务站。",
    ),
    "employer_names_differ": Observation(
        "warning",
        "标题与文件名写的用人单位不一致：{value}；已按标题处理",
        "标题和文件名写同一个单位的全称",
        "请核对人员属于哪个单位，并改正写错的一处；报错单位的，请改好后重新报送。",
    ),
    "periods_differ": Observation(
        "warning",
        "文件里写的月份不一致：{value}；已按写在最前的月份处理",
        "标题、文件名、工作表名和“所属月份”写同一个月份",
        "请核对名单是哪个月的，并改正写错的一处；月份取错的，请改好后重新报送。",
    ),
    "other_months": Observation(
        "warning",
        "文件里还有其他月份（{value}）的名册，没有读取",
        "一份文件只报一个月，或在文件名中写明所报月份",
        "其他月份需要报送的，请按月份分成几个文件，文件名写明月份；已经报过的不必再报。",
    ),
    "struck_out": Observation(
        "warning",
        "这一行有加了删除线的内容，系统按没有删除线读取",
        "离职等情况写在“状态”“离职日期”列里，不用删除线表示",
        "已离职的，请补写离职日期或状态；仍在职的，请去掉删除线。",
    ),
    "excel_error": Observation(
        "warning",
        "单元格是公式错误“{value}”，没有内容可读",
        "单元格里是文字、数字或日期",
        "请改正公式，或直接填写内容。",
    ),
    "formula_uncalculated": Observation(
        "warning",
        "公式没有保存计算结果，没有内容可读：{value}",
        "单元格里是文字、数字或日期，或带有计算结果的公式",
        "请用Excel或WPS打开文件、保存一次后重新报送，或直接填写内容。",
    ),
    "formula_identity": Observation(
        "warning",
        "姓名或证件号码是用公式算出来的（本列共{value}格），系统读取的是上次保存的结果",
        "姓名、证件号码直接填写，不用公式",
        "请复制这一列，用“选择性粘贴→数值”粘贴回原处，核对后重新报送。",
    ),
    "marks_unread": Observation(
        "info",
        "这张工作表太大（解压后超过{value}），没有检查删除线、公式错误、隐藏行和没有结果的公式",
        "工作表不超过256MB（解压后）",
        "内容已照常读取，可以不改；用删除线表示离职的，请改写在“状态”“离职日期”列里。",
    ),
    "hidden_rows": Observation(
        "warning",
        "有{value}行人员在隐藏的行里，已照常读取",
        "不报送的人员不留在表里",
        "确实在职的不必改动；不该报送的，请删除这些行。",
    ),
    "ragged_row": Observation(
        "error",
        "这一行的格数与表头不一致：{value}",
        "每一行的格数与表头相同，空白的格也留着分隔符",
        "请核对这一行有没有串列：内容里带分隔符的，请加英文双引号；少的格请补上。最好用Excel另存为xlsx再报送。",
    ),
    "total_disagrees": Observation(
        "warning",
        "表内合计写“{value}”，与读到的人数不一致",
        "合计人数与名单上的人数一致",
        "请核对是否漏了人员、有人员被隔离，或合计没有更新。",
    ),
    "macros": Observation(
        "info",
        "文件带有宏，只读取了单元格的内容，宏没有运行",
        "不带宏的工作簿",
        "可以不改；以后请另存为 xlsx 报送。",
    ),
    "row_employer_unknown": Observation(
        "warning",
        "名单中的单位名称“{value}”与报送单位不一致，也不是已登记的其他用人单位，只作为文字保存",
        "一份文件只报本单位的人员",
        "属于本单位的，请改成本单位全称；属于其他单位的，请由该单位报送。",
    ),
}


def observed(code: str, found: str | None, found_masked: str | None) -> pa.Table:
    """One finding of the whole file (``records.FINDINGS``): it has neither sheet nor row."""
    return findings_at(code, None, [None], [None], [None], [found], [found_masked])


def findings_at(
    code: str,
    sheet: int | None,
    rows: Sequence[int | None],
    cols: Sequence[int | None],
    fields: Sequence[str | None],
    found: Sequence[str | None],
    masked: Sequence[str | None],
) -> pa.Table:
    """Findings of one code on one sheet, in the form of ``records.FINDINGS``."""
    count = len(rows)
    severity = OBSERVED[code].severity
    columns = ([sheet] * count, rows, cols, fields, [code] * count, [severity] * count, found, masked)
    return pa.table([pa.array(c, t) for c, t in zip(columns, FINDINGS.types, strict=True)], schema=FINDINGS)
