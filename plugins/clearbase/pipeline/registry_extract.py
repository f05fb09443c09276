"""The bytes of an extract of the registry, from a file or from a database, and what they are called."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from clearbase.errors import SetupError
from clearbase.intake.sql_extract import SqlSource, ask_source
from clearbase.privacy.key_sources import printed_by
from clearbase.privacy.labels import safe_label, unread_label
from clearbase.quality.registry import DWELLING, EMPLOYERS_ONLY, REGISTRY_FIELDS, REGISTRY_ONLY
from clearbase.reading.catalogue import Catalogue, load_catalogue
from clearbase.runtime.private_files import read_private
from clearbase.settings import Settings

KEPT_IN: Final = "registry.password"  # below the folder of keys
SECRETS: Final = {"password", "passwd", "pwd", "sslpassword"}  # options of a URL that are none to show
MOST_COLUMNS: Final = 40  # that an error names


@dataclass(frozen=True)
class Extract:
    """``label``: how the ledger calls it, nobody's data in it; ``names``: what may say whether it is full; ``columns``:
    those of a database, None of a file, whose header is still to be found."""

    data: bytes
    file_name: str
    label: str
    names: tuple[str, ...]
    source: Literal["file", "sql"]
    columns: tuple[str, ...] | None = None


def file_extract(file: Path) -> Extract:
    """Raises SetupError where there is no such file."""
    if not file.is_file():
        raise SetupError(f"no such file: {file}")
    return Extract(file.read_bytes(), file.name, unread_label(file.name), (file.stem,), "file")


def sql_extract(source: SqlSource) -> Extract | None:
    """What the source answers; None where it answers no rows. Raises SetupError as ``ask_source``."""
    answer = ask_source(source)
    if not answer.rows:
        return None
    label = safe_label(f"{source.place} {source.name}")
    return Extract(answer.data, "extract.csv", label, (source.name,), "sql", tuple(answer.columns))


def sql_source(settings: Settings, url: str | None, table: str | None, query_file: Path | None) -> SqlSource:
    """What is given, else the settings'. Raises SetupError for no URL, a password in a given one (the process list
    shows it), neither or both of table and query, or a password that is not to be had."""
    given = url is not None
    if url is None and settings.registry_source is not None:
        url = settings.registry_source.get_secret_value()
    if url is None:
        raise SetupError("no database is given: --source URL, or the setting CLEARBASE_REGISTRY_SOURCE")
    if table is None and query_file is None:
        table, query_file = settings.registry_table, settings.registry_query
    if (table is None) == (query_file is None):
        raise SetupError("say what of the database is the registry: --table schema.table or --query-file FILE, one")
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):  # ValueError: a port that is no number
        where = "--source" if given else "CLEARBASE_REGISTRY_SOURCE"
        raise SetupError(f"{where} is not a URL such as postgresql://user@host/database") from None
    if parsed.drivername == "postgres":
        parsed = parsed.set(drivername="postgresql")
    if given and (parsed.password is not None or SECRETS & {name.lower() for name in parsed.query}):
        raise SetupError(
            "a password on the command line stands in the process list: leave it out of --source and put it into "
            f"CLEARBASE_REGISTRY_PASSWORD, CLEARBASE_REGISTRY_PASSWORD_COMMAND or {_password_file(settings)}; and "
            "change it, since it was shown"
        )
    if parsed.password is None and parsed.get_backend_name() != "sqlite":
        parsed = parsed.set(password=_password(settings))
    if table is not None:
        return SqlSource(parsed, table, table=table)
    assert query_file is not None
    return SqlSource(parsed, query_file.name, query=_query(query_file))


def how_to_name(extract: Extract, catalogue: Catalogue) -> str:
    """How a database's columns have to be called, where it is one that has answered."""
    if extract.columns is None:
        return ""
    wanted = "、".join(catalogue.labels[field] for field in REGISTRY_FIELDS if field in catalogue.labels)
    return (
        f"; {extract.label} has the columns {', '.join(extract.columns[:MOST_COLUMNS])}; name them in a query "
        "(--query-file), as in SELECT xm AS 姓名, or add synonyms to expectations/registry_fields.csv; known are "
        + wanted
    )


def no_extract(extract: Extract, found: list[str], catalogue: Catalogue) -> str:
    """What is said of an employer's roster that was taken for an extract; ``found``: labels of its columns."""
    labels = load_catalogue().labels | catalogue.labels
    wanted, unwanted, dwelling = (
        "、".join(labels[field] for field in fields) for fields in (REGISTRY_ONLY, EMPLOYERS_ONLY, DWELLING)
    )
    return (
        f"{extract.label} is no registry extract, nothing was loaded: its columns are {'、'.join(found)}; "
        f"an extract has one of {wanted} and none of {unwanted}; where --full or --incremental says that it is one, or "
        f"it lies in the registry's inbox, one of {dwelling} and nothing of employment is enough. An employer's roster "
        "goes in by `clearbase ingest`; for another name of a column add a synonym to expectations/registry_fields.csv"
    )


def _query(file: Path) -> str:
    if not file.is_file():
        raise SetupError(f"no such file: {file}")
    try:
        query = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise SetupError(f"{file} is not UTF-8") from None
    if not query.strip(" \t\r\n;"):
        raise SetupError(f"{file} holds no query")
    return query


def _password(settings: Settings) -> str | None:
    """The environment goes before a command, a command before a file, as for keys."""
    if settings.registry_password is not None:
        return settings.registry_password.get_secret_value()
    if settings.registry_password_command is not None:
        printed = printed_by(settings.registry_password_command, "CLEARBASE_REGISTRY_PASSWORD_COMMAND")
        return printed.rstrip("\r\n")
    file = _password_file(settings)
    return read_private(file) if file.exists() else None


def _password_file(settings: Settings) -> Path:
    return settings.keys_folder / KEPT_IN
