"""The page: it says what happened and what to do, stands alone, and nothing of a cell runs in it (messiness F13)."""

from __future__ import annotations

import html.parser
import sys
from pathlib import Path
from typing import Any

import pyarrow as pa

from clearbase.receipts.page import receipt_page
from clearbase.records import FINDINGS, Receipt

sys.path.insert(0, str(Path(__file__).parent))
from receipt_cases import FOUND, TEXTS, receipt_for, roster_xlsx

LABELS = {"id_number": "公民身份号码", "phone": "手机号", "name": "姓名"}
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>{{7*7}}"
FILES = {"workbook": "QD1.xlsx", "list": "QD1.csv"}


class Read(html.parser.HTMLParser):
    """The tags of a page with their attributes, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def page_of(files: dict[str, str] = FILES, **changes: Any) -> Read:
    return Read(receipt_page(receipt_for(roster_xlsx(), **changes), TEXTS, LABELS, files))


def test_f13_what_a_cell_holds_is_text_and_nothing_else() -> None:
    """Wherever something of the file can get to: a cell, a sheet's name, the file's, the employer's, a reason."""
    cell = FOUND[1] | {"found": HOSTILE, "found_masked": HOSTILE}
    receipt: Receipt = receipt_for(
        roster_xlsx(),
        findings=pa.Table.from_pylist([cell], schema=FINDINGS),
        file_name=HOSTILE,
        employer_name=HOSTILE,
        reason=HOSTILE,
    )
    receipt.sheets[0].name = receipt.sheets[0].reason = receipt.sheets[0].unit = HOSTILE
    texts = {"F6": TEXTS["F6"].__class__("F6", "warning", HOSTILE, "<b>", "<i>")}
    page = Read(receipt_page(receipt, texts, LABELS, {"workbook": HOSTILE, "list": HOSTILE}))
    assert not {tag for tag, _ in page.tags} & {"script", "img", "b onerror", "i", "iframe", "link"}
    assert not [attributes for _, attributes in page.tags if any(name.startswith("on") for name in attributes)]
    assert page.text.count(HOSTILE) >= 10, "it is told all the same"


def test_it_stands_alone() -> None:
    """No script, nothing that is fetched, and a policy that would not let it be."""
    page = page_of()
    assert not [a for _, a in page.tags if a.keys() & {"src", "href", "action", "background"}]
    policy = [
        a["content"] for tag, a in page.tags if tag == "meta" and a.get("http-equiv") == "Content-Security-Policy"
    ]
    assert policy == ["default-src 'none'; style-src 'unsafe-inline'"]
    assert "@page" in page.text and "A4" in page.text


def test_it_says_what_happened_what_to_do_and_where_the_rest_is() -> None:
    text = "".join(page_of().text.split())
    for told in (
        "处理结果：部分入库",
        "原因有1行没有姓名，未入库",
        "怎么做请打开批注表",
        "收到8行＝入库3＋隔离1＋重复1＋搁置3",
        "发现的问题（共4处）",
        "身份证号的校验码不对",
        "C4公民身份号码330*************77",
        "问题清单QD1.csv",
        "批注表QD1.xlsx",
        "标题1行、表头1行、合计、签章1行",
    ):
        assert told in text, told


def test_a_file_of_which_nothing_was_read_has_a_short_page() -> None:
    page = page_of({}, outcome="unreadable", reason="encrypted", sheets=[], findings=None, counts={})
    text = "".join(page.text.split())
    assert "无法读取" in text and "取消密码" in text and "发现的问题" not in text and "同一文件夹" not in text
