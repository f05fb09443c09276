"""What reading itself has to tell of a cell or of the file: no rule about a value, but about how it stands there."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import pyarrow as pa

from clearbase.reading.catalogue import EXPECTATIONS
from clearbase.records import FINDINGS, Severity


@dataclass(frozen=True)
class Observation:
    """What the employer is told; ``{value}`` stands for what was seen."""

    severity: Severity
    found: str
    expected: str
    mend: str


OBSERVED_JSON: Final = EXPECTATIONS / "observed.json"


def _load() -> dict[str, Observation]:
    entries = json.loads(OBSERVED_JSON.read_text(encoding="utf-8"))["observations"]
    return {entry["code"]: Observation(entry["severity"], **entry["zh"]) for entry in entries}


# Code → what is told. The texts stand in one place with those of the rules; the rule book reads them there.
OBSERVED: Final[dict[str, Observation]] = _load()


def observed(code: str, found: str | None, found_masked: str | None) -> pa.Table:
    """One finding of the whole file (``records.FINDINGS``): it has neither sheet nor row."""
    return findings_at(code, None, [None], [None], [None], [found], [found_masked])


def findings_at(
    code: str,
    sheet: int | None,
    rows: Sequence[int | None],
    cols: Sequence[int | None],
    fields: Sequence[str | None],
    found: Sequence[str | None],
    masked: Sequence[str | None],
) -> pa.Table:
    """Findings of one code on one sheet, in the form of ``records.FINDINGS``."""
    count = len(rows)
    severity = OBSERVED[code].severity
    columns = ([sheet] * count, rows, cols, fields, [code] * count, [severity] * count, found, masked)
    return pa.table([pa.array(c, t) for c, t in zip(columns, FINDINGS.types, strict=True)], schema=FINDINGS)
