"""Who may see what, by command: roles, logins, reveals and extracts, keys; no key and no password is printed."""

from __future__ import annotations

import os
import pwd
import subprocess
from collections.abc import Callable
from pathlib import Path

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
    assert "backups of the base from before" in said[1].stdout
    told = clearbase("psql", "--role", "auditor", "-Atc", "SELECT action, subject FROM audit.event").stdout.splitlines()
    assert [line for line in told if "key" in line] == [
        "data key rotated|data key 2",
        "master key rotated|the data keys",
        "data keys retired|data keys 1",
    ]


def test_whose_command_it_was_is_the_system_s_word_and_not_the_environment_s(clearbase: Run) -> None:
    name = pwd.getpwuid(os.getuid()).pw_name
    words = ("export", "人社局", "--purpose", "monthly comparison", "--day", "2026-01-31")
    for told in ({}, {"SUDO_USER": "li"}):
        done = clearbase(*words, LOGNAME="director_wang", USER="director_wang", LNAME="director_wang", **told)
        assert done.returncode == 0, done.stderr
    asked = "SELECT DISTINCT application FROM audit.event WHERE action = 'export' AND application ~ 'clearbase, '"
    programs = set(clearbase("psql", "--role", "auditor", "-Atc", asked).stdout.splitlines())
    assert {f"clearbase, {name}", f"clearbase, {name} (sudo: li)"} == programs


def test_the_home_s_own_drop_folder_is_nobody_else_s(clearbase: Run, settings: Settings, tmp_path: Path) -> None:
    code = "91350100M000100Y43"
    assert clearbase("employer", "add", code, "--name", "某某有限公司").returncode == 0
    assert settings.drop_folder.stat().st_mode & 0o777 == 0o700
    assert (settings.drop_folder / code / "inbox").is_dir()
    assert (
        clearbase("employer", "add", code, "--name", "某某公司", CLEARBASE_DROP=str(tmp_path / "drop")).returncode == 0
    )
    assert (tmp_path / "drop").stat().st_mode & 0o077
