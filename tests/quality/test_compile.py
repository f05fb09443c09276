"""GX itself and the compiled kernels flag the same lines, rule by rule. The one test module that imports GX (6 s)."""

import json
import logging
import os

import numpy as np
import pytest
from dirty_lines import PERIOD, dirty_lines

from clearbase.quality import by_gx
from clearbase.quality.compile import compile_suite, rule_bits
from clearbase.quality.frame import check_frame
from clearbase.quality.suite import ROSTER_LINE, load_suite

os.environ["GX_ANALYTICS_ENABLED"] = "false"


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
    codes = [entry["meta"]["code"] for entry in document["expectations"]]

    def run(frame):
        batch = batches.get_batch({"dataframe": frame.to_pandas()})
        done = batch.validate(suite, result_format={"result_format": "COMPLETE", "include_unexpected_rows": False})
        rows = {}
        for result in done.results:
            config = result.expectation_config
            assert not result.exception_info.get("raised_exception"), (config.type, result.exception_info)
            rows[_key(config.meta["code"], config.kwargs)] = set(result.result.get("unexpected_index_list") or ())
        assert len(rows) == len(codes)
        return rows

    return run


def _key(code, kwargs):
    return code, *(str(kwargs.get(k)) for k in ("column", "column_A", "column_B", "regex", "value_set"))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_gx_and_kernels_flag_the_same_lines(gx_rows, seed):
    compiled = compile_suite(load_suite())
    frame = check_frame(dirty_lines(seed, 300), PERIOD, compiled.suite.columns())
    masks = compiled.masks(frame)
    expected = gx_rows(frame)
    for rule, mask in zip(compiled.suite.rules, masks, strict=True):
        assert set(np.flatnonzero(mask).tolist()) == expected[_key(rule.code, rule.kwargs)], (rule.code, rule.kwargs)


def test_the_dirty_lines_break_nearly_every_rule():
    """A differential test on lines that break no rule would prove nothing."""
    compiled = compile_suite(load_suite())
    frame = check_frame(dirty_lines(1, 300), PERIOD, compiled.suite.columns())
    silent = {r.code for r, m in zip(compiled.suite.rules, compiled.masks(frame), strict=True) if m.any()}
    assert {rule.code for rule in compiled.suite.rules} - silent <= {"CODE_UNKNOWN"}


def test_bits_are_the_masks():
    compiled = compile_suite(load_suite())
    frame = check_frame(dirty_lines(4, 50), PERIOD, compiled.suite.columns())
    masks = compiled.masks(frame)
    bits = rule_bits(compiled.suite, masks, 50)
    for rule in compiled.suite.rules:
        of_code = [mask for other, mask in zip(compiled.suite.rules, masks, strict=True) if other.code == rule.code]
        assert (((bits >> np.uint64(rule.bit)) & np.uint64(1)).astype(bool) == np.any(of_code, axis=0)).all()


def test_no_line_at_all(gx_rows):
    compiled = compile_suite(load_suite())
    frame = check_frame(dirty_lines(1, 10).slice(0, 0), None, compiled.suite.columns())
    assert all(not mask.any() and mask.shape == (0,) for mask in compiled.masks(frame))


ADDED = [
    ("expect_column_value_lengths_to_be_between", {"column": "name", "min_value": 2, "max_value": 3}),
    ("expect_column_values_to_be_unique", {"column": "phone"}),
    ("expect_compound_columns_to_be_unique", {"column_list": ["name", "phone"]}),
]


@pytest.mark.parametrize(("type_", "kwargs"), ADDED, ids=[type_ for type_, _ in ADDED])
def test_an_expectation_that_no_kernel_knows_is_run_by_gx_and_said(tmp_path, monkeypatch, type_, kwargs):
    # A logger of its own: Airflow, where another test has imported it, has the others in hand.
    said, logger = [], logging.Logger("said")
    logger.addFilter(lambda record: said.append(record.getMessage()) or True)
    monkeypatch.setattr(by_gx, "log", logger)
    document = json.loads(ROSTER_LINE.read_text(encoding="utf-8"))
    meta = document["expectations"][0]["meta"] | {"code": "ADDED", "bit": 63, "effect": "flag", "fields": ["name"]}
    document["expectations"].append({"type": type_, "kwargs": kwargs, "meta": meta})
    path = tmp_path / "roster_line.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    compiled = compile_suite(load_suite(path))
    assert "ADDED" in said[0] and "Great Expectations" in said[0]
    frame = check_frame(dirty_lines(1, 200), PERIOD, compiled.suite.columns())
    flagged = set(np.flatnonzero(compiled.masks(frame)[-1]).tolist())
    table = frame.to_pandas()
    if type_ == "expect_column_value_lengths_to_be_between":
        lengths = table["name"].str.len()
        expected = lengths.notna() & ~lengths.between(2, 3)
    else:
        columns = kwargs.get("column_list") or [kwargs["column"]]
        expected = table.duplicated(columns, keep=False) & table[columns].notna().any(axis=1)
    assert flagged == set(np.flatnonzero(expected))
    assert flagged, "it has to find something"
