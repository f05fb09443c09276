"""Every layout of the corpus, read, checked and marked for real: what goes back is read again as the same lines."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from pathlib import Path

from clearbase.quality.check import check_lines
from clearbase.reading.file import read_roster
from clearbase.receipts.texts import rule_texts
from clearbase.receipts.write import write_receipt
from clearbase.settings import EXPECTATIONS

sys.path.insert(0, str(Path(__file__).parent))
from receipt_cases import receipt_for

CORPUS = Path(__file__).parents[1] / "data" / "corpus"


def test_a_marked_workbook_is_read_again_as_the_same_lines(tmp_path: Path) -> None:
    made = tmp_path / "made"
    script = [sys.executable, CORPUS / "make_rosters.py", CORPUS / "layouts-open.json", made, "--seed", "7"]
    subprocess.run([*script, "--workers", "6", "--noise", "0.2"], check=True, capture_output=True)
    texts, marked, flagged = rule_texts(EXPECTATIONS / "roster_line.json"), 0, 0
    for path in sorted(p for p in made.rglob("*") if p.suffix in (".xlsx", ".xls", ".csv")):
        original = path.read_bytes()
        before = read_roster(original, path.name)
        if before.lines is None:
            continue
        checked = check_lines(before, dt.date(2024, 3, 1))
        receipt = receipt_for(original, path.name, findings=checked.findings)
        paths = write_receipt(tmp_path / "receipts", receipt, original, texts, checked.lines)
        after = read_roster(paths[2].read_bytes(), path.name)
        assert after.lines is not None, path.name
        fields = [name for name in before.lines.column_names if not name.endswith("__kind")]
        assert after.lines.select(fields).to_pylist() == before.lines.select(fields).to_pylist(), path.name
        marked, flagged = marked + 1, flagged + checked.findings.num_rows
    assert marked >= 25 and flagged >= 25
