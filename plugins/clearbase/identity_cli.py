"""The commands that decide whom rows stand for: part of ``cli``."""

from __future__ import annotations

from typing import Annotated

import typer

from clearbase.ledger_cli import Reason, Yes

identity = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="Whom the rows of rosters stand for, as people decide."
)

Person = Annotated[str, typer.Argument(help="P and the id, as trace tells it (P167772161)")]
Rows = Annotated[list[str], typer.Argument(help="rows as trace takes them: submission/sheet/row (12/1/7)")]


@identity.command("merge")
def identity_merge(one: Person, other: Person, reason: Reason = "", yes: Yes = False) -> None:
    """Two persons are one: tell what would change (employers, spells, headcounts), then do it in one transaction. The
    smaller id goes on; a split takes it back."""
    from clearbase.identity_console import merge

    merge(one, other, reason, yes)


@identity.command("split")
def identity_split(person: Person, rows: Rows, reason: Reason = "", yes: Yes = False) -> None:
    """These rows of a person are somebody else: tell what would change, then do it in one transaction. A merge takes it
    back."""
    from clearbase.identity_console import split

    split(person, rows, reason, yes)
