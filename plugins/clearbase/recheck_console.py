"""What ``recheck`` does and prints."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from rich.text import Text

from clearbase.console import out, print_rows, told
from clearbase.errors import RequestError, SetupError
from clearbase.given import checked_code, report_month
from clearbase.pipeline.recheck import Recheck, Scope, recheck
from clearbase.pipeline.reply import receipt_number
from clearbase.quality.file_rules import ROSTER_FILE
from clearbase.quality.suite import ROSTER_LINE
from clearbase.settings import told_settings
from clearbase.warehouse.database import open_database

WORDS: Final = {
    "told_anew": "cells told anew",
    "told_no_more": "told no more",
    "graded_otherwise": "graded otherwise",
    "quarantined": "lines quarantined",
    "freed": "lines freed",
    "number_withheld": "numbers withheld",
    "number_kept": "numbers kept",
    "file_told_anew": "files told anew",
    "file_told_no_more": "files told no more",
    "file_stopped": "files held or refused",
}
NAMED: Final = 5  # submissions that could not be compared


def recheck_rules(
    suite: Path | None, employer: str | None, first: str | None, last: str | None, sample: int | None, as_json: bool
) -> None:
    """``recheck``. What would alter is a success of the command."""
    scope = Scope(
        report_month(first) if first else None,
        report_month(last) if last else None,
        checked_code(employer) if employer else None,
        sample,
    )
    file = (suite or ROSTER_LINE).resolve()
    if not file.is_file():
        raise SetupError(f"no such file: {file}")
    suites = (ROSTER_LINE, file) if _is_of_files(file) else (file, ROSTER_FILE)
    settings = told_settings()
    with open_database(settings) as database, told.status("checking again") as line:
        try:
            found = recheck(
                settings, database, scope, suites[0], lambda done, of: line.update(Text(f"{done} of {of} files")),
                suites[1],
            )  # fmt: skip
        except RequestError as error:
            raise SetupError(str(error)) from None
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    if as_json:
        print(json.dumps(_report(found, file, digest), ensure_ascii=False, indent=1))
        return
    rules = "the rules on disk" if file == ROSTER_LINE else "the rules of"
    out.print(f"{rules} {file} (sha256 {digest[:12]}) over {found.lines} published lines of {found.files} files")
    out.print(f"{found.same_rules} of these files were checked by these very rules")
    _print_found(found)


def _is_of_files(suite: Path) -> bool:
    """Whether it is a copy of the rules of whole files, by its name within."""
    try:
        return bool(json.loads(suite.read_bytes())["name"] == ROSTER_FILE.stem)
    except (ValueError, KeyError, TypeError):
        return False  # what is wrong with it is told where it is loaded


def _print_found(found: Recheck) -> None:
    print_rows(_by_rule(found), "by rule")
    print_rows(_by_employer(found), "by employer")
    if not found.alters:
        out.print("nothing would alter")
    for what, numbers in (
        ("their original is kept no longer or does not open", found.gone),
        ("they cannot be read today", found.unreadable),
    ):
        if numbers:
            names = " ".join(receipt_number(number) for number in numbers[:NAMED])
            more = f" and {len(numbers) - NAMED} more" if len(numbers) > NAMED else ""
            out.print(f"not compared, {what}: {len(numbers)} files ({names}{more})")
    if found.otherwise:
        out.print(f"{found.otherwise} lines are read otherwise than when they were published, and are not compared")
    if found.alters:
        out.print(
            "nothing was changed; files that come from now on meet the rules on disk, `replay` takes months again"
        )


def _by_rule(found: Recheck) -> list[Mapping[str, object]]:
    return [
        {"rule": rule, **counts, "files": len(found.altered[rule]), "employers": len(found.employers[rule])}
        for rule, counts in _counted(found.by_rule)
    ]


def _by_employer(found: Recheck) -> list[Mapping[str, object]]:
    return [{"employer": employer, **counts} for employer, counts in _counted(found.by_employer)]


def _counted(counted: Mapping[str, Counter[str]]) -> list[tuple[str, dict[str, int]]]:
    """The most altered first; what alters nowhere has no column."""
    told_ = [what for what in WORDS if any(counts[what] for counts in counted.values())]
    order = sorted(counted.items(), key=lambda each: (-each[1].total(), each[0]))
    return [(name, {WORDS[what]: counts[what] for what in told_}) for name, counts in order]


def _report(found: Recheck, file: Path, digest: str) -> dict[str, Any]:
    return {
        "suite": str(file),
        "sha256": digest,
        "files": found.files,
        "lines": found.lines,
        "checked_by_these_rules": found.same_rules,
        "read_otherwise": found.otherwise,
        "original_gone": found.gone,
        "unreadable": found.unreadable,
        "by_rule": {
            rule: {**counts, "files": len(found.altered[rule]), "employers": sorted(found.employers[rule])}
            for rule, counts in sorted(found.by_rule.items())
        },
        "by_employer": {employer: dict(counts) for employer, counts in sorted(found.by_employer.items())},
    }
