"""What a command of a second leaves out. Nothing heavy is imported here before it is wanted."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from types import ModuleType


class _NoPandas:
    """A finder that says of pandas that it is not there."""

    @staticmethod
    def find_spec(name: str, path: Sequence[str] | None = None, target: ModuleType | None = None) -> None:
        if name == "pandas":
            raise ModuleNotFoundError(name)


def arrow_alone() -> None:
    """Imports Arrow without pandas: with its first value Arrow looks whether pandas is there, and loads it (0.3 s).

    It looks but once, so pandas is hidden from it for that moment. Where pandas is truly wanted (``to_pandas``, for a
    rule that Great Expectations runs) Arrow looks again and finds it.
    """
    sys.meta_path.insert(0, _NoPandas)
    try:
        import pyarrow as pa

        pa.scalar(None)
    finally:
        sys.meta_path.remove(_NoPandas)
