"""The figures of a file that the rules of ``expectations/roster_file.json`` look at: counts and shares, nobody's data.

What the publication believes of the employer is added by ``pipeline.doubts``; ``FIGURES`` names them all, so that GX
finds every column in the one row. A figure that is not known yet, or says nothing of this file, is null: no rule fails.
"""

from __future__ import annotations

import csv
from functools import cache
from typing import Final, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from clearbase.quality.kernels import mask_of
from clearbase.reading.catalogue import FIELDS_CSV
from clearbase.records import FileChecked
from clearbase.standards import identity_number, phone

Figure: TypeAlias = float | str | None
Figures: TypeAlias = dict[str, Figure]

# Name → what it says. Shares are of the lines, from 0 to 1, unless another whole is named.
FIGURES: Final[dict[str, str]] = {
    "lines": "lines of people",
    "name_columns": "1 where there is a column of names, else 0",
    "evidence_columns": "how many of identity number, phone and birth date have a column",
    "missing_columns": "labels of the columns that a roster of its kind has to have and that are not there",
    "error_share": "lines with an error",
    "identity_error_share": "lines where what stands as name, number, phone or birth date is wrong",
    "quarantined_share": "lines in quarantine",
    "usable_lines": "lines that are not in quarantine",
    "misaligned_share": "lines where the number is a phone or a bank card, or a number stands as phone or name",
    "compared": "lines with a usable identity number and a sex or a birth date beside it",
    "contradicting_share": "of those compared: the birth date (the sex where none is told) is not the number's",
    "lost_share": "of the identity numbers that are told: kept as numbers by Excel, last digits lost",
    "lost_beside_text": "identity numbers so lost in a file whose others are text; null where all are one or the other",
    "masked_share": "of the identity numbers that are told: masked with stars",
    "unsure_columns": "names or numbers taken on a likeness of the header",
    "moved_columns": "number, hire or leave date that were another column in the file before",
    "numbered": "lines with an identity number when it is published",
    "other_names_share": "of those numbered: the number is known under another name",
    "named_both": "names that the roster before has, too",
    "other_numbers_share": "of those: the number is another one now",
    "replaced": "persons on the full roster of the same month and unit that it would replace",
    "named_again_share": "of those replaced: named again",
    "other_form": "1 where one of the two is a workbook by units and the other one table of all, else 0",
    "persons_before": "persons believed to be employed",
    "persons_now": "persons that it names",
    "missing": "of a full roster: persons believed to be employed whom it does not name",
    "loss_share": "missing, of persons_before",
    "loss_by_usual": "loss_share, in times the largest loss that the employer had within a year",
    "full_months": "months with a full roster within that year",
    "missing_later": "of a roster that comes late: persons whom a later full roster does not name",
    "late_loss_share": "missing_later, of persons_now",
    "late_loss_by_usual": "late_loss_share, in times the largest loss that the employer had within a year",
    "replay": "1 where a published file is taken again by new rules, else 0",
}
TEXTS: Final = frozenset({"missing_columns"})

EVIDENCE: Final = ("id_number", "phone", "birth_date")
IDENTITY: Final = ("name", *EVIDENCE)
# What is not there or was lost is nothing wrong that stands there: other figures count it.
NOT_WRONG: Final = ("NAME_MISSING", "ID_MISSING", "ID_LOST")
# Said once for the file, in its title, its name or its folder, and seldom in a column.
OF_THE_FILE: Final = frozenset(
    {"employer_name", "employer_uscc", "employer_street", "employer_community", "report_period", "report_kind"}
)
# Of whom a list says that they have left or changed, all else is known.
OF_LISTS: Final = frozenset({"name", "id_number"})
WHOLE_KINDS: Final = ("full", "joiners")

# What tells whether a number is of who stands beside it. The first that is told: whoever shares a birth date with his
# number has it, whatever is said of his sex.
BY_NUMBER: Final = (("birth_date", "birth_date__by_number"), ("sex", "sex__by_number"))

# Bank cards (ISO/IEC 7812: 16 to 19 digits, 62 of UnionPay first), also one that Excel has kept as a number.
CARD: Final = r"[3-6][0-9]{15}(?:[0-9]|[0-9]{3})?"
LOST_CARD: Final = r"62[0-9]{13}(?:\*|\*{4})"
OTHER_FORMS: Final = ("unknown", "lost", "phone", "card")
# What in a column belongs into another one (messiness C14, D8).
MISPLACED: Final = {
    "id_number": f"{phone.MOBILE}|{CARD}|{LOST_CARD}",
    "phone": identity_number.SHAPE,
    "name": f"{identity_number.SHAPE}|{phone.MOBILE}",
}


def file_figures(checked: FileChecked, frame: pa.Table, fields: list[str], kind: str | None) -> Figures:
    """The figures of a checked file by themselves; ``frame`` is what its rules looked at (``check_standardised``),
    ``fields`` those that the file holds, ``kind`` what it is taken for."""
    lines = frame.num_rows
    figures: Figures = {
        "lines": lines,
        "name_columns": int("name" in fields),
        "evidence_columns": sum(field in fields for field in EVIDENCE),
        "missing_columns": "、".join(missing_columns(fields, kind)) or None,
    }
    if not lines:
        return figures
    quarantined = int(mask_of(pc.equal(checked.lines["disposition"], "quarantined")).sum())
    figures |= {
        "error_share": _rows_with_errors(checked.findings) / lines,
        "identity_error_share": _rows_with_errors(checked.findings, IDENTITY) / lines,
        "quarantined_share": quarantined / lines,
        "usable_lines": lines - quarantined,
        "misaligned_share": _misaligned(checked.lines, frame) / lines,
    }
    return figures | (_numbers(frame) if "id_number" in fields else {})


def missing_columns(fields: list[str], kind: str | None) -> list[str]:
    """Labels of the fields that ``fields.csv`` requires of a person and that the file does not hold."""
    needed = _required()
    return [
        label for field, label in needed.items() if field not in fields and (kind in WHOLE_KINDS or field in OF_LISTS)
    ]


@cache
def _required() -> dict[str, str]:
    with FIELDS_CSV.open(encoding="utf-8-sig", newline="") as rows:
        required = [(row["field"], row["zh_label"]) for row in csv.DictReader(rows) if row["required"] == "Y"]
    return {field: label for field, label in required if field not in OF_THE_FILE}


def share(part: float, whole: float) -> float | None:
    return part / whole if whole else None


def _rows_with_errors(findings: pa.Table, fields: tuple[str, ...] | None = None) -> int:
    said = pc.and_(pc.equal(findings["severity"], "error"), pc.is_valid(findings["row"]))
    if fields is not None:
        wrong = pc.invert(pc.is_in(findings["rule"], value_set=pa.array(NOT_WRONG)))
        said = pc.and_(said, pc.and_(pc.is_in(findings["field"], value_set=pa.array(fields)), wrong))
    errors = findings.filter(said)
    rows: int = errors.group_by(["sheet", "row"]).aggregate([]).num_rows
    return rows


def _misaligned(lines: pa.Table, frame: pa.Table) -> int:
    """Lines in which a cell holds what another column is for. Only what no rule took for right is looked at."""
    doubted = mask_of(pc.equal(lines["disposition"], "quarantined"))  # by its name, too
    if "id_number__form" in frame.column_names:
        doubted = doubted | mask_of(
            pc.is_in(frame["id_number__form"], value_set=pa.array(["unknown", "lost", "phone", "card"]))
        )
    if "phone" in lines.column_names:
        doubted = doubted | mask_of(pc.and_(pc.is_null(lines["phone"]), pc.is_valid(frame["phone"])))
    looked_at = [field for field in MISPLACED if field in lines.column_names]
    cells = frame.select(looked_at).filter(pa.array(doubted))
    misplaced = np.zeros(cells.num_rows, np.bool_)
    for field in looked_at:
        misplaced |= mask_of(pc.match_substring_regex(cells[field], rf"\A(?:{MISPLACED[field]})\z"))
    return int(misplaced.sum())


def _numbers(frame: pa.Table) -> Figures:
    form = frame["id_number__form"]
    told = len(form) - form.null_count
    lost, masked = (int(mask_of(pc.equal(form, kind)).sum()) for kind in ("lost", "masked"))
    compared, against = np.zeros(len(form), np.bool_), np.zeros(len(form), np.bool_)
    for cell, by_number in BY_NUMBER:
        if cell in frame.column_names and by_number in frame.column_names:
            told_both = mask_of(pc.and_(pc.is_valid(frame[cell]), pc.is_valid(frame[by_number])))
            against |= ~compared & mask_of(pc.not_equal(frame[cell], frame[by_number]))
            compared |= told_both
    return {
        "compared": int(compared.sum()),
        "contradicting_share": share(int(against.sum()), int(compared.sum())),
        "lost_share": share(lost, told),
        "lost_beside_text": lost if 0 < lost < told else None,
        "masked_share": share(masked, told),
    }
