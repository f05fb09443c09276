"""A file that its own figures hold or refuse: through the real pipeline, with its question, its receipt and `check`."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import openpyxl
from rosters import EMPLOYER, HEADER, worker
from sending import Base
from sqlalchemy import text

from clearbase.given import Given
from clearbase.inspection.report import report_of
from clearbase.pipeline.holds import decide_hold, waiting_holds
from clearbase.pipeline.scheduled_holds import _question
from clearbase.pipeline.trace import trace
from clearbase.quality.file_rules import told_figures
from clearbase.reading.file import read_roster


def receipt(base: Base) -> dict[str, Any]:
    file = sorted(base.settings.receipts_folder(EMPLOYER).glob("*.json"))[-1]
    told: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return told


def shifted(count: int, of: int) -> list[list[str]]:
    """Workers, of whom the first have their phone in the column of identity numbers."""
    people = [worker(n) for n in range(of)]
    return [[one[0], one[3], *one[2:]] if n < count else one for n, one in enumerate(people)]


def checked_offline(base: Base, number: int, month: str) -> tuple[str, str]:
    """What `check` says of the file that was sent as ``number``, asked as ingest was."""
    (file,) = base.folder.glob(f"{number}/*.xlsx")
    given = Given(EMPLOYER, dt.date.fromisoformat(f"{month}-01"), "full")
    report = report_of(read_roster(file.read_bytes(), file.name, period=given.period), file.name, given).report
    return report["outcome"], report["reason"]


def test_c14_shifted_columns_hold_the_file_until_somebody_lets_it(base: Base) -> None:
    assert base.send(shifted(10, 30), "2026-01") == "held columns_shifted"
    assert checked_offline(base, 1, "2026-01") == ("held", "columns_shifted")
    told = receipt(base)
    assert told["outcome"] == "held" and told["counts"]["held"] == 30, "every row is accounted for"
    assert "33%的行列错位" in told["reason"] and "等待工作人员核实" in told["reason"]
    (held,) = waiting_holds(base.database)
    body = _question(held)["body"]
    assert "| 列错位的行 lines with shifted cells | 33% |" in body and "现有在职" not in body
    assert "lines 30" in told_figures(held.figures) and "misaligned share 33%" in told_figures(held.figures)
    with base.database.loader.connect() as connection:
        figures = dict(trace(connection, base.database.keyring, str(held.submission_id)))
        assert any("misaligned share" in str(row) for rows in figures.values() for row in rows)
        assert connection.execute(text("SELECT count(*) FROM staging.line")).scalar() == 0
    done = decide_hold(base.settings, base.database, held.submission_id, "approved", "已电话核实", "test")
    assert (done.outcome, done.reason_code) == ("published", None)
    assert base.headcounts() == [30], "who has lost his number has his phone and his name"
    assert waiting_holds(base.database) == []
    assert base.send(shifted(10, 30), "2026-02") == "held columns_shifted", "the next one is asked about anew"


def test_refused_by_a_person_the_receipt_says_so(base: Base) -> None:
    base.send(shifted(10, 30), "2026-01")
    (held,) = waiting_holds(base.database)
    decide_hold(base.settings, base.database, held.submission_id, "refused", "列错位", "test")
    told = receipt(base)
    assert told["outcome"] == "refused" and told["counts"]["refused"] == 30
    assert "33%的行列错位" in told["reason"] and "经工作人员核实，没有入库" in told["reason"]


def test_a_file_of_which_nothing_can_be_used_is_refused_and_nobody_is_asked(base: Base) -> None:
    staff = [worker(n) for n in range(25)]
    assert base.send(staff, "2026-01") == "published"
    assert base.send([["", *one[1:]] for one in staff], "2026-02") == "refused nothing_usable"
    assert checked_offline(base, 2, "2026-02") == ("refused", "nothing_usable")
    told = receipt(base)
    assert told["counts"]["refused"] == 25 and "没有入库" in told["reason"] and "工作人员" not in told["reason"]
    assert waiting_holds(base.database) == [] and base.headcounts() == [25], "nobody has left"


def test_twenty_rows_are_judged_by_shares_and_nineteen_are_not(base: Base) -> None:
    assert base.send(shifted(10, 19), "2026-01") == "published"
    assert base.send(shifted(10, 20), "2026-02") == "held columns_shifted"


def test_f18_a_number_column_sorted_by_itself_is_held_before_anybody_knows_the_numbers(base: Base) -> None:
    """By the sexes beside the numbers; what is known of the numbers is asked later (`names_contradict`)."""
    people = [worker(n, number_of=(n + 1) % 30) for n in range(30)]
    by_itself = [[one[0], one[1], worker(n)[2], *one[3:]] for n, one in enumerate(people)]
    assert base.send(by_itself, "2026-01") == "held numbers_contradict_columns"


def test_a_roster_without_names_or_without_evidence_is_held(base: Base) -> None:
    nameless = [one[1:] for one in (worker(n) for n in range(4))]
    header = [name for name in HEADER if name != "姓名"]
    outcome = base.send(nameless, "2026-01", header=header)
    assert outcome in ("held name_column_missing", "held no_lines"), outcome
    bare = [[one[0], *one[4:]] for one in (worker(n) for n in range(4))]
    header = [name for name in HEADER if name not in ("身份证号", "手机号", "性别")]
    assert base.send(bare, "2026-02", header=header) == "held evidence_columns_missing"


def test_missing_columns_are_named_and_the_file_is_published(base: Base) -> None:
    assert base.send([worker(n)[:4] for n in range(3)], "2026-01", header=HEADER[:5]) == "published"
    (told,) = [finding for finding in receipt(base)["findings"] if finding["rule"] == "columns_missing"]
    assert (told["severity"], told["cell"]) == ("warning", "整表")
    assert told["problem"] == "表中没有这些应报的列：户籍地址、现居住地址、入职日期"


def test_c4_mixed_kinds_of_numbers_are_told_of_the_file(base: Base) -> None:
    people = [worker(n) for n in range(6)]
    file = base.folder / "mixed.xlsx"
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(HEADER)
    for n, one in enumerate(people):
        book.active.append([n + 1, one[0], int(one[1][:15] + "000") if n < 3 else one[1], *one[2:]])
    file.parent.mkdir(parents=True, exist_ok=True)
    book.save(file)
    assert base.send_file(file, "2026-01", "full") == "published"
    assert receipt(base)["rules"]["numbers_mixed"] == 1
