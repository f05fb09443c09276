"""Every rule that decides whom a row stands for says why in both languages."""

from __future__ import annotations

import re

from clearbase.pipeline.decision_words import WORDS
from clearbase.settings import SQL

NO_RULE = {"same", "unsure", "different", "apart", "model", "rule"}  # verdicts, acts, who decided: told in the same way
TOLD = re.compile(r"(?:rule = |THEN |ELSE )'([a-z]+(?:_[a-z]+)*)'|'([a-z_]+)' AS rule")


def test_every_rule_of_the_statements_has_its_words() -> None:
    rules = {
        name
        for folder in ("resolve", "registry", "person")
        for file in (SQL / folder).glob("*.sql")
        for found in TOLD.findall(file.read_text(encoding="utf-8"))
        for name in found
        if name
    }
    assert {"number_and_name", "same_row", "registry_double", "apart_by_person"} <= rules
    assert rules - NO_RULE - WORDS.keys() == set()


def test_they_are_words_of_both_languages() -> None:
    for rule, (english, chinese) in WORDS.items():
        assert english.isascii() and re.search("[\u4e00-\u9fff]", chinese), rule
