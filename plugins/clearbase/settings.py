"""Settings: the environment (``CLEARBASE_…``) over the defaults; empty is unset. Two homes, two copies side by side."""

from __future__ import annotations

import difflib
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from clearbase.errors import SetupError

PROJECT = Path(__file__).resolve().parents[2]
SQL = PROJECT / "sql"
EXPECTATIONS = PROJECT / "expectations"
TIME_ZONE = "Asia/Shanghai"
UNKNOWN = "_unknown"  # the folder of the drop folder that is ours: receipts of files whose employer nobody knows
# The launcher's, the command line's own, and the mark of what `up` has started.
NOT_SETTINGS = ("CLEARBASE_PYTHON", "CLEARBASE_TRACEBACK", "CLEARBASE_UP")


class Settings(BaseSettings):
    """Where things lie and how much may be taken. Folders are derived from ``home`` unless set."""

    model_config = SettingsConfigDict(env_prefix="CLEARBASE_", env_ignore_empty=True, extra="ignore", frozen=True)

    home: Path = Field(PROJECT / "var", description="everything that Clearbase writes lies here")
    drop: Path | None = Field(None, description="employers' folders: <code>/inbox and <code>/receipts")
    landing: Path | None = Field(None, description="sealed originals and staged batches")
    docs: Path | None = Field(None, description="Data Docs of the gate, a folder a batch")
    keys: Path | None = Field(None, description="generated keys and passwords, mode 0600")
    database_url: SecretStr | None = Field(None, description="a PostgreSQL 15+ of your own instead of the embedded one")
    airflow_database_url: SecretStr | None = Field(
        None, description="Airflow's own database, with CLEARBASE_DATABASE_URL"
    )
    airflow_port: int = Field(8080, ge=0, le=65535, description="Airflow's UI on 127.0.0.1; 0: any free port")
    postgres_port: int = Field(0, ge=0, le=65535, description="also listen on 127.0.0.1 at this port; 0: socket only")
    postgres_user: str = Field("nobody", description="the account that runs the server when Clearbase runs as root")
    master_key: SecretStr | None = Field(None, description="key-encryption key, 64 hex digits, instead of its file")
    master_key_command: str | None = Field(None, description="a command that prints it, run without a shell")
    next_master_key: SecretStr | None = Field(None, description="what it is to be, while it is rotated")
    next_master_key_command: str | None = Field(None, description="a command that prints that")
    token_key: SecretStr | None = Field(None, description="token key, 64 hex digits, instead of its file")
    token_key_command: str | None = Field(None, description="a command that prints it, run without a shell")
    registry_source: SecretStr | None = Field(None, description="a database that holds the registry, by SQLAlchemy URL")
    registry_table: str | None = Field(None, description="its table or view, schema.table")
    registry_query: Path | None = Field(None, description="or a file with the query to ask it")
    registry_kind: Literal["full", "incremental"] | None = Field(
        None, description="what it answers; unset: told by the name of table or file"
    )
    registry_password: SecretStr | None = Field(
        None, description="its password, where the URL holds none; else keys/registry.password"
    )
    registry_password_command: str | None = Field(None, description="a command that prints it, run without a shell")
    registry_most_lost: float = Field(
        0.2, ge=0, le=1, description="a full extract that lacks more than this share of what stood is refused"
    )
    settle_seconds: float = Field(
        2, ge=0, description="how long a file of the drop folder stands still before it is taken"
    )
    batch_bytes: int = Field(64 * 2**20, gt=0, description="how much one Dag run takes; a larger file makes one alone")
    max_file_bytes: int = Field(200 * 2**20, gt=0, description="a larger file is told to be too large")

    @property
    def drop_folder(self) -> Path:
        return (self.drop or self.home / "drop").resolve()

    @property
    def landing_folder(self) -> Path:
        return (self.landing or self.home / "landing").resolve()

    @property
    def docs_folder(self) -> Path:
        return (self.docs or self.home / "docs").resolve()

    @property
    def keys_folder(self) -> Path:
        return (self.keys or self.home / "keys").resolve()

    @property
    def registry_inbox(self) -> Path:
        """Where extracts of the registry are put; those that are none go to ``refused`` beside it."""
        return self.home.resolve() / "registry" / "inbox"

    def receipts_folder(self, employer_uscc: str | None) -> Path:
        """The employer's receipts; those of files whose employer is not known lie under ``_unknown``."""
        return self.drop_folder / (employer_uscc or UNKNOWN) / "receipts"


def load_settings() -> Settings:
    """The settings in force. Raises SetupError that names the setting, never its value."""
    try:
        settings = Settings()  # every field has a default or comes from the environment
    except ValidationError as error:
        faults = "; ".join(f"CLEARBASE_{str(e['loc'][0]).upper()}: {e['msg']}" for e in error.errors())
        raise SetupError(f"wrong setting: {faults}") from None
    return settings.model_copy(update={"home": settings.home.expanduser().resolve()})


def told_settings() -> Settings:
    """The settings in force, for a command: it tells on standard error which names are none."""
    for line in unknown_settings(os.environ):
        print(f"clearbase: warning: {line}", file=sys.stderr)
    return load_settings()


def unknown_settings(names: Iterable[str]) -> list[str]:
    """A line for every name ``CLEARBASE_…`` that no setting has, with the nearest one that there is."""
    known = [*(f"CLEARBASE_{field.upper()}" for field in Settings.model_fields), *NOT_SETTINGS]
    told = []
    for name in sorted(names):
        if name.upper().startswith("CLEARBASE_") and name.upper() not in known:
            nearest = difflib.get_close_matches(name.upper(), known, 1, cutoff=0.75)
            told.append(f"{name} is no setting" + (f" (did you mean {nearest[0]}?)" if nearest else ""))
    return told
