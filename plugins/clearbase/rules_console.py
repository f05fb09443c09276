"""What ``rules`` does and prints."""

from __future__ import annotations

from pathlib import Path

from clearbase.errors import SetupError
from clearbase.quality.rule_book import as_json, entries_of, rule_book
from clearbase.quality.rule_book_page import counted, lines, markdown


def show_rules(code: str | None, json: bool, as_markdown: bool, target: Path | None) -> None:
    """``rules``. Raises SetupError for a code that no suite has, or for two forms at once."""
    if json and as_markdown:
        raise SetupError("--json or --markdown, not both")
    chapters = rule_book()
    entries = entries_of(chapters, code)
    if as_markdown and code:
        raise SetupError("--markdown is the whole book; for one rule leave it out")
    if as_markdown:
        text = markdown(chapters)
    elif json:
        text = as_json(entries) + "\n"
    else:
        text = "\n".join([*lines(entries), counted(entries), ""])
    if target is None:
        print(text, end="")
    else:
        target.write_text(text, encoding="utf-8")
