"""The files of a receipt: names, idempotence, and no clear personal data outside the employer's own workbook."""

from __future__ import annotations

import csv
import io
import json
import sys
from io import BytesIO
from pathlib import Path

import jsonschema
import pyarrow as pa
import pytest
from openpyxl import Workbook

from clearbase.reading.reasons import Unreadable
from clearbase.receipts.plain_copy import plain_copy
from clearbase.receipts.texts import OUTCOMES
from clearbase.receipts.write import safe_name, write_receipt
from clearbase.records import FINDINGS, Receipt
from clearbase.settings import EXPECTATIONS

sys.path.insert(0, str(Path(__file__).parent))
from receipt_cases import BAD_NUMBER, BAD_PHONE, DISPOSITIONS, FOUND, TEXTS, receipt_for, roster_xlsx

SCHEMA = json.loads((EXPECTATIONS / "receipt.schema.json").read_text(encoding="utf-8"))


def test_files_are_named_by_receipt_and_file(tmp_path: Path) -> None:
    original = roster_xlsx()
    paths = write_receipt(tmp_path / "receipts", receipt_for(original), original, TEXTS, DISPOSITIONS)
    base = "R20240405-000012_某某机械2024年3月花名册"
    assert [path.name for path in paths] == [f"{base}{end}" for end in (".json", ".txt", ".xlsx", ".html", ".csv")]
    assert sorted(path.name for path in (tmp_path / "receipts").iterdir()) == sorted(path.name for path in paths)
    line = paths[1].read_text()
    assert line.startswith("R20240405-000012 部分入库 收到8 入库3 隔离1 重复1 搁置3 有1行没有姓名，未入库 请打开批注表")
    assert line.count("\n") == 1 and line.endswith("\n")


def test_written_again_overwrites_the_same_files(tmp_path: Path) -> None:
    original = roster_xlsx()
    receipt = receipt_for(original)
    first = write_receipt(tmp_path, receipt, original, TEXTS, DISPOSITIONS)
    contents = [path.read_bytes() for path in (*first[:2], *first[3:])]
    first[2].write_bytes(b"half a workb")
    again = write_receipt(tmp_path, receipt, original, TEXTS, DISPOSITIONS)
    assert again == first and len(list(tmp_path.iterdir())) == 5
    assert [path.read_bytes() for path in (*again[:2], *again[3:])] == contents
    assert again[2].read_bytes().startswith(b"PK")


def test_no_clear_value_but_in_the_workbook(tmp_path: Path) -> None:
    original = roster_xlsx()
    paths = write_receipt(tmp_path, receipt_for(original), original, TEXTS, DISPOSITIONS)
    for path in paths:
        if path.suffix != ".xlsx":
            for clear in (BAD_NUMBER, BAD_PHONE, "8613800138003", "330203199003075676", "王五", "清河街道"):
                assert clear not in path.read_text(encoding="utf-8"), path.name
    assert paths[2].stat().st_size > 0


def test_json_says_where_what_and_how(tmp_path: Path) -> None:
    original = roster_xlsx()
    told = json.loads(write_receipt(tmp_path, receipt_for(original), original, TEXTS, DISPOSITIONS)[0].read_text())
    assert told["outcome_zh"] == "部分入库" and "隔离" in told["what_to_do"]
    assert told["counts"] == {"read": 8, "published": 3, "quarantined": 1, "repeated": 1, "set_aside": 3}
    assert [(sheet["name"], sheet["role"], sheet["header_row"]) for sheet in told["sheets"]] == [
        ("在职", "roster", 2),
        ("填表说明", "set_aside", None),
    ]
    number = told["findings"][0]
    assert (number["cell"], number["field_zh"], number["rule"]) == ("C4", "公民身份号码", "C1")
    assert number["found"] == "330*************77" and number["found"] in number["problem"]
    assert number["expected"] and number["mend"]
    assert told["rules"] == {"F6": 2, "C1": 1, "D8": 1}


def test_thousands_of_findings_are_counted_and_a_thousand_listed(tmp_path: Path) -> None:
    original = roster_xlsx()
    many = pa.Table.from_pylist([FOUND[0]] * 1500, schema=FINDINGS)
    paths = write_receipt(tmp_path, receipt_for(original, findings=many), None, TEXTS)
    told = json.loads(paths[0].read_text())
    assert told["findings_total"] == 1500 and len(told["findings"]) == 1000 and told["rules"] == {"C1": 1500}
    assert "还有1495处" in paths[2].read_text(encoding="utf-8")
    listed = list(csv.reader(io.StringIO(paths[3].read_text(encoding="utf-8-sig"))))
    assert len(listed) == 1501 and listed[1500][0] == "1500"


@pytest.mark.parametrize(
    "changes", [{"outcome": "unreadable", "sheets": [], "findings": None}, {"employer_uscc": None}]
)
def test_no_workbook_for_unreadable_or_unknown_employer(tmp_path: Path, changes: dict[str, object]) -> None:
    original = roster_xlsx()
    paths = write_receipt(tmp_path, receipt_for(original, **changes), original, TEXTS)
    expected = [".json", ".txt", ".html"] + ([] if "findings" in changes else [".csv"])
    assert [path.suffix for path in paths] == expected


def test_unreadable_says_why_and_what_to_do(tmp_path: Path) -> None:
    receipt = receipt_for(b"", outcome="unreadable", reason="encrypted", sheets=[], findings=None, counts={})
    told = json.loads(write_receipt(tmp_path, receipt, b"x", TEXTS)[0].read_text())
    assert "密码" in told["reason"] and "重新报送" in told["what_to_do"]


def test_the_line_alone_says_why_and_what_to_do(tmp_path: Path) -> None:
    nothing = {"sheets": [], "findings": None, "counts": {}}
    for outcome, reason, says in (
        ("unreadable", "encrypted", "文件设有打开密码，无法读取。请在Excel中取消密码"),
        ("held", "没有找到所属月份。\n请写明年月后重新报送。", "没有找到所属月份。 请写明年月后重新报送。"),
        ("refused", "", "本文件没有入库。"),
    ):
        receipt = receipt_for(b"", outcome=outcome, reason=reason, **nothing)
        line = write_receipt(tmp_path, receipt, None, TEXTS)[1].read_text()
        assert says in line and line.count("\n") == 1
    published = receipt_for(b"", outcome="published", reason="", **nothing | {"counts": {"read": 2, "published": 2}})
    line = write_receipt(tmp_path, published, None, TEXTS)[1].read_text()
    assert line.endswith("收到2 入库2 隔离0 重复0 搁置0\n")


def warned(original: bytes, **changes: object) -> Receipt:
    only = {"outcome": "published", "reason": "", "findings": pa.Table.from_pylist(FOUND[1:2], schema=FINDINGS)}
    return receipt_for(original, **only | changes)


def test_of_warnings_alone_it_says_how_to_confirm_them(tmp_path: Path) -> None:
    original = roster_xlsx()
    told, line, *_ = write_receipt(tmp_path, warned(original), original, TEXTS, DISPOSITIONS)
    for text in (told.read_text(), line.read_text()):
        assert "另有1处提醒" in text and "“处理结果”列填“确认无误”" in text and "{" not in line.read_text()
    line = write_receipt(tmp_path, warned(original), None, TEXTS)[1]
    assert "确实无误的，不必改动" in line.read_text() and "批注表" not in line.read_text(), "nothing to write it into"


def test_confirmed_warnings_are_counted_and_not_listed(tmp_path: Path) -> None:
    original = roster_xlsx()
    confirmed = pa.Table.from_pylist(FOUND[1:2], schema=FINDINGS)
    receipt = warned(original, findings=FINDINGS.empty_table(), confirmed=confirmed)
    told, line, _, page = write_receipt(tmp_path, receipt, original, TEXTS, DISPOSITIONS)
    content = json.loads(told.read_text())
    assert (content["confirmed"], content["findings_total"], content["findings"]) == (1, 0, [])
    assert "已确认1" in line.read_text() and "不必再做什么" in content["what_to_do"]
    assert "另有1处提醒您已确认无误" in page.read_text()


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"outcome": "published", "reason": "", "findings": FINDINGS.empty_table()},
        {"outcome": "unreadable", "reason": "encrypted", "sheets": [], "findings": None, "period": None, "kind": None},
        {"outcome": "held", "employer_uscc": None, "employer_name": None, "kind_reason": None},
        {"confirmed": pa.Table.from_pylist(FOUND[1:2], schema=FINDINGS)},
    ],
)
def test_the_json_has_the_published_form(tmp_path: Path, changes: dict[str, object]) -> None:
    original = roster_xlsx()
    receipt = receipt_for(
        original, **{"received_at": "2024-04-05T09:30:00+08:00", "receipt_no": "QD00000012"} | changes
    )
    told = json.loads(write_receipt(tmp_path, receipt, original, TEXTS, DISPOSITIONS)[0].read_text())
    jsonschema.Draft202012Validator(SCHEMA).validate(told)
    assert set(told) == set(SCHEMA["required"]), "every member is named by the schema and there"


@pytest.mark.parametrize(
    ("changes", "word", "says"),
    [
        ({"outcome": "held"}, "待核", "请按“原因”补充或改正"),
        ({"outcome": "held", "waits_for": "clerk"}, "待核", "核对后会另发回执"),
        ({"outcome": "held", "waits_for": "technician"}, "待核", "不必重新报送"),
        ({"counts": {"read": 3, "published": 0, "quarantined": 2, "set_aside": 1}}, "未能入库", "“隔离”"),
    ],
)
def test_who_has_to_do_something_is_said(tmp_path: Path, changes: dict[str, object], word: str, says: str) -> None:
    original = roster_xlsx()
    paths = write_receipt(tmp_path, receipt_for(original, **changes), original, TEXTS, DISPOSITIONS)
    told = json.loads(paths[0].read_text())
    assert told["outcome_zh"] == word and says in told["what_to_do"]
    assert f'处理结果：<span class="bad">{word}</span>' in paths[3].read_text(encoding="utf-8")


def test_every_outcome_has_words() -> None:
    assert [text.word for text in OUTCOMES.values()] == ["已入库", "部分入库", "待核", "退回", "无法读取", "重复报送"]
    assert all(text.next_step.endswith("。") for text in OUTCOMES.values())


@pytest.mark.parametrize(
    ("name", "safe"),
    [("../../etc/passwd", "etc_passwd"), ("花名册(3月)", "花名册(3月)"), ("a\u202egnp", "a_gnp"), ("…", "file")],
)
def test_safe_name(name: str, safe: str) -> None:
    assert safe_name(name) == safe


def test_long_han_name_fits_into_a_file_name(tmp_path: Path) -> None:
    receipt = receipt_for(roster_xlsx(), file_name="宁" * 80 + ".xlsx")
    paths = write_receipt(tmp_path, receipt, None, TEXTS)
    assert all(len(path.name.encode()) <= 255 and path.is_file() for path in paths)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_table_that_fills_all_columns_of_excel_gets_its_receipt_without_a_workbook(tmp_path: Path, form: str) -> None:
    """There is no column left for the results; JSON and line are written all the same."""
    extra = [f"备注{n}" for n in range(16_384 - 3)]
    rows = [["姓名", "身份证号", "手机号", *extra], ["张三", BAD_NUMBER, BAD_PHONE, *extra]]
    original = "\r\n".join(",".join(row) for row in rows).encode()
    if form == "xlsx":
        book = Workbook(write_only=True)
        sheet = book.create_sheet("在职")
        for row in rows:
            sheet.append(row)
        book.save(saved := BytesIO())
        original = saved.getvalue()
    paths = write_receipt(tmp_path, receipt_for(original), original, TEXTS, DISPOSITIONS)
    assert [path.suffix for path in paths] == [".json", ".txt", ".html", ".csv"]
    assert "批注表" not in paths[1].read_text() and "问题清单" in paths[1].read_text()


def test_a_copy_leaves_room_for_the_results() -> None:
    assert plain_copy(b",".join([b"x"] * 16_383))[1] == {1: "花名册"}
    with pytest.raises(Unreadable):
        plain_copy(b",".join([b"x"] * 16_384))


def test_links_in_the_employer_s_folder_lead_nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "receipts").symlink_to(tmp_path / "elsewhere")
    original = roster_xlsx()
    with pytest.raises(OSError):
        write_receipt(tmp_path / "receipts", receipt_for(original), original, TEXTS, DISPOSITIONS)
    assert not list((tmp_path / "elsewhere").iterdir())
    (tmp_path / "precious").write_text("precious")
    monkeypatch.setattr("clearbase.receipts.write.secrets.token_hex", lambda _: "guessed")
    folder = tmp_path / "own"
    folder.mkdir()
    name = "R20240405-000012_某某机械2024年3月花名册.json"
    (folder / f".{name[-60:]}.guessed.tmp").symlink_to(tmp_path / "precious")
    with pytest.raises(FileExistsError):
        write_receipt(folder, receipt_for(original), original, TEXTS, DISPOSITIONS)
    assert (tmp_path / "precious").read_text() == "precious"
