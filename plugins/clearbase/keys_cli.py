"""The commands about keys: part of ``cli``."""

from __future__ import annotations

from typing import Annotated

import typer

keys = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="The keys that the base is sealed with.")


@keys.command()
def status() -> None:
    """Where the keys that are in no database come from, each data key and what lies under it. No key is shown."""
    from clearbase.keys_console import print_keys

    print_keys()


@keys.command()
def rotate(
    master: Annotated[
        bool, typer.Option("--master", help="the key-encryption key, instead of the data key that it wraps")
    ] = False,
) -> None:
    """Make a new key and wrap with it what the old one wraps, while the base is in use; no sealed row changes. Cut
    short, the same command goes on."""
    from clearbase.keys_console import rotate_keys

    rotate_keys(master)


@keys.command()
def retire() -> None:
    """Delete the data keys under which nothing lies any more, while nobody else works with the base. Backups of before
    their rotation cannot be read without them."""
    from clearbase.keys_console import retire_keys

    retire_keys()
