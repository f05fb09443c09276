"""Row rules that no kernel knows, run by Great Expectations itself: anybody may add any expectation to the suite.

It costs six seconds of import and the pandas engine's time, so it is used for such rules alone, and said.
"""

from __future__ import annotations

import logging
import os
import warnings
from typing import Any

import numpy as np
import pyarrow as pa

from clearbase.quality.kernels import Kernel, Mask
from clearbase.quality.suite import Rule, SuiteError

log = logging.getLogger(__name__)


def kernel_by_gx(suite: str, rule: Rule) -> Kernel:
    """A kernel that asks Great Expectations which lines fail. Raises SuiteError naming the rule where it knows no such
    expectation either, or where it does not take the arguments."""
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    logging.getLogger("great_expectations").setLevel(logging.CRITICAL)
    import great_expectations as gx
    from great_expectations.exceptions.exceptions import GreatExpectationsError

    from clearbase.quality import gx_expectations  # registers our own types

    assert gx_expectations
    where = f"{suite}, {rule.code}"
    refused = SuiteError(f"{where}: {rule.type} is none that Great Expectations takes with these arguments")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            told = gx.ExpectationSuite(name=rule.code, expectations=[{"type": rule.type, "kwargs": rule.kwargs}])
    except (GreatExpectationsError, ValueError, TypeError, AttributeError):
        raise refused from None
    if not told.expectations:  # what it does not know it leaves out, and logs
        raise refused
    log.warning("%s: %s is run by Great Expectations, which takes seconds", where, rule.type)
    return lambda frame, kwargs: _flagged(where, told, frame)


def _flagged(where: str, suite: Any, frame: pa.Table) -> Mask:
    import great_expectations as gx
    from great_expectations.data_context.types.base import ProgressBarsConfig

    flagged = np.zeros(frame.num_rows, np.bool_)
    if not frame.num_rows:
        return flagged
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        context = gx.get_context(mode="ephemeral")
        context.variables.progress_bars = ProgressBarsConfig(globally=False)
        asset = context.data_sources.add_pandas("lines").add_dataframe_asset("frame")
        batch = asset.add_batch_definition_whole_dataframe("whole").get_batch({"dataframe": frame.to_pandas()})
        (result,) = batch.validate(suite, result_format={"result_format": "COMPLETE"}).results
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
