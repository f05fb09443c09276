"""Settings: empty means unset, a misspelt name is told."""

from __future__ import annotations

import subprocess
from collections.abc import Callable

import pytest

from clearbase.settings import PROJECT, load_settings, unknown_settings


def test_an_empty_setting_is_unset(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOME", "DATABASE_URL", "POSTGRES_PORT", "MASTER_KEY", "KEYS"):
        monkeypatch.setenv(f"CLEARBASE_{name}", "")
    settings = load_settings()
    assert settings.home == PROJECT / "var"
    assert (settings.database_url, settings.master_key, settings.postgres_port) == (None, None, 0)


def test_a_misspelt_setting_is_told_with_the_nearest_name() -> None:
    names = ["CLEARBASE_HOEM", "CLEARBASE_NOSUCHTHING", "CLEARBASE_PYTHON", "CLEARBASE_TRACEBACK", "PATH"]
    assert unknown_settings([*names, "CLEARBASE_HOME", "clearbase_drop"]) == [
        "CLEARBASE_HOEM is no setting (did you mean CLEARBASE_HOME?)",
        "CLEARBASE_NOSUCHTHING is no setting",
    ]


def test_a_command_tells_it_in_one_line_and_goes_on(
    clearbase: Callable[..., subprocess.CompletedProcess[str]],
) -> None:
    done = clearbase("status", CLEARBASE_LANDNIG="/x")
    assert done.returncode == 0
    assert done.stderr.splitlines() == [
        "clearbase: warning: CLEARBASE_LANDNIG is no setting (did you mean CLEARBASE_LANDING?)"
    ]
