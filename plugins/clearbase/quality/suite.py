"""Suites of row rules: GX 1.x ExpectationSuite JSON, whose ``meta`` says what a failure is called and what it costs.

The file is the one place of a rule. Great Expectations loads it as it is (``gx.ExpectationSuite(**json)``, after
importing ``quality.gx_expectations`` for the types of our own); the pipeline compiles it (``quality.compile``); the
receipts take their texts from it.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

from clearbase.errors import SetupError
from clearbase.quality.added_rules import with_meta
from clearbase.records import Severity
from clearbase.settings import EXPECTATIONS

ROSTER_LINE = EXPECTATIONS / "roster_line.json"

# What a failure does beside being told: nothing, the cell's value is withheld, the number's value is taken instead,
# the line goes into quarantine, the line is a repetition.
Effect = Literal["flag", "withhold", "take_number", "quarantine", "repeat"]
# Whom a finding is told: the employer, or only those who may see flags of workers' rights (domain.md, Labour checks).
Audience = Literal["employer", "rights"]
BITS = range(64)


class SuiteError(SetupError):
    """A suite that cannot be used: a file, an expectation or its meta is not as it must be."""


@dataclass(frozen=True)
class Texts:
    """What an employer reads. ``found`` may hold ``{value}``."""

    found: str
    expected: str
    mend: str


@dataclass(frozen=True)
class Example:
    """Cells for the rule book, of nobody: one that the rule flags and what should stand there."""

    bad: str
    good: str


@dataclass(frozen=True)
class Rule:
    """One expectation. Several may share a code and its bit: one rule over several fields.

    ``fields``: the field whose cell is told (and withheld) first, then those that it was compared with; none for a
    rule of the whole line. ``example`` stands with the first rule of its code. ``yields_to``: codes, of rules or of
    what reading observes, beside which it is not told of the same cell again. ``suggests``: the column of the check
    frame that says what was probably meant.
    """

    code: str
    bit: int
    severity: Severity
    effect: Effect
    fields: tuple[str, ...]
    type: str
    kwargs: dict[str, Any]
    zh: Texts
    en: Texts
    audience: Audience = "employer"
    example: Example | None = None
    yields_to: tuple[str, ...] = ()
    suggests: str | None = None


@dataclass(frozen=True)
class Suite:
    """``sha256``: of the file as it was loaded."""

    name: str
    rules: tuple[Rule, ...]
    sha256: bytes

    def columns(self) -> list[str]:
        """Columns of the check frame that the rules look at, each once."""
        named = [column for rule in self.rules for column in columns_of(rule.kwargs)]
        suggested = [rule.suggests for rule in self.rules if rule.suggests]
        return list(dict.fromkeys([*named, *suggested]))

    def rule(self, code: str) -> Rule:
        """The first rule of that code; its texts and severity hold for all of them. Raises KeyError."""
        for rule in self.rules:
            if rule.code == code:
                return rule
        raise KeyError(code)


def columns_of(kwargs: dict[str, Any]) -> list[str]:
    """The columns that an expectation's arguments name, whatever it calls them (``column``, ``column_A``,
    ``column_list``, ``sum_column``, …)."""
    named = [value for key, value in kwargs.items() if "column" in key]
    texts = [text for value in named for text in (value if isinstance(value, list) else [value])]
    return [text for text in texts if isinstance(text, str)]


@cache
def load_suite(path: Path = ROSTER_LINE) -> Suite:
    """The suite in a JSON file. Raises SuiteError that names the file and the expectation."""
    try:
        data = path.read_bytes()
        document = json.loads(data)
        entries = with_meta(document["expectations"])
        rules = tuple(_rule(path.name, n, entry) for n, entry in enumerate(entries, 1))
        suite = Suite(str(document["name"]), rules, hashlib.sha256(data).digest())
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SuiteError(f"{path.name}: not a readable suite ({type(error).__name__}: {error})") from None
    _check_codes(path.name, suite)
    return suite


def _rule(file: str, n: int, entry: dict[str, Any]) -> Rule:
    meta = entry["meta"]
    where = f"{file}, expectation {n} ({meta.get('code', '?')})"
    try:
        rule = Rule(
            meta["code"], meta["bit"], meta["severity"], meta["effect"], tuple(meta["fields"]), entry["type"],
            dict(entry["kwargs"]), Texts(**meta["zh"]), Texts(**meta["en"]), meta.get("audience", "employer"),
            Example(**meta["example"]) if "example" in meta else None, tuple(meta.get("yields_to", ())),
            meta.get("suggests"),
        )  # fmt: skip
    except (KeyError, TypeError) as error:
        raise SuiteError(f"{where}: meta lacks or does not know {error}") from None
    if rule.bit not in BITS:
        raise SuiteError(f"{where}: bit {rule.bit} is outside 0..63")
    if rule.severity not in get_args(Severity) or rule.effect not in get_args(Effect):
        raise SuiteError(f"{where}: severity {rule.severity!r} or effect {rule.effect!r} is not known")
    if rule.audience not in get_args(Audience):
        raise SuiteError(f"{where}: audience {rule.audience!r} is not known")
    if rule.effect in ("withhold", "take_number") and not rule.fields:
        raise SuiteError(f"{where}: effect {rule.effect!r} needs a field")
    return rule


def _check_codes(file: str, suite: Suite) -> None:
    """A code is one bit, one severity and one effect, and a bit is one code."""
    codes: dict[str, tuple[int, str, str]] = {}
    bits: dict[int, str] = {}
    for rule in suite.rules:
        told = (rule.bit, rule.severity, rule.effect)
        if codes.setdefault(rule.code, told) != told:
            raise SuiteError(f"{file}: {rule.code} stands there with different bits, severities or effects")
        if bits.setdefault(rule.bit, rule.code) != rule.code:
            raise SuiteError(f"{file}: bit {rule.bit} belongs to both {bits[rule.bit]} and {rule.code}")
