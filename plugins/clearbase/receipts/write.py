"""The receipt of one file, written into the employer's folder: JSON, one line of text, the marked workbook.

Each file appears whole or not at all, and under the same name when the same receipt is written again: a run that was
killed here is simply run again.
"""

from __future__ import annotations

import errno
import json
import os
import secrets
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pyarrow as pa

from clearbase.receipts.acknowledgement import acknowledgement, acknowledgement_line
from clearbase.receipts.annotate import annotated_workbook
from clearbase.receipts.texts import RuleText, field_labels
from clearbase.records import Receipt
from clearbase.settings import EXPECTATIONS

STEM_CHARACTERS: Final = 40  # 120 bytes of Han characters; a name may have 255
MODE: Final = 0o640  # the employer's transfer account reads by its group


def write_receipt(
    folder: Path,
    receipt: Receipt,
    original: bytes | None,
    texts: Mapping[str, RuleText],
    dispositions: pa.Table | None = None,
) -> list[Path]:
    """Write ``<receipt_no>_<stem>.json``, ``.txt``; ``.xlsx`` too where the file was read and the employer is known.

    ``folder`` is made if it is not there. ``original``: the bytes as they came, None where they are no longer kept.
    ``dispositions``: ``sheet, row, disposition``, one row a roster line. Returns the paths written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if folder.is_symlink():  # it would lead into somebody else's
        raise OSError(errno.ELOOP, "the folder of receipts is a link")
    labels = field_labels(EXPECTATIONS / "fields.csv")
    base = f"{safe_name(receipt.receipt_no)}_{safe_name(Path(receipt.file_name).stem)}"
    content = json.dumps(acknowledgement(receipt, texts, labels), ensure_ascii=False, indent=1)
    files = {".json": content.encode(), ".txt": (acknowledgement_line(receipt) + "\n").encode()}
    if original is not None and receipt.employer_uscc is not None and receipt.outcome != "unreadable":
        workbook = annotated_workbook(original, receipt, texts, labels, dispositions)
        if workbook is not None:
            files[".xlsx"] = workbook
    return [_write_whole(folder / f"{base}{suffix}", data) for suffix, data in files.items()]


def safe_name(name: str) -> str:
    """Letters of any script, digits, ``-``, ``_`` and brackets; everything else, path parts included, becomes ``_``."""
    kept = (c if c.isalnum() or c in "-_()（）" else "_" for c in unicodedata.normalize("NFC", name))
    return "".join(kept)[:STEM_CHARACTERS].strip("_") or "file"


def _write_whole(path: Path, data: bytes) -> Path:
    # A name that nobody knows before, and a file that is not there yet: no link waits there to be written through.
    draft = path.with_name(f".{path.name[-60:]}.{secrets.token_hex(8)}.tmp")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, MODE), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    return path
