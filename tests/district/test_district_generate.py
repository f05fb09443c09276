"""The district as a whole: the same bytes every time, and a truth that agrees with itself and with the rosters."""

from __future__ import annotations

import calendar
import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from clearbase.district.generate import DistrictSummary, generate_district
from clearbase.errors import SetupError

Rows = list[dict[str, str]]
Table = Callable[[Path], Rows]
District = tuple[Path, DistrictSummary]


def _digests(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def _close(month: str) -> str:
    year, number = map(int, month.split("-"))
    return dt.date(year, number, calendar.monthrange(year, number)[1]).isoformat()


def _employed(spells: Rows, month: str) -> dict[str, set[str]]:
    close, out = _close(month), defaultdict(set)
    for spell in spells:
        if spell["valid_from"] <= close and (not spell["valid_to"] or spell["valid_to"] > close):
            out[spell["uscc"]].add(spell["person_id"])
    return out


def test_same_arguments_give_the_same_bytes(tmp_path: Path) -> None:
    arguments = {"seed": 3, "residents": 500, "employers": 12, "months": 2}
    first = generate_district(tmp_path / "a", **arguments)
    again = generate_district(tmp_path / "b", **arguments)
    assert first == again
    assert _digests(tmp_path / "a") == _digests(tmp_path / "b")
    assert {path.suffix for path in (tmp_path / "a" / "rosters").rglob("*.*")} == {".xlsx", ".xls", ".csv"}
    generate_district(tmp_path / "c", **{**arguments, "seed": 4})
    assert _digests(tmp_path / "c")["registry.csv"] != _digests(tmp_path / "a")["registry.csv"]


def test_summary_counts_what_was_written(district: District, table: Table) -> None:
    out, summary = district
    lines, files = table(out / "truth" / "lines.csv.gz"), table(out / "truth" / "files.csv")
    assert len(lines) == summary.rows
    assert sum(line["clean"] == "true" for line in lines) == summary.clean_rows
    assert sum(line["duplicate"] == "true" for line in lines) == summary.duplicate_rows > 0
    assert len(files) == summary.files == sum(path.is_file() for path in (out / "rosters").rglob("*"))
    assert len(table(out / "registry.csv")) == summary.registry_records > summary.residents
    assert len(table(out / "truth" / "people.csv")) == summary.people
    assert len(table(out / "employers.csv")) == summary.employers == 45
    per_file = defaultdict(int)
    for line in lines:
        per_file[line["file"]] += 1
    assert {file["file"]: int(file["rows"]) for file in files if int(file["rows"])} == per_file


def test_headcount_equals_recount_from_spells(district: District, table: Table) -> None:
    out, summary = district
    spells, headcount = table(out / "truth" / "spells.csv"), table(out / "truth" / "headcount.csv")
    assert len(headcount) == summary.employers * summary.months
    for row in headcount:
        assert int(row["persons"]) == len(_employed(spells, row["month"])[row["employer_uscc"]])


def test_last_full_roster_of_a_month_names_exactly_those_employed(district: District, table: Table) -> None:
    out, _ = district
    spells = table(out / "truth" / "spells.csv")
    lines = defaultdict(list)
    for line in table(out / "truth" / "lines.csv.gz"):
        lines[line["file"]].append(line)
    last: dict[tuple[str, str], str] = {}
    for file in sorted(table(out / "truth" / "files.csv"), key=lambda file: file["file"]):
        if file["kind"] == "full":
            last[file["uscc"], file["month"]] = file["file"]
    for (uscc, month), file in last.items():
        named = {line["person_id"] for line in lines[file] if line["employed"] == "true"}
        assert named == _employed(spells, month)[uscc]
        left = {line["person_id"] for line in lines[file] if line["employed"] == "false"}
        assert not left & named


def test_clean_headcount_equals_distinct_persons_never_spoilt(district: District, table: Table) -> None:
    out, _ = district
    month_of = {file["file"]: (file["uscc"], file["month"]) for file in table(out / "truth" / "files.csv")}
    named, spoilt = defaultdict(set), defaultdict(set)
    for line in table(out / "truth" / "lines.csv.gz"):
        uscc, month = month_of[line["file"]]
        if line["clean"] == "false":
            spoilt[uscc, month].add(line["person_id"])
        if line["employed"] == "true":
            named[uscc, month].add(line["person_id"])
    some_clean = some_spoilt = False
    for row in table(out / "truth" / "headcount.csv"):
        uscc, month = row["employer_uscc"], row["month"]
        before = set().union(*(who for (code, when), who in spoilt.items() if code == uscc and when <= month), set())
        assert int(row["clean_persons"]) == len(named[uscc, month] - before)
        assert row["all_clean"] == ("false" if before else "true")
        some_clean, some_spoilt = some_clean or not before, some_spoilt or bool(before)
    assert some_clean and some_spoilt


def test_without_dirt_every_row_is_clean(spotless: District, table: Table) -> None:
    out, summary = spotless
    lines = table(out / "truth" / "lines.csv.gz")
    assert lines and all(line["clean"] == "true" and not line["dirt"] for line in lines)
    assert summary.duplicate_rows == 0 and summary.registry_records == summary.residents
    assert all(
        row["all_clean"] == "true" and row["persons"] == row["clean_persons"]
        for row in table(out / "truth" / "headcount.csv")
    )


def test_joiners_and_leavers_lists_agree_with_spells(district: District, table: Table) -> None:
    out, _ = district
    starts, ends = defaultdict(set), defaultdict(set)
    for spell in table(out / "truth" / "spells.csv"):
        starts[spell["uscc"], spell["valid_from"][:7]].add(spell["person_id"])
        ends[spell["uscc"], spell["valid_to"][:7]].add(spell["person_id"])
    lines = defaultdict(set)
    for line in table(out / "truth" / "lines.csv.gz"):
        lines[line["file"]].add(line["person_id"])
    kinds = defaultdict(int)
    for file in table(out / "truth" / "files.csv"):
        kinds[file["kind"]] += 1
        if file["kind"] == "joiners":
            assert lines[file["file"]] == starts[file["uscc"], file["month"]]
        if file["kind"] == "leavers":
            assert lines[file["file"]] == ends[file["uscc"], file["month"]]
    assert kinds["joiners"] and kinds["leavers"] and kinds["full"]


def test_what_is_sent_again_sorts_after_the_original(district: District, table: Table) -> None:
    out, summary = district
    files = table(out / "truth" / "files.csv")
    copies = [file for file in files if file["repeat_of"]]
    corrected = [file for file in files if file["corrects"]]
    assert copies and corrected and summary.repeated_files == len(copies)
    for file in copies:
        assert file["file"] > file["repeat_of"]
        assert (out / "rosters" / file["file"]).read_bytes() == (out / "rosters" / file["repeat_of"]).read_bytes()
    rows = {file["file"]: int(file["rows"]) for file in files}
    for file in corrected:
        assert file["file"] > file["corrects"] and rows[file["file"]] != rows[file["corrects"]]
    for earlier, later in pairwise(files):
        if earlier["uscc"] == later["uscc"] and earlier["kind"] == later["kind"] and earlier["month"] < later["month"]:
            assert earlier["file"] < later["file"]


@pytest.mark.parametrize("wrong", [{"residents": 0}, {"employers": 0}, {"months": 0}, {"dirt": -1.0}, {"seed": -1}])
def test_impossible_arguments_are_a_set_up_error(tmp_path: Path, wrong: dict[str, float]) -> None:
    with pytest.raises(SetupError):
        generate_district(tmp_path / "x", **wrong)
    assert not (tmp_path / "x").exists()


def test_a_district_is_never_written_over_another(spotless: District) -> None:
    with pytest.raises(SetupError, match="already holds"):
        generate_district(spotless[0])


@pytest.mark.parametrize(("residents", "employers", "months"), [(1, 1, 1), (30, 1, 14), (50, 9, 2)])
def test_small_districts_are_whole_too(tmp_path: Path, residents: int, employers: int, months: int) -> None:
    told: list[str] = []
    summary = generate_district(
        tmp_path / "d", residents=residents, employers=employers, months=months, progress=told.append
    )
    assert summary.residents == residents and summary.files >= employers * months and told
