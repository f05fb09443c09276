"""What one stage hands to the next: plain records, no behaviour, no Airflow, no database.

Rows and columns are 1-based, as the employer sees them in the sheet. Tables are Arrow tables; every string column of a
roster line is the text of the cell, and ``<field>__kind`` beside it is the cell's kind (``CELL_KINDS``).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Literal

import pyarrow as pa

# A cell's kind is kept because text alone cannot tell a typed number from a lost one (messiness C1-C3).
CELL_KINDS = ("empty", "text", "number", "date", "bool", "error")
EMPTY, TEXT, NUMBER, DATE, BOOL, ERROR = range(6)

RosterKind = Literal["full", "joiners", "leavers", "changes", "correction"]
Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True)
class MappedColumn:
    """One column of a sheet and the catalogue field that it was taken for (``None``: not ours).

    ``confidence``: how sure the choice is, 0 to 1; 0 where nothing is claimed.
    """

    col: int
    header: str
    field: str | None
    forbidden: bool = False
    reason: str = ""
    confidence: float = 0.0


# A column of roster lines, there where one says so: its employer has confirmed the row's warnings.
CONFIRMED = "confirmed"

# A sheet's first table has the sheet's own position, its second that plus this, and so on.
TABLE_STEP = 1000


def table_position(worksheet: int, table: int) -> int:
    """The position of a worksheet's nth table, both from 1: unique in its file, and the sheet's own for the first."""
    return worksheet + TABLE_STEP * (table - 1)


@dataclass
class SheetRead:
    """One table of a sheet, or the whole sheet: what it was taken for and why, and where every one of its rows went.

    ``position``: see ``table_position``. A sheet of several tables has several records of one name. ``unit``: the
    branch, plant, workshop or user unit that the table is of, as compared; empty where of the whole employer.

    ``read`` counts the rows from the first to the last that holds anything, titles and header included;
    ``read = lines + sum(set_aside.values())`` for every sheet (architecture, rule 3).
    """

    position: int
    name: str
    role: Literal["roster", "set_aside"]
    reason: str
    header_row: int | None = None
    columns: list[MappedColumn] = field(default_factory=list)
    read: int = 0
    lines: int = 0
    set_aside: dict[str, int] = field(default_factory=dict)
    unit: str = ""

    @property
    def worksheet(self) -> int:
        """Which sheet of the workbook, from 1."""
        return (self.position - 1) % TABLE_STEP + 1


@dataclass
class FileFacts:
    """What the file says of itself outside its table. ``sources`` tells where each fact was seen.

    ``row_employers``: the employers that its rows name, by code or by name, user units and agencies left out;
    ``every_row_named``: whether each of them names one.
    ``months``: the months of its sheets, where they are of several. ``other_periods``: place → another month than
    ``period`` that stands there; ``employer_in_file_name``: another name than ``employer_name`` that the file bears.
    ``titles``: the cells above the tables' headers and the sheets' names. They may name people.
    """

    employer_uscc: str | None = None
    employer_name: str | None = None
    period: dt.date | None = None
    kind: RosterKind | None = None
    sources: dict[str, str] = field(default_factory=dict)
    row_employers: tuple[str, ...] = ()
    every_row_named: bool = False
    months: tuple[dt.date, ...] = ()
    other_periods: dict[str, dt.date] = field(default_factory=dict)
    employer_in_file_name: str | None = None
    titles: tuple[str, ...] = ()


# One finding a row: where it is, which rule, what was found. `found` is clear text and stays in memory and in the
# employer's own workbook; everywhere else `found_masked` is shown. One of the whole file has neither sheet nor row.
FINDINGS = pa.schema(
    [
        ("sheet", pa.int16()),
        ("row", pa.int32()),
        ("col", pa.int16()),
        ("field", pa.string()),
        ("rule", pa.string()),
        ("severity", pa.string()),
        ("found", pa.string()),
        ("found_masked", pa.string()),
    ]
)


@dataclass
class FileRead:
    """A file after reading. ``lines``: one row a roster line, columns ``sheet int16, row int32`` and, for each mapped
    field F, ``F string`` (text of the cell, null when empty) and ``F__kind int8``, and ``confirmed bool`` where the
    employer has confirmed one. ``observed``: what is told of how the cells stand there (``FINDINGS``;
    ``reading.observations``)."""

    outcome: Literal["read", "unreadable"]
    reason: str = ""
    container: str = ""
    facts: FileFacts = field(default_factory=FileFacts)
    sheets: list[SheetRead] = field(default_factory=list)
    lines: pa.Table | None = None
    observed: pa.Table = field(default_factory=FINDINGS.empty_table)


@dataclass
class FileChecked:
    """A file after checking. ``lines``: ``sheet, row``, one canonical string column for each field of the catalogue
    that the file holds (withheld values null), ``rule_bits uint64``, ``disposition`` (``accepted | quarantined |
    repeated``), ``number_state`` (``usable | lost | missing``) and, as read, ``confirmed``. ``rule_counts``: rule
    code → cells flagged."""

    lines: pa.Table
    findings: pa.Table
    rule_counts: dict[str, int]


@dataclass
class Receipt:
    """What an employer is told about one file. ``confirmed``: findings (``FINDINGS``) that it has confirmed and is not
    asked about again; they are not among ``findings``. ``waits_for``: who has to look at a held file before anything
    becomes of it; None where that is its employer."""

    receipt_no: str
    submission_id: int
    file_name: str
    outcome: str
    reason: str
    employer_uscc: str | None
    employer_name: str | None
    period: str | None
    kind: str | None
    kind_reason: str | None
    counts: dict[str, int]
    sheets: list[SheetRead]
    findings: pa.Table | None
    received_at: str
    confirmed: pa.Table | None = None
    waits_for: Literal["clerk", "technician"] | None = None
