"""Rosters are sent and sent again, extracts loaded, and people merge, split, tell apart and take back, in any order:
what they decided stands, ids stay, and the tables are what the ledger says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule
from ledger_world import Row, Sending, World, run_machine
from sqlalchemy import text

from clearbase.errors import RequestError
from clearbase.intake.claim import LINES_A_SOURCE
from clearbase.pipeline.persons import merge_persons, part_persons, split_person, undo_act
from clearbase.pipeline.rebuild import DECIDED, rebuild_and_compare
from clearbase.pipeline.registry import load_registry
from clearbase.pipeline.verify import TOUCHED, verify
from clearbase.settings import Settings
from clearbase.warehouse.database import Database
from clearbase.warehouse.statements import statement, statements_of

WORKERS, MONTHS = 4, 3
REBUILT = ("line_person", "record_person", "review_case", "person_token", "negative")
BATCH = {"batch_id": None}
WHY = "the machine wants it"
Where = dict[int, tuple[int, int | None]]  # line or record → person, and beside whom in review

rows = st.builds(
    Row, worker=st.integers(0, WORKERS - 1), how=st.sampled_from(["", "", "other name", "number lost", "number lost"])
)
files = st.builds(
    Sending,
    employer=st.integers(0, 1),
    month=st.integers(1, MONTHS),
    kind=st.sampled_from(["full", "joiners", "changes"]),
    rows=st.lists(rows, min_size=1, max_size=5, unique=True).map(tuple),
)


@dataclass
class Done:
    """An act: the rows that it decided with where they were before, its two sides where it holds apart."""

    act: int
    kind: str
    persons: frozenset[int]
    before: Where
    own: frozenset[int]
    other: frozenset[int]
    stands: bool = True


class Decisions(RuleBasedStateMachine):
    """One world a sequence, in a base that all sequences share."""

    settings: Settings
    database: Database
    folder: Path
    worlds: Iterator[int]
    compared: Iterator[int]

    @initialize(first=files, registered=st.booleans())
    def begin(self, first: Sending, registered: bool) -> None:
        self.world = World(self.settings, self.database, self.folder, next(self.worlds))
        self.said: dict[int, tuple[int, int, Row]] = {}  # line → employer, month, row
        self.sendings: list[Sending] = []
        self.done: list[Done] = []
        self.where: Where = {}
        self._send(first)
        if registered:  # so that rows without a number are joined by weight
            self._load(list(range(WORKERS)))

    def _send(self, sending: Sending) -> None:
        before = self.where
        number, outcome, reason = self.world.send(sending)
        assert outcome in ("published", "held", "repeated"), (outcome, reason)
        if number is None:
            return
        self.sendings.append(sending)
        told = {number * LINES_A_SOURCE + place: row for place, row in enumerate(sending.rows, 1)}
        self.said |= {line: (sending.employer, sending.month, row) for line, row in told.items()}
        self._stays_but(before, set())
        twins = {line for act in self.done if act.stands for line in act.own | act.other} & before.keys()
        for line in told.keys() & self.where.keys():
            same = {twin for twin in twins if twin in self.said and self.said[twin] == self.said[line]}
            if same:
                assert self.where[line][0] in {self.where[twin][0] for twin in same}, "an old file is sent again"
        self._weights_hold_apart(told)

    def _weights_hold_apart(self, told: dict[int, Row]) -> None:
        """A row that the weights have joined is nobody from whom people hold apart whoever bears a row like it."""
        held = self._all("SELECT person_id, other_person_id FROM identity.negative")
        weighed = self._all("SELECT line_id FROM identity.line_person WHERE rule LIKE '%by\\_weight'")
        for line, row in told.items():
            if (line,) in weighed:
                like = {twin for twin, (*_, said) in self.said.items() if said == row and twin in self.where}
                assert not held & {
                    (self.where[line][0], self.where[twin][0]) for twin in like if not self.where[twin][1]
                }

    def _stays_but(self, before: Where, decided: set[int]) -> None:
        """Every row that was there before stands for whom it stood, but those that were decided; and who was decided to
        be two is neither one nor asked about."""
        self.where = self._asked()
        assert {line: self.where[line] for line in before.keys() - decided} == {
            line: before[line] for line in before.keys() - decided
        }, "ids stay"
        apart = set()
        for act in (act for act in self.done if act.stands and act.kind != "merge"):
            sides = [{self.where[line][0] for line in side} for side in (act.own, act.other)]
            apart |= {(a, b) for a in sides[0] for b in sides[1] if a != b}
        ours = {person for person, _ in self.where.values()}
        held = self._all("SELECT person_id, other_person_id FROM identity.negative")
        assert {pair for pair in held if pair[0] in ours} == apart | {(b, a) for a, b in apart}
        cases = self._all("SELECT person_id, candidate_person_id FROM identity.review_case")
        assert not held & cases
        assert self._differing() == []

    def _act(self, kind: str, one: int, other: int, act: int, own: set[int], away: set[int], decided: set[int]) -> None:
        before = self.where
        self.done.append(
            Done(act, kind, frozenset((one, other)), {r: before[r] for r in decided}, frozenset(own), frozenset(away))
        )
        self._stays_but(before, decided)

    @rule(sending=files)
    def send(self, sending: Sending) -> None:
        self._send(sending)

    @precondition(lambda self: self.sendings)
    @rule(data=st.data())
    def send_again(self, data: st.DataObject) -> None:
        """An old file in other bytes: its rows in another order."""
        old = data.draw(st.sampled_from(self.sendings))
        self._send(Sending(old.employer, old.month, old.kind, tuple(reversed(old.rows)), old.unit))

    @rule(worker=st.integers(0, WORKERS - 1), month=st.integers(1, MONTHS))
    def split_off_what_the_weights_join(self, worker: int, month: int) -> None:
        """A row without a number of somebody registered, and then the same from another employer."""
        self._load([worker])
        row = Row(worker, how="number lost")
        before = self.where.keys()
        self._send(Sending(2, month, "joiners", (row,)))
        for line in self.where.keys() - before:
            person, may_be = self.where[line]
            if may_be is None and person != line and person in self.where:
                self._split(person, {line})
        self._send(Sending(1, month, "joiners", (row,)))

    @rule(who=st.lists(st.integers(0, WORKERS - 1), min_size=1, max_size=3, unique=True))
    def load(self, who: list[int]) -> None:
        self._load(who)

    def _load(self, who: list[int]) -> None:
        before = self.where
        load_registry(self.settings, self.database, self.world.extract([(worker, "有效") for worker in who]))
        self._stays_but(before, set())

    @rule(data=st.data())
    def merge(self, data: st.DataObject) -> None:
        persons = sorted({person for person, _ in self.where.values()})
        if len(persons) < 2:
            return
        keep, gone = sorted(data.draw(st.lists(st.sampled_from(persons), min_size=2, max_size=2, unique=True)))
        told = merge_persons(self.database, gone, keep, WHY, "machine", commit=True)
        moved = {row for row, (person, _) in self.where.items() if person == gone}
        beside = {row for row, (person, may_be) in self.where.items() if {person, may_be} & {keep, gone} and may_be}
        doubted = {self.where[row][0] for row in beside}
        whole = {row for row, (person, _) in self.where.items() if person in doubted}
        self._act("merge", keep, gone, told.act, moved, set(), moved | whole)
        assert {self.where[row][0] for row in moved} == {keep}

    @rule(data=st.data())
    def split(self, data: st.DataObject) -> None:
        of: dict[int, list[int]] = {}
        for row, (person, _) in self.where.items():
            of.setdefault(person, []).append(row)
        able = {p: sorted(set(rows) - {p}) for p, rows in of.items() if p in rows and len(rows) > 1}
        if not able:
            return
        person = data.draw(st.sampled_from(sorted(able)))
        self._split(person, data.draw(st.sets(st.sampled_from(able[person]), min_size=1)))

    def _split(self, person: int, chosen: set[int]) -> None:
        told = split_person(self.database, person, sorted(chosen), WHY, "machine", commit=True)
        assert told.person_id == min(chosen)
        rest = {row for row, (who, _) in self.where.items() if who == person} - chosen
        self._act("split", person, told.person_id, told.act, chosen, rest, chosen)
        assert {self.where[row] for row in chosen} == {(told.person_id, None)}

    @precondition(lambda self: any(may_be for _, may_be in self.where.values()))
    @rule(data=st.data())
    def apart(self, data: st.DataObject) -> None:
        one, other = data.draw(st.sampled_from(sorted({case for case in self.where.values() if case[1]})))
        told = part_persons(self.database, other, one, WHY, "machine", commit=True)
        own, away = ({row for row, (person, _) in self.where.items() if person == who} for who in (one, other))
        self._act("apart", one, other, told.act, own, away, own)
        assert {self.where[row] for row in own} == {(one, None)}

    @precondition(lambda self: any(act.stands for act in self.done))
    @rule(data=st.data())
    def undo(self, data: st.DataObject) -> None:
        act = data.draw(st.sampled_from([act for act in self.done if act.stands]))
        before = self.where
        try:
            undo_act(self.database, act.act, WHY, "machine", commit=True)
        except RequestError as told:
            assert "Take that back first" in str(told)
            assert any(later.stands and later.act > act.act for later in self.done)
            return
        act.stands = False
        since = {row for row in before if row not in act.before}  # what came since may follow
        self._stays_but(before, set(act.before) | since)
        assert {row: self.where[row] for row in act.before} == act.before

    def _asked(self) -> Where:
        sql = """SELECT line_id, person_id, candidate_person_id FROM identity.line_person
                 JOIN ledger.submission USING (submission_id) WHERE employer_uscc = ANY (CAST(:codes AS text[]))
                 UNION ALL
                 SELECT r.record_id, r.person_id, c.candidate_person_id
                 FROM identity.record_person AS r LEFT JOIN identity.review_case AS c USING (person_id)
                 WHERE r.record_id >= :since"""
        return {row[0]: (row[1], row[2]) for row in self._all(sql)}

    def _all(self, sql: str) -> set[tuple[Any, ...]]:
        bound = {"codes": self.world.codes, "since": self.since}
        with self.database.loader.connect() as connection:
            return {tuple(row) for row in connection.execute(text(sql), bound)}

    @property
    def since(self) -> int:
        return min(self.said, default=0) // LINES_A_SOURCE * LINES_A_SOURCE

    def _differing(self) -> list[Any]:
        """What is not as the decisions say: after each step what hangs on them alone, all of it at the end."""
        told: list[Any] = []
        with self.database.loader.connect() as connection:
            for step in DECIDED:
                connection.execute(statement(f"rebuild/{step}"))
            for table in REBUILT:
                row = connection.execute(statement(f"rebuilt/{table}")).one()
                told += [table] * ((row.live_rows, row.live_hash) != (row.rebuilt_rows, row.rebuilt_hash))
            for step in TOUCHED:
                connection.execute(statement(f"verify/{step}"), {"batch_id": None, "persons": [], "load_id": None})
            for name, query in statements_of("invariants").items():
                if name.startswith(("05", "07", "14", "17", "22")):
                    told += [(name, *row) for row in connection.execute(query, BATCH if ":batch" in query.text else {})]
        return told

    def _sound(self) -> None:
        assert [told for told in rebuild_and_compare(self.database) if not told.is_same] == []
        assert [(f.says, f.examples) for f in verify(self.database) if f.broken] == []

    def teardown(self) -> None:
        if hasattr(self, "world"):
            self._sound()
            next(self.compared)


@pytest.mark.parametrize(("sequences", "steps"), [(4, 8), pytest.param(40, 20, marks=pytest.mark.all)])
def test_what_people_decided_stands_in_any_order(
    new_home: Any, tmp_path: Path, figure: Any, sequences: int, steps: int
) -> None:
    equal = run_machine(Decisions, new_home(), tmp_path, sequences, steps)
    assert equal, "each step asserts; a machine that came to no end has shown nothing"
    figure(f"decisions machine: {equal} sequences of up to {steps} steps, people's decisions stand")
