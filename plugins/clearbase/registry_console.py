"""What the commands about the registry do and print."""

from __future__ import annotations

from pathlib import Path

from clearbase.console import print_rows, told
from clearbase.errors import SetupError
from clearbase.pipeline.registry import load_registry, load_source
from clearbase.pipeline.registry_extract import sql_source
from clearbase.pipeline.registry_presence import ExtractKind
from clearbase.pipeline.registry_told import registry_loads, told_of_records
from clearbase.pipeline.verify import verify_load
from clearbase.settings import told_settings
from clearbase.warehouse.database import open_database
from clearbase.warehouse.statements import statement


def load_registry_extract(
    file: Path | None, url: str | None, table: str | None, query_file: Path | None, full: bool | None, yes: bool
) -> None:
    """``registry load``."""
    if file is not None and (url or table or query_file):
        raise SetupError("registry load takes a file, or a database by --source; not both")
    settings = told_settings()
    if file is None and url is None and settings.registry_source is None:
        raise SetupError("registry load takes a file, or a database: --source URL, or CLEARBASE_REGISTRY_SOURCE")
    source = sql_source(settings, url, table, query_file) if url or table or query_file else None
    kind: ExtractKind | None = None if full is None else "full" if full else "incremental"
    with open_database(settings) as database:
        with told.status("loading the registry"):
            if file is not None:
                loaded = load_registry(settings, database, file, kind, confirmed=yes)
            else:
                answered = load_source(settings, database, source, kind, confirmed=yes)
                if answered is None:
                    told.print("the database has no rows for it: nothing to load")
                    return
                loaded = answered
        figures = {name: n for name, n in vars(loaded).items() if name != "flagged"}
        print_rows([figures], "registry records")
        if loaded.missed:
            told.print(f"{loaded.missed} records are stale: not in this full extract (mart.registry_today)")
        print_rows(told_of_records(loaded.flagged), "what the registry's rules say of them (rules CODE tells more)")
        with told.status("verifying"):
            verify_load(database, loaded.load_id)


def print_registry() -> None:
    """``registry status``."""
    with open_database(told_settings()) as database:
        with database.loader.connect() as connection:
            print_rows(connection.execute(statement("status/registry")).all(), "registry records")
        print_rows(registry_loads(database), "the newest extracts")
