"""Codes that a header explains, put into its own words: 居住类型（1自有住宅 2出租屋） makes a cell 2 出租屋."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from clearbase.records import EMPTY, TEXT

# A code is one or two digits or a letter; what it means follows it, up to the next code. 1-5年 and 18位 are no codes.
_EXPLAINED: Final = re.compile(
    r"(?<![0-9A-Za-z.])([0-9]{1,2}|[A-Ea-e])\s*[.、:=\-—–]?\s*([一-鿿][一-鿿/()]{0,14}?)(?=[\s,;、，。；|/)\]]*(?:[0-9A-Ea-e]|[)\]]|$))"
)
# 退场：0 ;在场：1；
_EXPLAINED_BACKWARDS: Final = re.compile(r"([一-鿿]{1,8})\s*[:=]\s*([0-9]{1,2})(?=\s*(?:[;,、)\]\s]|$))")
# A yes here is what another header calls a no.
_YES: Final = ("是", "1", "Y", "y", "√", "✓", "有")
_NO: Final = ("否", "0", "N", "n", "×", "╳", "无")
IMPLIED: Final[tuple[tuple[re.Pattern[str], dict[str, str]], ...]] = (
    (
        re.compile(r"^是否(?:已|已经)?(?:离职|离厂|退场|离场|离岗)$"),
        {**dict.fromkeys((*_YES, "已离职"), "离职"), **dict.fromkeys((*_NO, "未离职"), "在职")},
    ),
    (
        re.compile(r"^是否(?:仍)?(?:在职|在岗|在册|在场|在厂)$"),
        {**dict.fromkeys(_YES, "在职"), **dict.fromkeys(_NO, "离职")},
    ),
)
_NO_MEANING: Final = re.compile(r"^(?:位|个|人|年|月|日|天|元|岁|号|次|级以|寸|张|份|字|英寸)")
FEWEST: Final = 2


def codes_explained(header: str) -> dict[str, str]:
    """Code → word, as a header's own text says; empty where it explains no two codes."""
    text = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", header)).strip()
    for pattern, codes in IMPLIED:
        if pattern.search(text.replace(" ", "")):
            return codes
    if len(backwards := _EXPLAINED_BACKWARDS.findall(text)) >= FEWEST:
        return {code: word for word, code in backwards}
    found = {code: word.strip("/ ") for code, word in _EXPLAINED.findall(text) if not _NO_MEANING.match(word)}
    return found if len(found) >= FEWEST and len(set(found.values())) == len(found) else {}


def in_words(
    texts: pa.Array, kinds: npt.NDArray[np.int8], codes: dict[str, str]
) -> tuple[pa.Array, npt.NDArray[np.int8]]:
    """A column with its codes replaced by what they mean; other texts stay as they are."""
    said = pc.replace_substring_regex(pc.utf8_trim_whitespace(texts), r"\.0+\z", "")
    known = {**codes, **{code.zfill(2): word for code, word in codes.items() if code.isdigit()}}
    at = pc.index_in(said, value_set=pa.array(list(known)))
    put = pc.coalesce(pa.array(list(known.values())).take(at), texts)
    is_code = pc.is_valid(at).to_numpy(zero_copy_only=False)
    return put, np.where(is_code & (kinds != EMPTY), np.int8(TEXT), kinds)
