"""GX itself and the compiled kernels flag the same lines, rule by rule. The one test module that imports GX (6 s)."""

import datetime as dt
import json
import logging
import os
import sys
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from dirty_lines import DATES, FIELDS, NAMES, PERIOD, PHONES, SEXES, dirty_lines, lines_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clearbase.quality import by_gx
from clearbase.quality.compile import compile_suite, rule_bits
from clearbase.quality.frame import check_frame
from clearbase.quality.suite import ROSTER_LINE, columns_of, load_suite
from clearbase.reading.file import read_roster
from clearbase.records import EMPTY, ERROR, NUMBER, TEXT

sys.path.insert(0, str(Path(__file__).parents[1] / "reading"))
from corpus_figures import generate

os.environ["GX_ANALYTICS_ENABLED"] = "false"
ON, RECEIVED = dt.date(2026, 3, 1), dt.date(2024, 4, 15)


@pytest.fixture(scope="module")
def gx_rows():
    """Runs the suite's JSON as it is on a pandas frame: for each expectation the flagged rows, in the suite's order."""
    import great_expectations as gx

    from clearbase.quality import gx_expectations  # registers our own types

    assert gx_expectations
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = gx.data_context.types.base.ProgressBarsConfig(globally=False)
    document = json.loads(ROSTER_LINE.read_text(encoding="utf-8"))
    suite = context.suites.add(gx.ExpectationSuite(**document))
    source = context.data_sources.add_pandas("lines").add_dataframe_asset("frame")
    batches = source.add_batch_definition_whole_dataframe("whole")
    count = len(document["expectations"])

    def run(frame):
        batch = batches.get_batch({"dataframe": frame.to_pandas()})
        done = batch.validate(suite, result_format={"result_format": "COMPLETE", "include_unexpected_rows": False})
        rows = {}
        for result in done.results:
            config = result.expectation_config
            assert not result.exception_info.get("raised_exception"), (config.type, result.exception_info)
            rows[_key(config.meta["code"], config.kwargs)] = set(result.result.get("unexpected_index_list") or ())
        assert len(rows) == count
        return rows

    return run


def _key(code, kwargs):
    return code, *(str(kwargs.get(k)) for k in ("column", "column_A", "column_B", "regex", "value_set"))


def _frame(lines, period=PERIOD, on=ON, received=RECEIVED):
    return check_frame(lines, period, load_suite().columns(), on, received)


def _same_lines(frame, expected):
    compiled = compile_suite(load_suite())
    for rule, mask in zip(compiled.suite.rules, compiled.masks(frame), strict=True):
        assert set(np.flatnonzero(mask).tolist()) == expected[_key(rule.code, rule.kwargs)], (rule.code, rule.kwargs)


# Cells as people write them, and any text at all: short tables, so that columns without a value come, too.
POOLS = {"name": NAMES, "sex": SEXES, "phone": PHONES, "hire_date": DATES, "birth_date": DATES, "leave_date": DATES}
KINDS = st.sampled_from([TEXT] * 6 + [NUMBER, ERROR])
CELLS = {
    field: st.tuples(
        st.one_of(st.sampled_from([*POOLS.get(field, DATES), "330227198506159988"]), st.text(max_size=20), st.just("")),
        KINDS,
    ).map(lambda cell: cell if cell[0] else ("", EMPTY))
    for field in FIELDS
}
TABLES = st.lists(st.fixed_dictionaries({}, optional=CELLS), min_size=1, max_size=12)
DAYS = st.dates(dt.date(2023, 1, 1), dt.date(2027, 12, 31))


def _frame_of(rows, period, on, received):
    return _frame(lines_of(rows), period and period.replace(day=1), on, received)


def _whole(frames):
    """All lines of frames that were made one by one: what lines of a file say of each other stands in columns."""
    columns = list(dict.fromkeys(c for rule in load_suite().rules for c in columns_of(rule.kwargs)))
    return pa.concat_tables([frame.select(columns) for frame in frames])


def test_on_any_table_they_flag_the_same_lines(gx_rows):
    """Tables as hypothesis makes them, and long ones of known dirt; GX takes seconds however few the lines are, so it
    is asked once, of all of them together."""
    frames = [_frame(dirty_lines(seed, 300)) for seed in (1, 2)]

    @settings(max_examples=60, deadline=None, derandomize=True, database=None)
    @given(rows=TABLES, period=st.none() | DAYS, on=DAYS, received=st.none() | DAYS)
    def made(rows, period, on, received):
        frames.append(_frame_of(rows, period, on, received))

    made()
    whole = _whole(frames)
    assert len(frames) >= 50 and whole.num_rows > 700
    _same_lines(whole, gx_rows(whole))


@pytest.mark.all
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(rows=TABLES, period=st.none() | DAYS, on=DAYS, received=st.none() | DAYS)
def test_on_very_many_tables_they_flag_the_same_lines(gx_rows, rows, period, on, received):
    """One by one, so that hypothesis finds the smallest table on which they differ."""
    frame = _frame_of(rows, period, on, received)
    _same_lines(frame, gx_rows(frame))


def test_on_the_whole_corpus_they_flag_the_same_lines(gx_rows, tmp_path):
    generate(tmp_path, noise=0.2)
    frames = []
    for path in sorted(p for p in tmp_path.rglob("*") if p.suffix in (".xlsx", ".xls", ".csv")):
        read = read_roster(path.read_bytes(), path.name)
        if read.lines is not None and read.lines.num_rows:
            frames.append(_frame(read.lines))
    whole = _whole(frames)
    assert len(frames) >= 25 and whole.num_rows >= 300
    _same_lines(whole, gx_rows(whole))


def test_the_dirty_lines_break_nearly_every_rule():
    """A differential test on lines that break no rule would prove nothing."""
    compiled = compile_suite(load_suite())
    frame = _frame(dirty_lines(1, 300))
    broken = {r.code for r, m in zip(compiled.suite.rules, compiled.masks(frame), strict=True) if m.any()}
    assert {rule.code for rule in compiled.suite.rules} - broken == set()


def test_bits_are_the_masks():
    compiled = compile_suite(load_suite())
    frame = _frame(dirty_lines(4, 50))
    masks = compiled.masks(frame)
    bits = rule_bits(compiled.suite, masks, 50)
    for rule in compiled.suite.rules:
        of_code = [mask for other, mask in zip(compiled.suite.rules, masks, strict=True) if other.code == rule.code]
        assert (((bits >> np.uint64(rule.bit)) & np.uint64(1)).astype(bool) == np.any(of_code, axis=0)).all()


def test_no_line_at_all(gx_rows):
    compiled = compile_suite(load_suite())
    frame = check_frame(dirty_lines(1, 10).slice(0, 0), None, compiled.suite.columns())
    assert all(not mask.any() and mask.shape == (0,) for mask in compiled.masks(frame))


ADDED = (
    ("expect_column_value_lengths_to_equal", {"column": "phone", "value": 11}),
    ("expect_column_values_to_be_unique", {"column": "phone"}),
    ("expect_compound_columns_to_be_unique", {"column_list": ["name", "phone"]}),
)


def _suite_with(tmp_path, *added):
    document = json.loads(ROSTER_LINE.read_text(encoding="utf-8"))
    document["expectations"] += [{"type": type_, "kwargs": kwargs} for type_, kwargs in added]
    path = tmp_path / "roster_line.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    return load_suite(path)


def test_expectations_that_no_kernel_knows_are_run_by_gx_at_once_and_said(tmp_path, monkeypatch):
    # A logger of its own: Airflow, where another test has imported it, has the others in hand.
    said, logger = [], logging.Logger("said")
    logger.addFilter(lambda record: said.append(record.getMessage()) or True)
    monkeypatch.setattr(by_gx, "log", logger)
    compiled = compile_suite(_suite_with(tmp_path, *ADDED))
    assert [rule.code for rule in compiled.suite.rules[-3:]] == ["ADDED_63", "ADDED_62", "ADDED_61"]
    assert len(said) == 1 and all(code in said[0] for code in ("ADDED_63", "ADDED_62", "ADDED_61", "Great Expectat"))
    frame = check_frame(dirty_lines(1, 200), PERIOD, compiled.suite.columns())
    flagged = [set(np.flatnonzero(mask).tolist()) for mask in compiled.masks(frame)[-3:]]
    table = frame.select(["name", "phone"]).to_pandas()
    pairs = table[["name", "phone"]]
    expected = [
        table["phone"].notna() & (table["phone"].str.len() != 11),
        table["phone"].notna() & table.duplicated(["phone"], keep=False),
        pairs.notna().any(axis=1) & pairs.duplicated(keep=False),
    ]
    assert flagged == [set(np.flatnonzero(mask)) for mask in expected]
    assert all(flagged), "each has to find something"


def test_a_condition_on_another_column_finds_its_column(tmp_path):
    kwargs = {"column": "phone", "row_condition": 'department == "一车间"', "condition_parser": "pandas"}
    compiled = compile_suite(_suite_with(tmp_path, ("expect_column_values_to_be_unique", kwargs)))
    frame = check_frame(dirty_lines(1, 100), PERIOD, compiled.suite.columns())
    flagged = compiled.masks(frame)[-1]
    table = frame.select(["phone", "department"]).to_pandas()
    there = table[table["department"] == "一车间"]
    twice = there[there["phone"].notna() & there.duplicated(["phone"], keep=False)]
    assert set(np.flatnonzero(flagged)) == set(twice.index) and len(twice)
