"""Lines of one small roster, checked: what the tests of the messiness catalogue ask."""

import datetime as dt

from dirty_lines import PERIOD, lines_of, one_line, read_of

from clearbase.quality.check import check_lines
from clearbase.quality.suite import load_suite
from clearbase.records import EMPTY, TEXT
from clearbase.standards.identity_number import check_character

GOOD = "330227198506159988"  # a woman born on 1985-06-15
CLEAN = {"name": "张三", "id_number": GOOD, "phone": "13800138000", "hire_date": "2021-03-05"}
ON = dt.date(2024, 4, 2)
BITS = {rule.code: rule.bit for rule in load_suite().rules}


def number(area="330227", born="19850615", sequence="998"):
    """A made-up number whose check holds."""
    return area + born + sequence + check_character(area + born + sequence)


def checked(received=None, **cells):
    """The clean line with these cells: (its values, what is told of it)."""
    result = check_lines(one_line(**{**CLEAN, **cells}), PERIOD, ON, received)
    return result.lines.to_pylist()[0], [f["rule"] for f in result.findings.to_pylist()]


def told(**cells):
    return checked(**cells)[1]


def found(**cells):
    """What is told of the line as the employer reads it: (code, what was found)."""
    result = check_lines(one_line(**{**CLEAN, **cells}), PERIOD, ON)
    return [(f["rule"], f["found"]) for f in result.findings.to_pylist()]


def roster(*lines, fields=None):
    """Lines of one sheet, checked; a cell is a text or (text, kind)."""
    fields = fields or tuple(dict.fromkeys(field for line in lines for field in line))
    rows = [
        {f: c if isinstance(c, tuple) else (c, TEXT if c else EMPTY) for f, c in line.items() if c} for line in lines
    ]
    # lines_of puts the second half on another sheet: as many empty lines keep these on the first
    table = lines_of(rows + [{}] * len(rows), fields).slice(0, len(rows))
    return check_lines(read_of(table), PERIOD, ON)


def told_rows(result):
    """Code → rows of the sheet, the first line being row 4."""
    rows = {}
    for finding in result.findings.to_pylist():
        rows.setdefault(finding["rule"], []).append(finding["row"])
    return rows


def has_bit(result, code, row=0):
    return bool(result.lines["rule_bits"].to_pylist()[row] >> BITS[code] & 1)
