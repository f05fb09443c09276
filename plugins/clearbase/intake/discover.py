"""Which files wait under the given paths, and what their folders say of their employer."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import stat
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from clearbase.errors import SetupError
from clearbase.reading.facts import find_employer
from clearbase.reading.periods import tells_time
from clearbase.standards import credit_code

# Lock files, half copies and what systems leave lying about (messiness A9).
IGNORED_NAMES = frozenset({"Thumbs.db", "desktop.ini", ".DS_Store"})
IGNORED_BEGINNINGS = (".", "~$")
IGNORED_ENDINGS = (".tmp", ".part", ".partial", ".filepart", ".download", ".downloading", ".crdownload", ".swp")
IGNORED_FOLDERS = frozenset({"__MACOSX", "receipts"})
FOLDERS_UP = 3
FOLDERS_TOLD = 2
FOLDERS = "folders: hidden, receipts, __MACOSX"
DEEPEST = 8  # folders in folders; as deep as in an archive (reading.archive)


@dataclass(frozen=True)
class WaitingFile:
    """``employer_uscc``: the valid credit code that the nearest folder is named by, if any. ``held_for``: why it has to
    be held for where it lay, a code of ``intake.reasons``. ``below``: the folder below which others make the folders,
    so that none of them may be a link by the time the file is opened."""

    path: Path
    employer_uscc: str | None
    held_for: str | None = None
    below: Path | None = None

    @property
    def told_name(self) -> str:
        """Its name, after the nearest folders that tell a month or an employer: ``2026年10月/一车间.xlsx``."""
        folders = self.path.parent.parts[-FOLDERS_TOLD:]
        telling = [f for f in folders if not credit_code.is_valid(f) and (tells_time(f) or find_employer([f]))]
        return "/".join([*telling, self.path.name])


@dataclass
class Waiting:
    """``files``: regular files, sorted by path. ``skipped``: why → how many entries were passed over inside folders."""

    files: list[WaitingFile]
    skipped: Counter[str]


def waiting_files(paths: list[Path]) -> Waiting:
    """What lies under ``paths``. Raises SetupError for a path that is not there or is neither file nor folder."""
    found: dict[Path, WaitingFile] = {}
    skipped: Counter[str] = Counter()
    for path in paths:
        if not path.exists():
            raise SetupError(f"no such file or folder: {path}")
        if not (path.is_file() or path.is_dir()):
            raise SetupError(f"neither a file nor a folder: {path}")
        named = path.resolve() if path.is_symlink() else path
        for file in [named] if named.is_file() else files_below(named, skipped):
            found.setdefault(file.resolve(), WaitingFile(file, employer_of(file)))
    return Waiting([found[key] for key in sorted(found)], skipped)


def files_below(folder: Path, skipped: Counter[str], deep: int = 0) -> Iterator[Path]:
    """Regular files under a folder, by name; ``skipped`` counts why others were passed over. Whatever somebody puts
    into his folder is counted and stops nobody else."""
    try:
        entries = sorted(folder.iterdir())
    except OSError:
        skipped["folders that cannot be opened"] += 1
        return
    for entry in entries:
        try:
            why, is_folder = _passed_over(entry), entry.is_dir()
        except OSError:  # a path that is too long, a folder that lists and does not open
            why, is_folder = "entries that cannot be looked at", False
        if why is None and is_folder and deep >= DEEPEST:
            why = f"folders more than {DEEPEST} deep"
        if why:
            skipped[why] += 1
        elif is_folder:
            yield from files_below(entry, skipped, deep + 1)
        else:
            yield entry


def _passed_over(entry: Path) -> str | None:
    """Why an entry of a folder is not taken; None where it is."""
    if entry.is_symlink():
        return "symbolic links (one may lead out of the folder)"
    if entry.is_dir():
        return FOLDERS if entry.name in IGNORED_FOLDERS or entry.name.startswith(".") else None
    if not entry.is_file():
        return "neither files nor folders (pipes, sockets, devices)"
    return "by their names: hidden, temporary, half copied or a system's" if _ignored(entry.name) else None


def open_regular(path: Path, below: Path | None = None) -> BinaryIO:
    """Open a file that was found; what has become a link or a pipe since is not opened. Raises OSError,
    FileNotFoundError where a folder ``below`` the given one has become a link.

    A path that somebody named himself may be a link: it was followed when it was found.
    """
    with _folder_of(path, below) as (name, folder):
        # Without waiting: a pipe that took its place has nobody who writes.
        flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
        descriptor = os.open(name, flags, dir_fd=folder)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(errno.EINVAL, "not a regular file")
    return os.fdopen(descriptor, "rb")


def take_away(path: Path, below: Path, key: bytes) -> None:
    """Remove the file of this ``source_key``; one that was written to since is another and stays."""
    with contextlib.suppress(FileNotFoundError), _folder_of(path, below) as (name, folder):
        if _key(path, os.stat(name, dir_fd=folder, follow_symlinks=False)) == key:
            os.unlink(name, dir_fd=folder)


@contextlib.contextmanager
def _folder_of(path: Path, below: Path | None) -> Iterator[tuple[str | Path, int | None]]:
    """A file's name and its open folder, reached from ``below`` without following a link."""
    if below is None:
        yield path, None
        return
    *folders, name = path.relative_to(below).parts
    at = os.open(below, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        for folder in folders:
            inner = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=at)
            os.close(at)
            at = inner
        yield name, at
    except OSError as fault:
        if fault.errno in (errno.ENOTDIR, errno.ELOOP):
            raise FileNotFoundError(fault.errno, "a folder has become something else") from None
        raise
    finally:
        os.close(at)


def _ignored(name: str) -> bool:
    return name in IGNORED_NAMES or name.startswith(IGNORED_BEGINNINGS) or name.lower().endswith(IGNORED_ENDINGS)


def source_key(path: Path) -> bytes:
    """The same file, not merely the same bytes: SHA-256 of its place, inode, size and the time of its last change.

    Raises OSError for what is gone.
    """
    return _key(path.resolve(), path.stat())


def opened_key(path: Path, source: BinaryIO) -> bytes:
    """The same of a file that is open, found at ``path``, as it is now."""
    return _key(path, os.fstat(source.fileno()))


def _key(place: Path, now: os.stat_result) -> bytes:
    return hashlib.sha256(b"%s\0%d\0%d\0%d" % (os.fsencode(place), now.st_ino, now.st_size, now.st_ctime_ns)).digest()


def employer_of(file: Path) -> str | None:
    """The valid credit code that the nearest of its folders is named by."""
    for folder in list(file.resolve().parents)[:FOLDERS_UP]:
        if len(folder.name) == 18 and credit_code.is_valid(folder.name):
            return folder.name
    return None
