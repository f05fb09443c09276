"""Keys are rotated while the base is in use: nothing is unreadable at any time, and what was cut short goes on."""

from __future__ import annotations

import shutil
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ledger_world import Killed
from rosters import PEOPLE, worker
from sending import Base
from sqlalchemy import create_engine, text

from clearbase.errors import RequestError, SetupError
from clearbase.pipeline import rotate
from clearbase.pipeline.rotate import data_keys, retire_data_keys, rotate_data_key, rotate_master_key
from clearbase.pipeline.verify import verify
from clearbase.settings import Settings
from clearbase.warehouse import database as database_module
from clearbase.warehouse.database import libpq_environment, open_database
from clearbase.warehouse.statements import statement

STAFF = [worker(n) for n in range(40)]
NEW, OTHER = "ab" * 32, "cd" * 32


def nothing(_what: str, _count: int) -> None:
    pass


def under(base: Base) -> dict[int, tuple[int, int]]:
    """Data key → persons' keys and file names that lie under it."""
    return {row.key_id: (row.persons, row.file_names) for row in data_keys(base.database)}


def opens(settings: Settings) -> bool:
    """Whether a process that begins now can read all that is sealed: lines and originals are opened by ``verify``."""
    with open_database(settings) as database:
        return [finding.says for finding in verify(database) if finding.broken] == []


def test_all_lies_under_the_new_key_while_others_go_on(base: Base) -> None:
    base.send(STAFF, "2026-01")
    with open_database(base.settings) as later:
        done = rotate_data_key(base.settings, later, nothing)
    assert done.key_id == 2 and not done.unreadable
    assert done.wrapped["person_keys"] == 40 and done.wrapped["file_names"] == 1 and done.wrapped["files"] >= 1
    assert under(base)[1] == (0, 0)
    assert base.database.keyring.newest == 1, "it has not heard of the new one"
    assert base.send([*STAFF, *PEOPLE], "2026-02") == "published", "known persons' keys are read, new ones made"
    assert base.database.keyring.newest == 2
    assert opens(base.settings)


def test_files_are_sent_while_keys_are_rotated(base: Base, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rotate, "CHUNK", 7)
    base.send(STAFF[:5], "2026-01")
    ends = threading.Event()

    def rotating() -> None:
        with open_database(base.settings) as database:
            while not ends.is_set():
                rotate_data_key(base.settings, database, nothing)

    beside = threading.Thread(target=rotating)
    beside.start()
    try:
        told = [base.send(STAFF[: 10 * n], f"2026-0{n + 1}") for n in range(1, 5)]
    finally:
        ends.set()
        beside.join()
    assert told == ["published"] * 4
    assert max(under(base)) > 2
    rotate_data_key(base.settings, base.database, nothing)
    assert {persons for persons, _ in under(base).values()} == {0, 40}, "all under the newest"
    assert opens(base.settings)


@pytest.mark.parametrize("after", [1, 2, 4, 6])
def test_what_was_cut_short_goes_on(base: Base, monkeypatch: pytest.MonkeyPatch, after: int) -> None:
    monkeypatch.setattr(rotate, "CHUNK", 10)
    base.send(STAFF, "2026-01")
    told = 0

    def stop(_what: str, _count: int) -> None:
        nonlocal told
        told += 1
        if told == after:
            raise Killed

    with pytest.raises(Killed):
        rotate_data_key(base.settings, base.database, stop)
    assert opens(base.settings)
    with pytest.raises(RequestError, match="cut short"):
        retire_data_keys(base.settings, base.database, nothing)
    done = rotate_data_key(base.settings, base.database, nothing)
    assert done.key_id == 2, "no third key"
    assert done.wrapped["person_keys"] == 40 - min(10 * after, 40)
    assert under(base) == {1: (0, 0), 2: (40, 1)}


def test_old_data_keys_go_when_nobody_else_works_with_the_base(base: Base) -> None:
    base.send(STAFF, "2026-01")
    rotate_data_key(base.settings, base.database, nothing)
    with (
        open_database(base.settings) as other,
        other.loader.connect(),
        pytest.raises(RequestError, match="others work"),
    ):
        retire_data_keys(base.settings, base.database, nothing)
    assert retire_data_keys(base.settings, base.database, nothing) == [1]
    assert list(under(base)) == [2]
    assert opens(base.settings)


def test_what_an_old_process_still_sealed_under_the_old_key_is_wrapped_anew_first(base: Base) -> None:
    base.send(STAFF[:3], "2026-01")
    with open_database(base.settings) as later:
        rotate_data_key(base.settings, later, nothing)
    assert base.send(PEOPLE, "2026-02", "joiners") == "published"
    assert under(base)[1][0] > 0
    assert retire_data_keys(base.settings, base.database, nothing) == [1]
    assert opens(base.settings)


def test_a_file_that_does_not_open_keeps_the_old_key(base: Base) -> None:
    base.send(STAFF[:3], "2026-01")
    broken = next(path for path in base.settings.landing_folder.rglob("*") if path.is_file())
    stranger = broken.with_name("stranger")
    shutil.copy(broken, stranger)  # sealed for another name
    assert rotate_data_key(base.settings, base.database, nothing).unreadable == (stranger,)
    with pytest.raises(RequestError, match="stranger"):
        retire_data_keys(base.settings, base.database, nothing)
    stranger.unlink()
    assert retire_data_keys(base.settings, base.database, nothing) == [1]


def test_the_master_key_of_a_file_is_replaced_by_a_new_one(base: Base) -> None:
    base.send(STAFF[:3], "2026-01")
    file = base.settings.keys_folder / "master.key"
    former = file.read_text()
    assert rotate_master_key(base.settings, base.database) is None
    assert file.read_text() != former and file.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in file.parent.glob("*master*")] == ["master.key"]
    assert base.send(STAFF[:4], "2026-02") == "published", "who was there before goes on"
    assert opens(base.settings)
    with (
        pytest.raises(SetupError, match="master key is not the one"),
        open_database(base.settings.model_copy(update={"master_key": _secret(former)})),
    ):
        pass


@pytest.mark.parametrize("wrapped", [False, True])
def test_a_rotation_of_the_master_key_that_was_cut_short_goes_on(base: Base, wrapped: bool) -> None:
    """Before the data keys were wrapped anew, or between that and the file's change of name."""
    base.send(STAFF[:3], "2026-01")
    file = base.settings.keys_folder / "master.key"
    former = file.read_text()
    if wrapped:
        rotate_master_key(base.settings, base.database)
        file.rename(file.with_name("next_master.key"))
        file.write_text(former)
        file.chmod(0o600)
    else:
        shutil.copy(file, file.with_name("next_master.key"))
        file.with_name("next_master.key").write_text(NEW)
    assert opens(base.settings)
    with open_database(base.settings) as database:
        assert rotate_data_key(base.settings, database, nothing).key_id == 2, "the other link, meanwhile"
    following = file.with_name("next_master.key").read_text()
    with open_database(base.settings) as database:
        assert rotate_master_key(base.settings, database) is None
    assert file.read_text() == following and not file.with_name("next_master.key").exists()
    assert opens(base.settings)


def _secret(value: str) -> Any:
    return Settings(master_key=value).master_key  # type: ignore[arg-type]


def test_a_master_key_of_the_environment_is_rotated_to_the_next_one_given(bare_home: Callable[[], Path]) -> None:
    home = bare_home()
    one = Settings(home=home, master_key=_secret(NEW))
    with open_database(one) as database, pytest.raises(RequestError, match="CLEARBASE_NEXT_MASTER_KEY"):
        rotate_master_key(one, database)
    both = Settings(home=home, master_key=_secret(NEW), next_master_key=_secret(OTHER))
    with open_database(both) as database:
        to_do = rotate_master_key(both, database)
    assert to_do is not None and "CLEARBASE_MASTER_KEY" in to_do and OTHER not in to_do
    for settings in (both, Settings(home=home, master_key=_secret(OTHER))):
        assert opens(settings)
    with pytest.raises(SetupError, match="master key is not the one"), open_database(one):
        pass


def test_a_second_rotation_at_the_same_time_is_refused(base: Base) -> None:
    def again(_what: str, _count: int) -> None:
        with pytest.raises(RequestError, match="another rotation"):
            rotate_data_key(base.settings, base.database, nothing)

    base.send(STAFF[:3], "2026-01")
    rotate_data_key(base.settings, base.database, again)


def test_a_lock_that_somebody_holds_is_told_in_a_line(base: Base, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database_module, "PATIENCE", "keys/patience")  # 3 s
    with create_engine(base.database.admin).connect() as holding:
        holding.execute(statement("locks/rotating"))
        with pytest.raises(SetupError, match=r"^the keys of the database: [^\n]*in use"), open_database(base.settings):
            pass


def test_the_pipeline_s_role_may_not_change_data_keys(base: Base) -> None:
    with base.database.loader.begin() as connection, pytest.raises(Exception, match="permission denied"):
        connection.execute(text("DELETE FROM identity.data_key"))


def test_a_dump_carries_no_key(base: Base) -> None:
    base.send(STAFF[:3], "2026-01")
    psql = base.database.psql
    assert psql is not None
    dump = subprocess.run(
        [psql.with_name("pg_dump"), "--inserts"],
        env=libpq_environment(base.database.admin),
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    ring = base.database.keyring
    with create_engine(base.database.admin).connect() as connection:
        rows = connection.execute(text("SELECT key_no, wrapped FROM identity.person_key")).all()
    persons = [ring.unwrap(bytes(row.wrapped), b"person-key:%d" % row.key_no) for row in rows]
    assert len(persons) == 3 and rows[0].wrapped.hex() in dump, "the wrapped ones are there"
    for key in (ring.master, ring.token, *ring.data_keys.values(), *persons):
        assert key.hex() not in dump


def test_a_file_under_a_key_that_nobody_has_is_told_and_waited_for_by_nobody(base: Base) -> None:
    """One of a backup, sealed under a key that was deleted: asking the base for it would wait for ourselves."""
    base.send(STAFF[:3], "2026-01")
    file = next(path for path in base.settings.landing_folder.rglob("*") if path.is_file())
    stranger, sealed = file.with_name("stranger"), bytearray(file.read_bytes())
    place = len(b"CLEARBASE\x01") + 4 + 1  # magic, length, version
    sealed[place : place + 8] = (77).to_bytes(8, "big")
    stranger.write_bytes(sealed)
    assert rotate_data_key(base.settings, base.database, nothing).unreadable == (stranger,)
    with pytest.raises(RequestError, match="stranger"):
        retire_data_keys(base.settings, base.database, nothing)
    assert opens(base.settings)
