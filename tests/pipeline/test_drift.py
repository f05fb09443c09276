"""Weights by month and model: how far a month is from those before it, as a table and as a page."""

from __future__ import annotations

import datetime as dt
import math
import re
from types import SimpleNamespace
from typing import Any

import pytest
from rosters import PEOPLE
from sending import Base
from sqlalchemy import create_engine, text

from clearbase.pipeline.drift import drift_of, months_of, stability_index
from clearbase.pipeline.drift_page import drift_page

JANUARY, FEBRUARY = dt.date(2026, 1, 1), dt.date(2026, 2, 1)


def rows(month: dt.date, counts: dict[int, int], verdict: str = "same", model: str = "m1") -> list[Any]:
    return [
        SimpleNamespace(month=month, model=model, bits=bits, verdict=verdict, decisions=n) for bits, n in counts.items()
    ]


def test_the_index_is_the_sum_over_buckets() -> None:
    assert stability_index({20: 10, 22: 30}, {20: 100, 22: 300}) == pytest.approx(0)
    by_hand = (0.5 - 0.25) * math.log(0.5 / 0.25) + (0.5 - 0.75) * math.log(0.5 / 0.75)
    assert stability_index({20: 25, 22: 75}, {20: 40, 22: 40}) == pytest.approx(by_hand)
    assert math.isfinite(stability_index({20: 100}, {30: 100})) and stability_index({20: 100}, {30: 100}) > 1


def test_a_month_is_judged_against_all_before_it_of_its_model() -> None:
    told = months_of(
        rows(JANUARY, {20: 300, 24: 300})
        + rows(JANUARY, {2: 100}, "unsure")
        + rows(FEBRUARY, {20: 310, 24: 290, 2: 100})
        + rows(dt.date(2026, 3, 1), {40: 400})
        + rows(dt.date(2026, 4, 1), {40: 10})
        + rows(FEBRUARY, {20: 500}, model="m2")
    )
    assert [(m.model, m.month.month, m.judgement) for m in told] == [
        ("m1", 1, "first"),
        ("m1", 2, "stable"),
        ("m1", 3, "shifted"),
        ("m1", 4, "few"),
        ("m2", 2, "first"),
    ]
    assert (told[0].same, told[0].review, told[0].decisions, told[2].before) == (600, 100, 700, 1400)


def test_weights_far_out_are_counted_with_the_outermost() -> None:
    (month,) = months_of(rows(JANUARY, {-60: 1, -20: 2, 58: 3, 200: 4}))
    assert dict(month.buckets) == {-20: 3, 58: 7}


def test_the_page_stands_alone() -> None:
    months = months_of(rows(JANUARY, {20: 300, 2: 40}) + rows(FEBRUARY, {20: 290, 2: 60}, model="m<1>"))
    page = drift_page(months, dt.datetime(2026, 3, 1, 8, 30))
    assert "m&lt;1&gt;" in page and "m<1>" not in page
    assert page.count("<svg") == 2 and "评分漂移" in page and "Drift" in page
    assert not re.search(r"https?://|src=|url\(|<script|<link", page)
    assert "尚未" in drift_page([], dt.datetime(2026, 3, 1))


def test_scored_decisions_of_the_ledger_are_counted_and_peoples_are_not(base: Base) -> None:
    assert base.send(PEOPLE, "2026-01") == "published"
    with base.database.loader.connect() as connection:
        assert drift_of(connection) == []
    with create_engine(base.database.admin).begin() as connection:  # as the resolver leaves them
        connection.execute(
            text("""INSERT INTO ledger.identity_decision
                        (source_id, line_id, person_id, verdict, rule, decided_by, weight, model, recorded_at, act,
                         levels)
                    SELECT source_id, line_id, person_id, verdict, rule, 'model', 23.4, 'm1', '2026-01-31 18:00+00', a,
                        said
                    FROM ledger.identity_decision, (VALUES (NULL::bigint), (1)) AS act(a),
                        (VALUES (NULL), ('name=same')) AS compared(said)
                    WHERE line_id % 16777216 = 1""")
        )
        connection.execute(
            text("""INSERT INTO ledger.identity_act (kind, person_id, other_person_id, reason, decided_by)
                    VALUES ('merge', 1, 2, 'x', 'x')""")
        )
    with base.database.loader.connect() as connection:
        (month,) = drift_of(connection)
    assert (month.month, month.model, dict(month.buckets), month.same) == (FEBRUARY, "m1", {22: 1}, 1)
