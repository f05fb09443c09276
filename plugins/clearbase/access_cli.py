"""The commands about who may see what: part of ``cli``."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import typer

access = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Which street or department a login is of.")
reveal_or_export = typer.Typer(rich_markup_mode=None)

Login = Annotated[str, typer.Argument(help="the login in the database, a member of the role")]


@access.command("list")
def access_list() -> None:
    """Street clerks and departments."""
    from clearbase.access_console import print_access

    print_access()


@access.command("set")
def access_set(
    login: Login,
    street: Annotated[str | None, typer.Option(help="a clerk's street, as it stands in the warehouse")] = None,
    department: Annotated[str | None, typer.Option(help="a department's name")] = None,
) -> None:
    """Let a login see the rows of a street, or the extracts of a department; in place of what it saw before."""
    from clearbase.access_console import set_access

    set_access(login, street, department)


@access.command("remove")
def access_remove(login: Login) -> None:
    """Let a login see no rows any more."""
    from clearbase.access_console import remove_access

    remove_access(login)


@reveal_or_export.command()
def reveal(
    row: Annotated[str, typer.Argument(help="row (12/1/7) or record (R and its number) of an open review case")],
    reason: Annotated[str, typer.Option(help="why, in eight characters or more; kept in the audit, no personal data")],
) -> None:
    """Show what one row or registry record says of its person, after the audit has who asked, for which, why, when and
    from where."""
    from clearbase.access_console import print_revealed

    print_revealed(row, reason)


@reveal_or_export.command()
def export(
    department: Annotated[str, typer.Argument(help="for whom; its logins: access set LOGIN --department")],
    purpose: Annotated[str, typer.Option(help="what for, in eight characters or more; kept in the audit")],
    day: Annotated[dt.datetime | None, typer.Option(formats=["%Y-%m-%d"], help="who worked on it; today")] = None,
) -> None:
    """Give a department who worked where on a day, under pseudonyms of that extract alone; it reads extract.given."""
    from clearbase.access_console import make_export

    make_export(department, purpose, day.date() if day else None)
