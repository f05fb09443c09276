"""The trigger over the drop folder: wakes once for what is new, remembers it through a restart."""

from __future__ import annotations

import asyncio
import contextlib
from pathlib import Path
from typing import Any

import pytest

from clearbase_airflow import DropFolderTrigger


class Store:
    """Where Airflow keeps an asset's state, without Airflow's database."""

    def __init__(self) -> None:
        self.kept: dict[str, Any] = {}

    async def aget(self, key: str, default: Any = None) -> Any:
        return self.kept.get(key, default)

    async def aset(self, key: str, value: Any) -> None:
        self.kept[key] = value


@pytest.fixture
def inbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CLEARBASE_HOME", str(tmp_path))
    monkeypatch.setenv("CLEARBASE_SETTLE_SECONDS", "0")
    folder = tmp_path / "drop" / "91350100M000100Y43" / "inbox"
    folder.mkdir(parents=True)
    return folder


def watch(store: Store, seconds: float, quiet: float = 0.0) -> list[dict[str, Any]]:
    """The events of a trigger that runs for so long and is then killed."""
    trigger = DropFolderTrigger(every=0.02, quiet=quiet)
    trigger.asset_state_store = store  # type: ignore[assignment]
    told: list[dict[str, Any]] = []

    async def listen() -> None:
        async for event in trigger.run():
            told.append(event.payload)

    with contextlib.suppress(asyncio.TimeoutError):
        asyncio.run(asyncio.wait_for(listen(), seconds))
    return told


def test_files_wake_once_and_a_restart_does_not_forget(inbox: Path) -> None:
    store = Store()
    assert watch(store, 0.3) == []
    (inbox / "a.csv").write_text("x")
    (inbox / "b.csv").write_text("x")
    assert watch(store, 0.5) == [{"files": 2}]
    assert watch(store, 0.3) == [], "a trigger that starts again knows what it told"
    (inbox / "c.csv").write_text("x")
    assert watch(store, 0.5) == [{"files": 3}]
    for path in inbox.iterdir():
        path.unlink()
    assert watch(store, 0.3) == [], "an inbox that was emptied wakes nobody"
    (inbox / "a.csv").write_text("x")
    assert watch(store, 0.5) == [{"files": 1}], "the same name is another file"


def test_without_its_memory_it_wakes_once_more_and_never_too_seldom(inbox: Path) -> None:
    (inbox / "a.csv").write_text("x")
    assert watch(Store(), 0.4) == watch(Store(), 0.4) == [{"files": 1}]


def test_a_storm_is_few_events(inbox: Path) -> None:
    for number in range(50):
        (inbox / f"{number}.csv").write_text("x")
    assert watch(Store(), 0.6, quiet=60) == [{"files": 50}]


def test_it_is_made_again_from_what_airflow_keeps_of_it() -> None:
    path, kept = DropFolderTrigger(every=2, quiet=3).serialize()
    assert path == "clearbase_airflow.DropFolderTrigger"
    again = DropFolderTrigger(**kept)
    assert (again.every, again.quiet) == (2, 3)
