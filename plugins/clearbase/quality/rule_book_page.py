"""The rule book as Markdown (``docs/规则手册.md``) and as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from clearbase.quality.rule_book import COSTS, SEVERITIES, Chapter, Entry, counts, entries_of, plain

PARTS: Final = (("found", "发现"), ("expected", "应为"), ("mend", "改法"))
HEAD: Final = """# 规则手册 Rule book

由 `./clearbase rules --markdown` 按 `expectations/` 里的规则生成，请勿手改；改规则后重新生成。
Generated from `expectations/` by `./clearbase rules --markdown --out docs/规则手册.md`; a test holds both equal.

- 级别 severity：严重 critical，我们自己的账不符；错误 error，内容不能用；提醒 warning，请核对；说明 info，知道即可。
- 文中“…”处，回执里写的是单元格的内容。"…" stands where a receipt shows what was found.
"""
RIGHTS: Final = ("仅有权查看劳动权益提示的人员可见", "shown only to those who may see flags of workers' rights")


def markdown(chapters: Sequence[Chapter]) -> str:
    """The whole book; ends with a newline."""
    return "\n".join([HEAD, *_contents(chapters), *(line for chapter in chapters for line in _chapter(chapter))])


def lines(entries: Iterable[Entry]) -> Iterator[str]:
    """What the terminal shows of these rules: a block a rule."""
    for entry in entries:
        zh, en = COSTS.get(entry.cost, (entry.cost, entry.cost))
        yield f"{entry.code}  {_severity(entry.severity)}  [{entry.suite}]  {'、'.join(entry.fields)}".rstrip()
        yield f"  后果  {zh} ({en})"
        yield from (f"  {label}  {plain(entry.zh[part])}" for part, label in PARTS)
        yield from (f"  {part:9} {plain(entry.en[part])}" for part, _ in PARTS)
        if entry.example:
            yield "  例    " + " → ".join(_shown(entry.example))
        if entry.rights:
            yield f"  {RIGHTS[0]} ({RIGHTS[1]})"
        yield ""


def counted(entries: Sequence[Entry]) -> str:
    """``84 条规则 rules：错误 error 30，提醒 warning 40``."""
    told = "，".join(f"{_severity(name)} {number}" for name, number in counts(entries).items())
    return f"{len(entries)} 条规则 rules：{told}"


def _severity(name: str) -> str:
    return f"{SEVERITIES.get(name, '')} {name}".strip()


def _contents(chapters: Sequence[Chapter]) -> Iterator[str]:
    yield "| 章 chapter | 规则 rules | " + " | ".join(map(_severity, SEVERITIES)) + " |"
    yield "| --- " * (2 + len(SEVERITIES)) + "|"
    for chapter in chapters:
        yield _row(f"{chapter.zh} {chapter.en} (`{chapter.file}`)", chapter.entries)
    yield _row("合计 all", entries_of(chapters))
    yield ""


def _row(title: str, entries: Sequence[Entry]) -> str:
    by_severity = counts(entries)
    numbers = (str(by_severity.get(name, "")) for name in SEVERITIES)
    return f"| {title} | {len(entries)} | {' | '.join(numbers)} |"


def _chapter(chapter: Chapter) -> Iterator[str]:
    yield f"## {chapter.zh} {chapter.en}"
    yield ""
    for entry in chapter.entries:
        zh, en = COSTS.get(entry.cost, (entry.cost, entry.cost))
        yield f"### {entry.code}"
        yield f"{_severity(entry.severity)} · {zh} {en}" + (
            f" · 栏目 {'、'.join(entry.fields)}" if entry.fields else ""
        )
        yield ""
        if entry.rights:
            yield f"{RIGHTS[0]}。{RIGHTS[1].capitalize()}."
            yield ""
        yield "| | 中文 | English |"
        yield "| --- | --- | --- |"
        for part, label in PARTS:
            yield f"| {label} {part} | {_cell(plain(entry.zh[part]))} | {_cell(plain(entry.en[part]))} |"
        if entry.example:
            bad, *good = map(_cell, _shown(entry.example))
            yield f"| 例 example | {bad} | {''.join(f'→ {text}' for text in good)} |"
        yield ""
        if entry.checks:
            yield "; ".join(f"`{check}`" for check in entry.checks)
            yield ""


def _shown(example: dict[str, str]) -> list[str]:
    """What is wrong, and what should stand there where the rule tells."""
    return [example["bad"] or "（空白）", *([example["good"]] if example["good"] else [])]


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("~", "\\~").replace("\n", " ")
