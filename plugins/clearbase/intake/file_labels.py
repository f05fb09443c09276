"""Whom the labels of a file could name: its sheets and columns may be called after one of its people."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from clearbase.privacy.labels import personal_names
from clearbase.quality.standardise import NAMES


def people_named(lines: pa.Table | None) -> frozenset[str]:
    """The workers of a file as read (``records.FileRead.lines``), and the other people of whom it speaks."""
    if lines is None:
        return frozenset()
    columns = [field for field in NAMES if field in lines.column_names]
    return personal_names(text for field in columns for text in pc.unique(lines[field]).to_pylist())
