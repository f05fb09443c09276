"""What was weighed is told comparison by comparison, in words and in bits that add up."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from clearbase.identity.model import load_model
from clearbase.pipeline.evidence import COMPARED, FOUND, SHOWN, evidence, gathered

MODEL = load_model()
LEVELS = "name=same number=mended sex=same phone=missing household=county current=other"


def decision(weight: float = 24.0, model: str = MODEL.version, levels: str | None = LEVELS) -> SimpleNamespace:
    return SimpleNamespace(weight=weight, model=model, levels=levels)


def test_every_level_of_the_model_has_its_words() -> None:
    assert list(COMPARED) == MODEL.comparisons
    assert FOUND.keys() == {(name, level) for name in MODEL.comparisons for level in MODEL.levels(name)}


def test_the_bits_add_up_and_a_rare_name_takes_what_is_left() -> None:
    told = evidence([("12/1/7", decision())], MODEL)
    assert [line["compared"].split()[0] for line in told] == [
        *("start", "name", "number", "sex", "household", "current", "together"),
    ], "what one side does not tell is left out"
    assert sum(float(line["bits"]) for line in told[:-1]) == pytest.approx(24.0, abs=0.3)
    assert told[-1]["bits"] == "+24.0" and told[0]["rows"] == "12/1/7"
    others = MODEL.prior_bits + sum(MODEL.bits(*level.split("=")) for level in LEVELS.split()[1:])
    assert float(told[1]["bits"]) == pytest.approx(24.0 - others, abs=0.1)


def test_of_an_earlier_model_the_levels_stand_without_bits() -> None:
    told = evidence([("12/1/7", decision(model="0123456789ab"))], MODEL)
    assert [line["bits"] for line in told] == ["", "", "", "", "", "", "+24.0"]
    assert told[2]["level"] == "mended" and told[-1]["found"] == "model 0123456789ab"


def test_rows_that_were_weighed_alike_are_told_once_and_the_rest_is_counted() -> None:
    months = [(f"{n}/1/7", decision()) for n in range(4)]
    (one,) = gathered([*months, ("9/1/1", decision(levels=None))])
    assert one[0] == "0/1/7, 1/1/7, 2/1/7 … 4 rows"
    many = gathered([(f"{n}/1/7", decision(weight=n)) for n in range(SHOWN + 2)])
    assert many[0][1].weight == SHOWN + 1, "the heaviest first"
    assert evidence(many, MODEL)[-1]["rows"] == "… 2 more 另有 2 种"
