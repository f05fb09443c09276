"""Files that only their owner may read: keys, passwords, locks."""

from __future__ import annotations

import os
from pathlib import Path

from clearbase.errors import SetupError
from clearbase.settings import Settings

MEND = "put back the copy from your backup that belongs to this base"


def private_folder(path: Path) -> Path:
    """Make ``path`` with mode 0700 (parents as the umask says)."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.mkdir(mode=0o700, exist_ok=True)
    return path


def make_drop_folder(settings: Settings) -> None:
    """The home's own is nobody else's; one that ``CLEARBASE_DROP`` names is as its maker has made it."""
    if settings.drop is None:
        private_folder(settings.drop_folder)
    else:
        settings.drop_folder.mkdir(parents=True, exist_ok=True)


def write_private(path: Path, text: str) -> None:
    """Write ``text`` with mode 0600, whole or not at all: a crash leaves the old file or none, never half a key."""
    private_folder(path.parent)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    replace_private(draft, path)


def replace_private(draft: Path, path: Path) -> None:
    """Put a file in another's place, for good: a machine that loses its power has the one or the other after it."""
    draft.replace(path)
    _sync(path.parent)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def read_private(path: Path) -> str:
    """The text of a private file. Raises SetupError, naming the file and how to mend it, where it is none."""
    if path.is_dir():
        raise SetupError(f"{path} is a folder and should be a file; {MEND}")
    if path.stat().st_mode & 0o077:
        raise SetupError(f"{path} can be read by others; make it mode 0600 (chmod 600)")
    try:
        return path.read_text(encoding="utf-8").strip()
    except UnicodeDecodeError:
        raise SetupError(f"{path} is not text; {MEND}") from None


def create_private(path: Path, text: str) -> str:
    """Write ``text`` if ``path`` is not there yet and return what it holds then (two starters agree on one key)."""
    private_folder(path.parent)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    write_private(draft, text)
    try:
        os.link(draft, path)  # fails if it exists: the first one wins
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    _sync(path.parent)
    return read_private(path)
