"""The commands about the resident registry: part of ``cli``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

registry = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="The resident registry.")


@registry.command("load")
def load(
    file: Annotated[Path | None, typer.Argument(help="an extract: CSV or Excel")] = None,
    source: Annotated[
        str | None, typer.Option(help="instead of a file a database by SQLAlchemy URL, without its password")
    ] = None,
    table: Annotated[str | None, typer.Option(help="its table or view, schema.table")] = None,
    query_file: Annotated[Path | None, typer.Option(help="or a file with one SELECT")] = None,
    full: Annotated[
        bool | None,
        typer.Option(
            "--full/--incremental", help="the whole registry, or what has changed; else told by title or name"
        ),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="a full extract may lack any number of records")] = False,
) -> None:
    """Load an extract of the resident registry, from a file or from a database. The password is
    CLEARBASE_REGISTRY_PASSWORD, its _COMMAND, or in keys/registry.password. Records that a full extract no longer holds
    are stale, not cancelled, until an extract holds them again."""
    from clearbase.registry_console import load_registry_extract

    load_registry_extract(file, source, table, query_file, full, yes)


@registry.command("status")
def status() -> None:
    """Records registered, moved, cancelled, stale, doubles in review; the newest extracts."""
    from clearbase.registry_console import print_registry

    print_registry()
