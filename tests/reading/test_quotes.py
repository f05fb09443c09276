"""Quotes in text files: line breaks in cells stay in their cells, a stray quote costs nobody his line."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from roster_files import HEADER, csv_bytes, person

from clearbase.reading.delimited import read_delimited
from clearbase.reading.file import read_roster
from clearbase.reading.grid import Grid
from clearbase.receipts.plain_copy import plain_copy

PEOPLE = [[str(cell) for cell in person(n)] for n in range(1, 41)]
NAMES = [p[1] for p in PEOPLE]
ROWS = list(range(2, 42))


def roster(*changed: tuple[int, int, str], head: str = "") -> bytes:
    """Forty people from row 2 on; (person, column, text) are put in place of what stands there."""
    rows = [list(row) for row in (HEADER, *PEOPLE)]
    for who, column, text in changed:
        rows[who][column] = text
    return head.encode() + csv_bytes(rows)


def rows_of(grid: Grid) -> list[list[str]]:
    return grid.head(grid.rows)


@pytest.mark.parametrize("head", ["", "某某有限公司花名册\r\n"])
@pytest.mark.parametrize("swallowed", [1, 10, 20, None])
def test_a_stray_quote_swallows_nobody(swallowed: int | None, head: str) -> None:
    """Opened before a name and closed behind the name of a later line, or never."""
    strays = [(11, 1, '"' + NAMES[10])]
    if swallowed:
        strays.append((11 + swallowed, 1, NAMES[10 + swallowed] + '"'))
    read = read_roster(roster(*strays, head=head), "a.csv")
    assert read.lines is not None
    assert read.lines["row"].to_pylist() == [row + bool(head) for row in ROWS]
    assert read.lines["name"].to_pylist() == NAMES
    assert read.lines["id_number"].to_pylist() == [p[3] for p in PEOPLE]


@pytest.mark.parametrize("who", [1, 2, 39, 40])
@pytest.mark.parametrize("column", range(6))
@pytest.mark.parametrize("place", ["before", "after", "within"])
def test_a_stray_quote_anywhere_costs_no_cell(who: int, column: int, place: str) -> None:
    text = PEOPLE[who - 1][column]
    spoiled = {"before": '"' + text, "after": text + '"', "within": text[:1] + '"' + text[1:]}[place]
    read = read_roster(roster((who, column, spoiled)), "a.csv")
    assert read.lines is not None
    assert read.lines["row"].to_pylist() == ROWS
    kept = spoiled if place == "within" and len(text) > 1 else text
    assert read.lines.column(HEADER_FIELDS[column])[who - 1].as_py() == kept


HEADER_FIELDS = ["row_no", "name", "sex", "id_number", "phone", "hire_date"]


def test_a_stray_quote_beside_cells_that_are_quoted_rightly() -> None:
    read = read_roster(
        roster((5, 1, '"' + NAMES[4]), (5, 5, '"2024-03-01,试用"'), (6, 5, '"2024-03-01\n试用"')), "a.csv"
    )
    assert read.lines is not None
    assert read.lines["row"].to_pylist() == ROWS
    assert read.lines["name"].to_pylist() == NAMES
    assert read.lines["hire_date"].to_pylist()[4:6] == ["2024-03-01,试用", "2024-03-01\n试用"]


def test_a_receipt_shows_the_rows_that_were_read() -> None:
    book, names = plain_copy(roster((21, 1, '"' + NAMES[20])))
    sheet = book[names[1]]
    assert [sheet.cell(row, 2).value for row in range(2, 42)] == NAMES


def test_line_breaks_in_header_and_address_stay_in_their_cells() -> None:
    header = ["序号", "姓名", '"身份\n证号"', "手机号", '"户籍地址\n(省,市,县)"']
    people = [[str(n), f"王{n}", PEOPLE[n][3], "138", f'"安徽省\n阜阳市,颍上县{n}号\r\n新集镇"'] for n in range(30)]
    read = read_roster(csv_bytes([header, *people]), "a.csv")
    assert read.lines is not None
    assert read.lines["row"].to_pylist() == list(range(2, 32))
    assert read.lines["household_address"].to_pylist()[:1] == ["安徽省\n阜阳市,颍上县0号\r\n新集镇"]


def test_a_long_note_in_one_cell_is_one_cell() -> None:
    note = "\n".join(f"第{n}条" for n in range(30))
    grid = read_delimited(csv_bytes([[*HEADER, "备注"], [*PEOPLE[0], f'"{note}"'], [*PEOPLE[1], ""]]))
    assert rows_of(grid)[1:] == [[*PEOPLE[0], note], [*PEOPLE[1], ""]]


@pytest.mark.parametrize("separator", ["\t", ";", "|", "，"])
def test_a_stray_quote_among_other_separators(separator: str) -> None:
    rows = [HEADER, *([*row[:5], f'"试用{separator}\n三月"'] for row in PEOPLE)]
    rows[7] = [rows[7][0], '"' + rows[7][1], *rows[7][2:]]
    rows[9] = [rows[9][0], rows[9][1] + '"', *rows[9][2:]]
    read = read_roster(csv_bytes(rows, separator=separator), "a.txt")
    assert read.lines is not None
    assert read.lines["row"].to_pylist() == ROWS
    assert read.lines["name"].to_pylist() == NAMES


WORD = st.text("张三丰北仑新碶1-", min_size=1, max_size=4)
CELL = st.one_of(
    st.just(""),
    WORD,
    st.text('张北1 ,"\n', max_size=8).filter(lambda text: text == text.strip()),
)


@settings(max_examples=300, deadline=None)
@given(
    rows=st.lists(st.tuples(CELL, CELL, CELL), min_size=2, max_size=12),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
def test_what_a_writer_quoted_is_read_as_it_was_written(rows: list[tuple[str, ...]], quoting: int) -> None:
    written = [
        ["序号", "姓名", "a", "b", "c", "备注", "电话", "部门"],
        *([f"{n}", f"名{n}号", *row, "x", "y", "z"] for n, row in enumerate(rows)),
    ]
    out = io.StringIO()
    csv.writer(out, quoting=quoting).writerows(written)  # type: ignore[arg-type]
    grid = read_delimited(out.getvalue().encode())
    assert [row[:8] for row in rows_of(grid)] == written


PARTS = st.lists(WORD, min_size=1, max_size=4)
NOTE = st.builds(lambda parts, joint: joint.join(parts), PARTS, st.sampled_from([",", "\n", "，", ",\n"]))


@settings(max_examples=400, deadline=None)
@given(
    notes=st.lists(st.tuples(st.one_of(st.just(""), NOTE), st.one_of(WORD, NOTE)), min_size=2, max_size=25),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    place=st.floats(0, 1),
)
def test_one_stray_quote_anywhere_makes_no_line_vanish(
    notes: list[tuple[str, str]], quoting: int, place: float
) -> None:
    names = [f"名{n}号" for n in range(len(notes))]
    out = io.StringIO()
    csv.writer(out, quoting=quoting).writerows(  # type: ignore[arg-type]
        [
            ["序号", "姓名", "身份证号", "地址", "备注", "电话"],
            *([n, name, f"33020619900101{n:03d}1", *note, "138"] for n, (name, note) in enumerate(zip(names, notes))),  # noqa: B905
        ]
    )
    text = out.getvalue()
    start = text.index("\n") + 1
    at = start + int(place * (len(text) - start))
    rows = rows_of(read_delimited((text[:at] + '"' + text[at:]).encode()))
    found = [[name for name in names if any(name in cell.replace('"', "") for cell in row)] for row in rows]
    assert [each for each in found if each] == [[name] for name in names]
