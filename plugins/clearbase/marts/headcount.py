"""Headcounts in the warehouse against a generated district's truth."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from clearbase.errors import SetupError
from clearbase.warehouse.statements import statement


@dataclass(frozen=True)
class Comparison:
    """``clean``: employer-months all of whose rows so far are clean. ``differing``: employer, month, both counts."""

    summary: list[dict[str, object]]
    differing: list[tuple[str, str, int, int | None]]
    clean_differ: int


def compare_headcounts(connection: Connection, truth: Path) -> Comparison:
    """Compare ``mart.headcount_month`` with ``headcount.csv`` (employer_uscc, month, persons, all_clean)."""
    if not truth.is_file():
        raise SetupError(f"no such file: {truth}")
    known = {
        (row.employer_uscc, f"{row.month:%Y-%m}"): row.persons
        for row in connection.execute(statement("marts/headcounts"))
    }
    with truth.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    summary, differing, clean_differ = [], [], 0
    for label, wanted in (("all rows clean", "true"), ("some rows spoilt", "false")):
        chosen = [row for row in rows if row["all_clean"].lower() == wanted]
        pairs = [
            (r["employer_uscc"], r["month"], int(r["persons"]), known.get((r["employer_uscc"], r["month"])))
            for r in chosen
        ]
        differ = [pair for pair in pairs if pair[2] != pair[3]]
        clean_differ += len(differ) if wanted == "true" else 0
        differing += differ
        summary.append(
            {
                "employer-months": label,
                "compared": len(pairs),
                "equal": len(pairs) - len(differ),
                "differ": len(differ),
                "persons (truth)": sum(p[2] for p in pairs),
                "persons (warehouse)": sum(p[3] or 0 for p in pairs),
            }
        )
    return Comparison(list(summary), differing, clean_differ)
