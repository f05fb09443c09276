"""The commands that ask the ledger or decide something in it: part of ``cli``."""

from __future__ import annotations

from typing import Annotated

import typer

ledger = typer.Typer(rich_markup_mode=None)
hold = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Files held for doubt, and what is decided.")

Submission = Annotated[str, typer.Argument(help="its number, or its receipt's (QD00000012)")]
Reason = Annotated[str, typer.Option(help="why; kept with the decision, no personal data")]
Yes = Annotated[bool, typer.Option("--yes", help="do it without asking")]


@ledger.command()
def undo(submission: Submission, reason: Reason = "", yes: Yes = False) -> None:
    """Take back a published submission: tell what would change (persons, spells, headcounts), then do it in one
    transaction. The ledger keeps it; `redo` makes it count again."""
    from clearbase.ledger_console import decide

    decide(submission, "undone", reason, yes)


@ledger.command()
def redo(submission: Submission, reason: Reason = "", yes: Yes = False) -> None:
    """Let an undone submission count again."""
    from clearbase.ledger_console import decide

    decide(submission, "redone", reason, yes)


@ledger.command()
def replay(
    first: Annotated[str, typer.Option("--from", help="first report month, YYYY-MM")],
    last: Annotated[str, typer.Option("--to", help="last report month, YYYY-MM")],
    employer: Annotated[str | None, typer.Option(help="of this employer alone, by its credit code")] = None,
    reason: Reason = "",
    yes: Yes = False,
) -> None:
    """Take every file of these months that counts again, from its sealed original and under the rules, columns and
    kinds of today; published, it takes the place of its former self. Told first; cut short, the same command goes on.
    """
    from clearbase.replay_console import replay_months

    replay_months(first, last, employer, reason, yes)


@ledger.command()
def rebuild(
    verify: Annotated[
        bool, typer.Option("--verify", help="build beside the live tables and compare; required")
    ] = False,
    sample: Annotated[int | None, typer.Option(min=1, help="spells of so many employers only")] = None,
) -> None:
    """Build every derived table again from the ledger, beside the live ones, and compare hash for hash; exit 1 on any
    difference. Nothing is written: the live tables are kept by every publication."""
    from clearbase.errors import SetupError
    from clearbase.ledger_console import print_rebuild

    if not verify:
        raise SetupError("rebuild compares only: call it with --verify")
    raise typer.Exit(print_rebuild(sample))


@ledger.command()
def trace(
    what: Annotated[
        str,
        typer.Argument(help="a submission (12 or QD00000012), a row (12/1/7), a person (P167772161), a record (R9)"),
    ],
) -> None:
    """Tell the way of a fact: from a cell or a registry row over decision and spell to the figures, and back."""
    from clearbase.ledger_console import print_trace

    print_trace(what)


@hold.command("list")
def hold_list() -> None:
    """Files that wait for a decision, with the figures that made them doubtful."""
    from clearbase.ledger_console import print_holds

    print_holds()


@hold.command("approve")
def hold_approve(submission: Submission, reason: Reason = "") -> None:
    """The file says what it says: take it again and publish it."""
    from clearbase.ledger_console import settle_hold

    settle_hold(submission, "approved", reason)


@hold.command("refuse")
def hold_refuse(submission: Submission, reason: Reason = "") -> None:
    """The employer has to send another; the receipt says so."""
    from clearbase.ledger_console import settle_hold

    settle_hold(submission, "refused", reason)
