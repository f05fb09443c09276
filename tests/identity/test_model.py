"""The model that decides is the one that is reviewed; the evaluation meets the bars."""

from __future__ import annotations

import json
import math
from collections.abc import Callable

import pytest

from clearbase.identity.draw import draw, with_check
from clearbase.identity.draw_words import NAME_KINDS, NUMBER_KINDS, OTHER_KINDS
from clearbase.identity.evaluate import evaluate
from clearbase.identity.model import MODEL, Model, load_model
from clearbase.identity.report import model_table, report_of
from clearbase.identity.train import train
from clearbase.linking_console import model_text
from clearbase.settings import PROJECT
from clearbase.standards import identity_number


def test_bits_are_those_of_m_and_u() -> None:
    for comparison in load_model().content["comparisons"]:
        assert "m" not in comparison["levels"][0]
        for level in comparison["levels"][1:]:
            assert level["bits"] == round(math.log2(level["m"] / level["u"]), 1), (comparison["name"], level["level"])
            assert level["m"] >= 1e-3


def test_the_version_is_that_of_the_content() -> None:
    model = load_model()
    assert Model(json.loads(model_text(model))).version == model.version
    assert MODEL.read_text(encoding="utf-8") == model_text(model)
    other = json.loads(model_text(model))
    other["thresholds"]["same"] += 1
    assert Model(other).version != model.version


def test_the_table_in_the_docs_is_that_of_the_model() -> None:
    assert model_table(load_model()) in (PROJECT / "docs" / "identity.md").read_text(encoding="utf-8")


def test_the_draw_is_the_same_for_a_seed_and_spoils_in_every_way() -> None:
    one, again, other = draw(3, 6000), draw(3, 6000), draw(4, 300)
    assert (one.records, one.rows) == (again.records, again.rows) and one.rows[0] != other.rows[0]
    befell = {kind for told in one.row_kinds for kind in told}
    assert {kind for kinds in (NUMBER_KINDS, NAME_KINDS, OTHER_KINDS) for kind, _ in kinds} <= befell
    assert {
        "has a twin", "has a brother or sister", "has a namesake", "has a namesake born on one day",
        "name with a character outside GBK", "name with a substitute for a rare character",
        "name: 己, 已 and 巳 confused", "name without its dot", "name of a foreigner",
        "number of an area that is no county",
    } <= befell  # fmt: skip
    assert all(identity_number.is_valid(person.number) for person in one.people)
    assert len({person.number for person in one.people}) == len(one.people)


def test_the_check_in_the_draw_is_another_hands() -> None:
    assert with_check("11010519491231002") == "11010519491231002X"


def test_training_counts_what_the_draw_shows() -> None:
    model = train(load_model(), [1], 600)
    assert model.version != load_model().version
    for comparison in model.content["comparisons"]:
        for level in comparison["levels"][1:]:
            assert 1e-3 <= level["m"] <= 1 and 0 < level["u"] <= 1
    assert model.bits("household", "same") > model.bits("household", "county") > model.bits("household", "other")
    assert model.bits("phone", "same") > 10 > 0 > model.bits("phone", "other")


def test_a_small_draw_meets_the_bars(figure: Callable[[str], None]) -> None:
    found = evaluate(draw(11, 1500), load_model())
    assert found.all.same_wrong == 0 and found.pairs_said == found.pairs_right
    assert found.all.recall >= 0.995 and found.all.review <= 0.02 * found.all.rows and found.pair_recall >= 0.98
    report = report_of(found, load_model(), 11, 1500)
    assert "number borrowed" in report
    assert "| error kind | rows | registered | right | wrong | in review | precision | recall |" in report
    assert "| has a brother or sister |" in report and "| 1.00000 | 1.0000 |" in report


@pytest.mark.all
def test_the_model_is_what_training_gives() -> None:
    """With the settings that it names, which are those of the command."""
    model = load_model()
    settings = model.content["trained"]
    assert (settings["seeds"], settings["persons"]) == ([9001, 9002, 9003], 8000)
    assert model_text(train(model, settings["seeds"], settings["persons"])) == MODEL.read_text(encoding="utf-8")


@pytest.mark.all
@pytest.mark.parametrize("seed", [101, 102, 103])
def test_fresh_draws_meet_the_bars(seed: int, figure: Callable[[str], None]) -> None:
    found = evaluate(draw(seed, 20_000), load_model())
    whole, borrowed = found.all, found.by_kind["number borrowed"]
    share = whole.review / whole.rows
    figure(
        f"identity, seed {seed}: precision {whole.precision:.5f}, recall {whole.recall:.5f}, review {share:.2%}, "
        f"pairs {found.pair_precision:.5f} and {found.pair_recall:.5f}"
    )
    assert whole.precision >= 0.9998 and whole.recall >= 0.995 and whole.review <= 0.02 * whole.rows
    assert borrowed.rows and not borrowed.same_right + borrowed.same_wrong
    assert found.pair_precision >= 0.9998 and found.pair_recall >= 0.98
