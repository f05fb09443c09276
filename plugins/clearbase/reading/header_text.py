"""A header's text in the form in which it is compared (messiness B4)."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_DROPPED: Final = re.compile(r"[\s\u200b-\u200f\u202a-\u202e\u2060\ufeff*:※★☆●▲'\"“”]+")
# 居住类型1.自有住宅2.出租屋: codes that are explained without brackets.
_CODES: Final = re.compile(
    r"(?<=[\u4e00-\u9fff])[0-9]{1,2}[.、=-]?[\u4e00-\u9fff].*[0-9]{1,2}[.、=-]?[\u4e00-\u9fff].*$"
)
_HINT: Final = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|<[^<>]*>|〔[^〔〕]*〕|\{[^{}]*\}")


def normal(header: str) -> str:
    """NFKC, lower case, no white space, stars, colons; hints stay: ``* 手机 号(必填)：`` → ``手机号(必填)``."""
    return _DROPPED.sub("", unicodedata.normalize("NFKC", header)).casefold().strip("、,.;。_-")


def without_hints(normal_form: str) -> str:
    """Without what stands in brackets: units, examples, ``(必填)``. '' if nothing else is there."""
    previous = None
    while previous != normal_form:
        previous, normal_form = normal_form, _HINT.sub("", normal_form)
    return _CODES.sub("", re.sub(r"[()\[\]【】<>〔〕{}].*$", "", normal_form))


def joined_form(levels: list[str]) -> str:
    """The levels of a header as one word without slashes, in which a corrected header is remembered."""
    return "".join(map(normal, levels)).replace("/", "")
