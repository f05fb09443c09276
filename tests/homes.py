"""Homes of the tests: copies of one whose base is migrated, made once a run; and what killed runs have left of theirs.

Making a cluster and migrating it takes seconds, copying it a fifth of one, and most tests want a base of their own.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import time
from pathlib import Path

from clearbase.runtime.postgres_files import OUTSIDE, locate
from clearbase.runtime.postgres_keeper import running_pid
from clearbase.settings import Settings
from clearbase.warehouse.database import open_database

NAME = "test-home"  # how a home's folder begins: only what is a test's is ever swept
# The machine does not lose its power in a test, and a killed server finds in the kernel's memory what it wrote.
HASTE = "fsync = off\nfull_page_writes = off\n"


def migrated(folder: Path) -> Path:
    """``cluster`` and ``keys`` of a migrated home, in ``folder``, by whichever process of the run is the first."""
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("a") as lock:
        fcntl.flock(lock.fileno(), fcntl.LOCK_EX)
        if not (folder / "cluster").exists():
            sweep()
            home = folder / f"{NAME}-of-all"
            with open_database(Settings(home=home)):
                pass
            shutil.copytree(home / "keys", folder / "keys")
            copy(cluster_of(home), folder / "draft")
            remove(home)
            with (folder / "draft" / "postgresql.auto.conf").open("a") as configuration:
                configuration.write(HASTE)
            (folder / "draft").rename(folder / "cluster")
    return folder


def fill(home: Path, template: Path) -> None:
    """Make ``home`` such a one as ``template`` was made of."""
    copy(template / "cluster", locate(Settings(home=home)).cluster)
    shutil.copytree(template / "keys", home / "keys")


def clone(home: Path, target: Path) -> Path:
    """Make ``target`` a copy of ``home``, whose server is stopped."""
    copy(cluster_of(home), locate(Settings(home=target)).cluster)
    shutil.copytree(home, target, ignore=shutil.ignore_patterns("postgres", "run"), dirs_exist_ok=True)
    return target


def copy(cluster: Path, target: Path) -> None:
    subprocess.run(["cp", "-a", cluster, target], check=True)  # with the owner, whom shutil does not keep


def cluster_of(home: Path) -> Path:
    return (home / "postgres").resolve() / "cluster"


def remove(home: Path) -> None:
    """Remove its server's files, which may lie outside of it (``postgres_files``): the keeper removes the socket folder
    when it has stopped the server, so that is waited for."""
    deadline = time.monotonic() + 15
    while running_pid(cluster_of(home)) and time.monotonic() < deadline:
        time.sleep(0.05)
    shutil.rmtree((home / "postgres").resolve(), ignore_errors=True)


def sweep(outside: Path = OUTSIDE) -> None:
    """Remove the clusters that killed tests have left outside of their homes: of a test, its home gone, not running."""
    for told in outside.glob("*/home"):
        home = Path(os.fsdecode(told.read_bytes()))
        if home.name.startswith(NAME) and not home.exists() and not running_pid(told.parent / "cluster"):
            shutil.rmtree(told.parent, ignore_errors=True)
