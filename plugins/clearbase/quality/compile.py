"""A suite of expectations compiled to Arrow kernels: a mask for each rule, and the bits of every line."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from clearbase.quality.kernels import KERNELS, Kernel, Mask, not_null, re2
from clearbase.quality.suite import Rule, Suite, SuiteError, columns_of


@dataclass(frozen=True)
class CompiledSuite:
    """The rules of a suite, each with its kernel, in the suite's order; ``None``: Great Expectations runs it."""

    suite: Suite
    steps: tuple[tuple[Rule, Kernel | None], ...]

    def masks(self, frame: pa.Table) -> list[Mask]:
        """For each rule the lines that it flags; shape ``(frame.num_rows,)`` each.

        A rule on values flags nothing in a column without any, which is most columns of most files: it is not run.
        """
        empty = {name for name in frame.column_names if frame[name].null_count == frame.num_rows}
        nothing = np.zeros(frame.num_rows, np.bool_)
        added = [rule for rule, kernel in self.steps if kernel is None]
        by_gx = iter(self._by_gx(added, frame)) if added else iter(())
        masks = []
        for rule, kernel in self.steps:
            if kernel is None:
                masks.append(next(by_gx))
            elif kernel is not not_null and not empty.isdisjoint(columns_of(rule.kwargs)):
                masks.append(nothing)
            else:
                masks.append(kernel(frame, rule.kwargs))
        return masks

    def _by_gx(self, added: list[Rule], frame: pa.Table) -> list[Mask]:
        from clearbase.quality.by_gx import masks_by_gx

        return masks_by_gx(self.suite.name, added, frame)


def compile_suite(suite: Suite) -> CompiledSuite:
    """Find the kernel of every rule; what no kernel knows is run by Great Expectations, all of it at once.

    Raises SuiteError naming a rule that neither takes.
    """
    steps = tuple((rule, _kernel(suite.name, rule)) for rule in suite.rules)
    if added := [rule for rule, kernel in steps if kernel is None]:
        from clearbase.quality.by_gx import check_rules  # Great Expectations costs six seconds

        check_rules(suite.name, added)
    return CompiledSuite(suite, steps)


def rule_bits(suite: Suite, masks: list[Mask], count: int) -> npt.NDArray[np.uint64]:
    """Bit ``rule.bit`` of a line is set where one of the rules of that bit flags it."""
    bits = np.zeros(count, np.uint64)
    for rule, mask in zip(suite.rules, masks, strict=True):
        if mask.any():
            np.bitwise_or(bits, np.uint64(1 << rule.bit), out=bits, where=mask)
    return bits


def _kernel(suite: str, rule: Rule) -> Kernel | None:
    where = f"{suite}, {rule.code}"
    if "mostly" in rule.kwargs:
        raise SuiteError(f"{where}: a line is flagged or it is not, so a rule of lines takes no mostly")
    kernel, needed, allowed = KERNELS.get(rule.type, (None, frozenset(), frozenset()))
    given = set(rule.kwargs)
    if missing := needed - given:
        raise SuiteError(f"{where}: {rule.type} lacks {', '.join(sorted(missing))}")
    if kernel is None or given - needed - allowed:
        return None
    if "ignore_row_if" in needed and rule.kwargs["ignore_row_if"] != "either_value_is_missing":
        raise SuiteError(f"{where}: a pair is compiled only with ignore_row_if 'either_value_is_missing'")
    if "regex" in rule.kwargs:
        _check_regex(where, rule.kwargs["regex"])
    return kernel


def _check_regex(where: str, regex: str) -> None:
    r"""Both engines must take the pattern and mean the same: no ``$`` (a newline passes in Python), no ``\d`` or
    ``\w`` (full-width digits pass in Python)."""
    if re.search(r"(?<!\\)\$|\\[dws]", regex, re.IGNORECASE):
        raise SuiteError(rf"{where}: write \Z for $ and [0-9] for \d; the engines differ on the others")
    try:
        re.compile(regex)
        pc.match_substring_regex(pa.array([""]), re2(regex))
    except (re.error, pa.ArrowInvalid) as error:
        raise SuiteError(f"{where}: the pattern is not understood ({error})") from None
