"""The marked workbook in another program than the one that wrote it: LibreOffice finds every cell as it was."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from clearbase.quality.check import check_lines
from clearbase.reading.file import read_roster
from clearbase.reading.result_column import RESULT_HEADER, SUMMARY_SHEET
from clearbase.receipts.texts import rule_texts
from clearbase.receipts.write import write_receipt
from clearbase.runtime.house_tests import program_for
from clearbase.settings import EXPECTATIONS

sys.path.insert(0, str(Path(__file__).parent))
from receipt_cases import receipt_for, roster_xlsx

CORPUS = Path(__file__).parents[1] / "data" / "corpus"
FILES = 12


def through_libreoffice(files: list[Path], into: Path) -> None:
    """Opened and saved again by it, as xlsx; a profile of its own, so that none that runs is disturbed."""
    program = program_for("libreoffice")
    assert program is not None
    profile = f"-env:UserInstallation=file://{into}/profile"
    command = [program, profile, "--headless", "--convert-to", "xlsx", "--outdir", into, *files]
    subprocess.run([str(part) for part in command], check=True, capture_output=True, timeout=600)


def cells(data: bytes) -> dict[str, dict[str, object]]:
    """Sheet → address → value as it is shown."""
    book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    return {
        sheet.title: {
            cell.coordinate: cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None
        }
        for sheet in book.worksheets
    }


def shown(value: object) -> str:
    """LibreOffice writes a number with fifteen digits, rounded from what is no decimal."""
    return f"{value:.12g}" if isinstance(value, float) else str(value)


@pytest.mark.all("libreoffice")
def test_every_cell_comes_back_as_it_was_and_only_ours_are_added(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A roster with styles, merges, comments and formulas, and layouts of the corpus; and what another program has
    saved is marked once more, with its styles."""
    made = tmp_path / "made"
    script = [sys.executable, CORPUS / "make_rosters.py", CORPUS / "layouts-open.json", made, "--seed", "7"]
    subprocess.run([*script, "--workers", "6", "--noise", "0.2"], check=True, capture_output=True)
    (made / "own.xlsx").write_bytes(roster_xlsx())
    texts, before, files = rule_texts(EXPECTATIONS / "roster_line.json"), {}, []
    for path in [made / "own.xlsx", *sorted(made.rglob("*.xlsx"))][: FILES + 1]:
        original = path.read_bytes()
        read = read_roster(original, path.name)
        if read.lines is None or path.stem in before:
            continue
        checked = check_lines(read, None)
        receipt = receipt_for(original, path.name, receipt_no=path.stem, findings=checked.findings)
        workbook = write_receipt(tmp_path / "receipts", receipt, original, texts, checked.lines)[2]
        marked = cells(workbook.read_bytes())
        assert SUMMARY_SHEET in marked
        before[workbook.name] = (cells(original), marked)
        files.append(workbook)
    through_libreoffice(files, tmp_path / "opened")
    assert len(files) >= FILES - 2
    for file in files:
        original_cells, marked = before[file.name]
        opened = cells((tmp_path / "opened" / file.name).read_bytes())
        assert list(opened) == list(marked), file.name
        for sheet, values in original_cells.items():
            theirs = {address: value for address, value in opened[sheet].items() if address in values}
            same = {address: value for address, value in values.items() if address in theirs}
            assert {a: shown(v) for a, v in theirs.items()} == {a: shown(v) for a, v in same.items()}, file.name
            assert len(theirs) == len(values), (file.name, sheet, values.keys() - theirs.keys())
        ours = {v for sheet in original_cells for a, v in opened[sheet].items() if a not in original_cells[sheet]}
        assert RESULT_HEADER in ours and len(ours) <= 9, (file.name, ours)
    for file in files:
        again = (tmp_path / "opened" / file.name).read_bytes()
        read = read_roster(again, file.name)
        assert read.lines is not None
        checked = check_lines(read, None)
        receipt = receipt_for(again, file.name, receipt_no=file.stem, findings=checked.findings)
        second = cells(write_receipt(tmp_path / "second", receipt, again, texts, checked.lines)[2].read_bytes())
        assert list(second) == list(before[file.name][1])
        for sheet, values in before[file.name][0].items():
            assert {a: shown(second[sheet].get(a)) for a in values} == {a: shown(v) for a, v in values.items()}, (
                file.name
            )
            headers = [address for address, value in second[sheet].items() if value == RESULT_HEADER]
            assert len(headers) == [*before[file.name][1][sheet].values()].count(RESULT_HEADER), "no second column"
    assert "without its styles" not in caplog.text
