"""The tests' own homes: what killed runs have left is swept, and nothing else is."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

import homes
from clearbase.runtime.postgres import embedded_server
from clearbase.runtime.postgres_files import OUTSIDE
from clearbase.settings import Settings


def left(outside: Path, label: str, home: Path) -> Path:
    folder = outside / label
    (folder / "cluster").mkdir(parents=True)
    (folder / "home").write_bytes(os.fsencode(home))
    return folder


def test_only_a_test_s_cluster_whose_home_is_gone_is_swept(tmp_path: Path) -> None:
    (tmp_path / homes.NAME).mkdir()
    outside = tmp_path / "outside"
    killed = left(outside, "1", tmp_path / "gone" / f"{homes.NAME}7")
    kept = [
        left(outside, "2", tmp_path / homes.NAME),
        left(outside, "3", Path("/srv/an unmounted disk/clearbase")),
    ]
    untold = outside / "4" / "cluster"
    untold.mkdir(parents=True)
    homes.sweep(outside)
    assert not killed.exists()
    assert all(folder.exists() for folder in (*kept, untold))


@pytest.mark.skipif(os.getuid() != 0, reason="only root's clusters lie outside of their homes")
def test_a_running_one_is_not_swept_and_a_stopped_one_is(new_home: Callable[[], Path], tmp_path: Path) -> None:
    home, moved = new_home(), tmp_path / "moved"
    outside = homes.cluster_of(home).parent
    assert outside.parent == OUTSIDE
    with embedded_server(Settings(home=home)):
        home.rename(moved)
        homes.sweep()
        is_there = outside.exists()
        moved.rename(home)
    assert is_there
    home.rename(moved)
    homes.sweep()
    assert not outside.exists()
