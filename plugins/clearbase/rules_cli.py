"""The commands about the rules themselves: part of ``cli``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

rules = typer.Typer(rich_markup_mode=None)


@rules.command("rules")
def print_rules(
    code: Annotated[str | None, typer.Argument(help="one rule, by its code")] = None,
    json: Annotated[bool, typer.Option("--json", help="for programs")] = False,
    markdown: Annotated[bool, typer.Option("--markdown", help="as docs/规则手册.md")] = False,
    target: Annotated[Path | None, typer.Option("--out", help="write it there instead of printing it")] = None,
) -> None:
    """The rule book: every rule of expectations/ with its severity, what it costs, its texts and an example. Needs no
    server."""
    from clearbase.rules_console import show_rules

    show_rules(code, json, markdown, target)


@rules.command()
def recheck(
    suite: Annotated[Path | None, typer.Option(help="rules that are not in force; else those on disk")] = None,
    employer: Annotated[str | None, typer.Option(help="of this employer alone, by its credit code")] = None,
    first: Annotated[str | None, typer.Option("--from", help="first report month, YYYY-MM")] = None,
    last: Annotated[str | None, typer.Option("--to", help="last report month, YYYY-MM")] = None,
    sample: Annotated[int | None, typer.Option(min=1, help="so many files only, always the same ones")] = None,
    json: Annotated[bool, typer.Option("--json", help="for programs")] = False,
) -> None:
    """Before a rule changes: run the row rules over what was published, from the sealed originals, and show what would
    alter by rule and employer. Nothing is written."""
    from clearbase.recheck_console import recheck_rules

    recheck_rules(suite, employer, first, last, sample, json)
