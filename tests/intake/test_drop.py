"""The drop folder as it is found: what is taken, what waits, what is nobody's."""

from __future__ import annotations

import contextlib
import io
import os
import pwd
import subprocess
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from clearbase.intake import discover
from clearbase.intake.discover import open_regular, source_key, take_away
from clearbase.intake.drop import SLOW_COPY_SECONDS, placed, waiting_in_drop
from clearbase.settings import Settings

EMPLOYER = "91350100M000100Y43"


@pytest.fixture
def drop(tmp_path: Path) -> Settings:
    """A home with an employer's folders; a file is taken as soon as it stands still."""
    for folder in ("inbox", "receipts"):
        (tmp_path / "drop" / EMPLOYER / folder).mkdir(parents=True)
    return Settings(home=tmp_path, settle_seconds=0)


def put(settings: Settings, place: str, content: bytes = b"x", *, age: float = 0) -> Path:
    path = settings.drop_folder / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    os.utime(path, (time.time() - age,) * 2)
    return path


def workbook(size: int = 0) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>" + b" " * size)
    return out.getvalue()


def test_files_come_smallest_first_and_receipts_never(drop: Settings) -> None:
    big = put(drop, f"{EMPLOYER}/inbox/a.csv", b"x" * 100)
    small = put(drop, f"{EMPLOYER}/inbox/z.csv", b"x")
    put(drop, f"{EMPLOYER}/receipts/QD00000001_a.json")
    put(drop, "_unknown/receipts/QD00000002_b.json")
    assert waiting_in_drop(drop) == [small, big]


@pytest.mark.parametrize("name", ["~$a.xlsx", ".a.xlsx", "a.xlsx.part", "a.tmp", "Thumbs.db", "a.xlsx.crdownload"])
def test_lock_and_temporary_files_are_passed_over(drop: Settings, name: str) -> None:
    put(drop, f"{EMPLOYER}/inbox/{name}")
    assert waiting_in_drop(drop) == []


def test_a_file_waits_until_it_has_stood_still(drop: Settings) -> None:
    path = put(drop, f"{EMPLOYER}/inbox/a.csv")
    assert waiting_in_drop(drop.model_copy(update={"settle_seconds": 30})) == []
    assert waiting_in_drop(drop) == [path]


def test_a_file_renamed_into_the_inbox_is_new_however_old_its_bytes(drop: Settings, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"x")
    os.utime(tmp_path / "a.csv", (0, 0))
    (tmp_path / "a.csv").rename(drop.drop_folder / EMPLOYER / "inbox" / "a.csv")
    assert waiting_in_drop(drop.model_copy(update={"settle_seconds": 30})) == []


@pytest.mark.parametrize("content", [b"", workbook(2000)[:1500]], ids=["empty", "a workbook without its end"])
def test_what_is_plainly_half_copied_waits_longer(
    drop: Settings, content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = put(drop, f"{EMPLOYER}/inbox/a.xlsx", content)
    assert waiting_in_drop(drop) == []
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + SLOW_COPY_SECONDS + 1)
    assert waiting_in_drop(drop) == [path], "in the end it is taken as it is, and the employer is told"


@pytest.mark.parametrize(("later", "is_taken"), [(3, False), (9, True)])
def test_what_has_no_end_of_its_own_stands_still_for_longer(
    drop: Settings, monkeypatch: pytest.MonkeyPatch, later: float, is_taken: bool
) -> None:
    settings = drop.model_copy(update={"settle_seconds": 2})
    table = put(settings, f"{EMPLOYER}/inbox/a.csv", "姓名,手机".encode())
    book = put(settings, f"{EMPLOYER}/inbox/b.xlsx", workbook(2000))
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + later)
    assert set(waiting_in_drop(settings)) == ({book, table} if is_taken else {book}), "a copy may stall for so long"


@pytest.mark.skipif(os.getuid() == 0, reason="nothing is shut to root")
def test_what_is_shut_to_us_may_be_opened_in_a_moment(drop: Settings) -> None:
    put(drop, f"{EMPLOYER}/inbox/a.xlsx").chmod(0)
    assert waiting_in_drop(drop) == []


def test_what_is_passed_over_is_counted(drop: Settings) -> None:
    for place in (f"{EMPLOYER}/receipts/QD1.txt", "_unknown/a.xlsx", f"{EMPLOYER}/inbox/b.xlsx.filepart"):
        put(drop, place)
    skipped: Counter[str] = Counter()
    assert waiting_in_drop(drop, skipped) == []
    assert sum(skipped.values()) == 3


def test_a_whole_workbook_does_not_wait(drop: Settings) -> None:
    path = put(drop, f"{EMPLOYER}/inbox/a.xlsx", workbook())
    assert waiting_in_drop(drop) == [path]


def test_a_clock_that_runs_ahead_keeps_nothing_back(drop: Settings) -> None:
    path = put(drop, f"{EMPLOYER}/inbox/a.csv", age=-3600)
    assert waiting_in_drop(drop) == [path]


def test_links_and_pipes_are_not_taken(drop: Settings, tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"x")
    inbox = drop.drop_folder / EMPLOYER / "inbox"
    (inbox / "a.csv").symlink_to(tmp_path / "secret")
    os.mkfifo(inbox / "b.csv")
    assert waiting_in_drop(drop) == []


def test_a_file_with_a_second_name_elsewhere_is_not_taken(drop: Settings, tmp_path: Path) -> None:
    path = put(drop, f"{EMPLOYER}/inbox/a.csv")
    os.link(path, tmp_path / "another's")
    skipped: Counter[str] = Counter()
    assert waiting_in_drop(drop, skipped) == []
    assert skipped["files with a second name (hard links)"] == 1


@pytest.mark.parametrize("become", ["link", "pipe", "folder"])
def test_what_a_found_file_has_become_since_is_not_opened(drop: Settings, tmp_path: Path, become: str) -> None:
    path = put(drop, f"{EMPLOYER}/inbox/a.csv")
    path.unlink()
    if become == "link":
        (tmp_path / "secret").write_bytes(b"x")
        path.symlink_to(tmp_path / "secret")
    elif become == "pipe":
        os.mkfifo(path)
    else:
        path.mkdir()
    with pytest.raises(OSError):
        open_regular(path)


@contextlib.contextmanager
def nested(folder: Path, name: str, levels: int) -> Iterator[None]:
    """Folders in folders, deeper than any path can name, for as long as the block lasts."""
    at = os.open(folder, os.O_RDONLY)
    try:
        for _ in range(levels):
            os.mkdir(name, dir_fd=at)
            inner = os.open(name, os.O_RDONLY, dir_fd=at)
            os.close(at)
            at = inner
        yield
    finally:
        os.close(at)
        subprocess.run(["rm", "-rf", folder], check=True)  # shutil's would not come to the end of it


@pytest.mark.parametrize(("name", "levels"), [("a", 1200), ("x" * 200, 22), ("汉" * 80, 16)], ids=["1200", "x", "汉"])
def test_folders_however_deep_keep_nobody_else_waiting(drop: Settings, name: str, levels: int) -> None:
    other = put(drop, "914403001922038216/inbox/b.csv")
    skipped: Counter[str] = Counter()
    with nested(drop.drop_folder / EMPLOYER / "inbox", name, levels):
        assert waiting_in_drop(drop, skipped) == [other]
    assert skipped["folders more than 8 deep"] == 1


def test_a_path_that_is_too_long_to_be_looked_at_is_counted(drop: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(discover, "DEEPEST", 100)
    other = put(drop, "914403001922038216/inbox/b.csv")
    skipped: Counter[str] = Counter()
    with nested(drop.drop_folder / EMPLOYER / "inbox", "x" * 200, 22):
        assert waiting_in_drop(drop, skipped) == [other]
    assert skipped["entries that cannot be looked at"] == 1


def test_a_folder_that_lists_and_does_not_open_keeps_nobody_else_waiting() -> None:
    with tempfile.TemporaryDirectory(dir="/tmp") as home, _somebody_else(Path(home)):
        drop = Settings(home=Path(home), settle_seconds=0)
        other = put(drop, "914403001922038216/inbox/b.csv")
        shut = put(drop, f"{EMPLOYER}/inbox/sub/a.csv").parent
        shut.chmod(0o400)
        skipped: Counter[str] = Counter()
        try:
            assert waiting_in_drop(drop, skipped) == [other]
            assert skipped["entries that cannot be looked at"] == 1
        finally:
            shut.chmod(0o700)


@contextlib.contextmanager
def _somebody_else(home: Path) -> Iterator[None]:
    """Not root, to whom nothing is shut."""
    if os.getuid():
        yield
        return
    nobody = pwd.getpwnam("nobody").pw_uid
    os.chown(home, nobody, -1)
    os.seteuid(nobody)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_folder_that_has_become_a_link_since_leads_nowhere(drop: Settings) -> None:
    secret = put(drop, "914403001922038216/inbox/b.csv", b"the other's")
    found = put(drop, f"{EMPLOYER}/inbox/sub/b.csv", b"mine")
    found.unlink()
    found.parent.rmdir()
    found.parent.symlink_to(secret.parent)
    with pytest.raises(FileNotFoundError):
        open_regular(found, drop.drop_folder)
    for key in (source_key(secret), source_key(found)):
        take_away(found, drop.drop_folder, key)
    assert secret.exists()


def test_whose_a_file_is(drop: Settings) -> None:
    mine = put(drop, f"{EMPLOYER}/inbox/a.csv")
    beside = put(drop, f"{EMPLOYER}/b.csv")
    top = put(drop, "c.csv")
    elsewhere = put(drop, "somebody/inbox/d.csv")
    new = put(drop, "914403001922038216/inbox/e.csv")
    files = {path: placed(drop, path, {EMPLOYER}) for path in (mine, beside, top, elsewhere, new)}
    assert [(file.employer_uscc, file.held_for) for file in files.values()] == [
        (EMPLOYER, None),
        (EMPLOYER, None),
        (None, "folder_unknown"),
        (None, "folder_unknown"),
        ("914403001922038216", "folder_unknown"),
    ]


def test_no_drop_folder_is_no_fault(tmp_path: Path) -> None:
    assert waiting_in_drop(Settings(home=tmp_path / "new")) == []
