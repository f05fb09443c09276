"""Lets the reading tests import their helpers (``roster_files``, ``corpus_figures``) under pytest's importlib mode."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
