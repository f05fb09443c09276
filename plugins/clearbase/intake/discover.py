"""Which files wait under the given paths, and what their folders say of their employer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from clearbase.errors import SetupError
from clearbase.standards import credit_code

# Lock files, half copies and what systems leave lying about (messiness A9).
IGNORED_NAMES = frozenset({"Thumbs.db", "desktop.ini", ".DS_Store"})
IGNORED_BEGINNINGS = (".", "~$")
IGNORED_ENDINGS = (".tmp", ".part", ".crdownload", ".swp")
IGNORED_FOLDERS = frozenset({"__MACOSX", "receipts"})
FOLDERS_UP = 3


@dataclass(frozen=True)
class WaitingFile:
    """``employer_uscc``: the valid credit code that the nearest folder is named by, if any."""

    path: Path
    employer_uscc: str | None


def waiting_files(paths: list[Path]) -> list[WaitingFile]:
    """Regular files under ``paths``, sorted by path. Raises SetupError for a path that is not there."""
    found: dict[Path, WaitingFile] = {}
    for path in paths:
        if not path.exists():
            raise SetupError(f"no such file or folder: {path}")
        for file in [path] if path.is_file() else _files_below(path):
            found.setdefault(file.resolve(), WaitingFile(file, _employer_of(file)))
    return [found[key] for key in sorted(found)]


def _files_below(folder: Path) -> Iterator[Path]:
    for entry in sorted(folder.iterdir()):
        if entry.is_symlink():
            continue  # a link may lead out of the folder
        if entry.is_dir():
            if entry.name not in IGNORED_FOLDERS and not entry.name.startswith("."):
                yield from _files_below(entry)
        elif entry.is_file() and not _ignored(entry.name):
            yield entry


def _ignored(name: str) -> bool:
    return name in IGNORED_NAMES or name.startswith(IGNORED_BEGINNINGS) or name.lower().endswith(IGNORED_ENDINGS)


def _employer_of(file: Path) -> str | None:
    for folder in list(file.resolve().parents)[:FOLDERS_UP]:
        if len(folder.name) == 18 and credit_code.is_valid(folder.name):
            return folder.name
    return None
