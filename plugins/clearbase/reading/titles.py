"""What stands round a table: the sheet's name, the rows above the header, as texts in which facts are looked for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class SheetTexts:
    """What stands around one roster sheet: its name, and the cells of the rows above its header."""

    name: str
    titles: list[list[str]]

    def titled(self) -> list[str]:
        """The cells of those rows in plain letters, labels with their values."""
        return [plain(text) for row in self.titles for text in joined_labels(row)]


def plain(text: str) -> str:
    """Without invisible characters; digits, brackets and colons in half width."""
    return re.sub(r"[\u200b-\u200f\ufeff]", "", text).translate(_FULL_WIDTH)


_FULL_WIDTH: Final = str.maketrans("（）：０１２３４５６７８９\u3000\u00a0", "():0123456789  ")


def joined_labels(row: Iterable[str]) -> list[str]:
    """The cells of a row; a cell that is only a label (``企业名称：``) takes the next cell with it."""
    joined: list[str] = []
    for text in row:
        if joined and joined[-1].rstrip().endswith((":", "：")):
            joined[-1] = joined[-1].rstrip() + text
        else:
            joined.append(text)
    return joined


def names_of(file_name: str) -> list[str]:
    """The file's name and its folders' (of a zip, too), nearest first, without endings: 花名册2026.10.xlsx keeps its
    month."""
    parts = re.split(r"[/\\]", file_name)[::-1]
    return [plain(re.sub(r"\.(?=[A-Za-z0-9]*[A-Za-z])[A-Za-z0-9]{1,5}$", "", part)) for part in parts]
