"""The SFTP server as its container runs it: the same script, configuration, port and capabilities, in namespaces of
its own instead of a container. Two employers, and neither sees the other."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from compose_file import ComposeFile

from clearbase.settings import PROJECT

DEPLOYED = PROJECT / "deploy" / "sftp"
ONE, OTHER, BY_HAND = "91350100M000100Y43", "914403001922038216", "91330206MA0000TX1W"
PASSWORD = "a pass phrase of the other"
CLEARBASE = 50000
REFUSALS = ("ermission denied", "ailure", "does not support")
NAMESPACES = ("unshare", "--mount", "--net", "--pid", "--fork", "--kill-child")

pytestmark = [
    pytest.mark.all("sshd"),
    pytest.mark.skipif(
        os.geteuid() != 0 or subprocess.run([*NAMESPACES, "true"], capture_output=True, check=False).returncode != 0,
        reason="accounts and folders of root are made in namespaces of their own: run the tests as root, with unshare",
    ),
]

# What the image has in its own file system, laid over this machine's for this process and its children only.
CONTAINER = """
set -e
ip link set lo up
mount --make-rprivate /
mount --bind {root}/etc /etc
mount -t tmpfs -o mode=755 none /srv
mount -t tmpfs -o mode=755 none /run
mkdir -p /run/sshd /run/secrets
mount --bind {root}/secrets /run/secrets
mount -t proc none /proc
PATH={deployed}:$PATH CLEARBASE_UID={clearbase} exec setpriv --no-new-privs --bounding-set=-all,{capabilities} serve
"""


@dataclass(frozen=True)
class Server:
    inside: list[str]  # what puts a command into the server's namespaces
    root: Path

    def run(self, *command: str, uid: int = 0) -> subprocess.CompletedProcess[str]:
        account = ["setpriv", f"--reuid={uid}", f"--regid={uid}", "--clear-groups"] if uid else []
        return subprocess.run([*self.inside, *account, *command], capture_output=True, text=True, check=False)

    def client(self, code: str, program: list[str], *after: str, told: str = "") -> tuple[bool, str]:
        """Whether ``program`` (sftp or ssh, with options) went well for the account, and what came back; ``after``
        stands behind the host. ONE comes by key, others by password."""
        login = ["-i", str(self.root / "key")] if code == ONE else ["-o", "PubkeyAuthentication=no"]
        known = [
            "-F",
            "none",
            "-o",
            "LogLevel=ERROR",
            "-o",
            "StrictHostKeyChecking=no",
            "-o",
            f"UserKnownHostsFile={self.root / 'known'}",
        ]
        done = subprocess.run(
            [*self.inside, *program, *known, "-o", "NumberOfPasswordPrompts=1", *login, f"{code}@127.0.0.1", *after],
            input=told,
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "SSH_ASKPASS": str(self.root / "askpass"), "SSH_ASKPASS_REQUIRE": "force"},
            timeout=60,
        )
        return done.returncode == 0, done.stdout + done.stderr

    def sftp(self, code: str, *lines: str) -> tuple[bool, str]:
        """Whether every line of a batch went well, and what came back; the batch ends at the first fault."""
        return self.client(code, ["sftp", "-o", "BatchMode=no", "-b", "-"], told="".join(f"{line}\n" for line in lines))


@pytest.fixture(scope="module")
def server(compose: ComposeFile, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    root = tmp_path_factory.mktemp("sftp")
    shutil.copytree("/etc", root / "etc", symlinks=True, ignore=shutil.ignore_patterns("ssh_host_*"))
    shutil.copy(DEPLOYED / "sshd_config", root / "etc" / "ssh" / "sshd_config")
    (root / "etc" / "ssh" / "keys").mkdir()
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", root / "key"], check=True)
    (root / "askpass").write_text(f"#!/bin/sh\necho {shlex.quote(PASSWORD)}\n")
    (root / "askpass").chmod(0o700)
    (root / "secrets").mkdir()
    write_list(
        root, f"{ONE} {(root / 'key.pub').read_text().strip()}", f"{OTHER} {hashed(PASSWORD)}", BY_HAND, "nobody x"
    )

    capabilities = ",".join(f"+{name.lower()}" for name in compose.services["sftp"]["cap_add"])
    script = CONTAINER.format(root=root, deployed=DEPLOYED, clearbase=CLEARBASE, capabilities=capabilities)
    with (root / "log").open("w") as log:
        process = subprocess.Popen([*NAMESPACES, "sh", "-c", script], stdout=log, stderr=log)
    try:
        yield started(process, root, compose)
    finally:
        process.kill()  # its only child is the first process of the namespace, and with that one all of it goes
        process.wait(10)


def started(process: subprocess.Popen[bytes], root: Path, compose: ComposeFile) -> Server:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and process.poll() is None:
        child = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        if child:
            server = Server(["nsenter", f"--target={child[0]}", "--mount", "--net", "--pid"], root)
            if server.run(*compose.check_of("sftp")).returncode == 0:
                return server
        time.sleep(0.2)
    raise AssertionError((root / "log").read_text())


def hashed(password: str) -> str:
    return subprocess.run(
        ["openssl", "passwd", "-6", password], capture_output=True, text=True, check=True
    ).stdout.strip()


def write_list(root: Path, *lines: str) -> None:
    (root / "secrets" / "sftp_accounts").write_text("# who may log in\n" + "".join(f"{line}\n" for line in lines))


def files(server: Server, folder: str) -> list[str]:
    return server.run("ls", "-A", f"/srv/drop/{folder}").stdout.split()


def test_an_account_sees_its_own_folder_and_nothing_else(server: Server) -> None:
    for code in (ONE, OTHER):
        done, told = server.sftp(code, "ls -1a")
        assert done and {line.strip() for line in told.splitlines()[1:]} == {".", "..", "inbox", "receipts"}, told
    server.run(
        "sh", "-c", f"echo theirs > /srv/drop/{OTHER}/receipts/r.txt; echo theirs > /srv/drop/{OTHER}/inbox/i.txt"
    )
    for path in (f"/srv/drop/{OTHER}", f"../{OTHER}", f"/{OTHER}/inbox", f"/inbox/../../{OTHER}/inbox"):
        done, told = server.sftp(ONE, f"ls {path}")
        assert not done and "not found" in told, told
    for path in (f"../{OTHER}/receipts/r.txt", f"/srv/drop/{OTHER}/inbox/i.txt", "/etc/passwd"):
        done, told = server.sftp(ONE, f"get {path} {server.root}/stolen")
        assert not done and not (server.root / "stolen").exists(), told


def test_what_is_put_clearbase_can_read_and_take_away_whatever_its_mode(server: Server) -> None:
    roster = server.root / "roster.xlsx"
    roster.write_text("a roster")
    roster.chmod(0o600)
    done, told = server.sftp(
        OTHER, "mkdir inbox/2026", f"put {roster} inbox/2026/.a.part", "rename inbox/2026/.a.part inbox/a.xlsx"
    )
    assert done, told
    place = f"/srv/drop/{OTHER}/inbox/a.xlsx"
    deadline = time.monotonic() + 20
    while server.run("cat", place, uid=CLEARBASE).stdout != "a roster" and time.monotonic() < deadline:
        time.sleep(0.5)
    assert server.run("cat", place, uid=CLEARBASE).stdout == "a roster"
    assert server.run("rm", place, uid=CLEARBASE).returncode == 0
    assert "a.xlsx" not in files(server, f"{OTHER}/inbox")


def test_receipts_are_got_and_never_changed(server: Server) -> None:
    written = server.run("sh", "-c", f"umask 027; echo yours > /srv/drop/{ONE}/receipts/yours.txt", uid=CLEARBASE)
    assert written.returncode == 0, written.stderr
    done, told = server.sftp(ONE, f"get receipts/yours.txt {server.root}/yours.txt")
    assert done and (server.root / "yours.txt").read_text() == "yours\n", told
    (server.root / "forged.txt").write_text("forged")
    for line in (
        f"put {server.root}/forged.txt receipts/forged.txt",
        f"put {server.root}/forged.txt receipts/yours.txt",
        "rm receipts/yours.txt",
        "rename receipts/yours.txt inbox/yours.txt",
        "chmod 777 receipts",
        "rename receipts inbox/receipts",
        "rmdir inbox",
        f"put {server.root}/forged.txt beside.txt",
        "symlink /etc/passwd inbox/link",
        "ln receipts/yours.txt inbox/link",
    ):
        done, told = server.sftp(ONE, line)
        assert not done and any(w in told for w in REFUSALS), (line, told)
    assert files(server, f"{ONE}/receipts") == ["yours.txt"] and sorted(files(server, ONE)) == ["inbox", "receipts"]


def test_no_shell_no_forwarding_no_other_account(server: Server) -> None:
    _, told = server.client(ONE, ["ssh"], "id")
    assert "uid=" not in told
    done, told = server.client(ONE, ["ssh", "-N", "-o", "ExitOnForwardFailure=yes", "-R", "9999:127.0.0.1:22"])
    assert not done and "forwarding failed" in told, told
    for code in (BY_HAND, "root", "nobody"):
        done, told = server.sftp(code, "ls")
        assert not done and "ermission denied" in told, told
    assert sorted(files(server, BY_HAND)) == ["inbox", "receipts"], "folders without an account"


def test_the_list_is_taken_anew_and_numbers_stay(server: Server) -> None:
    assert "lines without a credit code, left out: 5" in (server.root / "log").read_text()
    number = server.run("stat", "-c", "%u", f"/srv/drop/{OTHER}/inbox").stdout
    write_list(server.root, f"{OTHER} {hashed(PASSWORD)}")
    environment = ["env", f"CLEARBASE_UID={CLEARBASE}"]
    done = server.run(*environment, str(DEPLOYED / "accounts"))
    assert "1 folders, 1 accounts" in done.stdout, done.stderr
    assert not server.sftp(ONE, "ls")[0], "no longer listed"
    assert server.sftp(OTHER, "ls")[0]
    assert server.run("stat", "-c", "%u", f"/srv/drop/{OTHER}/inbox").stdout == number
    assert sorted(files(server, ONE)) == ["inbox", "receipts"], "its folder stays"
    write_list(server.root, f"{OTHER} {hashed(PASSWORD)}", f"{ONE} {(server.root / 'key.pub').read_text().strip()}")
    assert server.run(*environment, str(DEPLOYED / "accounts")).returncode == 0
    assert server.sftp(ONE, "ls")[0]
