"""Personal names: spaces, dots, notes and substitute characters (messiness D1-D7; 民委发〔2016〕33号 for the dot).

Variants of characters (呂/吕, 己/已) are never rewritten. NFKC would do that, so only a safe subset of it is applied.
"""

from __future__ import annotations

import re
import unicodedata

import pyarrow as pa
import pyarrow.compute as pc

from clearbase.standards.distinct import Column, each_distinct, one_array, spread_distinct
from clearbase.standards.invalid import Invalid

HAN = "㐀-䶿一-鿿豈-﫿\U00020000-\U0003ffff〇"
OTHER_LETTERS = "A-Za-zÀ-ÖØ-öø-ɏЀ-ӿԱ-֏؀-ۿऀ-ॿ฀-๿ༀ-࿿ᄀ-ᇿ᠀-ᢪḀ-ỿ぀-ヿ가-힣"
# At least two letters, then what names may hold; ? □ * stand for a character that the sender's system could not write.
PLAUSIBLE = rf"[{HAN}{OTHER_LETTERS}][{HAN}{OTHER_LETTERS}·.,'’ \-?□*\ue000-\uf8ff]{{1,49}}"
# Compatibility ideographs are not clean: NFC replaces them.
CLEAN = "[㐀-䶿一-鿿]{2,}(?:·[㐀-䶿一-鿿]+)*"

DOTS = "·•・‧．.∙●・⋅᛫ꞏ-－"
# Characters that old systems put into the private use area, as far as they are known (messiness D5).
SUBSTITUTES = {0xE863: "䶮"}
BRACKETED = re.compile(r"[（(\[【〔<《]([^（()）\[\]【】〔〕<>《》]*)[）)\]】〕>》]")
DESCRIBED_CHARACTER = re.compile(r"上.下.|左.右.|.字旁|外.内.")
TITLE = re.compile(r"^([一-鿿]{1,5})[:：]\s*(?=\S)")
MARKS = re.compile(r"[★☆▲△●○◆◇■※♀♂√×✓#@&^~、。；;]+")


def compact(text: str) -> str:
    """The name alone: no alignment spaces, the dot as U+00B7, notes taken off."""
    return split(text)[0]


def split(text: str) -> tuple[str, str | None]:
    """(name, note): ``张三(离职)`` → ``张三``, ``离职``. The note is None where there is none."""
    name = unicodedata.normalize("NFC", text.translate(SUBSTITUTES))
    name = "".join(_plain(c) for c in name if unicodedata.category(c) not in ("Cf",))
    name = re.sub(rf"(?<=[{HAN}])\s*[{re.escape(DOTS)}]\s*(?=[{HAN}])", "·", name)
    notes: list[str] = []
    if match := TITLE.match(name):
        notes.append(match[1])
        name = name[match.end() :]
    for match in BRACKETED.finditer(name):
        notes.append("字形" if DESCRIBED_CHARACTER.search(match[1]) else match[1].strip())
    # (上龙下天) describes a character that could not be typed: it holds the place of one
    name = BRACKETED.sub(lambda m: "□" if DESCRIBED_CHARACTER.search(m[1]) else " ", name)
    if marks := MARKS.findall(name):
        notes.extend(marks)
        name = MARKS.sub(" ", name)
    # 王五1: a namesake's number. A longer run of digits is another field's value and is left to be refused
    if match := re.search(rf"(?<=[{HAN}])\s*([0-9]{{1,2}}|[A-Da-d])\s*$", name):
        notes.append(match[1])
        name = name[: match.start()]
    name = re.sub(rf"(?<=[{HAN}·□])\s+(?=[{HAN}·□])", "", " ".join(name.split()))
    notes = [note for note in notes if note]
    return name, "；".join(notes) or None


def key(text: str) -> str:
    """What two spellings of one name have in common: without spaces and dots, Latin letters in capitals."""
    return re.sub(rf"[\s'’,{re.escape(DOTS)}]", "", compact(text)).upper()


def validate(text: str) -> str:
    """The compact name. Raises Invalid: ``missing``, ``shape``."""
    name = compact(text)
    if not name:
        raise Invalid("missing")
    if not re.fullmatch(PLAUSIBLE, name):
        raise Invalid("shape")
    return name


def is_valid(text: str) -> bool:
    try:
        validate(text)
    except Invalid:
        return False
    return True


def compact_all(values: Column) -> pa.Array:
    """``compact`` of every cell; null stays null, an empty rest becomes null."""
    return split_all(values)[0]


def split_all(values: Column) -> tuple[pa.Array, pa.Array]:
    """Name and note of every cell; nulls where there is none."""
    array = one_array(values)
    clean = pc.fill_null(pc.match_substring_regex(array, rf"\A(?:{CLEAN})\z"), True)
    if not pc.all(clean, min_count=0).as_py():
        array = pc.replace_with_mask(array, pc.invert(clean), _unspaced(array.filter(pc.invert(clean))))
        clean = pc.fill_null(pc.match_substring_regex(array, rf"\A(?:{CLEAN})\z"), True)
    notes = pa.nulls(len(array), pa.string())
    if pc.all(clean, min_count=0).as_py():
        return array, notes
    dirty = pc.invert(clean)
    names, found = spread_distinct(array.filter(dirty), lambda text: (split(text)[0] or None, split(text)[1]), 2)
    return pc.replace_with_mask(array, dirty, names), pc.replace_with_mask(notes, dirty, found)


def _unspaced(array: pa.Array) -> pa.Array:
    """张  三 as 张三, for a whole column: what ``split`` makes of Han characters with nothing but blanks between."""
    spaced = pc.match_substring_regex(array, r"\A[㐀-䶿一-鿿]+(?:[ \x{3000}]+[㐀-䶿一-鿿]+)+\z")
    return pc.if_else(spaced, pc.replace_substring_regex(array, r"[ \x{3000}]+", ""), array)


def key_all(values: Column) -> pa.Array:
    """``key`` of every cell; null stays null."""
    return each_distinct(values, key, "[㐀-䶿一-鿿]{2,}")


def _plain(character: str) -> str:
    """Full-width ASCII, Kangxi radicals and odd spaces folded; every other character as it is."""
    if "\uff01" <= character <= "\uff5e" or "\u2f00" <= character <= "\u2fdf":
        return unicodedata.normalize("NFKC", character)
    return " " if unicodedata.category(character) in ("Zs", "Cc", "Zl", "Zp") else character
