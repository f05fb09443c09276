"""An employer's own formulas in the workbook that goes back: harmless ones stay and keep their last value.

A formula that could reach out of the sheet (another file, the web, DDE) becomes its last value: what was read was that
value, and a returned file must not do anything when it is opened (messiness A11, F12). openpyxl saves a formula without
the value that it had, so a phone's preview, and our own reader, would find the cell empty; the value is put back.
"""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from collections.abc import Mapping
from io import BytesIO
from typing import Any, Final
from xml.sax.saxutils import escape, unescape

from clearbase.receipts.cell_text import FORMULA_FIRST
from clearbase.receipts.package import Unsuited
from clearbase.receipts.sheet_xml import STYLE, SheetXml
from clearbase.receipts.style_sheet import StyleSheet

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
IN_CELL: Final = re.compile(rb'<f((?:\s+[\w:]+="[^"]*")*)\s*(?:/>|>(.*?)</f>)', re.DOTALL)
A_FORMULA: Final = re.compile(rb"<f[\s/>]")  # and not <family> of a text in several fonts
KIND: Final = re.compile(rb'\st="(\w+)"')
GROUP: Final = re.compile(rb'\ssi="([0-9]+)"')
OF_ARRAY: Final = re.compile(rb'\s[cv]m="[0-9]*"')
SHARED: Final = re.compile(rb"<si\b[^>]*?(?:/>|>(.*?)</si>)", re.DOTALL)
_FIRST: Final = b"|".join(re.escape(sign.encode()) for sign in FORMULA_FIRST) + b"|&#"
LIKE_FORMULA: Final = re.compile(
    rb"(?:\s*<r\b[^>]*>(?:\s*<rPr>.*?</rPr>)?)?\s*<t\b[^>]*>(?:" + _FIRST + rb")", re.DOTALL
)
INLINE_LIKE_FORMULA: Final = re.compile(rb"<(?:t|v)(?:\s[^>]*)?>(?:" + _FIRST + rb")")


def is_harmless(formula: str) -> bool:
    """Whether a formula (with its ``=``) only computes from cells of its own workbook."""
    bare = QUOTED_TEXT.sub("", formula)
    if any(sign in bare for sign in "[]|\\{"):  # another file, DDE, an array constant that hides one
        return False
    return all(name.upper().removeprefix("_XLFN.") in HARMLESS_FUNCTIONS for name in FUNCTION.findall(bare))


class CellSettler:
    """Settles the cells of a package's sheets: ``styles`` are its formats, ``looking`` the places of its shared texts
    that look like formulas."""

    def __init__(self, styles: StyleSheet, looking: set[bytes]) -> None:
        self._styles, self._looking = styles, looking
        self._shared: dict[bytes, bool] = {}

    def settle(self, sheet: SheetXml) -> None:
        """Keep the sheet's harmless formulas, replace the others by their last value; lock texts like formulas."""
        self._shared = {}
        if self._looking or sheet.holds(A_FORMULA) or sheet.holds(INLINE_LIKE_FORMULA):
            sheet.settle(self._settled)

    def _settled(self, match: re.Match[bytes]) -> bytes:
        cell, attributes, inner = match[0], match[1], match[2] or b""
        if A_FORMULA.search(inner):
            if self._may_stay(inner):
                return cell
            inner = IN_CELL.sub(b"", inner)
            attributes = OF_ARRAY.sub(b"", attributes)
            cell = b"<c" + attributes + b">" + inner + b"</c>"
        if not self._looks_like_formula(attributes, inner):
            return cell
        style = STYLE.search(attributes)
        locked = b' s="%d"' % self._styles.quoted(int(style[1]) if style else 0)
        return b"<c" + STYLE.sub(b"", attributes) + locked + b">" + inner + b"</c>"

    def _may_stay(self, inner: bytes) -> bool:
        formula = IN_CELL.search(inner)
        if formula is None or len(A_FORMULA.findall(inner)) != 1:
            raise Unsuited("a formula written in an unusual way")
        kind = KIND.search(formula[1])
        text = unescape((formula[2] or b"").decode("utf-8", "replace"), {"&quot;": '"', "&apos;": "'"})
        if "&#" in text or (kind and kind[1] != b"shared"):
            return False
        if kind is None:
            return bool(text) and is_harmless("=" + text)
        group = GROUP.search(formula[1])
        key = group[1] if group else b""
        if text:  # the first of the cells that share it says what it is
            self._shared[key] = is_harmless("=" + text)
        return self._shared.get(key, False)

    def _looks_like_formula(self, attributes: bytes, inner: bytes) -> bool:
        if b't="s"' in attributes:
            return inner[inner.find(b"<v>") + 3 : inner.find(b"</v>")].strip() in self._looking
        if b't="str"' in attributes or b't="inlineStr"' in attributes:
            return INLINE_LIKE_FORMULA.search(inner) is not None
        return False


def texts_like_formulas(shared: bytes) -> set[bytes]:
    """Places, as digits, of the shared texts that begin like a formula."""
    places = (n for n, one in enumerate(SHARED.finditer(shared)) if one[1] and LIKE_FORMULA.match(one[1]))
    return {b"%d" % n for n in places}


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
