"""Records of a text file in which some quotes are stray (messiness A6).

A quote opens a cell only where another one closes it: before a separator or at the end of a line. Else it is a
character like any other, and what follows on the next lines is other people's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

# More lines than this that hold separators, too, are swallowed lines and no cell.
MAX_LINES_IN_CELL: Final = 20
# So many records tell how wide they are.
SAMPLE: Final = 1_000
_BREAK: Final = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True)
class _Forms:
    """The patterns for one separator."""

    quoted: re.Pattern[str]
    plain: re.Pattern[str]

    @classmethod
    def of(cls, separator: str) -> _Forms:
        s = re.escape(separator)
        return cls(
            re.compile(rf'"((?:[^"]++|"")*+)" *(?={s}|\r|\n|\Z)'),
            re.compile(rf"[^{s}\r\n]*"),
        )


def records_despite_quotes(text: str, separator: str) -> Iterator[list[str]]:
    """The records of ``text``, as a spreadsheet program counts them, an empty line too ([]).

    A cell that goes over lines of which the first and the last would each be a record of the usual width has swallowed
    them: its quote is taken for stray, and each line is a record of its own. A single quote at the edge of a cell is
    taken off.
    """
    usual = usual_width(islice(_records(text, separator, None), SAMPLE))
    return _records(text, separator, usual)


def usual_width(records: Iterable[list[str]]) -> int:
    """The most frequent number of cells of those that have more than one; the larger of two; 0 where none has."""
    widths = Counter(len(record) for record in records if len(record) > 1)
    return max(widths, key=lambda width: (widths[width], width), default=0)


def _records(text: str, separator: str, usual: int | None) -> Iterator[list[str]]:
    forms = _Forms.of(separator)
    at, end = 0, len(text)
    while at < end:
        line_end = _end_of_line(text, at)
        if text.find('"', at, line_end) < 0:
            record, at = text[at:line_end].split(separator), line_end
        else:
            record, at = _quoted_record(text, separator, at, forms, usual)
        if broken := _BREAK.match(text, at):
            at = broken.end()
        yield record if record != [""] else []


def _quoted_record(text: str, separator: str, start: int, forms: _Forms, usual: int | None) -> tuple[list[str], int]:
    """The record that begins at ``start``, and where it ends."""
    record: list[str] = []
    at = start
    while True:
        closed = forms.quoted.match(text, at) if text.startswith('"', at) else None
        if closed and not (usual and _is_swallowed(text, separator, start, closed, len(record), usual)):
            record.append(closed[1].replace('""', '"'))
            at = closed.end()
        else:
            plain = forms.plain.match(text, at)
            assert plain is not None  # it matches the empty text, too
            record.append(_without_stray(plain[0]))
            at = plain.end()
        if not text.startswith(separator, at):
            return record, at
        at += len(separator)


def _without_stray(cell: str) -> str:
    """A quote at its beginning or end that has no other half is no part of the cell."""
    if cell.count('"') % 2 == 0:
        return cell
    return cell[1:] if cell.startswith('"') else cell.removesuffix('"')


def _is_swallowed(text: str, separator: str, start: int, cell: re.Match[str], before: int, usual: int) -> bool:
    """Whether the lines from ``start`` (of the record) to the cell's end are records of their own.

    ``before``: the record's cells that precede this one.
    """
    breaks = list(_BREAK.finditer(text, cell.start(), cell.end()))
    if not breaks or separator not in cell[1]:
        return False
    if len(breaks) > MAX_LINES_IN_CELL:
        return True
    end = _end_of_line(text, cell.end())
    whole = before + _width(text[cell.end() : end], separator)
    # A record of the usual width is most likely whole; of another width, it need not look so much like several.
    slack = 0 if whole == usual else 1
    first, last = text[start : breaks[0].start()], text[breaks[-1].end() : end]
    return all(abs(_width(line, separator) - usual) <= slack for line in (first, last))


def _end_of_line(text: str, at: int) -> int:
    found = _BREAK.search(text, at)
    return found.start() if found else len(text)


def _width(line: str, separator: str) -> int:
    return len(next(_records(line, separator, None), [""]))
