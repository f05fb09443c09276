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
