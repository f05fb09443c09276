"""The sheet 处理结果汇总: what became of the file, what to do, and a link to every flagged cell that is listed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from clearbase.receipts.listing import cell_address, kinds_of, label_of
from clearbase.receipts.marks import told
from clearbase.receipts.summary_sheet import LINE_HEIGHT, WIDTHS, SummarySheet, wrapped_lines
from clearbase.receipts.texts import (
    COUNTS,
    COUNTS_ALWAYS_TOLD,
    LINE_RESULTS,
    RESULT_SHOWN,
    ROSTER_KINDS,
    SEVERITIES,
    SHEET_ROLES,
    RuleText,
    moment_text,
    next_step,
    reason_text,
    text_of,
    word_of,
)
from clearbase.records import Receipt

LISTED: Final = 1000


def summary_of(
    receipt: Receipt,
    texts: Mapping[str, RuleText],
    labels: Mapping[str, str],
    names: Mapping[int, str],
    fills: Mapping[str, str],
    results: Mapping[str, int],
    flagged: int,
    commented: int,
) -> SummarySheet:
    """The summary sheet. ``names``: sheet position → its name in this workbook."""
    page = SummarySheet(fills)
    page.write([f"处理结果：{word_of(receipt)}"], font="title", box=False)
    page.set_height(30)
    for label, value in (
        ("行数", counts_line(receipt.counts)),
        ("原因", reason_text(receipt.reason)),
        ("怎么做", next_step(receipt, workbook=True)),
        ("已确认", confirmed_line(receipt)),
        ("回执号", receipt.receipt_no),
        ("文件", receipt.file_name),
        ("用人单位", " ".join(filter(None, (receipt.employer_name, receipt.employer_uscc)))),
        ("所属月份", receipt.period),
        ("报送类型", ROSTER_KINDS.get(receipt.kind or "", receipt.kind)),
        ("收到时间", moment_text(receipt.received_at)),
    ):
        page.fact(label, value)
    _write_results(page, results)
    _write_sheets(page, receipt)
    if receipt.findings is not None and receipt.findings.num_rows:
        _write_rules(page, receipt, texts, labels, names)
        _write_cells(page, receipt, texts, labels, names, flagged, commented)
    return page


def counts_line(counts: Mapping[str, int]) -> str:
    """``收到8行 ＝ 入库3 ＋ 隔离1 ＋ 重复1 ＋ 搁置3``: that nothing was lost can be seen (architecture, rule 3)."""
    parts = [f"{COUNTS[key]}{counts.get(key, 0)}" for key in COUNTS if counts.get(key) or key in COUNTS_ALWAYS_TOLD]
    return f"{parts[0]}行 ＝ {' ＋ '.join(parts[1:])}"


def confirmed_line(receipt: Receipt) -> str:
    """How many warnings are not asked about because they were confirmed; empty where none is."""
    count = receipt.confirmed.num_rows if receipt.confirmed is not None else 0
    return f"另有{count}处提醒您已确认无误，不再列出。" if count else ""


def _write_results(page: SummarySheet, results: Mapping[str, int]) -> None:
    """How many lines the 处理结果 column says what of, and what that means."""
    if not results:
        return
    page.heading("“处理结果”列", ["结果", "行数", "意思", "", "", ""])
    page.merge_rest(3)
    for word, meaning in LINE_RESULTS.items():
        if word not in results:
            continue
        page.write([RESULT_SHOWN.get(word, word), results[word], meaning, "", "", ""])
        page.merge_rest(3)
        height = max(wrapped_lines(RESULT_SHOWN.get(word, word), WIDTHS[0]), wrapped_lines(meaning, sum(WIDTHS[2:])))
        page.set_height(LINE_HEIGHT * height)


def _write_sheets(page: SummarySheet, receipt: Receipt) -> None:
    page.heading("工作表", ["工作表", "认作", "表头行", "人员行数", "搁置行（标题、表头、合计、空行等）", "说明"])
    for read in receipt.sheets:
        aside = sum(read.set_aside.values())
        told = f"{read.reason}；范围：{read.unit}" if read.unit else read.reason
        page.write([read.name, SHEET_ROLES.get(read.role, read.role), read.header_row, read.lines, aside, told])


def _write_rules(
    page: SummarySheet,
    receipt: Receipt,
    texts: Mapping[str, RuleText],
    labels: Mapping[str, str],
    names: Mapping[int, str],
) -> None:
    """One row a rule: how often, what it says, and a link to where it first struck."""
    page.heading("按问题汇总", ["首处", "处数", "级别", "问题", "应为", "改法"])
    for kind in kinds_of(receipt, texts, labels):
        sheet, row, col = kind.first
        page.write([cell_address(row, col), kind.count, kind.level, kind.found, kind.expected, kind.mend])
        if (name := names.get(sheet or 0)) and row:
            page.link_to(1, name, row, col)


def _write_cells(
    page: SummarySheet,
    receipt: Receipt,
    texts: Mapping[str, RuleText],
    labels: Mapping[str, str],
    names: Mapping[int, str],
    flagged: int,
    commented: int,
) -> None:
    assert receipt.findings is not None
    total = receipt.findings.num_rows
    several = sum(read.role == "roster" for read in receipt.sheets) > 1
    page.heading("逐处清单（点击位置可跳到单元格）", ["位置", "栏目", "级别", "问题", "应为", "改法"])
    for finding in _columns(receipt, "sheet", "row", "col", "field", "rule", "severity", "found", limit=LISTED):
        text = text_of(finding["rule"], finding["severity"], texts)
        name, address = names.get(finding["sheet"]), cell_address(finding["row"], finding["col"])
        parts = [told(part, finding["found"]) for part in (text.zh_found, text.zh_expected, text.zh_mend)]
        label = label_of(finding, labels)
        where = f"{name}!{address}" if several and name else address
        page.write([where, label, SEVERITIES[finding["severity"]], *parts])
        if name and finding["row"]:
            page.link_to(1, name, finding["row"], finding["col"])
    if total > LISTED:
        page.fact("说明", f"共 {total} 处，这里只列前 {LISTED} 处；完整清单在与本表同名的 .csv 文件里。")
    if flagged > commented:
        page.fact("说明", f"共标出 {flagged} 个单元格，其中 {commented} 个带批注，其余只填颜色。")


def _columns(receipt: Receipt, *names: str, limit: int | None = None) -> list[dict[str, Any]]:
    assert receipt.findings is not None
    rows: list[dict[str, Any]] = receipt.findings.select(list(names)).slice(0, limit).to_pylist()
    return rows
