"""The receipt as data and as one line. Personal data only masked: these two may be forwarded and kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from clearbase.receipts.listing import cell_address
from clearbase.receipts.marks import told
from clearbase.receipts.texts import (
    COUNTS,
    COUNTS_ALWAYS_TOLD,
    ROSTER_KINDS,
    SEVERITIES,
    RuleText,
    next_step,
    reason_text,
    text_of,
    warnings_in,
    word_of,
)
from clearbase.records import Receipt

SCHEMA_VERSION: Final = 2
LISTED: Final = 1000


def acknowledgement_line(receipt: Receipt, *, workbook: bool = False) -> str:
    """``QD00000003 无法读取 收到0 入库0 隔离0 重复0 搁置0 文件设有打开密码，…重新报送。``, without a line break.

    After the counts why and what to do. The reason of a file that was not taken says both; else the outcome's next step
    does; of a file whose lines are all in and whose values nobody doubts, nothing need be done. ``workbook``: there is
    a marked one.
    """
    keys = [key for key in COUNTS if key in COUNTS_ALWAYS_TOLD or receipt.counts.get(key)]
    counts = " ".join(f"{COUNTS[key]}{receipt.counts.get(key, 0)}" for key in keys)
    if confirmed := _confirmed(receipt):
        counts += f" 已确认{confirmed}"
    reason = reason_text(receipt.reason)
    open_ends = receipt.outcome == "partly" or (warnings_in(receipt) if receipt.outcome == "published" else not reason)
    step = next_step(receipt, workbook=workbook) if open_ends else ""
    return " ".join(f"{receipt.receipt_no} {word_of(receipt)} {counts} {reason} {step}".split())


def acknowledgement(
    receipt: Receipt, texts: Mapping[str, RuleText], labels: Mapping[str, str], files: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """The JSON receipt (``expectations/receipt.schema.json``). ``findings`` lists the first 1,000, ``findings_total``
    and ``rules`` count them all. ``files``: the others of this receipt, ``page | workbook | list`` → name."""
    total = receipt.findings.num_rows if receipt.findings is not None else 0
    return {
        "schema_version": SCHEMA_VERSION,
        "receipt_no": receipt.receipt_no,
        "submission_id": receipt.submission_id,
        "file": receipt.file_name,
        "received_at": receipt.received_at,
        "outcome": receipt.outcome,
        "outcome_zh": word_of(receipt),
        "reason": reason_text(receipt.reason),
        "what_to_do": next_step(receipt, workbook="workbook" in (files or {})),
        "files": dict(files or {}),
        "employer": {"uscc": receipt.employer_uscc, "name": receipt.employer_name},
        "period": receipt.period,
        "kind": receipt.kind,
        "kind_zh": ROSTER_KINDS.get(receipt.kind or ""),
        "kind_reason": receipt.kind_reason,
        "counts": dict(receipt.counts),
        "sheets": [
            {
                "position": sheet.position,
                "name": sheet.name,
                "role": sheet.role,
                "reason": sheet.reason,
                "unit": sheet.unit,
                "header_row": sheet.header_row,
                "read": sheet.read,
                "lines": sheet.lines,
                "set_aside": dict(sheet.set_aside),
            }
            for sheet in receipt.sheets
        ],
        "confirmed": _confirmed(receipt),
        "findings_total": total,
        "findings_listed": min(total, LISTED),
        "rules": _by_rule(receipt),
        "findings": _findings(receipt, texts, labels),
    }


def _confirmed(receipt: Receipt) -> int:
    return receipt.confirmed.num_rows if receipt.confirmed is not None else 0


def _by_rule(receipt: Receipt) -> dict[str, int]:
    if receipt.findings is None:
        return {}
    counted = receipt.findings.column("rule").value_counts().to_pylist()
    return {pair["values"]: pair["counts"] for pair in sorted(counted, key=lambda p: (-p["counts"], p["values"]))}


def _findings(receipt: Receipt, texts: Mapping[str, RuleText], labels: Mapping[str, str]) -> list[dict[str, Any]]:
    """Never `found`: `found_masked` stands in its place, in the rule's sentences too."""
    if receipt.findings is None:
        return []
    names = {sheet.position: sheet.name for sheet in receipt.sheets}
    listed = []
    for finding in receipt.findings.drop_columns("found").slice(0, LISTED).to_pylist():
        text, masked = text_of(finding["rule"], finding["severity"], texts), finding["found_masked"]
        listed.append(
            {
                "sheet": names.get(finding["sheet"], ""),
                "cell": cell_address(finding["row"], finding["col"]),
                "field": finding["field"],
                "field_zh": labels.get(finding["field"] or "", finding["field"]),
                "rule": finding["rule"],
                "severity": finding["severity"],
                "severity_zh": SEVERITIES.get(finding["severity"], finding["severity"]),
                "found": masked,
                "problem": told(text.zh_found, masked),
                "expected": told(text.zh_expected, masked),
                "mend": told(text.zh_mend, masked),
            }
        )
    return listed
