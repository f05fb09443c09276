"""What `identity drift` does and prints: counts by month, and nobody."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from clearbase.console import out, print_rows, told
from clearbase.errors import SetupError
from clearbase.pipeline.drift import BITS, Month, drift_of
from clearbase.pipeline.drift_page import JUDGED, drift_page
from clearbase.settings import TIME_ZONE, told_settings
from clearbase.warehouse.database import open_database

LONGEST_BAR: Final = 40


def drift(target: Path | None) -> None:
    """``identity drift``."""
    if target is not None and target.is_dir():
        raise SetupError(f"{target} is a folder; --out names the page to write")
    with open_database(told_settings()) as database, database.loader.connect() as connection:
        months = drift_of(connection)
    if not months:
        told.print("the model has weighed no decision yet")
    for month in months:
        out.print(f"{month.month:%Y-%m}, model {month.model}")
        print_rows([_whole(month)], "what it weighed")
        print_rows(_bars(month), f"weights, {BITS} bits a line")
    if target is not None:
        try:
            target.write_text(drift_page(months, dt.datetime.now(ZoneInfo(TIME_ZONE))), encoding="utf-8")
        except OSError as error:
            raise SetupError(f"{target} cannot be written: {error.strerror}") from None
        told.print(f"written: {target}")


def _whole(month: Month) -> dict[str, object]:
    chinese, english, _ = JUDGED[month.judgement]
    return {
        "decisions": month.decisions,
        "same": f"{month.same / month.decisions:.1%}",
        "in review": f"{month.review / month.decisions:.1%}",
        "PSI": "" if month.index is None else f"{month.index:.3f}",
        "against": month.before or None,
        "judgement": f"{chinese} {english}",
    }


def _bars(month: Month) -> list[dict[str, object]]:
    most = max(month.buckets.values())
    return [
        {
            "bits": f"{edge} to {edge + BITS}",
            "decisions": n,
            "share": f"{n / month.decisions:.1%}",
            "bar": "█" * max(1, round(LONGEST_BAR * n / most)),
        }
        for edge, n in month.buckets.items()
    ]
