"""The drop folder: what waits there, and what is still being copied.

``drop/<credit code>/inbox`` is an employer's; whatever lies elsewhere in its folder is taken for it too, but for
``receipts``. A file at the top or in a folder of no known employer is taken and held, so that somebody sees it.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Collection
from pathlib import Path
from typing import Literal

from clearbase.intake.discover import WaitingFile, employer_of, files_below, open_regular
from clearbase.settings import UNKNOWN, Settings

ZIP, END_OF_ZIP = b"PK\x03\x04", b"PK\x05\x06"
END_OF_ZIP_BYTES = 65_557  # the record and its longest comment (APPNOTE 4.3.16)
NO_END_TIMES = 4  # so much longer stands still what has no end of its own: a copy may stall
SLOW_COPY_SECONDS = 60  # how long a file that looks unfinished may stand still before it is taken as it is


def waiting_in_drop(settings: Settings, skipped: Counter[str] | None = None) -> list[Path]:
    """Files that are all there, smallest first. No database, no content but the last bytes of a zip.

    ``skipped`` is told why how many others are passed over (``discover.files_below``).
    """
    drop = settings.drop_folder
    sized = []
    if not drop.is_dir():
        return []
    passed_over = Counter() if skipped is None else skipped
    for path in files_below(drop, passed_over):
        try:
            if path.relative_to(drop).parts[0] == UNKNOWN:
                passed_over[f"in {UNKNOWN}, which is the system's own"] += 1
            elif path.lstat().st_nlink > 1:  # the other name may lie in another employer's folder
                passed_over["files with a second name (hard links)"] += 1
            elif is_settled(path, settings.settle_seconds):
                sized.append((path.stat().st_size, path))
        except OSError:
            continue  # taken away meanwhile: the next look will tell
    return [path for _, path in sorted(sized)]


def placed(settings: Settings, path: Path, known: Collection[str]) -> WaitingFile:
    """A file of the drop folder with the employer whose folder it lies in, or why it has to be held."""
    folder = path.relative_to(settings.drop_folder).parts[0]
    if path.parent != settings.drop_folder and folder in known:
        return WaitingFile(path, folder, below=settings.drop_folder)
    return WaitingFile(path, employer_of(path), "folder_unknown", below=settings.drop_folder)


def is_settled(path: Path, settle_seconds: float) -> bool:
    """Whether nobody writes at it any more: it has stood still for a while, and what came is whole."""
    stat, now = path.stat(), time.time()
    # A copy that keeps its time of change is new all the same; a clock that ran ahead says nothing.
    still = now - max((at for at in (stat.st_mtime, stat.st_ctime) if at <= now + 1), default=0)
    if still < settle_seconds:
        return False
    if still >= SLOW_COPY_SECONDS:
        return True
    match _ending(path, stat.st_size):
        case "whole":
            return True
        case "unknown":
            return still >= NO_END_TIMES * settle_seconds
    return False


def _ending(path: Path, size: int) -> Literal["whole", "cut", "unknown"]:
    """Whether all of it came: a zip (xlsx) is written with its directory last, CSV and xls have no end of their own.

    One that is shut to us may be opened to us in a moment (``deploy/sftp/serve``).
    """
    if size == 0:
        return "cut"
    try:
        with open_regular(path) as file:
            if file.read(len(ZIP)) != ZIP:
                return "unknown"
            file.seek(max(0, size - END_OF_ZIP_BYTES))
            return "whole" if END_OF_ZIP in file.read() else "cut"
    except PermissionError:
        return "cut"
