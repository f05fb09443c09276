"""An employer sends its month once as one table and once as a workbook by workshops: the later one takes the place of
the former where it names nearly all of its people; what is in between is asked about."""

from __future__ import annotations

import json
from typing import Any

import pytest
from rosters import EMPLOYER, workbook, worker
from sending import Base
from sqlalchemy import text
from test_replay import replay

from clearbase.pipeline.holds import decide_hold, waiting_holds
from clearbase.pipeline.rebuild import rebuild_and_compare
from clearbase.pipeline.reply import receipt_number
from clearbase.pipeline.trace import trace
from clearbase.pipeline.undo import decide_submission
from clearbase.warehouse.statements import statements_of

STAFF = [worker(n) for n in range(20)]


def book(first: list[Any], second: list[Any], **others: list[Any]) -> dict[str, list[Any]]:
    return {"一车间": first, "二车间": second, **others}


def effective(base: Base) -> list[int]:
    """Submissions of which something counts."""
    with base.database.loader.connect() as connection:
        sql = text("SELECT DISTINCT submission_id FROM ledger.effective_sheet ORDER BY 1")
        return list(connection.execute(sql).scalars())


def is_rebuilt(base: Base) -> bool:
    return [told.table for told in rebuild_and_compare(base.database) if not told.is_same] == []


def derived(base: Base) -> dict[str, Any]:
    """Hashes of what is derived."""
    with base.database.loader.connect() as connection:
        return {
            name: connection.execute(query).one().hash
            for name, query in statements_of("fingerprint").items()
            if name in ("fact_employment", "spell_state", "fact_match", "fact_told_street", "headcount_month")
        }


def test_a_workbook_by_workshops_takes_the_place_of_the_flat_roster_of_its_month(base: Base) -> None:
    base.send(STAFF, "2026-01")
    base.send([*STAFF, worker(30)], "2026-02")
    before = derived(base)
    assert base.send_sheets(book(STAFF[:10], STAFF[10:18]), "2026-02") == "published"
    assert effective(base) == [1, 3]
    assert base.headcounts() == [20, 18], "whom it does not name has left, and whom the flat one alone named never came"
    assert is_rebuilt(base)
    decide_submission(base.database, 3, "undone", "wrong file", "test", commit=True)
    assert derived(base) == before and effective(base) == [1, 2], "the flat one stands again"
    assert is_rebuilt(base)
    decide_submission(base.database, 3, "redone", "it was right", "test", commit=True)
    assert base.headcounts() == [20, 18] and is_rebuilt(base)


def test_the_receipt_and_the_trace_tell_whose_place_it_takes(base: Base) -> None:
    base.send(STAFF, "2026-01")
    base.send_sheets(book(STAFF[:10], STAFF[10:18]), "2026-01")
    file = sorted(base.settings.receipts_folder(EMPLOYER).glob("*.json"))[-1]
    told = json.loads(file.read_text(encoding="utf-8"))["reason"]
    assert receipt_number(1) in told and "20人中的18人" in told and "全单位" in told
    with base.database.loader.connect() as connection:
        sections = dict(trace(connection, base.database.keyring, "2"))
        assert [tuple(row) for row in sections["whose place it takes"]] == [(1, 20, 18, True)]
        assert dict(trace(connection, base.database.keyring, "1"))["submission 1"][0].effect.startswith("replaced")


def test_without_the_flat_one_it_is_of_its_workshops_alone(base: Base) -> None:
    """As if it had never been sent."""
    base.send([*STAFF, worker(40)], "2026-01", title="三车间2026年1月花名册")
    base.send(STAFF, "2026-02")
    assert base.headcounts() == [21, 20]
    base.send_sheets(book(STAFF[:10], STAFF[10:]), "2026-02")
    assert base.headcounts() == [21, 20]
    decide_submission(base.database, 2, "undone", "wrong file", "test", commit=True)
    assert base.headcounts() == [21, 21] and is_rebuilt(base), "of the third workshop nothing is known in February"
    decide_submission(base.database, 2, "redone", "it was right", "test", commit=True)
    assert base.headcounts() == [21, 20] and is_rebuilt(base)


def test_later_months_and_late_months_end_in_the_same_tables(base: Base) -> None:
    months = [
        ("2026-01", STAFF),
        ("2026-02", STAFF),
        ("2026-02", book(STAFF[:10], STAFF[10:17])),
        ("2026-03", book(STAFF[:9], STAFF[10:17])),
    ]
    for month, what in [months[3], months[1], months[2], months[0]]:
        done = base.send_sheets(what, month) if isinstance(what, dict) else base.send(what, month)
        assert done == "published", (month, done)
    assert base.headcounts() == [20, 17, 16] and is_rebuilt(base)


def test_in_their_order_a_month_is_whole_once_the_units_of_the_workbook_are_there_again(base: Base) -> None:
    base.send(STAFF, "2026-01")
    base.send(STAFF, "2026-02")
    base.send_sheets(book(STAFF[:10], STAFF[10:17]), "2026-02")
    base.send([worker(50)], "2026-02", "joiners")
    base.send_sheets(book(STAFF[:9], STAFF[10:17]), "2026-03")
    assert base.headcounts() == [21, 18, 16] and is_rebuilt(base), "who came by a list is missed in March as well"


def test_a_flat_roster_takes_the_place_of_the_workbook(base: Base) -> None:
    base.send_sheets(book(STAFF[:10], STAFF[10:]), "2026-01")
    assert base.send(STAFF[:17], "2026-01") == "published"
    assert effective(base) == [2] and base.headcounts() == [17] and is_rebuilt(base)
    decide_submission(base.database, 2, "undone", "wrong file", "test", commit=True)
    assert effective(base) == [1] and base.headcounts() == [20] and is_rebuilt(base)


@pytest.mark.parametrize("flat_first", [True, False])
def test_what_overlaps_partly_is_asked_about_and_approved_it_is_the_whole(base: Base, flat_first: bool) -> None:
    people = [*STAFF[:13], *(worker(n) for n in range(30, 35))]
    if flat_first:
        base.send(STAFF, "2026-01")
        assert base.send_sheets(book(people[:9], people[9:]), "2026-01") == "held replacement_doubtful"
    else:
        base.send_sheets(book(STAFF[:10], STAFF[10:]), "2026-01")
        assert base.send(people, "2026-01") == "held replacement_doubtful"
    assert base.headcounts() == [20]
    (held,) = waiting_holds(base.database)
    assert (held.replaced, held.named_again, held.missing) == (20, 13, 7)
    decide_hold(base.settings, base.database, held.submission_id, "approved", "ten were another firm's", "test")
    assert base.newest() == "published" and base.headcounts() == [18] and effective(base) == [3]
    assert is_rebuilt(base)
    decide_submission(base.database, 3, "undone", "it was wrong", "test", commit=True)
    assert base.headcounts() == [20] and is_rebuilt(base)


def test_below_half_a_workbook_is_a_part_and_replaces_nothing(base: Base) -> None:
    base.send(STAFF, "2026-01")
    assert base.send_sheets(book(STAFF[:5], STAFF[5:9]), "2026-01") == "published"
    assert effective(base) == [1, 2] and base.headcounts() == [20] and is_rebuilt(base)


def test_a_table_of_one_workshop_stays_a_part_however_many_it_names(base: Base) -> None:
    """The office, whose table comes by another hand, has not left."""
    base.send(STAFF, "2026-01")
    assert base.send(STAFF[:18], "2026-01", title="一车间2026年1月花名册") == "published"
    assert effective(base) == [1, 2] and base.headcounts() == [20]


def test_leavers_on_a_sheet_of_their_own_do_not_make_it_another_thing(base: Base) -> None:
    header = ["序号", "姓名", "身份证号", "性别", "手机号", "户籍地址", "现居住地址", "入职日期", "离职日期"]
    people = [[*person, ""] for person in STAFF]
    base.send(people, "2026-01", header=header)
    gone = [[*person[:-1], "2026-01-20"] for person in people[18:]]
    base.send_sheets(book(people[:10], people[10:18], 离职人员=gone), "2026-01", header=header)
    assert effective(base) == [2] and base.headcounts() == [18] and is_rebuilt(base)


def test_replayed_both_stand_to_one_another_as_before(base: Base) -> None:
    people = [*STAFF[:13], *(worker(n) for n in range(30, 35))]
    base.send(STAFF, "2026-01")
    base.send_sheets(book(people[:9], people[9:]), "2026-01")
    (held,) = waiting_holds(base.database)
    decide_hold(base.settings, base.database, held.submission_id, "approved", "ten were another firm's", "test")
    before = base.headcounts()
    replay(base)
    assert len(effective(base)) == 1 and effective(base)[0] > 3
    assert base.headcounts() == before and is_rebuilt(base)


def test_an_office_without_a_unit_beside_its_workshops_is_not_the_whole_employer_s(base: Base) -> None:
    """A workbook of an office and two workshops, then the two workshops again: the office is still there."""
    office, one, two = [worker(n) for n in range(30, 42)], STAFF[:10], STAFF[10:]
    more = [worker(n) for n in range(50, 90)]
    base.send_sheets({"名单": office, "一车间": [*one, *more], "二车间": two}, "2026-01")
    assert base.headcounts() == [72]
    assert base.send_sheets(book([*one, *more], two), "2026-01") == "published"
    assert base.headcounts() == [72], "nobody of the office has left"
    assert is_rebuilt(base)


def test_a_workshop_beside_the_whole_employer_s_table_stands_beside_the_workbook_too(base: Base) -> None:
    """Whose place is taken is the table of all; what stood beside it of a workshop of its own goes on."""
    third = [worker(n) for n in range(50, 55)]
    base.send_sheets({"名单": STAFF, "三车间": third}, "2026-01")
    assert base.headcounts() == [25]
    assert base.send_sheets(book(STAFF[:10], STAFF[10:]), "2026-01") == "published"
    assert base.headcounts() == [25] and is_rebuilt(base)


def receipt(base: Base) -> str:
    file = sorted(base.settings.receipts_folder(EMPLOYER).glob("*.json"))[-1]
    return str(json.loads(file.read_text(encoding="utf-8"))["reason"])


def test_a_file_of_one_workshop_that_comes_again_still_counts_beside_another_one(base: Base) -> None:
    first = workbook(base.folder / "1.xlsx", {"花名册": STAFF[:10]}, title="一车间2026年1月花名册")
    base.send_file(first, "2026-01", "full")
    base.send(STAFF[10:], "2026-01", title="二车间2026年1月花名册")
    assert base.send_file(first, "2026-01", "full").startswith("repeated")
    assert effective(base) == [1, 2] and "现以那一份为准" not in receipt(base)
    base.send(STAFF[:9], "2026-01", title="一车间2026年1月花名册")
    assert base.send_file(first, "2026-01", "full").startswith("repeated")
    assert effective(base) == [2, 4] and "现以那一份为准" in receipt(base)


def test_the_receipt_says_that_whom_the_workbook_does_not_list_has_left(base: Base) -> None:
    base.send(STAFF, "2026-01")
    base.send(STAFF, "2026-02")
    base.send_sheets(book(STAFF[:10], STAFF[10:18]), "2026-02")
    assert base.headcounts() == [20, 18]
    assert "本文件没有列出的在职人员，按已离职处理" in receipt(base)
