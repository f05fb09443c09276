"""Hostile and hopeless files: what comes back says what was found and what to do next, to who never saw the system."""

from __future__ import annotations

import html
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hopeless_files import FILES, OTHER_NAME, SECRETS
from rosters import EMPLOYER, OTHER_EMPLOYER
from sending import Base, base_of

from clearbase.ledger.employers import Employer, record_employer

MONTHS = {name: f"2025-{month:02d}" for month, name in enumerate(FILES, 1) if month <= 12}


@pytest.fixture(scope="module")
def answered(
    new_home: Callable[[], Path], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Base, dict[str, str]]]:
    """Every file sent by one employer, a month each, so that none speaks of another."""
    folder = tmp_path_factory.mktemp("hopeless")
    with base_of(new_home(), folder) as base:
        with base.database.loader.begin() as connection:
            record_employer(connection, Employer(EMPLOYER, "宁波甲乙电子有限公司"), "test")
            record_employer(connection, Employer(OTHER_EMPLOYER, OTHER_NAME), "test")
        became = {}
        for name, (make, *_) in FILES.items():
            (folder / name).write_bytes(make())
            became[name] = base.send_file(folder / name, MONTHS.get(name, "2026-01"), "full")
        yield base, became


def answer(base: Base, name: str) -> dict[str, Path]:
    """End of the name → file, of the newest receipt of this file."""
    found = base.settings.receipts_folder(EMPLOYER).glob(f"*_{Path(name).stem.replace('.', '_')}.*")
    return {path.suffix: path for path in sorted(found)}


def words(page: Path) -> str:
    text = re.sub(r"<style>.*?</style>", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    return html.unescape(re.sub(r"<[^>]*>", " ", text))


@pytest.mark.parametrize("name", FILES)
def test_it_says_what_was_found_and_what_to_do(answered: tuple[Base, dict[str, str]], name: str) -> None:
    base, became = answered
    _, outcome, says = FILES[name]
    assert became[name].split()[0] in outcome.split()
    files = answer(base, name)
    line, page, told = files[".txt"].read_text(encoding="utf-8"), words(files[".html"]), _json(files[".json"])
    assert line.count("\n") == 1 and told["what_to_do"]
    for text in says:
        assert text in page, text
    assert re.search("重新报送|再报送|联系|保存、报送|报送员工花名册|报送原始", line), "what to do next"
    assert told["reason"] or told["findings"], "and why"


@pytest.mark.parametrize("name", FILES)
def test_no_codes_no_traceback_and_nobody_s_data_outside_the_workbook(
    answered: tuple[Base, dict[str, str]], name: str
) -> None:
    base, _ = answered
    files = answer(base, name)
    for end, path in files.items():
        if end == ".xlsx":
            assert zipfile.is_zipfile(path)
            continue
        text = path.read_text(encoding="utf-8")
        assert "Traceback" not in text and "Error" not in text
        for secret in SECRETS:
            assert secret not in text, (end, secret)
    for text in (files[".txt"].read_text(encoding="utf-8"), words(files[".html"])):
        bare = text.replace(files[".html"].stem, "").replace(name, "")
        assert not re.search(r"[a-z]+_[a-z]+|[A-Z]{3,}_|\bnull\b|\bNone\b", bare), "a code of ours"


def test_only_who_sent_it_gets_other_people_back(answered: tuple[Base, dict[str, str]]) -> None:
    base, _ = answered
    assert not list(base.settings.receipts_folder(OTHER_EMPLOYER).glob("*"))
    assert ".xlsx" in answer(base, "others.xlsx"), "the sender's own file, with what is wrong in it"


def test_what_was_read_comes_back_marked_whatever_became_of_it(answered: tuple[Base, dict[str, str]]) -> None:
    base, became = answered
    marked = {name for name in FILES if ".xlsx" in answer(base, name)}
    read = {name for name in FILES if became[name].split()[0] in ("published", "held", "refused")}
    assert marked == read - {"header-only.xlsx"}, "there is nobody in it"


def _json(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content
