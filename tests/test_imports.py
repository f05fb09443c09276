"""Imports run one way, and the library knows nothing of Airflow."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from clearbase.settings import PROJECT

LIBRARY = PROJECT / "plugins" / "clearbase"

# A module may import from its own layer and from those above it in this list.
LAYERS = (
    {"errors", "given", "lean", "records", "settings", "standards"},
    {"runtime"},
    {"privacy"},
    {"reading", "quality", "district"},
    {"warehouse"},
    {"identity", "receipts"},
    {"ledger", "intake", "inspection", "marts"},
    {"pipeline"},
    {"service"},
    {
        "access_console",
        "console",
        "drift_console",
        "identity_console",
        "keys_console",
        "ledger_console",
        "linking_console",
        "offline",
        "recheck_console",
        "registry_console",
        "replay_console",
        "rules_console",
        "services",
    },
    {"access_cli", "employer_cli", "identity_cli", "keys_cli", "ledger_cli", "registry_cli", "rules_cli"},
    {"cli", "__main__"},
)
MODULES = sorted(LIBRARY.rglob("*.py"))


def layer(part: str) -> int:
    return next(place for place, parts in enumerate(LAYERS) if part in parts)


def imported(module: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: relative import"
            names |= {node.module or ""} | {f"{node.module}.{alias.name}" for alias in node.names}
    return names


@pytest.mark.parametrize("module", MODULES, ids=lambda m: str(m.relative_to(LIBRARY)))
def test_imports_run_one_way(module: Path) -> None:
    own = module.relative_to(LIBRARY).parts[0].removesuffix(".py")
    if own == "__init__":
        return
    for name in imported(module):
        assert not name.startswith(("airflow", "clearbase_")), f"{module.name} imports {name}"
        parts = name.split(".")
        if parts[0] == "clearbase" and len(parts) > 1:
            assert layer(parts[1]) <= layer(own), f"{own} imports {parts[1]}"


def test_modules_are_small() -> None:
    long = {
        str(m.relative_to(LIBRARY)): n for m in MODULES if (n := len(m.read_text(encoding="utf-8").splitlines())) > 300
    }
    assert not long
