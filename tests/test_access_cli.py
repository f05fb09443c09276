"""Who may see what, by command: roles, logins, reveals and extracts, keys; no key and no password is printed."""

from __future__ import annotations

import subprocess
from collections.abc import Callable

from clearbase.settings import Settings

Run = Callable[..., "subprocess.CompletedProcess[str]"]


def test_psql_opens_as_a_role(clearbase: Run) -> None:
    done = clearbase("psql", "--role", "analyst", "-Atc", "SELECT session_user")
    assert done.stdout.strip() == "clearbase_analyst", done.stderr
    assert clearbase("psql", "-Atc", "SELECT session_user").stdout.strip() == "clearbase_admin"
    done = clearbase("psql", "--role", "king")
    assert done.returncode == 2 and "analyst" in done.stderr


def test_a_clerk_is_given_a_street_and_loses_it(clearbase: Run) -> None:
    assert clearbase("access", "set", "clearbase_clerk", "--street", "新碶街道").returncode == 0
    assert "新碶街道" in clearbase("access", "list").stdout
    assert clearbase("access", "remove", "clearbase_clerk").returncode == 0
    for wrong in (
        ("access", "remove", "clearbase_clerk"),
        ("access", "set", "nobody", "--street", "新碶街道"),
        ("access", "set", "clearbase_clerk"),
    ):
        done = clearbase(*wrong)
        assert done.returncode == 2 and len(done.stderr.strip().splitlines()) == 1, done.stderr


def test_what_cannot_be_revealed_or_exported_is_told_in_a_line(clearbase: Run) -> None:
    for wrong in (
        ("reveal", "1/1/2", "--reason", "is it the same man"),
        ("reveal", "somewhere", "--reason", "is it the same man"),
        ("export", "人社局", "--purpose", "x"),
    ):
        done = clearbase(*wrong)
        assert done.returncode == 2 and len(done.stderr.strip().splitlines()) == 1, done.stderr


def test_an_extract_is_made_and_the_auditor_sees_it(clearbase: Run) -> None:
    done = clearbase("export", "人社局", "--purpose", "monthly comparison", "--day", "2026-01-31")
    assert done.returncode == 0 and "extract 1 for 人社局" in done.stdout, done.stderr
    told = clearbase("psql", "--role", "auditor", "-Atc", "SELECT action, subject FROM audit.event")
    assert "export|department 人社局" in told.stdout.splitlines()


def test_keys_are_rotated_and_retired_and_none_is_shown(clearbase: Run, settings: Settings) -> None:
    said = [clearbase("keys", *words) for words in (["rotate"], ["rotate", "--master"], ["retire"], ["status"])]
    assert [done.returncode for done in said] == [0, 0, 0, 0], [done.stderr for done in said]
    assert "data key 2" in said[0].stdout and "deleted: 1" in said[2].stdout and "master.key" in said[3].stdout
    key = (settings.keys_folder / "master.key").read_text().strip()
    assert not any(key in done.stdout + done.stderr for done in said)
