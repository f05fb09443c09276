"""Expectations of our own for Great Expectations. Importing this module imports GX (six seconds) and registers them.

They ask ``standards.identity_number`` one value at a time, on purpose: the compiled kernels compute over bytes, and
the differential test holds one against the other.
"""

from __future__ import annotations

from typing import Any

from great_expectations.execution_engine.pandas_execution_engine import PandasExecutionEngine
from great_expectations.expectations.expectation import ColumnMapExpectation
from great_expectations.expectations.metrics.map_metric_provider.column_condition_partial import (
    column_condition_partial,
)
from great_expectations.expectations.metrics.map_metric_provider.column_map_metric_provider import (
    ColumnMapMetricProvider,
)

from clearbase.standards import credit_code, identity_number


class IdentityChecksum(ColumnMapMetricProvider):
    """Whether a text is 17 digits and their check character (GB 11643-1999)."""

    condition_metric_name = "column_values.identity_checksum"

    @column_condition_partial(engine=PandasExecutionEngine)
    def _pandas(cls, column: Any, **kwargs: Any) -> Any:
        return column.map(_checks).astype(bool)


class RealBirthDate(ColumnMapMetricProvider):
    """Whether an 18-character number holds a day that exists."""

    condition_metric_name = "column_values.real_birth_date"

    @column_condition_partial(engine=PandasExecutionEngine)
    def _pandas(cls, column: Any, **kwargs: Any) -> Any:
        return column.map(_born).astype(bool)


class CreditCode(ColumnMapMetricProvider):
    """Whether a text is a unified social credit code (GB 32100-2015), its organisation code's check included."""

    condition_metric_name = "column_values.credit_code"

    @column_condition_partial(engine=PandasExecutionEngine)
    def _pandas(cls, column: Any, **kwargs: Any) -> Any:
        return column.map(credit_code.is_valid).astype(bool)


class ExpectColumnValuesToBeCreditCodes(ColumnMapExpectation):
    """Expect the values to be unified social credit codes (GB 32100-2015)."""

    map_metric = "column_values.credit_code"


class ExpectColumnValuesToHaveIdentityChecksum(ColumnMapExpectation):
    """Expect the values to be identity numbers whose check character holds (GB 11643-1999)."""

    map_metric = "column_values.identity_checksum"


class ExpectColumnValuesToHoldRealBirthDate(ColumnMapExpectation):
    """Expect the values to be identity numbers that hold a birth date which exists."""

    map_metric = "column_values.real_birth_date"


def _checks(number: str) -> bool:
    return len(number) == 18 and number[:17].isdecimal() and identity_number.check_character(number[:17]) == number[17]


def _born(number: str) -> bool:
    return identity_number.birth(number) is not None
