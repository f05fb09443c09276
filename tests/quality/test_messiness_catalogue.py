"""Every entry of sections C to F of the messiness catalogue has a test that is named after its id."""

import re
from pathlib import Path

import pytest

CATALOGUE = Path(__file__).parents[1] / "data" / "messiness.md"
IDS = re.findall(r"^\| ([C-F][0-9]+) \|", CATALOGUE.read_text(encoding="utf-8"), re.MULTILINE)


def test_the_catalogue_is_whole():
    assert len(IDS) == len(set(IDS)) == 16 + 9 + 9 + 18


@pytest.mark.parametrize("entry", IDS)
def test_the_entry_has_a_test(entry):
    tests = Path(__file__).with_name(f"test_messiness_{entry[0].lower()}.py").read_text(encoding="utf-8")
    assert re.search(rf"^def test_{entry.lower()}_", tests, re.MULTILINE)
