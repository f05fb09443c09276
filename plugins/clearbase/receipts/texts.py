"""The words of a receipt: outcomes, what to do next, what became of a line, and each rule's own text.

Rule texts are not written here: they stand beside the rule in ``expectations/roster_line.json`` (architecture, rule 6),
so that the rule and what is said of it cannot drift apart.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

import pyarrow.compute as pc

from clearbase.quality.file_rules import file_rules
from clearbase.quality.suite import load_suite
from clearbase.reading.observations import OBSERVED
from clearbase.reading.reasons import UNREADABLE
from clearbase.reading.result_column import ASKS, CONFIRM_WORD
from clearbase.records import Receipt, Severity


@dataclass(frozen=True)
class RuleText:
    """What an employer is told when a rule flags a cell. ``{value}`` in a text stands for the cell's content."""

    code: str
    severity: Severity
    zh_found: str
    zh_expected: str
    zh_mend: str


@dataclass(frozen=True)
class OutcomeText:
    """``word`` heads the receipt; ``next_step`` is a sentence for someone who never saw the system."""

    word: str
    next_step: str


OUTCOMES: Final[dict[str, OutcomeText]] = {
    "published": OutcomeText("已入库", "全部人员已入库，没有需要改的地方，不必再做什么。"),
    "partly": OutcomeText(
        "部分入库",
        "请打开批注表（同名的 .xlsx 文件），在“处理结果”列筛选“隔离”和“有错”，按批注改好红色单元格，"
        "保存后把整个文件放回 inbox 文件夹再报送一次；已入库的人员不必删除，不会重复计算。",
    ),
    "held": OutcomeText(
        "待核", "文件已收到，但还不能入库。请按“原因”补充或改正后，把整个文件放回 inbox 文件夹重新报送。"
    ),
    "refused": OutcomeText(
        "退回", "本文件没有入库。请按“原因”改好后重新报送；不清楚的，请联系街道流动人口服务站，并说明回执号。"
    ),
    "unreadable": OutcomeText(
        "无法读取", "本文件没有读入任何人员。请按“原因”处理，再重新报送 Excel（.xlsx，不设密码）或 CSV 文件。"
    ),
    "repeated": OutcomeText(
        "重复报送",
        "这份文件以前已经收过，本次没有改变任何数据，不必再做什么。如果本想报送新的内容，请检查是否选错了文件。",
    ),
}
# Of a held file for which somebody else has to do something first (``records.Receipt.waits_for``).
WAITS_FOR: Final[dict[str, str]] = {
    "clerk": "文件已收到，暂未入库，服务中心工作人员核对后会另发回执。"
    "请先看“原因”：确属填报有误的，改好后重新报送即可，不必等待。",
    "technician": "文件已完整保存，处理好后会另发回执；请不必修改文件，也不必重新报送。",
}
NOBODY_TAKEN: Final = "未能入库"  # instead of 部分入库, where no line at all could be taken
# What to do where there is no workbook to mark on, and where only warnings are left to look at.
PARTLY_WITHOUT_WORKBOOK: Final = (
    "请按问题清单（同名的 .csv 文件）写明的位置，在原来的表格里改好级别为“错误”的单元格，"
    "保存后把整个文件放回 inbox 文件夹再报送一次；已入库的人员不必删除，不会重复计算。"
)
WARNED: Final = (
    "全部人员已入库，另有{count}处提醒请核对：批注表（同名的 .xlsx 文件）里黄色的单元格，写错的改正；"
    f"确实无误的，在这一行的“处理结果”列填“{CONFIRM_WORD}”。"
    "改好后把批注表放回 inbox 文件夹再报送一次，已确认的今后不再提醒。"
)
WARNED_WITHOUT_WORKBOOK: Final = (
    "全部人员已入库，另有{count}处提醒，请按问题清单（同名的 .csv 文件）写明的位置核对："
    "写错的，在原来的表格里改好后再报送一次；确实无误的，不必改动。"
)
NO_NEED: Final = "全部人员已入库，不必再做什么；问题清单里的说明供参考。"

# Counts in the order in which they are told; they add up: read = all the others (architecture, rule 3).
COUNTS: Final[dict[str, str]] = {
    "read": "收到",
    "published": "入库",
    "quarantined": "隔离",
    "repeated": "重复",
    "held": "待核",
    "refused": "退回",
    "set_aside": "搁置",
}
COUNTS_ALWAYS_TOLD: Final = ("read", "published", "quarantined", "repeated", "set_aside")

SEVERITIES: Final[dict[str, str]] = {"error": "错误", "warning": "提醒", "info": "说明"}
ROSTER_KINDS: Final[dict[str, str]] = {
    "full": "全员花名册",
    "joiners": "新进人员表",
    "leavers": "离职人员表",
    "changes": "人员变动表",
    "correction": "更正表",
}
SHEET_ROLES: Final[dict[str, str]] = {"roster": "花名册", "set_aside": "未采用"}

# Why rows are no people, as the page tells it (reading.rows, month_sheets, sheet).
ASIDE: Final[dict[str, str]] = {
    "title": "标题",
    "header": "表头",
    "total": "合计、签章",
    "note": "说明",
    "example": "示例",
    "section": "分组标题",
    "continued": "同一人的续行",
    "blank": "空行",
    "hidden": "隐藏的工作表",
    "other_month": "其他月份的工作表",
    "not_roster": "不是花名册的工作表",
}

# What becomes of a line, from the best to the gravest, and what the legend on the summary sheet says of it.
LINE_RESULTS: Final[dict[str, str]] = {
    "已入库": "这一行已入库，没有问题。",
    "已确认": "这一行已入库；原来提醒的内容您已确认无误，不再提醒。",
    "提醒": f"这一行已入库；黄色单元格请核对：写错的改正，确实无误的在本列填“{CONFIRM_WORD}”，以后不再提醒。",
    "有错": "这一行已入库，但红色单元格的内容没有采用，请改正。",
    "隔离": "这一行没有入库，改好红色单元格后才能入库。",
    "重复": "这一行与本表另一行或已入库的内容相同，没有再次入库。",
    "待核": "整个文件待工作人员核对，这一行暂未入库。",
    "退回": "整个文件被退回，这一行没有入库。",
}
# What the column 处理结果 says, where that is more than the word itself.
RESULT_SHOWN: Final[dict[str, str]] = {"提醒": ASKS}


def outcome_text(outcome: str) -> OutcomeText:
    """The words for an outcome; an outcome that the table does not know is shown as it is, never hidden."""
    return OUTCOMES.get(outcome, OutcomeText(outcome, "请联系街道流动人口服务站。"))


def word_of(receipt: Receipt) -> str:
    """The word that heads the receipt."""
    nobody = receipt.outcome == "partly" and not receipt.counts.get("published")
    return NOBODY_TAKEN if nobody else outcome_text(receipt.outcome).word


def next_step(receipt: Receipt, *, workbook: bool) -> str:
    """What to do now, in a sentence or two; ``workbook``: there is a marked one."""
    if receipt.outcome == "held" and receipt.waits_for:
        return WAITS_FOR[receipt.waits_for]
    if receipt.outcome == "partly" and not workbook:
        return PARTLY_WITHOUT_WORKBOOK
    if receipt.outcome == "published" and receipt.findings is not None and receipt.findings.num_rows:
        warned = warnings_in(receipt)
        text = (WARNED if workbook else WARNED_WITHOUT_WORKBOOK) if warned else NO_NEED
        return text.format(count=warned)
    return outcome_text(receipt.outcome).next_step


def warnings_in(receipt: Receipt) -> int:
    """How many warnings its employer is asked about."""
    if receipt.findings is None:
        return 0
    return int(pc.sum(pc.equal(receipt.findings["severity"], "warning")).as_py() or 0)


def moment_text(received_at: str) -> str:
    """``2026-09-01T09:30:12+08:00`` as people write it."""
    return received_at.replace("T", " ").partition("+")[0]


def reason_text(reason: str) -> str:
    """The reason in Chinese; a bare code of reading's (``encrypted``) is put into words."""
    return UNREADABLE.get(reason, reason)


def rule_texts(suite_path: Path) -> dict[str, RuleText]:
    """Rule code → its texts, from the suite (each expectation's ``meta``, with what stands for it where it is missing).

    With those of what reading observes and of the rules of a whole file. A suite that is not there gives no others: the
    code is then told.
    """
    texts = {code: RuleText(code, o.severity, o.found, o.expected, o.mend) for code, o in OBSERVED.items()}
    for of_file in file_rules():
        zh = of_file.zh
        texts[of_file.code] = RuleText(of_file.code, of_file.severity, zh.found, zh.expected, zh.mend)
    if not suite_path.is_file():
        return texts
    for line_rule in load_suite(suite_path).rules:
        code, zh = line_rule.code, line_rule.zh
        texts.setdefault(code, RuleText(code, line_rule.severity, zh.found, zh.expected, zh.mend))
    return texts


def text_of(rule: str, severity: str, texts: Mapping[str, RuleText]) -> RuleText:
    """The rule's texts, or plain words naming its code where the suite holds none."""
    if known := texts.get(rule):
        return known
    level: Severity = "error" if severity == "error" else "warning"
    return RuleText(rule, level, f"不符合规则 {rule}", "", "请核对这个单元格。")


@lru_cache(maxsize=4)
def field_labels(catalogue: Path) -> dict[str, str]:
    """Field → Chinese label, from the field catalogue ``fields.csv``."""
    with catalogue.open(encoding="utf-8-sig", newline="") as lines:
        return {row["field"]: row["zh_label"] for row in csv.DictReader(lines)}
