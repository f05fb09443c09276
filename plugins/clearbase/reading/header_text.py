"""A header's text in the form in which it is compared (messiness B4)."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from clearbase.reading.variants import simplified

_DROPPED: Final = re.compile(r"[\s\u200b-\u200f\u202a-\u202e\u2060\ufeff*:※★☆●▲'\"“”]+")
# 居住类型1.自有住宅2.出租屋: codes that are explained without brackets.
_CODES: Final = re.compile(
    r"(?<=[\u4e00-\u9fff])[0-9]{1,2}[.、=-]?[\u4e00-\u9fff].*[0-9]{1,2}[.、=-]?[\u4e00-\u9fff].*$"
)
# 社保Y/N, 合同有/无: how it is to be filled in, without brackets.
_CHOICE: Final = re.compile(r"(?<=[\u4e00-\u9fff]{2})(?:y/n|是/否|有/无|√|√/×|[ty]or[fn])$")
_HINT: Final = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|<[^<>]*>|〔[^〔〕]*〕|\{[^{}]*\}")


# 人员状态  退场：0 ;在场：1；
_CODES_BACKWARDS: Final = re.compile(r"(?<=\S)\s+(?:[\u4e00-\u9fff]{1,8}\s*[:=]\s*\d{1,2}\s*[;,、]?\s*){2,}$")
# 姓名_real_name, 姓名Name: the second language says nothing that the first does not; 员工ID is one word.
_LATIN: Final = re.compile(
    r"(?<=[\u4e00-\u9fff)])\s*\n\s*(?!(?i:id)\W*$)[A-Za-z][A-Za-z .'/()-]*$|"
    r"(?<=[\u4e00-\u9fff)])[\s_/|\n-]*[A-Za-z](?:[A-Za-z]{3,}|[A-Za-z]*[_ ][A-Za-z_ ]+)[A-Za-z0-9_ .'/()-]*$"
    r"|^(?!(?i:e-?mail|wechat|weixin))[A-Za-z](?:[A-Za-z]+[. ]+)+(?=[\u4e00-\u9fff])"
    r"|^(?!(?i:e-?mail|wechat|weixin))[A-Za-z](?:[A-Za-z]{3,}|[A-Za-z]*[_ ][A-Za-z_ ]+)[\s_/|\n-]+(?=[\u4e00-\u9fff])"
)


# 入社日/입사일, フリガナ/拼音: beside Chinese, what Korean or kana says is said already.
_FOREIGN: Final = re.compile(r"[\s/(]*[\u3041-\u30ff\uac00-\ud7af]+[\s/)]*")


@lru_cache(maxsize=2000)
def normal(header: str) -> str:
    """NFKC, simplified characters, lower case, no white space, stars, colons; hints stay.

    ``* 手机 号(必填)：`` → ``手机号(必填)``.
    """
    bare = _CODES_BACKWARDS.sub("", simplified(unicodedata.normalize("NFKC", header)))
    bare = _FOREIGN.sub("", bare) or bare
    return _DROPPED.sub("", _LATIN.sub("", bare)).casefold().strip("、,.;。_-")


@lru_cache(maxsize=2000)
def without_hints(normal_form: str) -> str:
    """Without what stands in brackets: units, examples, ``(必填)``. '' if nothing else is there."""
    previous = None
    while previous != normal_form:
        previous, normal_form = normal_form, _HINT.sub("", normal_form)
    normal_form = _CHOICE.sub("", normal_form) or normal_form
    return _CODES.sub("", re.sub(r"[()\[\]【】<>〔〕{}].*$", "", normal_form))


def joined_form(levels: list[str]) -> str:
    """The levels of a header as one word without slashes, in which a corrected header is remembered."""
    return "".join(map(normal, levels)).replace("/", "")
