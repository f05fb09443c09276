"""The commands that decide whom rows stand for: part of ``cli``."""

from __future__ import annotations

from pathlib import Path
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


@identity.command("evaluate")
def identity_evaluate(
    seed: Annotated[int, typer.Option(help="the same seed gives the same draw")] = 1,
    persons: Annotated[int, typer.Option(min=100, help="people in the registry")] = 20_000,
    docs: Annotated[Path | None, typer.Option(help="also put the tables into this Markdown (docs/identity.md)")] = None,
) -> None:
    """Match a fresh synthetic draw whose truth is known: precision, recall, reviewers' load by error kind."""
    from clearbase.linking_console import evaluate

    evaluate(seed, persons, docs)


@identity.command("train")
def identity_train(
    seed: Annotated[list[int] | None, typer.Option(help="seeds of the draws; default 9001 to 9003")] = None,
    persons: Annotated[int, typer.Option(min=100, help="people in the registry of each draw")] = 12_000,
    out: Annotated[Path | None, typer.Option(help="write the model there instead of in its place")] = None,
) -> None:
    """Count m and u of the model anew on synthetic draws. The JSON is to be reviewed before it is used."""
    from clearbase.linking_console import train

    train(seed or [9001, 9002, 9003], persons, out)


def link(
    registry: Annotated[Path, typer.Option(help="the registry's CSV")],
    roster: Annotated[Path, typer.Option(help="the roster's CSV")],
    out: Annotated[Path, typer.Option(help="the CSV to write")],
) -> None:
    """Link two plain CSV files offline: each roster row is a record's person (same), may be (review), or nobody's
    (new)."""
    from clearbase.linking_console import link as linked

    linked(registry, roster, out)
