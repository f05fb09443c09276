"""Data Docs that open without the Internet.

GX's pages ask nine foreign hosts for styles and scripts, and its index stays empty without them. What is foreign is
taken out, a style of ours is put in, and the front page is a table of our own.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from clearbase.quality.gate import Failure

HERE, STYLE = Path(__file__).parent, "clearbase.css"
_FOREIGN: Final = re.compile(
    r"""<(?:link|img)\b[^>]*(?:href|src)=["']https?://[^>]*>"""
    r"""|<script\b[^>]*src=["']https?://[^>]*>.*?</script>""",
    re.IGNORECASE | re.DOTALL,
)


def make_local(docs: Path) -> None:
    """Take what is foreign out of every page of ``docs`` and give it our style."""
    shutil.copyfile(HERE / "gate_page.css", docs / STYLE)
    for page in docs.rglob("*.html"):
        style = f'<link rel="stylesheet" href="{os.path.relpath(docs / STYLE, page.parent)}">'
        text = _FOREIGN.sub("", page.read_text(encoding="utf-8"))
        page.write_text(text.replace("</head>", f"{style}</head>", 1), encoding="utf-8")


def write_front_page(docs: Path, suite: dict[str, Any], failures: Sequence[Failure], rows: int) -> None:
    """``index.html``: every expectation in both languages, how it ended, and the way to GX's own page."""
    from jinja2 import Environment

    failed = {failure.code: failure for failure in failures}
    template = Environment(autoescape=True).from_string((HERE / "gate_page.html").read_text(encoding="utf-8"))
    page = template.render(
        of=f"批次 {docs.name}" if docs.name.isdigit() else docs.name,
        suite=suite,
        rows=rows,
        stopped=any(failure.stops for failure in failures),
        pages=[page.relative_to(docs).as_posix() for page in sorted(docs.glob("validations/**/*.html"))],
        checks=[(meta, failed.get(meta["code"])) for meta in (each["meta"] for each in suite["expectations"])],
    )
    (docs / "index.html").write_text(page, encoding="utf-8")
