"""The keeper: one small process a running server. It starts the server, waits until nobody uses it any more, stops it.

Every user of the server holds a shared lock on ``run/postgres.users``; the keeper waits for it exclusively. The kernel
releases a lock when its holder dies, however it dies, so a killed command leaves nothing running, two commands at once
share one server, and a service that stays (`up`) keeps it by simply holding its lock.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

CONFIGURATION = {
    "listen_addresses": "''",
    "unix_socket_permissions": "0700",
    "password_encryption": "scram-sha-256",
    "timezone": "Asia/Shanghai",
    "log_timezone": "Asia/Shanghai",
    "shared_buffers": "512MB",
    "maintenance_work_mem": "256MB",
    "work_mem": "16MB",
    # The disk is no spinning one: looking ten thousand persons up is cheaper than going through three million.
    "random_page_cost": "1.1",
    "effective_cache_size": "4GB",
    "max_wal_size": "4GB",
    "checkpoint_timeout": "15min",  # a page is logged whole once after each
    # Statements, parameters and row values never reach the log: they may hold personal data.
    "log_statement": "none",
    "log_min_messages": "log",  # the server's own life; an error's message may quote a value
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length_on_error": "0",
}


def running_pid(cluster: Path) -> int | None:
    """The postmaster's pid if one of this cluster is alive: its pid file names it, its command names the cluster."""
    try:
        pid = int((cluster / "postmaster.pid").read_text().split("\n", 1)[0])
        command = Path(f"/proc/{pid}/cmdline").read_bytes() if Path("/proc").exists() else str(cluster).encode()
        return pid if str(cluster).encode() in command else None
    except (OSError, ValueError):
        return None


def running_port(cluster: Path) -> int | None:
    """The port that names the running server's socket: the fourth line of its pid file."""
    try:
        return int((cluster / "postmaster.pid").read_text().split("\n")[3]) if running_pid(cluster) else None
    except (OSError, ValueError, IndexError):
        return None


def keep(cluster: Path, binary: Path, sockets: Path, log: Path, users: Path, port: int, uid: int, gid: int) -> None:
    """Start or adopt the server, wait for the last user, stop it. ``uid`` -1: this process's own account."""
    pid = running_pid(cluster)
    server: subprocess.Popen[bytes] | None = None
    if pid is None:
        options = [str(binary), "-D", str(cluster), "-k", str(sockets)]
        for name, value in CONFIGURATION.items():
            options += ["-c", f"{name}={value.strip(chr(39))}"]
        if port:
            options += ["-c", "listen_addresses=127.0.0.1", "-p", str(port)]
        account = {"user": uid, "group": gid, "extra_groups": []} if uid >= 0 else {}
        fd = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        server = subprocess.Popen(
            options, stdin=subprocess.DEVNULL, stdout=fd, stderr=fd, cwd="/", start_new_session=True, **account
        )  # type: ignore[call-overload]
        os.close(fd)
        pid = server.pid
    with users.open("a") as lock:
        # A server that dies by itself frees the keeper too, so that the next command can start another.
        while not (nobody := _exclusive(lock.fileno())):
            if server and server.poll() is not None:
                break
            time.sleep(0.05)
        _stop(pid, server)
        if nobody and not running_pid(cluster):  # users wait at the lock, so nobody has a socket here
            shutil.rmtree(sockets, ignore_errors=True)


def _exclusive(fd: int) -> bool:
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _stop(pid: int, server: subprocess.Popen[bytes] | None) -> None:
    if server and server.poll() is not None:
        return  # its pid may be another's by now
    for how, seconds in (
        (signal.SIGINT, 30),
        (signal.SIGQUIT, 10),
    ):  # fast; then at once, with recovery at the next start
        try:
            os.kill(pid, how)
        except ProcessLookupError:
            return
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if server.poll() is not None if server else not Path(f"/proc/{pid}").exists():
                return
            time.sleep(0.02)


if __name__ == "__main__":
    cluster, binary, sockets, log, users, keeper_lock = map(Path, sys.argv[1:7])
    with keeper_lock.open("a") as own:
        if _exclusive(own.fileno()):  # one keeper a server
            signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the command; the keeper follows its lock
            keep(cluster, binary, sockets, log, users, *map(int, sys.argv[7:10]))
