"""Why a readable file is not published: a code for the machine; for the employer what was found and what to do.

What a rule of the whole file says stands with the rule, in ``expectations/roster_file.json``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, Literal

from clearbase.quality.file_figures import Figure
from clearbase.quality.file_rules import rule_of, told_figure
from clearbase.reading.months import months_told
from clearbase.records import SheetRead

NO_REASON: Final = "未填写原因"  # what is kept of a decision in Required Actions without one; nobody is told that
# What is said of a file that waits for somebody, of the same once it was refused, of one that nobody was asked about.
WAITING: Final = "暂未入库，等待工作人员核实"
REFUSED: Final = "经工作人员核实，没有入库"
TURNED_AWAY: Final = "没有入库"
REASONS: Final[dict[str, str]] = {
    "employer_unknown": "文件里的单位名称或统一社会信用代码不在本系统的用人单位名单中。"
    "请核对单位全称和18位统一社会信用代码；"
    "新单位请先到街道流动人口服务站登记，登记后重新报送即可。",
    "employer_missing": "没有找到用人单位：文件里没有单位全称，也没有18位统一社会信用代码。"
    "请在表格标题或第一行写明后重新报送。",
    "employer_conflict": "文件里写明的用人单位不止一个，或与报送单位不一致，无法判断人员属于哪个单位。"
    "请按用人单位拆开，一个单位一份文件分别报送；"
    "代其他单位报送的，请先与街道流动人口服务站联系。",
    "no_authority": "该文件含其他单位人员，且没有代报授权：标题或名单写明的用人单位与报送单位不一致，"
    "或一份文件里有几个单位的人员，{waits}，没有人因此记作离职。"
    "请按用人单位拆开，一个单位一份文件，由各单位自己报送；"
    "代其他单位报送的，请先到街道流动人口服务站登记代报授权，登记后每个单位一份文件重新报送。",
    "folder_unknown": "文件没有放在本系统已登记单位的报送文件夹里，无法确认由谁报送，暂未入库，文件已完整保存。"
    "请放入本单位(18位统一社会信用代码)文件夹下的 inbox 后重新报送；"
    "新单位请先到街道流动人口服务站登记。",
    "period_missing": "没有找到所属月份。请在文件名或表格标题中写明年月(例如：2026年10月)后重新报送。",
    "period_not_there": "指定的月份在文件里没有：按工作表分月的名册只有{months}的。"
    "请核对月份，或在文件中补上所报月份的工作表后重新报送。",
    "period_ahead": "所属月份晚于下个月，应是写错了年份或月份。请在文件名或标题中改正(例如：2026年10月)后重新报送。",
    "original_lost": "系统里保存的这份文件已缺失或损坏，没有入库；技术人员会查看处理。请重新报送这份文件。",
    "kind_unclear": "从标题、文件名或工作表名看，这是人员变动表(既有入职也有离职)，但没有逐人写明谁入职、谁离职。"
    "请把新进人员和离职人员分成两个工作表(工作表名写明“新进人员”“离职人员”)或两个文件，"
    "或增加“变动类型”一列逐人填写“新增”或“离职”，然后重新报送。",
    "kind_by_history": "文件里没有写明名单类型，或写明是更正却没有列出全部在职人员，"
    "对照系统中的在职人员也无法判断它是全员名单还是新进、离职人员名单，"
    "{waits}。"
    "请在标题中写明类型(全员花名册、新进人员表、离职人员表或人员变动表)后重新报送；"
    "只更正部分人员的，请只列出需要更正的人员。",
    "no_lines": "表头下面没有人员。请确认名单已填写并保存；确实没有人员的，请联系街道流动人口服务站说明。",
    "fault": "系统处理这份文件时出现内部错误，文件已完整保存，没有入库；技术人员会查看处理。"
    "不需要修改文件；如急需，请联系街道流动人口服务站并说明回执号。",
    "same_bytes": "这份文件与以前报送的文件内容完全相同，没有再次入库；处理结果以原回执为准。",
}


def waits_for(code: str) -> Literal["clerk", "technician"] | None:
    """Who has to look at a file that is held for this reason; None where its employer has to send it anew."""
    if code == "fault":
        return "technician"
    if rule := rule_of(code):
        return "clerk" if rule.verdict == "hold" else None
    return "clerk" if "{waits}" in REASONS.get(code, "") else None


def reason_text(
    code: str, sheets: Sequence[SheetRead], *, refused: bool = False, figures: Mapping[str, Figure] | None = None
) -> str:
    """The reason in Chinese, with the months of the file where it speaks of them; empty for a code that is none.
    ``refused``: of a file that has waited for somebody, who has refused it. ``figures``: those of the file, of which
    the rule of the code tells one."""
    waits, text = REFUSED if refused else WAITING, REASONS.get(code, "")
    if rule := rule_of(code):
        waits = TURNED_AWAY if rule.verdict == "refuse" else waits
        found = rule.zh.found.replace("{value}", told_figure(rule.figure, (figures or {}).get(rule.figure)))
        text = f"{found}，{{waits}}。{rule.zh.mend}"
    return text.replace("{months}", "、".join(months_told(sheets))).replace("{waits}", waits)
