"""A suite of expectations compiled to Arrow kernels: a mask for each rule, and the bits of every line."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from clearbase.quality.kernels import KERNELS, Kernel, Mask, re2
from clearbase.quality.suite import Rule, Suite, SuiteError


@dataclass(frozen=True)
class CompiledSuite:
    """The rules of a suite, each with its kernel, in the suite's order."""

    suite: Suite
    steps: tuple[tuple[Rule, Kernel], ...]

    def masks(self, frame: pa.Table) -> list[Mask]:
        """For each rule the lines that it flags; shape ``(frame.num_rows,)`` each."""
        return [kernel(frame, rule.kwargs) for rule, kernel in self.steps]


def compile_suite(suite: Suite) -> CompiledSuite:
    """Find the kernel of every rule; what no kernel knows is run by Great Expectations.

    Raises SuiteError naming a rule that neither takes.
    """
    return CompiledSuite(suite, tuple((rule, _kernel(suite.name, rule)) for rule in suite.rules))


def rule_bits(suite: Suite, masks: list[Mask], count: int) -> npt.NDArray[np.uint64]:
    """Bit ``rule.bit`` of a line is set where one of the rules of that bit flags it."""
    bits = np.zeros(count, np.uint64)
    for rule, mask in zip(suite.rules, masks, strict=True):
        bits |= mask.astype(np.uint64) << np.uint64(rule.bit)
    return bits


def _kernel(suite: str, rule: Rule) -> Kernel:
    where = f"{suite}, {rule.code}"
    if "mostly" in rule.kwargs:
        raise SuiteError(f"{where}: a line is flagged or it is not, so a rule of lines takes no mostly")
    kernel, needed, allowed = KERNELS.get(rule.type, (None, frozenset(), frozenset()))
    given = set(rule.kwargs)
    if missing := needed - given:
        raise SuiteError(f"{where}: {rule.type} lacks {', '.join(sorted(missing))}")
    if kernel is None or given - needed - allowed:
        from clearbase.quality.by_gx import kernel_by_gx  # Great Expectations costs six seconds

        return kernel_by_gx(suite, rule)
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
