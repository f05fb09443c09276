"""An employer's own formulas in the workbook that goes back: harmless ones stay and keep their last value.

openpyxl saves a formula without the value that it had, so a phone's preview, and our own reader, would find the cell
empty; the value is put back. A formula that could reach out of the sheet (another file, the web, DDE) becomes its last
value: what was read was that value, and a returned file must not do anything when it is opened (messiness A11, F12).
"""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from collections.abc import Mapping
from io import BytesIO
from typing import Any, Final
from xml.sax.saxutils import escape

# Functions that only compute from cells. What is not named here is not kept.
_HARMLESS: Final = """
ABS AND CEILING CHAR CHOOSE CLEAN CODE COLUMN COLUMNS CONCAT CONCATENATE COUNT COUNTA COUNTBLANK COUNTIF
COUNTIFS DATE DATEDIF DATEVALUE DAY DAYS EDATE EOMONTH EXACT FALSE FIND FLOOR HLOOKUP IF IFERROR IFNA IFS
INDEX INT ISBLANK ISERROR ISNA ISNUMBER ISODD ISEVEN ISTEXT LEFT LEN LENB LOOKUP LOWER MATCH MAX MEDIAN MID
MIN MOD MONTH NA NETWORKDAYS NOT NOW NUMBERVALUE OR PROPER RANK REPLACE REPT RIGHT ROUND ROUNDDOWN ROUNDUP ROW
ROWS SEARCH SUBSTITUTE SUBTOTAL SUM SUMIF SUMIFS SUMPRODUCT SWITCH T TEXT TEXTJOIN TODAY TRIM TRUE TRUNC UPPER
VALUE VLOOKUP WEEKDAY WORKDAY XLOOKUP YEAR YEARFRAC
"""
HARMLESS_FUNCTIONS: Final = frozenset(_HARMLESS.split())
FUNCTION: Final = re.compile(r"([A-Za-z_][A-Za-z0-9_.]*)\s*\(")
QUOTED_TEXT: Final = re.compile(r'"[^"]*"')
EMPTY_FORMULA: Final = re.compile(r'<c r="([A-Z]+[0-9]+)"([^>]*)><f([^>]*?)(/>|>([^<]*)</f>)<v\s*(?:/>|></v>)</c>')
TYPE: Final = re.compile(r'\s+t="[^"]*"')


def is_harmless(formula: str) -> bool:
    """Whether a formula (with its ``=``) only computes from cells of its own workbook."""
    bare = QUOTED_TEXT.sub("", formula)
    if any(sign in bare for sign in "[]|\\{"):  # another file, DDE, an array constant that hides one
        return False
    return all(name.upper().removeprefix("_XLFN.") in HARMLESS_FUNCTIONS for name in FUNCTION.findall(bare))


def put_values_back(saved: bytes, values_by_part: Mapping[str, Mapping[str, Any]]) -> bytes:
    """The saved workbook with each formula's last value. ``values_by_part``: zip member → cell address → value."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(saved)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for member in before.infolist():
            content = before.read(member)
            if values := values_by_part.get(member.filename):
                content = _with_values(content.decode("utf-8"), values).encode("utf-8")
            after.writestr(member.filename, content)
    return out.getvalue()


def _with_values(sheet_xml: str, values: Mapping[str, Any]) -> str:
    def cell(match: re.Match[str]) -> str:
        address, attributes, of_formula, closing = match.group(1, 2, 3, 4)
        value = values.get(address)
        if value is None or value == "":
            return match.group(0)
        kind, shown = _stored(value)
        attributes = TYPE.sub("", attributes) + (f' t="{kind}"' if kind else "")
        return f'<c r="{address}"{attributes}><f{of_formula}{closing}<v>{shown}</v></c>'

    return EMPTY_FORMULA.sub(cell, sheet_xml)


def _stored(value: Any) -> tuple[str, str]:
    from openpyxl.utils.datetime import to_excel

    if isinstance(value, bool):
        return "b", str(int(value))
    if isinstance(value, int | float):
        return "", repr(value)
    if isinstance(value, dt.date | dt.time | dt.timedelta):
        return "", repr(to_excel(value))
    return "str", escape(str(value))
