"""What `keys status`, `keys rotate` and `keys retire` do and print: numbers and counts, never a key."""

from __future__ import annotations

from rich.text import Text

from clearbase.console import out, print_rows, told
from clearbase.errors import RequestError, SetupError
from clearbase.pipeline.rotate import data_keys, retire_data_keys, rotate_data_key, rotate_master_key
from clearbase.privacy.key_sources import NEXT, source_of
from clearbase.settings import told_settings
from clearbase.warehouse.database import open_database

WORDS = {
    "person_keys": "keys of persons",
    "file_names": "names of files",
    "files": "files of the landing store",
}


def print_keys() -> None:
    """``keys status``."""
    settings = told_settings()
    with open_database(settings) as database:
        rows = [
            {
                "data key": row.key_id,
                "made": f"{row.made_at:%Y-%m-%d %H:%M}",
                "rotated to": f"{row.rotated_at:%Y-%m-%d %H:%M}" if row.rotated_at else "goes on: keys rotate",
                "persons' keys": row.persons,
                "file names": row.file_names,
            }
            for row in data_keys(database)
        ]
    sources = {name: source_of(settings, name) for name in ("master", NEXT, "token")}
    print_rows(
        [{"key": name, "comes from": where} for name, where in sources.items() if where], "kept outside the base"
    )
    print_rows(rows, "data keys, and what lies under each; the newest wraps what is new")


def rotate_keys(master: bool) -> None:
    """``keys rotate``."""
    settings = told_settings()
    with open_database(settings) as database:
        try:
            if master:
                to_do = rotate_master_key(settings, database)
                out.print("the data keys are wrapped under the next master key")
                out.print(
                    "backups of the base from before open only with the former one: keep it with them, or make new"
                )
                if to_do:
                    out.print(f"now {to_do}")
                return
            with told.status("rotating") as line:
                done = rotate_data_key(
                    settings, database, lambda what, count: line.update(Text(f"{WORDS[what]}: {count:,}"))
                )
        except RequestError as error:
            raise SetupError(str(error)) from None
        print_rows(
            [{"wrapped anew": WORDS[what], "how many": count} for what, count in done.wrapped.items()],
            f"everything lies under data key {done.key_id}",
        )
        for path in done.unreadable:
            told.print(f"{path} does not open: it stays as it is")


def retire_keys() -> None:
    """``keys retire``."""
    settings = told_settings()
    with open_database(settings) as database:
        try:
            with told.status("looking for what lies under old keys"):
                gone = retire_data_keys(settings, database, lambda *_: None)
        except RequestError as error:
            raise SetupError(str(error)) from None
    out.print(f"data keys deleted: {', '.join(map(str, gone)) or 'none; only one is there'}")
