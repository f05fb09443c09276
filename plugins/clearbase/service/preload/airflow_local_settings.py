"""Airflow imports this when it starts. The scheduler forks its hands, and they their tasks: what it has imported by
then every task has, instead of paying seven seconds for Great Expectations in each gate."""

import sys

__all__: list[str] = []

if "scheduler" in sys.argv[1:2]:
    import great_expectations  # noqa: F401

    import clearbase.pipeline.scheduled  # noqa: F401
