"""How soon an employer has an answer: a 500-row file renamed into an inbox, until its receipts lie there.

`./clearbase test --all tests/service/test_latency.py` prints the figures of docs/figures.md.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from rosters import EMPLOYER, PEOPLE, roster
from running_up import Up

pytestmark = pytest.mark.all
FILES, ROWS = 20, 500


def test_a_file_of_500_rows_is_answered_in_time(up: Up, tmp_path: Path, figure: Callable[[str], None]) -> None:
    inbox, receipts = (up.settings.drop_folder / EMPLOYER / name for name in ("inbox", "receipts"))
    inbox.mkdir(parents=True, exist_ok=True)
    seconds = []
    for number in range(FILES):
        name = f"{2019 + number // 12}年{1 + number % 12}月花名册"
        people = [
            [f"{PEOPLE[0][0]}{row}", "", *PEOPLE[0][2:3], f"138{number:04}{row:04}", *PEOPLE[0][4:]]
            for row in range(ROWS)
        ]
        made = roster(tmp_path / f"{name}.xlsx", people)
        began = time.monotonic()
        made.rename(inbox / made.name)
        while not list(receipts.glob(f"*{name}*.xlsx")):
            assert time.monotonic() < began + 90, up.told()
            time.sleep(0.05)
        seconds.append(time.monotonic() - began)
    ordered = sorted(seconds)
    assert statistics.median(ordered) < 20
    assert ordered[int(FILES * 0.95) - 1] < 30
    figure(
        f"{FILES} files of {ROWS} rows: median {statistics.median(ordered):.1f} s, 95th of a hundred "
        f"{ordered[int(FILES * 0.95) - 1]:.1f} s, slowest {ordered[-1]:.1f} s"
    )
