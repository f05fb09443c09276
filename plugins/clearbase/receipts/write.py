"""The receipt of one file, written into the employer's folder: JSON, one line of text, the marked workbook, a page, and
the whole list of what was found.

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
from clearbase.receipts.listing import findings_csv
from clearbase.receipts.page import receipt_page
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
    """Write ``<receipt_no>_<stem>.json``, ``.txt``, ``.html``; ``.csv`` where something was found; ``.xlsx`` where
    people were read and the employer is known.

    ``folder`` is made if it is not there. ``original``: the bytes as they came, None where they are no longer kept or
    may not be given back. ``dispositions``: ``sheet, row, disposition``, one row a roster line. Returns the paths
    written, in the order json, txt, xlsx, html, csv.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if folder.is_symlink():  # it would lead into somebody else's
        raise OSError(errno.ELOOP, "the folder of receipts is a link")
    labels = field_labels(EXPECTATIONS / "fields.csv")
    base = f"{safe_name(receipt.receipt_no)}_{safe_name(Path(receipt.file_name).stem)}"
    workbook = None
    lines = any(sheet.lines for sheet in receipt.sheets)
    if original is not None and lines and receipt.employer_uscc is not None and receipt.outcome != "unreadable":
        workbook = annotated_workbook(original, receipt, texts, labels, dispositions)
    found = receipt.findings is not None and receipt.findings.num_rows
    files = {"workbook": f"{base}.xlsx"} if workbook is not None else {}
    files |= {"list": f"{base}.csv"} if found else {}
    page = receipt_page(receipt, texts, labels, files)
    told = acknowledgement(receipt, texts, labels, {"page": f"{base}.html", **files})
    line = acknowledgement_line(receipt, workbook=workbook is not None) + "\n"
    contents = {".json": json.dumps(told, ensure_ascii=False, indent=1).encode(), ".txt": line.encode()}
    contents |= {".xlsx": workbook} if workbook is not None else {}
    contents[".html"] = page.encode()
    contents |= {".csv": findings_csv(receipt, texts, labels)} if found else {}
    return [_write_whole(folder / f"{base}{suffix}", data) for suffix, data in contents.items()]


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
