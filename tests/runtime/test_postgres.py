"""The embedded server: started by the first user, shared, stopped after the last, however that one ends."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psycopg2
import pytest

from clearbase.errors import SetupError
from clearbase.runtime.postgres import ADMIN, embedded_server
from clearbase.runtime.postgres_keeper import running_pid
from clearbase.settings import PROJECT, Settings

HOLD = """
import sys, time
from pathlib import Path
from clearbase.runtime.postgres import embedded_server
from clearbase.settings import Settings
with embedded_server(Settings(home=Path(sys.argv[1]))):
    print("up", flush=True)
    time.sleep(60)
"""


@pytest.fixture(scope="module")
def home(bare_home: Callable[[], Path]) -> Path:
    return bare_home()


def pid(home: Path) -> int | None:
    return running_pid((home / "postgres").resolve() / "cluster")


def holder(home: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(home)],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(PROJECT / "plugins")},
    )
    assert process.stdout and process.stdout.readline() == "up\n"
    return process


def gone(home: Path) -> bool:
    deadline = time.monotonic() + 15
    while pid(home) and time.monotonic() < deadline:
        time.sleep(0.05)
    return pid(home) is None


def test_it_runs_while_used_and_stops_after(home: Path) -> None:
    with embedded_server(Settings(home=home)) as server:
        assert pid(home)
        assert (home / "keys" / "postgres.json").stat().st_mode & 0o777 == 0o600
        with pytest.raises(psycopg2.OperationalError):
            psycopg2.connect(
                host=str(server.sockets), port=server.port, user=ADMIN, password="guess", dbname="postgres"
            )
    assert pid(home) is None


def test_two_users_share_one_server(home: Path) -> None:
    other = holder(home)
    before = pid(home)
    with embedded_server(Settings(home=home)):
        assert pid(home) == before
    assert pid(home) == before, "the second user must leave running what ran before"
    other.kill()
    other.wait()
    assert gone(home)


def test_a_killed_user_leaves_nothing_running(home: Path) -> None:
    user = holder(home)
    user.kill()
    user.wait()
    assert gone(home)


def test_it_recovers_from_a_crash(home: Path) -> None:
    with embedded_server(Settings(home=home)) as server:
        connection = psycopg2.connect(
            host=str(server.sockets), user=ADMIN, password=server.passwords[ADMIN], dbname="postgres"
        )
        with connection, connection.cursor() as cursor:
            cursor.execute("CREATE TABLE kept AS SELECT 1 AS a")
        connection.close()
        os.kill(pid(home) or 0, signal.SIGKILL)
        time.sleep(0.5)
    with embedded_server(Settings(home=home)) as server:
        connection = psycopg2.connect(
            host=str(server.sockets), user=ADMIN, password=server.passwords[ADMIN], dbname="postgres"
        )
        with connection.cursor() as cursor:
            cursor.execute("SELECT a FROM kept")
            assert cursor.fetchone() == (1,)
        connection.close()


def test_a_server_that_dies_under_its_user_is_started_again(home: Path) -> None:
    with embedded_server(Settings(home=home)) as server:
        assert not server.revive()
        before = pid(home)
        os.kill(before or 0, signal.SIGKILL)
        deadline = time.monotonic() + 20
        while not server.revive():
            assert time.monotonic() < deadline
            time.sleep(0.05)
        assert pid(home) not in (None, before)
        psycopg2.connect(
            host=str(server.sockets), user=ADMIN, password=server.passwords[ADMIN], dbname="postgres"
        ).close()
    assert gone(home)


def test_the_server_is_not_root_and_its_environment_holds_no_key(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLEARBASE_MASTER_KEY", "ab" * 32)
    with embedded_server(Settings(home=home)):
        process = Path(f"/proc/{pid(home)}")
        assert process.stat().st_uid != 0
        assert b"CLEARBASE_MASTER_KEY" not in (process / "environ").read_bytes()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"{half a", "is not the JSON"),
        (b"\xff\xfe", "is not text"),
        (b'{"clearbase_admin": 7}', "is not the JSON"),
        (b"[]", "is not the JSON"),
    ],
)
def test_a_broken_file_of_passwords_is_told_by_its_name(tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "keys" / "postgres.json"
    path.parent.mkdir()
    path.write_bytes(content)
    path.chmod(0o600)
    with pytest.raises(SetupError, match=says) as told, embedded_server(Settings(home=tmp_path)):
        pass
    assert str(path) in str(told.value) and "backup" in str(told.value)


def test_a_taken_port_is_told_at_once_and_leaves_nothing(bare_home: Callable[[], Path]) -> None:
    home = bare_home()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        began = time.monotonic()
        with pytest.raises(SetupError) as told, embedded_server(Settings(home=home, postgres_port=port)):
            pass
    assert time.monotonic() - began < 30
    assert f"127.0.0.1:{port} (CLEARBASE_POSTGRES_PORT)" in str(told.value)
    assert "Address already in use" in str(told.value)
    assert pid(home) is None
    with embedded_server(Settings(home=home, postgres_port=port)) as server:
        psycopg2.connect(
            host="127.0.0.1", port=port, user=ADMIN, password=server.passwords[ADMIN], dbname="postgres"
        ).close()
        with embedded_server(Settings(home=home)) as again:
            assert again.port == port, "a running server is used at its own port"


def test_a_stop_leaves_no_socket_folder(home: Path) -> None:
    def removed() -> bool:  # the keeper does it, just after the server has gone
        deadline = time.monotonic() + 5
        while server.sockets.exists() and time.monotonic() < deadline:
            time.sleep(0.02)
        return not server.sockets.exists()

    with embedded_server(Settings(home=home)) as server:
        assert server.sockets.is_dir()
    assert removed()
    user = holder(home)
    user.kill()
    user.wait()
    assert gone(home) and removed()
