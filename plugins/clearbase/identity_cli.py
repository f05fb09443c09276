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
    """Two persons are one: tell what would change (employers, spells, headcounts) and which earlier decision it
    contradicts, then do it in one transaction. The smaller id goes on; `identity undo` takes it back."""
    from clearbase.identity_console import merge

    merge(one, other, reason, yes)


@identity.command("split")
def identity_split(person: Person, rows: Rows, reason: Reason = "", yes: Yes = False) -> None:
    """These rows of a person are somebody else: tell what would change, then do it in one transaction. The two are held
    apart from then on; `identity undo` takes it back."""
    from clearbase.identity_console import split

    split(person, rows, reason, yes)


@identity.command("apart")
def identity_apart(one: Person, other: Person, reason: Reason = "", yes: Yes = False) -> None:
    """Who is in review beside another is not that person: tell what would change, then close the case. Neither is asked
    about beside the other again; `identity undo` takes it back."""
    from clearbase.identity_console import apart

    apart(one, other, reason, yes)


@identity.command("undo")
def identity_undo(
    what: Annotated[str, typer.Argument(help="a person (P167772161): the newest act about him; or an act (A12)")],
    reason: Reason = "",
    yes: Yes = False,
) -> None:
    """Take back what people decided of a person: each row goes back to whom it stood for. Told first; refused where a
    later act about the same persons stands."""
    from clearbase.identity_console import undo

    undo(what, reason, yes)


@identity.command("confirm")
def identity_confirm(
    act: Annotated[str, typer.Argument(help="the act (A12), as status and explain tell it")], reason: Reason = ""
) -> None:
    """An act that contradicts an earlier one was looked at again and is right: its case is closed."""
    from clearbase.identity_console import confirm

    confirm(act, reason)


@identity.command("explain")
def identity_explain(
    what: Annotated[str, typer.Argument(help="a person (P167772161), a row (12/1/7) or a registry record (R9)")],
) -> None:
    """Why these rows are this person: rule, weight, who decided and when, open cases, who it is not; nobody by name."""
    from clearbase.identity_console import explain

    explain(what)


@identity.command("drift")
def identity_drift(
    out: Annotated[Path | None, typer.Option(help="also write a page that stands alone and prints")] = None,
) -> None:
    """How the model's weights are spread month by month, and whether a month differs from those before it."""
    from clearbase.drift_console import drift

    drift(out)


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
    persons: Annotated[int, typer.Option(min=100, help="people in the registry of each draw")] = 8_000,
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
