"""The rules of a whole file: ``expectations/roster_file.json``, run on one row of its figures.

The suite is plain GX JSON: limits are the arguments, and for whom a rule is (from 20 lines on, of a full roster) is
GX's own ``row_condition``. ``meta.verdict`` says what a failure costs: ``warn`` is told, ``hold`` waits for a person,
``refuse`` sends the file back. The first rule that holds or refuses and was not let decides; its order is the suite's.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal, get_args

import pyarrow as pa
import pyarrow.compute as pc

from clearbase.quality.file_figures import FIGURES, TEXTS, Figure, Figures, file_figures
from clearbase.quality.findings import rule_counts
from clearbase.quality.kernels import KERNELS, mask_of
from clearbase.quality.standardise import fields_of
from clearbase.quality.suite import Rule, SuiteError, Texts
from clearbase.records import FINDINGS, FileChecked, FileRead, Severity
from clearbase.settings import EXPECTATIONS

ROSTER_FILE: Final = EXPECTATIONS / "roster_file.json"

Verdict = Literal["warn", "hold", "refuse"]
Test = Callable[[pa.Table], bool]
Comparison = tuple[str, str, Any]  # figure, operator, limit
# Not !=, of which pandas lets nulls through.
OPERATORS: Final[Mapping[str, Callable[..., Any]]] = {
    "==": pc.equal, "<": pc.less, "<=": pc.less_equal, ">": pc.greater, ">=": pc.greater_equal,
}  # fmt: skip


@dataclass(frozen=True)
class Ask:
    """What the person is asked who decides of a held file."""

    zh: str
    en: str


@dataclass(frozen=True)
class FileRule:
    """One expectation about a file; several may share a code. ``zh`` and ``en`` may hold ``{value}``, the figure."""

    code: str
    verdict: Verdict
    severity: Severity
    type: str
    kwargs: dict[str, Any]
    zh: Texts
    en: Texts
    ask: Ask | None = None

    @property
    def figure(self) -> str:
        """The figure that it looks at."""
        return str(self.kwargs["column"])


@dataclass(frozen=True)
class Failure:
    """A rule that does not hold, and the figure for which it does not, as it is told."""

    rule: FileRule
    value: str


@dataclass(frozen=True)
class Judged:
    """A file by its own figures: these, and the rules that do not hold for them."""

    figures: Figures
    failed: tuple[Failure, ...]


def judge_file(
    read: FileRead, checked: FileChecked, frame: pa.Table | None, kind: str | None
) -> tuple[FileChecked, Judged]:
    """Judge a checked file by itself (arguments as for ``file_figures``); with what is told of it as a whole. Raises
    SuiteError where a rule cannot be computed."""
    if read.lines is None or frame is None:
        return checked, Judged({}, ())
    figures = file_figures(checked, frame, fields_of(read.lines), kind)
    failed = failures(figures)
    findings = pa.concat_tables([warnings_of(failed), checked.findings]).combine_chunks()
    return FileChecked(checked.lines, findings, rule_counts(findings)), Judged(figures, tuple(failed))


@cache
def file_rules(path: Path = ROSTER_FILE) -> tuple[FileRule, ...]:
    """The suite's rules in their order. Raises SuiteError that names the file and the expectation."""
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        rules = tuple(_rule(path.name, n, entry) for n, entry in enumerate(document["expectations"], 1))
    except (OSError, json.JSONDecodeError, KeyError, TypeError) as error:
        raise SuiteError(f"{path.name}: not a readable suite ({type(error).__name__}: {error})") from None
    costs: dict[str, tuple[str, str]] = {}
    for rule in rules:
        if costs.setdefault(rule.code, (rule.verdict, rule.severity)) != (rule.verdict, rule.severity):
            raise SuiteError(f"{path.name}: {rule.code} stands there with different verdicts or severities")
    return rules


def rule_of(code: str, path: Path = ROSTER_FILE) -> FileRule | None:
    """The first rule of that code, whose texts hold for all of them; None where none has it."""
    return next((rule for rule in file_rules(path) if rule.code == code), None)


def failures(figures: Mapping[str, Figure], path: Path = ROSTER_FILE) -> list[Failure]:
    """The rules that do not hold for these figures (names of ``FIGURES``; what is not given is not known, and no rule
    on it fails), each code once, in the suite's order. Raises SuiteError where a rule cannot be computed."""
    row = figures_row(figures)
    failed: dict[str, Failure] = {}
    for rule, fails in _tests(path):
        if rule.code not in failed and fails(row):
            failed[rule.code] = Failure(rule, told_figure(rule.figure, figures.get(rule.figure)))
    return list(failed.values())


def figures_row(figures: Mapping[str, Figure]) -> pa.Table:
    """The one row that the suite is written for, as GX takes it, too. Raises KeyError for a figure that is none."""
    if unknown := figures.keys() - FIGURES.keys():
        raise KeyError(*unknown)
    types = {name: pa.string() if name in TEXTS else pa.float64() for name in FIGURES}
    return pa.table({name: pa.array([figures.get(name)], kind) for name, kind in types.items()})


def told_figure(name: str, figure: Figure) -> str:
    """A figure as people read it: a share in per cent."""
    if figure is None or isinstance(figure, str):
        return figure or ""
    return f"{figure:.0%}" if name.endswith("_share") else f"{figure:.10g}"


def told_figures(figures: Mapping[str, Figure] | None) -> str:
    """Those that are not nothing, in one line."""
    told = {name: told_figure(name, figure) for name, figure in (figures or {}).items() if figure}
    return ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in told.items())


def warnings_of(failed: Sequence[Failure]) -> pa.Table:
    """What is told of the whole file and stops nothing (``records.FINDINGS``). Figures are nobody's secret."""
    told = [failure for failure in failed if failure.rule.verdict == "warn"]
    rows = [{"rule": f.rule.code, "severity": f.rule.severity, "found": f.value, "found_masked": f.value} for f in told]
    return pa.Table.from_pylist(rows, schema=FINDINGS)


def stopped_by(failed: Sequence[Failure], is_let: Callable[[str], bool] = lambda code: False) -> Failure | None:
    """The first failure that holds or refuses the file; ``is_let``: whether somebody has approved it in spite of it."""
    stops = (failure for failure in failed if failure.rule.verdict != "warn")
    return next((failure for failure in stops if not is_let(failure.rule.code)), None)


@cache
def _tests(path: Path) -> tuple[tuple[FileRule, Test], ...]:
    return tuple((rule, _test(path.name, rule)) for rule in file_rules(path))


def _test(suite: str, rule: FileRule) -> Test:
    """Whether a row of figures fails the rule. What we cannot compute Great Expectations does, condition and all."""
    kernel, needed, allowed = KERNELS.get(rule.type, (None, frozenset(), frozenset()))
    kwargs = dict(rule.kwargs)
    conditions = _comparisons(kwargs.pop("row_condition", None))
    if kernel is None or conditions is None or not needed <= kwargs.keys() <= needed | allowed:
        return _test_by_gx(suite, rule)
    flags, asked = kernel, conditions

    def fails(row: pa.Table) -> bool:
        applies = all(mask_of(OPERATORS[operator](row[name], limit))[0] for name, operator, limit in asked)
        return applies and bool(flags(row, kwargs)[0])

    return fails


def _test_by_gx(suite: str, rule: FileRule) -> Test:
    from clearbase.quality.by_gx import check_rules, masks_by_gx  # Great Expectations costs six seconds

    as_line = [Rule(rule.code, 0, rule.severity, "flag", (), rule.type, rule.kwargs, rule.zh, rule.en)]
    check_rules(suite, as_line)
    return lambda row: bool(masks_by_gx(suite, as_line, row)[0][0])


def _comparisons(condition: Mapping[str, Any] | None) -> tuple[Comparison, ...] | None:
    """GX's condition (``row_conditions``, 1.9 and later) as comparisons that all have to hold; None: not such a one."""
    if condition is None:
        return ()
    each = condition.get("conditions", ()) if condition.get("type") == "and" else [condition]
    if not all(one.get("type") == "comparison" and one.get("operator") in OPERATORS for one in each):
        return None
    return tuple((one["column"]["name"], one["operator"], one["parameter"]) for one in each)


def _rule(file: str, n: int, entry: dict[str, Any]) -> FileRule:
    meta = entry["meta"]
    where = f"{file}, expectation {n} ({meta.get('code', '?')})"
    try:
        rule = FileRule(
            meta["code"], meta["verdict"], meta["severity"], entry["type"], dict(entry["kwargs"]),
            Texts(**meta["zh"]), Texts(**meta["en"]), Ask(**meta["ask"]) if "ask" in meta else None,
        )  # fmt: skip
        figures = [rule.figure, *(name for name, _, _ in _comparisons(rule.kwargs.get("row_condition")) or ())]
    except (KeyError, TypeError) as error:
        raise SuiteError(f"{where}: it lacks or does not know {error}") from None
    if rule.verdict not in get_args(Verdict) or rule.severity not in get_args(Severity):
        raise SuiteError(f"{where}: verdict {rule.verdict!r} or severity {rule.severity!r} is not known")
    if rule.verdict == "hold" and rule.ask is None:
        raise SuiteError(f"{where}: who decides of a held file has to be asked something")
    if unknown := [name for name in figures if name not in FIGURES]:
        raise SuiteError(f"{where}: {', '.join(unknown)} is no figure of a file")
    return rule
