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

from clearbase.quality.file_rules import file_rules
from clearbase.quality.suite import load_suite
from clearbase.reading.observations import OBSERVED
from clearbase.reading.reasons import UNREADABLE
from clearbase.records import Severity


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
    "published": OutcomeText(
        "已入库",
        "全部人员已入库。批注表里如有红色单元格，其内容没有采用，请改正后把整个文件再报送一次；"
        "黄色的请核对，无误的不必改动；没有颜色的，不必再做什么。",
    ),
    "partly": OutcomeText(
        "部分入库",
        "请打开批注表，在“处理结果”列筛选“隔离”和“有错”，按批注改好红色单元格，保存后把整个文件再报送一次；"
        "已入库的人员不必删除，不会重复计算。",
    ),
    "held": OutcomeText(
        "待核",
        "文件已收到，暂未入库，服务中心工作人员核对后会另发回执。"
        "请先看上面的原因：确属填报有误的，改好后重新报送即可。",
    ),
    "refused": OutcomeText(
        "退回", "本文件没有入库。请按上面的原因改好后重新报送；不清楚的，请联系街道流动人口服务站。"
    ),
    "unreadable": OutcomeText(
        "无法读取", "本文件没有读入任何人员。请按上面的原因处理，另存为 .xlsx 格式（不加密码）后重新报送。"
    ),
    "repeated": OutcomeText(
        "重复报送",
        "这份文件以前已经收过，本次没有改变任何数据，不必再做什么。如果本想报送新的内容，请检查是否选错了文件。",
    ),
}

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

# What the 处理结果 column can say, and what the legend on the summary sheet says of it.
LINE_RESULTS: Final[dict[str, str]] = {
    "已入库": "这一行已入库，没有问题。",
    "提醒": "这一行已入库；黄色单元格请核对，确实无误的不必改动。",
    "有错": "这一行已入库，但红色单元格的内容没有采用，请改正。",
    "隔离": "这一行没有入库，改好红色单元格后才能入库。",
    "重复": "这一行与本表另一行或已入库的内容相同，没有再次入库。",
    "待核": "整个文件待工作人员核对，这一行暂未入库。",
    "退回": "整个文件被退回，这一行没有入库。",
}


def outcome_text(outcome: str) -> OutcomeText:
    """The words for an outcome; an outcome that the table does not know is shown as it is, never hidden."""
    return OUTCOMES.get(outcome, OutcomeText(outcome, "请联系街道流动人口服务站。"))


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
    for rule in load_suite(suite_path).rules:
        zh = rule.zh
        texts.setdefault(rule.code, RuleText(rule.code, rule.severity, zh.found, zh.expected, zh.mend))
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
