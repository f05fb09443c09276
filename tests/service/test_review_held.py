"""A file that is held for doubt is asked about in Required Actions; what a person chooses there is done."""

from __future__ import annotations

import time
from typing import Any

import pytest
from rosters import EMPLOYER, roster, worker
from running_up import Up
from sqlalchemy import text

from clearbase.pipeline.holds import decide_hold, waiting_holds
from clearbase.service.rest import Rest
from clearbase.warehouse.database import open_database

STAFF = [worker(n) for n in range(20)]


def outcome(up: Up, files: int) -> list[str]:
    """Outcomes of all files, once there are so many."""
    deadline = time.monotonic() + 120
    while True:
        with open_database(up.settings) as database, database.loader.connect() as connection:
            rows = connection.execute(
                text("SELECT outcome FROM intake.submission WHERE state = 'closed' ORDER BY submission_id")
            )
            found = list(rows.scalars())
        if len(found) >= files:
            return found
        assert time.monotonic() < deadline, found
        time.sleep(0.5)


def asked(rest: Rest, run: str, files: int = 1) -> list[dict[str, Any]]:
    """The questions of this run, once they stand in Required Actions."""
    deadline = time.monotonic() + 120
    while True:
        details = rest.call("GET", f"/dags/review_held/dagRuns/{run}/hitlDetails")["hitl_details"]
        if len(details) == files:
            return list(details)
        assert time.monotonic() < deadline, rest.tasks("review_held", run)
        time.sleep(0.5)


@pytest.mark.parametrize(
    ("month", "chosen", "ends"),
    [
        (2, "批准入库", ["held", "published"]),
        pytest.param(3, "退回单位", ["refused"], marks=pytest.mark.all),
    ],
)
def test_what_is_chosen_in_required_actions_is_done(up: Up, month: int, chosen: str, ends: list[str]) -> None:
    inbox, rest = up.settings.drop_folder / EMPLOYER / "inbox", up.rest()
    before = len(outcome(up, 0))
    roster(inbox / f"2026年{month - 1}月在职花名册.xlsx", STAFF)
    before = len(outcome(up, before + 1))
    roster(inbox / f"2026年{month}月在职花名册.xlsx", STAFF[: 9 - month])
    assert outcome(up, before + 1)[-1] == "held"
    run = rest.trigger("review_held")
    (question,) = asked(rest, run)
    assert question["options"] == ["批准入库", "退回单位", "暂不决定"]
    assert "全员名册缺少的在职人员明显多于以往的变动" in question["subject"] and "| 20 |" in question["body"]
    assert not any(person[0] in question["body"] or person[1] in question["body"] for person in STAFF)
    place = f"/dags/review_held/dagRuns/{run}/taskInstances/review.ask/0/hitlDetails"
    rest.call("PATCH", place, chosen_options=[chosen], params_input={"reason": "已电话核实"})
    assert rest.wait("review_held", run)["state"] == "success", rest.tasks("review_held", run)
    assert outcome(up, before + len(ends))[-len(ends) :] == ends
    with open_database(up.settings) as database, database.loader.connect() as connection:
        decided = connection.execute(text("SELECT reason FROM ledger.hold_decision ORDER BY decision_id DESC LIMIT 1"))
        assert decided.scalar() == "已电话核实"


def test_of_two_questions_the_one_that_is_answered_is_acted_upon_and_the_other_blocks_nothing(up: Up) -> None:
    inbox, rest = up.settings.drop_folder / EMPLOYER / "inbox", up.rest()
    before = len(outcome(up, 0))
    roster(inbox / "2026年5月在职花名册.xlsx", STAFF)
    before = len(outcome(up, before + 1))
    for month in (6, 7):  # fewer than whatever was let before explains
        roster(inbox / f"2026年{month}月在职花名册.xlsx", STAFF[:1])
    assert outcome(up, before + 2)[-2:] == ["held", "held"]
    run = rest.trigger("review_held")
    questions = asked(rest, run, 2)
    first = min(questions, key=lambda question: question["subject"])
    instance = first["task_instance"]
    place = f"/dags/review_held/dagRuns/{run}/taskInstances/review.ask/{instance['map_index']}/hitlDetails"
    rest.call("PATCH", place, chosen_options=["退回单位"], params_input={"reason": "名单不全"})
    deadline = time.monotonic() + 200  # the triggerer comes late on a busy machine
    while sorted(outcome(up, 0)[-2:]) != ["held", "refused"]:
        assert time.monotonic() < deadline, rest.tasks("review_held", run)
        time.sleep(0.5)
    with open_database(up.settings) as database:
        (waiting,) = waiting_holds(database)
        decide_hold(up.settings, database, waiting.submission_id, "refused", "by command", "test")
    assert rest.trigger("review_held") != run, "the next run goes on beside the open question"
