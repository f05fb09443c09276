"""The rules' own texts, as the receipts use them."""

from __future__ import annotations

from pathlib import Path

import pytest

from clearbase.quality.file_rules import file_rules
from clearbase.reading.observations import OBSERVED
from clearbase.receipts.formulas import is_harmless
from clearbase.receipts.marks import told, told_of_all
from clearbase.receipts.texts import field_labels, rule_texts, text_of
from clearbase.settings import EXPECTATIONS


def test_every_rule_of_the_suite_says_what_was_found_expected_and_how_to_mend() -> None:
    texts = rule_texts(EXPECTATIONS / "roster_line.json")
    assert len(texts) >= 15
    for code, text in texts.items():
        assert text.zh_found and text.zh_expected and text.zh_mend, code
        for part in (text.zh_found, text.zh_expected, text.zh_mend):
            for shown in (told(part, "甲"), told(part, None), told_of_all(part)):
                assert "{" not in shown, code


def test_a_value_with_braces_is_shown_as_it_is() -> None:
    assert told("姓名“{value}”不像姓名", "{0}{value}") == "姓名“{0}{value}”不像姓名"
    assert told_of_all("姓名“{value}”不像姓名") == "姓名不像姓名"


def test_a_rule_without_texts_is_told_by_its_code(tmp_path: Path) -> None:
    assert set(rule_texts(tmp_path / "none.json")) == set(OBSERVED) | {rule.code for rule in file_rules()}
    assert "NEW_RULE" in text_of("NEW_RULE", "warning", {}).zh_found


def test_labels_come_from_the_catalogue() -> None:
    assert field_labels(EXPECTATIONS / "fields.csv")["id_number"] == "公民身份号码"


@pytest.mark.parametrize(
    ("formula", "harmless"),
    [
        ("=ROW()-2", True),
        ('=IF(MOD(MID(C3,17,1),2)=1,"男","女")', True),
        ('=VLOOKUP(A2,部门!A:B,2,FALSE)&"|[x]"', True),
        ("=cmd|'/c calc'!A1", False),
        ("='[别的表.xlsx]Sheet1'!A1", False),
        ('=HYPERLINK("http://a","b")', False),
        ("=_xlfn.WEBSERVICE(A1)", False),
        ('=INDIRECT("A"&1)', False),
    ],
)
def test_which_formulas_may_stay(formula: str, harmless: bool) -> None:
    assert is_harmless(formula) is harmless
