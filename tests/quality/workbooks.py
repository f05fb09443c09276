"""Workbooks of a few lines, read and checked as a file is."""

import io

from dirty_lines import PERIOD
from one_roster import ON

from clearbase.quality.check import check_lines
from clearbase.reading.file import read_roster


def checked_book(book, name="某某机械2024年3月花名册.xlsx"):
    out = io.BytesIO()
    book.save(out)
    read = read_roster(out.getvalue(), name)
    assert read.outcome == "read" and read.lines.num_rows == book.active.max_row - 1, (
        "every row below the header is one"
    )
    return check_lines(read, PERIOD, ON)
