"""The rule book: every rule of every suite in ``expectations/``, with what it costs, its texts and an example.

It reads the suites' JSON and nothing else, so that a new suite whose expectations carry ``meta.code`` is in it without
a line of Python. What reading observes (``observed.json``) are entries that are their own meta.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from clearbase.errors import SetupError
from clearbase.reading.catalogue import load_catalogue
from clearbase.settings import EXPECTATIONS

# The chapters in the order of a file's way; a suite that is not named here comes last, under its own name.
CHAPTERS: Final[dict[str, tuple[str, str]]] = {
    "observed.json": ("读取时看到的", "What reading observes"),
    "roster_line.json": ("花名册每一行", "Every line of a roster"),
    "roster_file.json": ("整份花名册", "A roster as a whole"),
    "batch_gate.json": ("入库前的批次检验", "The gate before a batch is published"),
    "registry.json": ("居民登记信息", "The resident registry's extracts"),
    "warehouse.json": ("底数仓库每夜检验", "The warehouse, each night"),
}
SEVERITIES: Final = {"critical": "严重", "error": "错误", "warning": "提醒", "info": "说明"}
# What a failure costs: of a line ``meta.effect``, of a file ``meta.verdict``, of our own figures by severity.
COSTS: Final[dict[str, tuple[str, str]]] = {
    "flag": ("只提示，内容照用", "told; the value is used"),
    "withhold": ("这一格的内容不采用", "the cell's value is withheld"),
    "take_number": ("采用证件号码所示的值", "the value that the identity number tells is taken"),
    "quarantine": ("这一行隔离，不入库", "the line goes into quarantine"),
    "repeat": ("这一行算重复，不再入库", "the line counts as a repetition"),
    "warn": ("只提示", "told"),
    "hold": ("整份待核", "the file waits for a person's decision"),
    "refuse": ("整份退回", "the file is refused"),
    "observe": ("只提示，按所读内容处理", "told; what was read is used"),
    "stop": ("本批次不入库", "nothing of the batch is published"),
    "fail": ("当夜核验失败", "the night's run fails"),
}
CRITICAL_COSTS: Final = {"batch_gate.json": "stop", "warehouse.json": "fail"}
SHORT = 48  # characters of an argument that is shown


@dataclass(frozen=True)
class Entry:
    """One code. ``fields``: Chinese labels. ``checks``: the expectations under it, their arguments shortened.
    ``zh``, ``en``: found, expected, mend. ``rights``: shown only to those who may see flags of workers' rights."""

    suite: str
    code: str
    severity: str
    cost: str
    fields: tuple[str, ...]
    zh: dict[str, str]
    en: dict[str, str]
    example: dict[str, str] | None
    checks: tuple[str, ...]
    rights: bool = False


@dataclass(frozen=True)
class Chapter:
    """One suite; ``zh`` and ``en`` are its titles."""

    file: str
    zh: str
    en: str
    entries: tuple[Entry, ...]


def rule_book(folder: Path = EXPECTATIONS) -> list[Chapter]:
    """Every suite of the folder. Raises SetupError that names a file which is no JSON, or a rule that lacks a text."""
    labels = _labels(folder)
    found = {path.name: list(_entries(path, labels)) for path in sorted(folder.glob("*.json"))}
    order = [*(name for name in CHAPTERS if name in found), *(name for name in found if name not in CHAPTERS)]
    return [
        Chapter(name, *CHAPTERS.get(name, (name.removesuffix(".json"),) * 2), tuple(found[name]))
        for name in order
        if found[name]
    ]


def entries_of(chapters: Iterable[Chapter], code: str | None = None) -> list[Entry]:
    """All of them, or those of a code, whatever its case. Raises SetupError where no suite has it."""
    entries = [entry for chapter in chapters for entry in chapter.entries]
    if code is None:
        return entries
    of_code = [entry for entry in entries if entry.code.lower() == code.lower()]
    if not of_code:
        import difflib

        near = difflib.get_close_matches(code.upper(), [entry.code.upper() for entry in entries], 1)
        raise SetupError(f"no rule is called {code}" + (f"; did you mean {near[0]}?" if near else ""))
    return of_code


def counts(entries: Iterable[Entry]) -> dict[str, int]:
    """Severity → how many rules, the gravest first."""
    by_severity = Counter(entry.severity for entry in entries)
    return {name: by_severity[name] for name in (*SEVERITIES, *by_severity) if by_severity[name]}


def as_json(entries: Sequence[Entry]) -> str:
    """The same for programs."""
    return json.dumps({"rules": [asdict(e) for e in entries], "counts": counts(entries)}, ensure_ascii=False, indent=1)


def plain(text: str) -> str:
    """A text without the places for what was found: ``“{value}”`` is ``“…”``."""
    return re.sub(r"\{\w*\}", "…", text)


def _labels(folder: Path) -> dict[str, str]:
    labels: dict[str, str] = {}
    for name in ("registry_fields.csv", "fields.csv"):
        if (folder / name).is_file():
            labels |= load_catalogue(folder / name).labels
    return labels


def _entries(path: Path, labels: dict[str, str]) -> Iterator[Entry]:
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SetupError(f"{path.name} is no JSON ({type(error).__name__})") from None
    told = [(one.get("meta") or {}, one) for one in document.get("expectations", ())]
    told += [(one | {"effect": "observe"}, {}) for one in document.get("observations", ())]
    of_code: dict[str, list[tuple[dict[str, Any], dict[str, Any]]]] = {}
    for meta, one in told:
        if "code" in meta:
            of_code.setdefault(meta["code"], []).append((meta, one))
    for code, rules in of_code.items():
        try:
            yield _entry(path.name, code, rules, labels)
        except (KeyError, TypeError) as error:
            raise SetupError(f"{path.name}, {code}: its meta lacks {error}") from None


def _entry(file: str, code: str, rules: list[tuple[dict[str, Any], dict[str, Any]]], labels: dict[str, str]) -> Entry:
    meta = rules[0][0]
    severity = meta["severity"]
    cost = meta.get("effect") or meta.get("verdict")
    cost = cost or (CRITICAL_COSTS.get(file, "warn") if severity == "critical" else "warn")
    zh, en = ({part: meta[language][part] for part in ("found", "expected", "mend")} for language in ("zh", "en"))
    return Entry(
        file.removesuffix(".json"),
        code,
        severity,
        cost,
        tuple(dict.fromkeys(labels.get(field, field) for told, _ in rules for field in told.get("fields", ()))),
        zh,
        en,
        next((_example(told["example"]) for told, _ in rules if told.get("example")), None),
        tuple(_check(one) for _, one in rules if one),
        meta.get("audience") == "rights",
    )


def _example(told: dict[str, str] | str) -> dict[str, str]:
    """``bad`` and ``good``; one in words alone has nothing that should stand there instead."""
    return {"bad": told, "good": ""} if isinstance(told, str) else {"bad": told["bad"], "good": told["good"]}


def _check(expectation: dict[str, Any]) -> str:
    """``expect_column_values_to_not_be_null(column=name)``; a pattern or a long list is left out."""
    arguments = []
    for name, value in expectation.get("kwargs", {}).items():
        text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
        arguments.append(f"{name}={text if len(text) <= SHORT and text.isprintable() else '…'}")
    return f"{expectation['type']}({'; '.join(arguments)})"
