"""The gate: a suite of Great Expectations, run by Great Expectations, on a table of codes and counts.

GX is imported here when the gate runs and nowhere else: it costs seven seconds (a Dag's tasks inherit it).
"""

from __future__ import annotations

import json
import logging
import os
import shutil
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from clearbase.quality.gate_docs import make_local, write_front_page

if TYPE_CHECKING:
    import pandas as pd

CRITICAL: Final = "critical"  # stops the publish; `warning` is told and shown


@dataclass(frozen=True)
class Failure:
    """An expectation that failed (``rows`` that break it) or could not be computed (``fault``: the error's type)."""

    code: str
    severity: str
    rows: int
    fault: str | None
    text: str

    @property
    def stops(self) -> bool:
        """What cannot be computed is no better than what is wrong."""
        return self.severity == CRITICAL or self.fault is not None


@dataclass(frozen=True)
class GateResult:
    """``evaluated``: expectations; ``failures``: those that did not hold."""

    evaluated: int
    failures: list[Failure]

    @property
    def passed(self) -> bool:
        return not any(failure.stops for failure in self.failures)


def run_gate(suite_file: Path, table: pd.DataFrame, docs: Path) -> GateResult:
    """Run the suite on the table (codes and counts only: what fails is shown) and write Data Docs into ``docs``."""
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    logging.getLogger("great_expectations").setLevel(logging.ERROR)
    import great_expectations as gx
    from great_expectations.checkpoint.actions import UpdateDataDocsAction
    from great_expectations.data_context.types.base import (
        DataContextConfig,
        InMemoryStoreBackendDefaults,
        ProgressBarsConfig,
    )

    suite = json.loads(suite_file.read_text(encoding="utf-8"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        # Not the default configuration: that makes a temporary folder for docs at each run and leaves it.
        stores = InMemoryStoreBackendDefaults(init_temp_docs_sites=False)
        configuration = DataContextConfig(
            store_backend_defaults=stores, progress_bars=ProgressBarsConfig(globally=False), analytics_enabled=False
        )
        context = gx.get_context(mode="ephemeral", project_config=configuration)
        _docs_site(context, docs)
        asset = context.data_sources.add_pandas("batch").add_dataframe_asset(suite["name"])
        definition = context.validation_definitions.add(
            gx.ValidationDefinition(
                name=suite["name"],
                data=asset.add_batch_definition_whole_dataframe("whole"),
                suite=context.suites.add(gx.ExpectationSuite(**suite)),
            )
        )
        checkpoint = context.checkpoints.add(
            gx.Checkpoint(
                name=suite["name"],
                validation_definitions=[definition],
                actions=[UpdateDataDocsAction(name="docs")],
                result_format={"result_format": "SUMMARY"},
            )
        )
        result = checkpoint.run(batch_parameters={"dataframe": table})
    (validated,) = result.run_results.values()
    told = validated.results
    failures = [_failure(one) for one in told if not one.success]
    make_local(docs)
    write_front_page(docs, suite, failures, len(table))
    return GateResult(len(told), failures)


def _docs_site(context: Any, docs: Path) -> None:
    shutil.rmtree(docs, ignore_errors=True)
    context.add_data_docs_site(
        site_name="batch",
        site_config={
            "class_name": "SiteBuilder",
            "show_how_to_buttons": False,
            "store_backend": {"class_name": "TupleFilesystemStoreBackend", "base_directory": str(docs)},
            "site_index_builder": {"class_name": "DefaultSiteIndexBuilder"},
        },
    )


def _failure(one: Any) -> Failure:
    meta = one.expectation_config.meta
    fault = _fault(one.exception_info)
    rows = 0 if fault else int((one.result or {}).get("unexpected_count") or 0)
    chinese, english = meta["zh"], meta["en"]
    found = f"could not be computed ({fault})" if fault else f"{english['found']} ({rows} rows)"
    text = f"{meta['code']}: {found}; expected: {english['expected']}; {english['mend']}。"
    text += f"{chinese['found']}；{chinese['mend']}"
    return Failure(meta["code"], meta["severity"], rows, fault, text)


def _fault(info: Any) -> str | None:
    """The type of the error that kept a metric from being computed. Its message may quote a value and stays untold."""
    entries = [info] if "raised_exception" in (info or {}) else list((info or {}).values())
    for entry in entries:
        if entry.get("raised_exception"):
            trace = str(entry.get("exception_traceback") or "").strip().splitlines()
            kind = trace[-1].split(":")[0].strip() if trace else ""
            return kind if kind.isidentifier() or "." in kind else "MetricError"
    return None
