"""The commands about employers and who may report for them: part of ``cli``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

employer = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="The employers that report.")


@employer.command("add")
def employer_add(
    code: Annotated[str | None, typer.Argument(help="unified social credit code, 18 characters")] = None,
    name: Annotated[str | None, typer.Option(help="full name as on the business licence")] = None,
    street: Annotated[str | None, typer.Option(help="street that answers for it")] = None,
    file: Annotated[Path | None, typer.Option(help="a CSV with 统一社会信用代码,单位名称,所属街道 instead")] = None,
    first: Annotated[
        str | None,
        typer.Option("--from", help="first month of the new name or street, YYYY-MM; else what is known is corrected"),
    ] = None,
) -> None:
    """Register an employer, or a list of them, and make its folders. Renamed or moved: its code again, with --from."""
    from clearbase.console import add_employers

    add_employers(code, name, street, file, first)


@employer.command("list")
def employer_list() -> None:
    """The registered employers."""
    from clearbase.console import list_employers

    list_employers()


Reporter = Annotated[str, typer.Argument(help="credit code of who reports: an agency, a park, an accountant")]
ReportedFor = Annotated[str, typer.Argument(help="credit code of the employer whose people they are")]


@employer.command("authorise")
def employer_authorise(
    reporter: Reporter,
    employer: ReportedFor,
    first: Annotated[str | None, typer.Option("--from", help="first month, YYYY-MM; else any")] = None,
    last: Annotated[str | None, typer.Option("--to", help="last month, YYYY-MM; else no end")] = None,
) -> None:
    """Let one report another's rosters (代报). A file of the one that names only the other is then the other's."""
    from clearbase.ledger_console import authorise_reporter

    authorise_reporter(reporter, employer, first, last)


@employer.command("withdraw")
def employer_withdraw(reporter: Reporter, employer: ReportedFor) -> None:
    """Let it no longer, from this month on. What was published stays."""
    from clearbase.ledger_console import withdraw_reporter

    withdraw_reporter(reporter, employer)


@employer.command("reporters")
def employer_reporters() -> None:
    """Who may report for whom, and for which months."""
    from clearbase.ledger_console import print_reporters

    print_reporters()
