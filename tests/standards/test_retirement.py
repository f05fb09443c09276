import json
from pathlib import Path

import pytest

from clearbase.standards import retirement

VECTORS = json.loads((Path(__file__).parents[1] / "data" / "vectors.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("vector", VECTORS["retirement_2025"], ids=lambda v: f"{v['group']} {v['birth']}")
def test_the_month_of_retirement(vector):
    assert retirement.month(vector["birth"], vector["group"]) == vector["retire_month"]
    assert retirement.month(vector["birth"] + "-15", vector["group"]) == vector["retire_month"]
