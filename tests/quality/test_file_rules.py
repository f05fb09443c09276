"""The rules of a whole file: GX itself and our evaluation come to the same, and each says what it is for."""

from __future__ import annotations

import json
import math
import random
from typing import Any

import pytest
from dirty_lines import lines_of, read_of

from clearbase.quality.check import check_standardised
from clearbase.quality.file_figures import FIGURES, TEXTS, Figures
from clearbase.quality.file_rules import ROSTER_FILE, Judged, failures, figures_row, file_rules, judge_file, stopped_by
from clearbase.quality.suite import SuiteError
from clearbase.records import NUMBER, TEXT
from clearbase.settings import EXPECTATIONS
from clearbase.standards.identity_number import check_character

Cells = dict[str, str | tuple[str, int]]


def number(n: int, last: str = "") -> str:
    """A valid number of nobody, for a man or a woman in turn; with ``last`` the first one from n that ends with it."""
    while True:
        body = f"3302041990{1 + n // 28 % 12:02d}{1 + n % 28:02d}{n % 1000:03d}"
        if not last or check_character(body) == last:
            return body + check_character(body)
        n += 1


def person(n: int, **cells: str | tuple[str, int]) -> Cells:
    own = number(n)
    told: Cells = {
        "name": "赵钱孙李周吴郑王冯陈"[n % 10] + "一二三四五六七八九十"[n // 10 % 10], "id_number": own,
        "sex": "男" if int(own[16]) % 2 else "女", "birth_date": f"{own[6:10]}-{own[10:12]}-{own[12:14]}",
        "phone": f"138{n:08d}", "hire_date": "2023-05-06", "household_address": "安徽省阜阳市",
        "current_address": "北仑区",
    }  # fmt: skip
    return told | cells


def judged(people: list[Cells], kind: str = "full") -> Judged:
    rows = [{f: c if isinstance(c, tuple) else (c, TEXT) for f, c in one.items() if c} for one in people]
    read = read_of(lines_of(rows, tuple(people[0])))
    checked, frame = check_standardised(read, None)
    return judge_file(read, checked, frame, kind)[1]


def codes(people: list[Cells], kind: str = "full") -> list[str]:
    return [failure.rule.code for failure in judged(people, kind).failed]


def test_a_clean_file_breaks_no_rule() -> None:
    assert codes([person(n) for n in range(40)]) == []


@pytest.mark.parametrize("shifted", ["phone", "card", "card as a number"])
def test_c14_shifted_columns_hold_the_file(shifted: str) -> None:
    """Messiness C14: a phone or a bank card in the column of identity numbers, in more than 20 % of the rows."""
    cell: dict[str, str | tuple[str, int]] = {
        "phone": "13800138000",
        "card": "6222021234567890123",
        "card as a number": ("6222021234567890000", NUMBER),
    }
    people = [person(n) for n in range(40)]
    shifted_ = [person(n, id_number=cell[shifted]) for n in range(9)]
    assert stopped_by(judged(shifted_ + people[9:]).failed).rule.code == "columns_shifted"  # type: ignore[union-attr]
    assert "columns_shifted" not in codes(shifted_[:8] + people[8:]), "20 % and no more"
    assert "columns_shifted" not in codes(shifted_ + people[9:19]), "19 rows are no share"


def test_c14_numbers_among_phones_are_shifted_columns_too() -> None:
    people = [person(n) for n in range(20)]
    swapped = [one | {"phone": one["id_number"], "id_number": one["phone"]} for one in people]
    assert "columns_shifted" in codes(swapped)
    assert "columns_shifted" in codes([one | {"phone": one["id_number"]} for one in people])


def test_c14_in_a_small_file_columns_have_shifted_where_nearly_all_rows_say_so() -> None:
    """An employer of twelve has swapped two columns: that is what it is told, and not that its people are missing."""
    people = [person(n) for n in range(12)]
    swapped = [one | {"phone": one["id_number"], "id_number": one["phone"]} for one in people]
    assert stopped_by(judged(swapped).failed).rule.code == "columns_shifted"  # type: ignore[union-attr]
    assert stopped_by(judged(swapped[:9] + people[9:]).failed) is None, "three quarters are no column"
    assert stopped_by(judged(swapped[:4]).failed) is None, "four rows are told one by one"


def test_c4_numbers_that_are_text_beside_lost_ones_are_told_of_the_whole_file() -> None:
    """Messiness C4: of a column that Excel took for numbers only those that end with X survive."""
    survivor = person(40, id_number=number(40, "X"))
    lost = [person(n, id_number=(number(n)[:15] + "000", NUMBER)) for n in range(9)]
    said = judged([*lost, survivor])
    assert [(f.rule.code, f.rule.verdict, f.value) for f in said.failed] == [("numbers_mixed", "warn", "9")]
    assert codes(lost) == [], "all of one kind: each cell is told, and under 20 rows nothing of the file"
    many = [person(n, id_number=(number(n)[:15] + "000", NUMBER)) for n in range(20)]
    assert codes(many) == ["numbers_lost", "errors_in_most_rows"]


def test_f18_a_column_sorted_by_itself_holds_the_file() -> None:
    """Messiness F18: numbers that are not of who stands beside them, seen by birth date and sex."""
    people = [person(n) for n in range(40)]
    numbers = sorted(str(one["id_number"]) for one in people)[::-1]
    by_itself = [one | {"id_number": own} for one, own in zip(people, numbers, strict=True)]
    assert codes(by_itself) == ["numbers_contradict_columns"]
    assert codes(by_itself[:19]) == []
    no_birth = [{f: c for f, c in one.items() if f != "birth_date"} for one in people]
    by_sex = [one | {"sex": "男"} for one in no_birth]
    assert codes(by_sex) == ["numbers_contradict_columns"], "half of them are women by their numbers"


def test_f18_a_column_of_sexes_alone_that_is_wrong_is_no_slipped_number() -> None:
    assert codes([person(n, sex="男") for n in range(40)]) == [], "the birth dates agree"


def test_rows_wrong_about_who_somebody_is_hold_the_file_from_twenty_on() -> None:
    wrong = [person(n, id_number=number(n)[:-1] + ("1" if number(n)[-1] != "1" else "2")) for n in range(30)]
    right = [person(n) for n in range(30, 50)]
    assert codes(wrong[:20]) == ["identity_mostly_wrong", "errors_in_most_rows"]
    assert codes(wrong[:10] + right[:10]) == [], "half of them and no more"
    assert codes(wrong[:19]) == []


def test_one_column_of_wrong_words_is_told_and_stops_nothing() -> None:
    said = judged([person(n, social_insurance="3302X") for n in range(30)])
    assert [failure.rule.code for failure in said.failed] == ["errors_in_most_rows"]
    assert stopped_by(said.failed) is None


def test_nothing_usable_is_refused_and_most_in_quarantine_held() -> None:
    nobody = [person(n, name="") for n in range(20)]
    assert stopped_by(judged(nobody).failed).rule.verdict == "refuse"  # type: ignore[union-attr]
    assert stopped_by(judged(nobody[:19]).failed) is None, "a small file tells line by line what to mend"
    most = judged([*nobody, *(person(n) for n in range(20, 30))])
    assert stopped_by(most.failed).rule.code == "mostly_quarantined"  # type: ignore[union-attr]


def test_masked_numbers_all_through_the_file_are_told() -> None:
    masked = [person(n, id_number=number(n)[:6] + "********" + number(n)[14:]) for n in range(20)]
    assert codes(masked) == ["numbers_masked"]


def without(*fields: str) -> list[Cells]:
    return [{f: c for f, c in person(n).items() if f not in fields} for n in range(3)]


def test_a_file_without_names_or_without_evidence_is_held_whatever_its_size() -> None:
    assert codes(without("name"))[0] == "name_column_missing"
    assert codes(without("id_number", "phone", "birth_date"))[0] == "evidence_columns_missing"
    for kept in ("id_number", "phone", "birth_date"):
        dropped = [f for f in ("id_number", "phone", "birth_date") if f != kept]
        assert stopped_by(judged(without(*dropped)).failed) is None, kept


def test_other_missing_columns_are_named_and_stop_nothing() -> None:
    (told,) = judged(without("hire_date", "phone", "sex")).failed
    assert (told.rule.code, told.rule.verdict, told.value) == ("columns_missing", "warn", "手机号、入职日期")
    assert codes(without("hire_date", "phone", "household_address"), "leavers") == []


def random_figures(seed: int) -> Figures:
    """Figures as they come, and often just at a limit."""
    rng = random.Random(seed)
    limits = [0.0, 0.1, 0.2, 0.3, 1 / 3, 0.4, 0.5, 0.8, 0.9, 1.0]
    row: Figures = {}
    for name in FIGURES:
        if rng.random() < 0.2:
            row[name] = None
        elif name in TEXTS:
            row[name] = rng.choice(["手机号", None])
        elif name.endswith("_share"):
            row[name] = rng.choice([rng.choice(limits), rng.random()])
        elif name.endswith("_by_usual"):
            row[name] = rng.choice([1.5, math.inf, rng.random() * 3])
        else:
            row[name] = rng.choice([0, 1, 2, 3, 4, 5, 6, 9, 10, 19, 20, 49, 50, 199, 200, rng.randrange(1000)])
    return row


@pytest.fixture(scope="module")
def by_gx() -> Any:
    """The suite's JSON as it is, run by GX on one row of figures: the codes that fail."""
    import great_expectations as gx
    from great_expectations.data_context.types.base import ProgressBarsConfig

    document = json.loads(ROSTER_FILE.read_text(encoding="utf-8"))
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    suite = context.suites.add(gx.ExpectationSuite(**document))
    assert len(suite.expectations) == len(document["expectations"])
    asset = context.data_sources.add_pandas("files").add_dataframe_asset("figures")
    whole = asset.add_batch_definition_whole_dataframe("whole")

    def run(row: Figures) -> set[str]:
        done = whole.get_batch({"dataframe": figures_row(row).to_pandas()}).validate(suite)
        assert not [one.exception_info for one in done.results if one.exception_info.get("raised_exception")]
        return {one.expectation_config.meta["code"] for one in done.results if not one.success}

    return run


@pytest.mark.parametrize("many", [12, pytest.param(60, marks=pytest.mark.all)])
def test_gx_and_we_come_to_the_same(by_gx: Any, many: int) -> None:
    """GX takes seconds for a file's figures."""
    wanted = {rule.code for rule in file_rules()}
    for seed in range(10_000):
        row = random_figures(seed)
        ours = {failure.rule.code for failure in failures(row)}
        if seed < many or ours & wanted:  # and on until each rule was broken once
            assert ours == by_gx(row), (seed, row)
            wanted -= ours
        elif not wanted:
            break
    assert not wanted, "figures that break no rule would prove nothing"


def test_a_limit_changed_in_the_json_takes_effect(tmp_path: Any) -> None:
    document = json.loads(ROSTER_FILE.read_text(encoding="utf-8"))
    for entry in document["expectations"]:
        if entry["meta"]["code"] == "columns_shifted":
            entry["kwargs"]["max_value"] = 0.6
    mine = tmp_path / "roster_file.json"
    mine.write_text(json.dumps(document), encoding="utf-8")
    row: Figures = {"lines": 30, "misaligned_share": 0.5}
    assert [failure.rule.code for failure in failures(row)] == ["columns_shifted"]
    assert failures(row, mine) == []


def test_an_expectation_that_no_kernel_knows_is_run_by_gx(tmp_path: Any) -> None:
    document = json.loads(ROSTER_FILE.read_text(encoding="utf-8"))
    entry = document["expectations"][2]
    entry |= {"type": "expect_column_values_to_be_in_type_list", "kwargs": {"column": "lines", "type_list": ["str"]}}
    mine = tmp_path / "roster_file.json"
    document["expectations"] = [entry]
    mine.write_text(json.dumps(document), encoding="utf-8")
    with pytest.raises(SuiteError, match="rule of a line"):
        failures({"lines": 3}, mine)
    entry["type"], entry["kwargs"] = "expect_column_values_to_be_unique", {"column": "lines"}
    mine = tmp_path / "other.json"
    mine.write_text(json.dumps(document), encoding="utf-8")
    assert failures({"lines": 3}, mine) == []


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"kwargs": {"column": "linse", "max_value": 1}}, "no figure"),
        ({"meta": {"verdict": "burn"}}, "not known"),
        ({"meta": {"ask": None}}, "asked something"),
    ],
)
def test_a_wrong_suite_is_told(tmp_path: Any, change: dict[str, Any], says: str) -> None:
    document = json.loads(ROSTER_FILE.read_text(encoding="utf-8"))
    entry = document["expectations"][0]
    entry["kwargs"] = change.get("kwargs", entry["kwargs"])
    entry["meta"] |= change.get("meta", {})
    if entry["meta"].get("ask", 1) is None:
        del entry["meta"]["ask"]
    mine = tmp_path / "roster_file.json"
    mine.write_text(json.dumps(document), encoding="utf-8")
    with pytest.raises(SuiteError, match=says):
        file_rules(mine)


def test_the_gate_doubts_what_a_rule_of_the_file_holds() -> None:
    gate = json.loads((EXPECTATIONS / "batch_gate.json").read_text(encoding="utf-8"))["expectations"]
    (limit,) = [e["kwargs"]["max_value"] for e in gate if e["meta"]["code"] == "FILE_DOUBTFUL"]
    (rule,) = [rule for rule in file_rules() if rule.code == "mostly_quarantined"]
    assert rule.kwargs["max_value"] == limit
