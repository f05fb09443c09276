"""The receipt as a page: it stands alone, prints on A4, asks nothing of the network and holds no script.

Everything is escaped (messiness F13) and masked; it may be forwarded and kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from clearbase.receipts.listing import kinds_of
from clearbase.receipts.summary import confirmed_line, counts_line
from clearbase.receipts.texts import (
    ASIDE,
    COUNTS,
    ROSTER_KINDS,
    SHEET_ROLES,
    RuleText,
    moment_text,
    next_step,
    reason_text,
    word_of,
)
from clearbase.records import Receipt, SheetRead

if TYPE_CHECKING:
    from jinja2 import Template

HERE: Final = Path(__file__).parent
# What each count means, for who meets the words for the first time.
MEANINGS: Final = {
    "published": "已经收下的人员",
    "quarantined": "缺姓名，或没有任何可以认人的内容，没有收下的人员",
    "repeated": "与本表另一行或以前报送的内容相同，没有再收一次",
    "held": "等工作人员核对",
    "refused": "没有收下",
    "set_aside": "不是人员的行：标题、表头、合计、空行等",
}


def receipt_page(
    receipt: Receipt, texts: Mapping[str, RuleText], labels: Mapping[str, str], files: Mapping[str, str]
) -> str:
    """The page as HTML. ``files``: the others of this receipt, ``workbook | list`` → name."""
    counts = receipt.counts
    return _template().render(
        receipt=receipt,
        word=word_of(receipt),
        mood="good" if receipt.outcome in ("published", "repeated") else "bad",
        reason=reason_text(receipt.reason),
        step=next_step(receipt, workbook="workbook" in files),
        counts=counts_line(counts),
        meanings=[(COUNTS[key], text) for key, text in MEANINGS.items() if counts.get(key)],
        confirmed=confirmed_line(receipt),
        facts=_facts(receipt),
        sheets=[(sheet, SHEET_ROLES.get(sheet.role, sheet.role), _aside(sheet)) for sheet in receipt.sheets],
        kinds=kinds_of(receipt, texts, labels),
        total=receipt.findings.num_rows if receipt.findings is not None else 0,
        files=files,
    )


def _facts(receipt: Receipt) -> list[tuple[str, str]]:
    told = (
        ("回执号", receipt.receipt_no),
        ("文件", receipt.file_name),
        ("用人单位", " ".join(filter(None, (receipt.employer_name, receipt.employer_uscc)))),
        ("所属月份", receipt.period),
        ("报送类型", ROSTER_KINDS.get(receipt.kind or "", "")),
        ("收到时间", moment_text(receipt.received_at)),
    )
    return [(label, value) for label, value in told if value]


def _aside(sheet: SheetRead) -> str:
    told = {**dict.fromkeys(ASIDE, 0), **sheet.set_aside}
    return "、".join(f"{ASIDE.get(key, '其他')}{count}行" for key, count in told.items() if count)


@cache
def _template() -> Template:
    from jinja2 import Environment

    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string((HERE / "receipt_page.html").read_text(encoding="utf-8"))
