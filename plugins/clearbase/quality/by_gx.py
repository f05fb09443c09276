"""Row rules that no kernel knows, run by Great Expectations itself: anybody may add any expectation to the suite.

It costs six seconds of import and the pandas engine's time, so it is used for such rules alone, and said.
"""

from __future__ import annotations

import logging
import os
import re
import warnings
from collections.abc import Iterator
from typing import Any

import numpy as np
import pyarrow as pa

from clearbase.quality.kernels import Mask
from clearbase.quality.suite import Rule, SuiteError

log = logging.getLogger(__name__)
PLACE = "clearbase_place"  # which rule a result is of


def check_rules(suite: str, rules: list[Rule]) -> None:
    """Says that these rules take seconds. Raises SuiteError naming the first that Great Expectations does not know
    either, or whose arguments it does not take."""
    for rule in rules:
        if not _suite_of(suite, [rule]).expectations:  # what it does not know it leaves out, and logs
            raise _refused(suite, rule)
    told = ", ".join(f"{rule.code} ({rule.type})" for rule in rules)
    log.warning("%s: %s: run by Great Expectations, which takes seconds", suite, told)


def masks_by_gx(suite: str, rules: list[Rule], frame: pa.Table) -> list[Mask]:
    """For each rule the lines that fail it: one batch, one validation, of those columns alone that the rules name.

    Raises SuiteError where one cannot be computed on them, or tells no lines.
    """
    count = frame.num_rows
    if not count:
        return [np.zeros(0, np.bool_) for _ in rules]
    import great_expectations as gx
    from great_expectations.data_context.types.base import ProgressBarsConfig

    table = frame.select(_columns(rules, frame)).to_pandas()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        context = gx.get_context(mode="ephemeral")
        context.variables.progress_bars = ProgressBarsConfig(globally=False)
        asset = context.data_sources.add_pandas("lines").add_dataframe_asset("frame")
        batch = asset.add_batch_definition_whole_dataframe("whole").get_batch({"dataframe": table})
        results = batch.validate(_suite_of(suite, rules), result_format={"result_format": "COMPLETE"}).results
    by_place = {result.expectation_config.meta[PLACE]: result for result in results}
    return [_flagged(suite, rule, by_place[place], count) for place, rule in enumerate(rules)]


def _suite_of(suite: str, rules: list[Rule]) -> Any:
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    logging.getLogger("great_expectations").setLevel(logging.CRITICAL)
    import great_expectations as gx
    from great_expectations.exceptions.exceptions import GreatExpectationsError

    from clearbase.quality import gx_expectations  # registers our own types

    assert gx_expectations
    told = [{"type": r.type, "kwargs": r.kwargs, "meta": {PLACE: place}} for place, r in enumerate(rules)]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return gx.ExpectationSuite(name=suite, expectations=told)
    except (GreatExpectationsError, ValueError, TypeError, AttributeError):
        raise _refused(suite, rules[0]) from None


def _refused(suite: str, rule: Rule) -> SuiteError:
    told = f"{rule.type} is none that Great Expectations takes with these arguments"
    return SuiteError(f"{suite}, {rule.code}: {told}")


def _columns(rules: list[Rule], frame: pa.Table) -> list[str]:
    """The frame's columns that any argument names, a condition on rows too (``row_condition``)."""
    words = {word for rule in rules for text in _texts(rule.kwargs) for word in re.findall(r"\w+", text)}
    return [name for name in frame.column_names if name in words]


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for one in value.values() for text in _texts(one))
    elif isinstance(value, (list, tuple)):
        yield from (text for one in value for text in _texts(one))


def _flagged(suite: str, rule: Rule, result: Any, count: int) -> Mask:
    where = f"{suite}, {rule.code}"
    flagged = np.zeros(count, np.bool_)
    info = result.exception_info or {}
    if info.get("raised_exception") or any(
        isinstance(one, dict) and one.get("raised_exception") for one in info.values()
    ):
        raise SuiteError(f"{where}: Great Expectations could not compute it on the lines' columns")
    found = (result.result or {}).get("unexpected_index_list")
    if found is None and not result.success:
        raise SuiteError(f"{where}: it does not tell which lines fail, so it is no rule of a line")
    flagged[np.array(found or [], np.int64)] = True
    return flagged
