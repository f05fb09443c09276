"""From weights to persons: what the rules made stays together, what is doubtful is joined with nobody."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from clearbase.identity.matching import Matched
from clearbase.identity.settling import WITH_ANOTHER_LINE, Weighed, settled

KNOWN = [900, 901]  # persons of the records


def told(lines: list[tuple[int, int | None, str, int | None, int]]) -> dict[int, Weighed]:
    """``(person by the rules, candidate, outcome, record, group)`` of each line → what changes, by line."""
    answer = pa.table(
        {
            "row": pa.array(range(len(lines)), pa.int64()),
            "outcome": pa.array([line[2] for line in lines]),
            "who": pa.array([line[3] for line in lines], pa.int64()),
            "rule": pa.array(["masked_number_by_weight" if line[2] == "same" else "doubtful" for line in lines]),
            "weight": pa.array([None if line[2] == "new" else 30.0 for line in lines], pa.float64()),
            "levels": pa.array([None if line[2] == "new" else "name=same" for line in lines], pa.string()),
        }
    )
    matched = Matched(answer, pa.array([line[4] for line in lines], pa.int64()))
    ids, was = np.arange(len(lines)) + 1, np.array([line[0] for line in lines], np.int64)
    return {one.line_id: one for one in settled(ids, was, [line[1] for line in lines], KNOWN, matched)}


def test_the_rest_of_a_person_goes_with_its_certain_line() -> None:
    found = told([(1, None, "same", 0, 0), (1, None, "new", None, 1), (3, None, "new", None, 2)])
    assert found[1][2:] == (900, None, "masked_number_by_weight", 30.0, "name=same")
    assert found[2][2:] == (900, None, WITH_ANOTHER_LINE, None, None)
    assert 3 not in found


def test_lines_that_are_one_are_the_smallest() -> None:
    found = told([(1, None, "new", None, 0), (2, None, "new", None, 0)])
    assert found == {2: Weighed(2, 2, 1, None, WITH_ANOTHER_LINE, None, None)}


def test_who_is_asked_about_is_joined_with_nobody() -> None:
    found = told([(1, None, "review", 0, 0), (2, None, "new", None, 0)])
    assert found == {1: Weighed(1, 1, 1, 900, "doubtful", 30.0, "name=same")}


def test_a_person_with_certain_lines_of_two_is_asked_about() -> None:
    found = told([(1, None, "same", 0, 0), (1, None, "same", 1, 1)])
    assert {one[2:5] for one in found.values()} == {(1, 900, "doubtful")}


def test_a_number_of_another_name_keeps_its_doubt() -> None:
    """By the rules 2 may be 1, whose number it bears; a third line ties it to itself alone."""
    found = told([(1, None, "new", None, 0), (2, 1, "new", None, 1), (3, None, "new", None, 1)])
    assert found == {3: Weighed(3, 3, 2, 1, WITH_ANOTHER_LINE, None, None)}


def test_a_candidate_who_turns_out_to_be_known_is_that_one() -> None:
    found = told([(1, None, "same", 0, 0), (2, 1, "new", None, 1), (3, None, "new", None, 1)])
    assert found[1].person_id == 900
    assert {found[line][2:4] for line in (2, 3)} == {(2, 900)}


def test_a_name_of_one_sound_is_its_bearer() -> None:
    assert told([(1, None, "new", None, 0), (2, 1, "new", None, 0)])[2][2:5] == (1, None, WITH_ANOTHER_LINE)


line = st.tuples(
    st.integers(1, 6), st.one_of(st.none(), st.integers(1, 6)), st.sampled_from(["same", "review", "new"]),
    st.integers(0, 1), st.integers(0, 6),
)  # fmt: skip


@given(st.lists(line, max_size=10))
def test_persons_of_the_rules_stay_whole_and_nobody_may_be_himself(drawn: list[tuple[int, int, str, int, int]]) -> None:
    candidate: dict[int, int | None] = {}
    lines = []
    for person, maybe, outcome, record, group in drawn:
        known = candidate.setdefault(person, None if maybe == person else maybe)
        lines.append((person, known, outcome, None if outcome == "new" else record, group))
    found = told(lines)
    ends: dict[int, set[tuple[int, int | None]]] = {}
    for n, (person, known, *_) in enumerate(lines, 1):
        one = found.get(n)
        ends.setdefault(person, set()).add((one.person_id, one.candidate_person_id) if one else (person, known))
    assert all(len(each) == 1 for each in ends.values())
    assert all(person != maybe for each in ends.values() for person, maybe in each)
    assert all(person in KNOWN or person <= 6 for each in ends.values() for person, _ in each)
