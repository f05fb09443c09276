"""The words that headers are built of, each with the idea that it stands for: 目前合同到期日 is now, contract, end,
when.

Employers' headers are endless, their words are few. A header is cut into the words that leave the least of it unread;
``likeness`` says which ideas together make which field.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from clearbase.reading.vocabulary import CONCEPTS
from clearbase.standards.words import words

_IDEAS: Final[dict[str, frozenset[str]]] = {}
for _idea, _text in CONCEPTS.items():
    for _word in words(_text):
        _IDEAS[_word] = _IDEAS.get(_word, frozenset()) | {_idea}
# 交没交, 住不住: whether, with what is asked.
_ASKED: Final = re.compile(r"([\u4e00-\u9fff])[没不]\1")
LONGEST_HEADER: Final = 60
_LONGEST: Final = max(map(len, _IDEAS))


@dataclass(frozen=True)
class Ideas:
    """``words``: the ideas of each word of a header in its order; ``unread``: how many characters no word covers."""

    words: tuple[frozenset[str], ...]
    unread: int

    @property
    def held(self) -> frozenset[str]:
        return frozenset().union(*self.words)


@lru_cache(maxsize=2000)
def ideas_of(form: str) -> Ideas:
    """The ideas of a header in its normal form (``header_text.normal``), cut so that the fewest characters stay unread
    and then the fewest words are needed: 住|宿舍, not 住宿|舍."""
    if len(form) > LONGEST_HEADER:
        return Ideas((), len(form))
    form = _ASKED.sub(r"是否\1", form.replace("_", ""))
    # From the end: what stays unread of the rest, how many words it needs, where the first of them ends.
    best: list[tuple[int, int, int]] = [(0, 0, len(form))] * (len(form) + 1)
    for at in range(len(form) - 1, -1, -1):
        unread, needed, _ = best[at + 1]
        choices = [(unread + form[at].isalnum(), needed, at)]
        for end in range(at + 1, min(at + _LONGEST, len(form)) + 1):
            if form[at:end] in _IDEAS:
                choices.append((best[end][0], best[end][1] + 1, end))
        best[at] = min(choices, key=lambda choice: (choice[0], choice[1], -choice[2]))
    held: list[frozenset[str]] = []
    at = 0
    while at < len(form):
        end = best[at][2]
        if end > at:
            held.append(_IDEAS[form[at:end]])
        at = max(end, at + 1)
    return Ideas(tuple(held), best[0][0])
