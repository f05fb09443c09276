"""What the marked workbook costs: `.venv/bin/python benchmarks/answering.py` (a minute).

An xlsx of 5,000 rows and 25 columns with styles is read and checked; a fresh process then marks it, and another writes
the whole answer (page, list, JSON, line beside it). CPU seconds (user and system), wall and peak memory of these
processes, imports included; the least of several. `--bad` is the share of rows with something wrong.
"""

from __future__ import annotations

import argparse
import pickle
import sys
import tempfile
import time
from pathlib import Path

PLUGINS = Path(__file__).resolve().parents[1] / "plugins"
sys.path[:0] = [str(PLUGINS), str(Path(__file__).parent)]

from reading import HEADER, measure, people  # noqa: E402

NEEDED = """
import pickle, sys, pathlib; sys.path.insert(0, {plugins!r})
from clearbase.receipts.texts import field_labels, rule_texts
from clearbase.settings import EXPECTATIONS
texts, labels = rule_texts(EXPECTATIONS / "roster_line.json"), field_labels(EXPECTATIONS / "fields.csv")
receipt, dispositions = pickle.loads(pathlib.Path({receipt!r}).read_bytes())
data = pathlib.Path({file!r}).read_bytes()
"""
WORK = {
    "the floor: openpyxl reads and writes the same file": """
import gc, io, openpyxl
gc.disable()
openpyxl.load_workbook(io.BytesIO(data)).save(io.BytesIO())
""",
    "the marked workbook": """
from clearbase.receipts.annotate import annotated_workbook
assert annotated_workbook(data, receipt, texts, labels, dispositions)
""",
    "the whole answer": """
from clearbase.receipts.write import write_receipt
assert len(write_receipt(pathlib.Path({folder!r}), receipt, data, texts, dispositions)) == 5
""",
}


def make(rows: int, bad: float, file: Path) -> None:
    """A roster as offices make it: a title, a header with a fill, borders round every cell, widths."""
    import xlsxwriter

    from clearbase.standards.identity_number import check_character

    book = xlsxwriter.Workbook(str(file))
    sheet = book.add_worksheet("花名册")
    head = book.add_format({"bold": True, "bg_color": "#DDEBF7", "border": 1, "text_wrap": True})
    cell = book.add_format({"border": 1, "font_name": "宋体", "font_size": 10, "num_format": "@"})
    sheet.merge_range(0, 0, 0, len(HEADER) - 1, "某某公司2026年8月员工花名册", book.add_format({"bold": True}))
    sheet.write_row(1, 0, HEADER, head)
    sheet.set_column(0, len(HEADER) - 1, 14)
    sheet.freeze_panes(2, 2)
    for n, person in enumerate(people(rows)):
        first = f"33020619{70 + n % 30}{1 + n // 28 % 12:02d}{1 + n % 28:02d}{n // 336:03d}"[:17]
        person[3] = first + (check_character(first) if n % 100 >= bad * 100 else "?")
        sheet.write_row(2 + n, 0, person, cell)
    book.close()


def receipt_of(file: Path, target: Path) -> int:
    """Read and check the file, and keep its receipt. Returns the number of findings."""
    import datetime as dt

    from clearbase.quality.check import check_lines
    from clearbase.reading.file import read_roster
    from clearbase.records import Receipt

    read = read_roster(file.read_bytes(), file.name)
    checked = check_lines(read, dt.date(2026, 8, 1))
    lines = sum(sheet.lines for sheet in read.sheets)
    counts = {"read": lines + 2, "published": lines, "set_aside": 2}
    receipt = Receipt(
        "QD00000001", 1, file.name, "partly", "", "91350100M000100Y43", "某某公司", "2026-08", "full", "title", counts,
        read.sheets, checked.findings, "2026-09-01T08:00:00+08:00",
    )  # fmt: skip
    target.write_bytes(pickle.dumps((receipt, checked.lines.select(["sheet", "row", "disposition"]))))
    return int(checked.findings.num_rows)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    options.add_argument("--rows", type=int, default=5000)
    options.add_argument("--bad", type=float, default=0.1)
    options.add_argument("--times", type=int, default=3)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file, kept = Path(folder) / "花名册.xlsx", Path(folder) / "receipt"
        make(given.rows, given.bad, file)
        found = receipt_of(file, kept)
        told = {"plugins": str(PLUGINS), "receipt": str(kept), "file": str(file), "folder": folder}
        print(f"{given.rows:,} rows x {len(HEADER)} columns, {file.stat().st_size / 2**20:.1f} MB, {found:,} findings")
        for what, code in WORK.items():
            runs = []
            for _ in range(given.times):
                begun = time.monotonic()
                cpu, gigabytes = measure((NEEDED + code).format(**told))
                runs.append((cpu, gigabytes, time.monotonic() - begun))
            print(
                f"{what}: {min(cpu for cpu, _, _ in runs):.2f} CPU-s, {min(wall for _, _, wall in runs):.2f} s wall, "
                f"peak {max(peak for _, peak, _ in runs) * 1024:.0f} MB"
            )


if __name__ == "__main__":
    main()
