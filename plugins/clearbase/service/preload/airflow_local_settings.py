"""Airflow imports this when it starts. The scheduler (or a Celery worker) forks its hands, and they their tasks: what
it has imported by then every task has, instead of paying seven seconds for Great Expectations in each gate."""

import sys

__all__: list[str] = []

if sys.argv[1:2] == ["scheduler"] or sys.argv[1:3] == ["celery", "worker"]:
    import great_expectations  # noqa: F401

    import clearbase.pipeline.scheduled  # noqa: F401
