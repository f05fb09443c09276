"""Employers send, resend, correct, undo, redo, holds are decided, persons merged and split, registry extracts loaded,
months replayed in any order, and runs are killed: the tables are what the ledger says, and what was undone is as if it
had never been sent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule
from ledger_world import Killed, Row, Sending, World, killing, run_machine
from sqlalchemy import text

from clearbase.errors import RequestError
from clearbase.pipeline.holds import decide_hold
from clearbase.pipeline.persons import merge_persons, part_persons, split_person, undo_act
from clearbase.pipeline.rebuild import rebuild_and_compare
from clearbase.pipeline.registry import load_registry
from clearbase.pipeline.replay import Scope, begin_replay, close_replay, replay_batch, unfinished_batches
from clearbase.pipeline.run import STAGES
from clearbase.pipeline.undo import decide_submission
from clearbase.pipeline.verify import verify
from clearbase.settings import Settings
from clearbase.warehouse.database import Database

MONTHS = 5
WORKERS = 14  # more than the doubts need to speak (`doubts.FEWEST`)
WHY = "the machine wants it"

rows = st.builds(
    Row,
    worker=st.integers(0, WORKERS - 1),
    hired=st.sampled_from([0, 0, 0, 0, 10, 400, 430]),
    left=st.sampled_from([None, None, None, None, 10, 45, 100]),
)
spoilt = st.builds(
    Row, worker=st.integers(0, WORKERS - 1), how=st.sampled_from(["no name", "number lost", "other name"])
)
everybody = st.sets(st.integers(0, WORKERS - 1), max_size=4).map(
    lambda absent: tuple(Row(n) for n in range(WORKERS) if n not in absent)
)
lists = st.lists(rows, min_size=1, max_size=5).map(tuple)
kinds = st.sampled_from(["joiners", "leavers", "changes", "correction"])
BOOK = "一分厂+二分厂"
units = st.sampled_from(["", "", "", "一分厂", "二分厂"])
killed = st.one_of(st.none(), st.none(), st.integers(0, 150))


class Ledger(RuleBasedStateMachine):
    """One world a sequence, in a base that all sequences share."""

    settings: Settings
    database: Database
    folder: Path
    worlds: Iterator[int]
    compared: Iterator[int]

    @initialize(free=st.booleans())
    def begin(self, free: bool) -> None:
        self.is_free = free  # to do also what only a rebuild is compared with
        self.world = World(self.settings, self.database, self.folder, next(self.worlds))
        self.sent: dict[int, Sending] = {}  # what is in the ledger
        self.held: dict[int, Sending] = {}
        self.undone: set[int] = set()
        self.asked: set[int] = set()  # published because somebody let them
        self.before = self._faults()
        self.is_plain = True  # nobody's identity hangs on what was undone (decision 0012)

    def _send(self, sending: Sending, kill: int | None) -> None:
        number, outcome, reason = self.world.send(sending, kill)
        assert outcome in ("published", "held", "repeated"), (outcome, reason)
        if number is not None:
            self.sent[number] = sending
        elif outcome == "held":
            self.held[self.world.last] = sending

    def _killed(self, act: Callable[[], object], after: int | None) -> None:
        """What is killed before its end is asked for again; what was done by then says that it is."""
        try:
            with killing(self.database, after):
                act()
        except Killed:
            try:
                act()
            except RequestError as told:
                assert any(words in str(told) for words in ("already", "waits for nobody", "nothing to replay")), told

    def _newest(self) -> int:
        with self.database.loader.connect() as connection:
            return int(connection.execute(text("SELECT max(submission_id) FROM intake.submission")).scalar_one())

    @rule(employer=st.integers(0, 1), month=st.integers(1, MONTHS), who=everybody, unit=units, kill=killed)
    def send_full(self, employer: int, month: int, who: tuple[Row, ...], unit: str, kill: int | None) -> None:
        if unit:
            half = WORKERS // 2
            who = tuple(row for row in who if (row.worker < half) == (unit == "一分厂"))
        if who:
            self._send(Sending(employer, month, "full", who, unit), kill)

    @rule(employer=st.integers(0, 1), month=st.integers(1, MONTHS), who=everybody, kill=killed)
    def send_book(self, employer: int, month: int, who: tuple[Row, ...], kill: int | None) -> None:
        self._send(Sending(employer, month, "full", who, BOOK), kill)

    @rule(employer=st.integers(0, 1), month=st.integers(1, MONTHS), who=lists, kill=killed)
    def send_some(self, employer: int, month: int, who: tuple[Row, ...], kill: int | None) -> None:
        self._send(Sending(employer, month, "full", who), kill)

    @rule(employer=st.integers(0, 1), month=st.integers(1, MONTHS), kind=kinds, who=lists, kill=killed)
    def send_list(self, employer: int, month: int, kind: Any, who: tuple[Row, ...], kill: int | None) -> None:
        self._send(Sending(employer, month, kind, who), kill)

    @rule(employer=st.integers(0, 1), month=st.integers(1, MONTHS), who=everybody, bad=spoilt)
    def send_spoilt(self, employer: int, month: int, who: tuple[Row, ...], bad: Row) -> None:
        if not self.is_free:
            bad = Row(bad.worker, how="no name")
        who = (*(row for row in who if row.worker != bad.worker), bad)
        self.is_plain = self.is_plain and bad.how == "no name"
        self._send(Sending(employer, month, "full", who), None)

    @precondition(lambda self: self.sent)
    @rule(data=st.data(), kill=killed)
    def send_again(self, data: st.DataObject, kill: int | None) -> None:
        self._send(self.sent[data.draw(st.sampled_from(sorted(self.sent)))], kill)

    @precondition(lambda self: self.sent.keys() - self.undone)
    @rule(data=st.data(), kill=killed)
    def undo(self, data: st.DataObject, kill: int | None) -> None:
        number = data.draw(st.sampled_from(sorted(self.sent.keys() - self.undone)))
        self._killed(lambda: decide_submission(self.database, number, "undone", WHY, "machine", commit=True), kill)
        self.undone.add(number)

    @precondition(lambda self: self.undone)
    @rule(data=st.data(), kill=killed)
    def redo(self, data: st.DataObject, kill: int | None) -> None:
        number = data.draw(st.sampled_from(sorted(self.undone)))
        try:
            self._killed(lambda: decide_submission(self.database, number, "redone", WHY, "machine", commit=True), kill)
        except RequestError as told:
            assert "sent again" in str(told)
        else:
            self.undone.discard(number)

    @precondition(lambda self: self.held)
    @rule(data=st.data(), verdict=st.sampled_from(["approved", "approved", "refused"]), kill=killed)
    def decide(self, data: st.DataObject, verdict: Any, kill: int | None) -> None:
        number = data.draw(st.sampled_from(sorted(self.held)))
        sending = self.held.pop(number)
        self._killed(lambda: decide_hold(self.settings, self.database, number, verdict, WHY, "machine"), kill)
        if verdict == "approved":
            self.sent[self._newest()] = sending
            self.asked.add(self._newest())

    @precondition(lambda self: self.is_free)
    @rule(data=st.data(), kill=killed)
    def merge(self, data: st.DataObject, kill: int | None) -> None:
        persons = self._persons()
        if len(persons) > 1:
            one, other = data.draw(st.lists(st.sampled_from(persons), min_size=2, max_size=2, unique=True))
            self._killed(lambda: merge_persons(self.database, one, other, WHY, "machine", commit=True), kill)
            self.is_plain = False

    @precondition(lambda self: self.is_free)
    @rule(data=st.data(), kill=killed)
    def split(self, data: st.DataObject, kill: int | None) -> None:
        for person in self._persons():
            others = [line for line in self._lines(person) if line != person]
            if others and min(self._lines(person)) == person and data.draw(st.booleans()):
                chosen = data.draw(st.sets(st.sampled_from(others), min_size=1))
                lines = sorted(chosen)
                self._killed(
                    lambda person=person, lines=lines: split_person(  # type: ignore[misc]
                        self.database, person, lines, WHY, "machine", commit=True
                    ),
                    kill,
                )
                self.is_plain = False
                return

    @precondition(lambda self: self.is_free and self._cases())
    @rule(data=st.data(), kill=killed)
    def tell_apart(self, data: st.DataObject, kill: int | None) -> None:
        one = data.draw(st.sampled_from(self._cases()))
        (other,) = self._ask("SELECT candidate_person_id FROM identity.review_case WHERE person_id = :one", one=one)
        self._killed(lambda: part_persons(self.database, one, other, WHY, "machine", commit=True), kill)
        self.is_plain = False

    @precondition(lambda self: self.is_free)
    @rule(data=st.data(), kill=killed)
    def take_back(self, data: st.DataObject, kill: int | None) -> None:
        acts = self._ask(
            """SELECT DISTINCT a.act
               FROM ledger.standing_act AS a JOIN identity.act_side AS s ON s.act = a.act
               JOIN identity.line_person AS p ON p.person_id = s.person_id JOIN ledger.submission USING (submission_id)
               WHERE employer_uscc = ANY (CAST(:codes AS text[])) ORDER BY 1"""
        )
        if acts:
            act = data.draw(st.sampled_from(acts))
            try:
                self._killed(lambda: undo_act(self.database, act, WHY, "machine", commit=True), kill)
            except RequestError as told:
                assert "Take that back first" in str(told)
            self.is_plain = False

    @rule(data=st.data(), kill=killed)
    def load(self, data: st.DataObject, kill: int | None) -> None:
        """An extract of the registry: who is registered here since when, whose registration has ended."""
        registered = st.tuples(st.integers(0, WORKERS - 1), st.sampled_from(["有效", "有效", "注销"]))
        extract = self.world.extract(data.draw(st.lists(registered, min_size=1, max_size=6, unique_by=lambda r: r[0])))
        self._killed(lambda: load_registry(self.settings, self.database, extract), kill)
        self.is_plain = False  # the world that never sent has no such registry

    @precondition(lambda self: self.sent.keys() - self.undone)
    @rule(employer=st.integers(0, 1), first=st.integers(1, MONTHS), kill=killed)
    def replay(self, employer: int, first: int, kill: int | None) -> None:
        """Under the rules of before: whatever is taken again says what it said, but for a lost number whose bearer has
        become known since, and for persons whom somebody has merged or split."""
        scope = Scope(dt.date(2026, first, 1), dt.date(2026, MONTHS, 1), self.world.codes[employer])

        def act() -> None:
            number = begin_replay(self.settings, self.database, scope, WHY, "machine")
            for batch_no in unfinished_batches(self.database, number):
                replay_batch(self.settings, self.database, number, batch_no, dict(STAGES))
            files = close_replay(self.database, number).files
            assert not self.is_plain or {file.result for file in files} <= {"unchanged"}
            for file in files:
                takes_place = file.result in ("unchanged", "published")
                if takes_place and file.submission_id in self.sent:
                    self.sent[file.replayed_as] = self.sent.pop(file.submission_id)

        try:
            self._killed(act, kill)
        except RequestError as told:
            assert "nothing to replay" in str(told)

    def _persons(self) -> list[int]:
        return self._ask(
            """SELECT DISTINCT person_id FROM identity.line_person JOIN ledger.submission USING (submission_id)
               WHERE employer_uscc = ANY (CAST(:codes AS text[])) ORDER BY 1"""
        )

    def _lines(self, person: int) -> list[int]:
        return self._ask("SELECT line_id FROM identity.line_person WHERE person_id = :person ORDER BY 1", person=person)

    def _cases(self) -> list[int]:
        """Who of this world is in review."""
        return self._ask(
            """SELECT DISTINCT c.person_id FROM identity.review_case AS c JOIN identity.line_person USING (person_id)
               JOIN ledger.submission USING (submission_id)
               WHERE employer_uscc = ANY (CAST(:codes AS text[])) ORDER BY 1"""
        )

    def _faults(self) -> list[Any]:
        """None, or those of a sequence before: so that a failing one is shrunk by what it does itself."""
        differing = [told for told in rebuild_and_compare(self.database) if not told.is_same]
        return differing + [(f.says, f.broken) for f in verify(self.database) if f.broken]

    def _ask(self, sql: str, **bound: Any) -> list[int]:
        with self.database.loader.connect() as connection:
            return list(connection.execute(text(sql), {"codes": self.world.codes, **bound}).scalars())

    def teardown(self) -> None:
        if not hasattr(self, "world"):
            return
        assert self._faults() == self.before
        if self.is_plain:
            # In the order of the months, as never any of it had been late or been taken back.
            other = World(self.settings, self.database, self.folder, next(self.worlds))
            standing = sorted(self.sent.keys() - self.undone, key=lambda number: (self.sent[number].month, number))
            for number in standing:
                told = other.send(self.sent[number])
                if told[1] == "held":
                    if (
                        told[2] == "replacement_doubtful"
                        and self.sent[number].unit == BOOK
                        and number not in self.asked
                    ):
                        return  # a hold of its own: of a flat roster that another hid, nobody was asked here
                    decide_hold(self.settings, self.database, other.last, "approved", WHY, "machine")
            assert self.world.tables() == other.tables()
            next(self.compared)


@pytest.mark.parametrize(("sequences", "steps"), [(5, 10), pytest.param(60, 25, marks=pytest.mark.all)])
def test_any_order_ends_in_what_the_ledger_says(
    new_home: Any, tmp_path: Path, figure: Any, sequences: int, steps: int
) -> None:
    equal = run_machine(Ledger, new_home(), tmp_path, sequences, steps)
    assert equal, "each step asserts; one that was never held against a world that never sent has shown half"
    told = f"{sequences} sequences of up to {steps} steps equal a rebuild, {equal} a world that never sent"
    figure(f"ledger machine: {told}")
