"""Whom to call, as people write it into one cell: a name, a number, how they are related, in any order.

>>> split("王五/父子")
('王五', None)
>>> split("（妻）李某 138-0013-8000")
('李某', '13800138000')
"""

from __future__ import annotations

import re
import unicodedata

import pyarrow as pa

from clearbase.standards.distinct import Column, spread_distinct

_PHONE = re.compile(
    r"(?<![0-9])(?:\+?86[- ]?)?(1[3-9][0-9][- ]?[0-9]{4}[- ]?[0-9]{4})(?![0-9])"
    r"|(?<![0-9])(0[0-9]{2,3}-?[0-9]{7,8})(?![0-9])"
)
_LABEL = re.compile(r"(?:姓名|联系人|联系电话|电话号码|电话|手机号?|联系方式|关系|tel)\s*:?", re.IGNORECASE)
_RELATION = re.compile(
    r"^(?:与?本人)?(?:之)?(?:父亲?|母亲?|父母|爸爸?|妈妈?|父子|父女|母子|母女|夫妻|夫妇|夫|妻子?|丈夫|配偶|爱人|老公|老婆|儿子?|女儿?|子女"
    r"|兄弟?|弟弟?|哥哥?|姐姐?|妹妹?|姐妹|兄妹|姐弟|岳父|岳母|公公|婆婆|叔叔?|伯父?|舅舅?|姑姑?|姨妈?|亲戚|亲属|家属|朋友|同学|同事|老乡|男友|女友|本人)(?:关系)?$"
)
# Nothing but Han characters of which no label and no relation is made: a name, and the most of them.
_PLAIN = re.compile(r"[\u4e00-\u9fff]{1,15}")
_NO_PLAIN = frozenset(_LABEL.pattern + _RELATION.pattern)
_NAME = re.compile(r"[\u3400-\u9fff·]{1,15}|[A-Za-z][A-Za-z .'-]{1,40}")


def split(text: str) -> tuple[str | None, str | None]:
    """(name, phone). The text as it is and no phone where something is left that is neither, or there are two."""
    if _PLAIN.fullmatch(text) and _NO_PLAIN.isdisjoint(text):
        return text, None
    folded = unicodedata.normalize("NFKC", text).strip()
    numbers = [found[1] or found[2] for found in _PHONE.finditer(folded)]
    rest = _LABEL.sub(" ", _PHONE.sub(" ", folded))
    parts = [part for part in re.split(r"[\s/、,;:|()\[\]【】-]+", rest) if part and not _RELATION.match(part)]
    if len(numbers) > 1 or len(parts) > 1 or any(not _NAME.fullmatch(part) for part in parts):
        return text, None
    if not parts and not numbers:
        return text, None
    phone = re.sub(r"[ -](?=[0-9]{4})", "", numbers[0]) if numbers and numbers[0].startswith("1") else None
    return (parts[0] if parts else None), phone or (numbers[0] if numbers else None)


def split_all(values: Column) -> tuple[pa.Array, pa.Array]:
    """Name and phone of every cell; null stays null."""
    names, phones = spread_distinct(values, split, 2)
    return names, phones
