"""Lets the tests import the reading tests' corpus and the pipeline tests' rosters."""

import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1] / name) for name in ("reading", "pipeline")]
