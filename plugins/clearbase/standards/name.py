"""Personal names: spaces, dots, notes and substitute characters (messiness D1-D7; 民委发〔2016〕33号 for the dot).

Variants of characters (呂/吕, 己/已) are never rewritten. NFKC would do that, so only a safe subset of it is applied.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

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
# Characters that GBK put into the private use area from U+E815 on (bytes FE50 to FEA0), by GB 18030-2005, appendix C;
# radicals, which no name holds, left out (messiness D5).
_FROM_E815 = (
    "　𠂇𠂉𠃌　㑳㑇　　龴㖞㘚㘎　　㥮㤘龵㧏㧟㩳㧐龶龷㭎㱮㳠"
    "　𡗗龸　䁖䅟　䌷　　　𢦏䎱䎬　䏝䓖䙡䙌龹䜣䜩䝼䞍　䥇䥺"
    "䥽䦂䦃䦅䦆䦟䦛䦷䦶龺𤇾䲣䲟䲠䲡䱷䲢䴓䴔䴕䴖䴗䴘䴙䶮龻"
)
SUBSTITUTES = {0xE815 + n: character for n, character in enumerate(_FROM_E815) if character != "　"}
BRACKETED = re.compile(r"[（(\[【〔<《]([^（()）\[\]【】〔〕<>《》]*)[）)\]】〕>》]")
DESCRIBED_CHARACTER = re.compile(r"上.下.|左.右.|.字旁|外.内.")
TITLE = re.compile(r"^([一-鿿]{1,5})[:：]\s*(?=\S)")
# First characters of surnames: two people in one cell (messiness D8) both begin with one, else 张三/组长 would be two.
SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪"
    "田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温"
    "芦季俞章鲁葛伍韦申尤毕聂焦向柳邢路岳齐沿梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍"
    "霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边吉饶刁苟符欧阳上官司马诸葛夏侯东方皇甫尉迟公孙令狐"
)
_ONE, _AND = "[㐀-鿿]{2,4}", r"\s*[、,;/&+|\n]\s*"  # folded, ； is ;
TWO_PEOPLE = re.compile(f"({_ONE}){_AND}({_ONE})(?:{_AND}{_ONE})*")
NUMBER = "[0-9]{17}[0-9Xx]|[0-9]{15}|1[3-9][0-9]{9}"
WITH_NUMBER = re.compile(rf"([㐀-鿿·]{{2,15}})\W*({NUMBER})\D?")
# Two people; a name and its number; a number alone; a name in Latin letters alone (pinyin, or a foreigner's).
Holds = Literal["several", "number", "digits", "latin"]
HELD: tuple[tuple[re.Pattern[str], Holds], ...] = (
    (WITH_NUMBER, "number"), (re.compile(NUMBER), "digits"), (re.compile(r"[A-Za-z][A-Za-z .,'’·-]+"), "latin"),
)  # fmt: skip
PLAIN = re.compile(r"[㐀-䶿一-鿿A-Za-z0-9()·]+")  # nothing to be folded
_DOT = re.compile(rf"(?<=[{HAN}])\s*[{re.escape(DOTS)}]\s*(?=[{HAN}])")
_NAMESAKE = re.compile(rf"(?<=[{HAN}])\s*([0-9]{{1,2}}|[A-Da-d])\s*$")
_BETWEEN = re.compile(rf"(?<=[{HAN}·□])\s+(?=[{HAN}·□])")
_NO_KEY = re.compile(rf"[\s'’,{re.escape(DOTS)}]")
MARKS = re.compile(r"[★☆▲△●○◆◇■※♀♂√×✓#@&^~、。；;]+")


def compact(text: str) -> str:
    """The name alone: no alignment spaces, the dot as U+00B7, notes taken off."""
    return split(text)[0]


def split(text: str) -> tuple[str, str | None]:
    """(name, note): ``张三(离职)`` → ``张三``, ``离职``. The note is None where there is none. What ``holds`` something
    else is no name and stays as it is."""
    return _split(text, holds(text))


def _split(text: str, held: Holds | None) -> tuple[str, str | None]:
    if held in ("several", "number"):
        return text.strip(), None
    name = text
    if not PLAIN.fullmatch(text):
        name = unicodedata.normalize("NFC", text.translate(SUBSTITUTES))
        name = "".join(_plain(c) for c in name if unicodedata.category(c) not in ("Cf",))
    name = _DOT.sub("·", name)
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
    if match := _NAMESAKE.search(name):
        notes.append(match[1])
        name = name[: match.start()]
    name = _BETWEEN.sub("", " ".join(name.split()))
    notes = [note for note in notes if note]
    return name, "；".join(notes) or None


def holds(text: str) -> Holds | None:
    """What a cell of names holds that is no name in Han characters (messiness D5, D8), see ``Holds``."""
    folded = unicodedata.normalize("NFKC", text).strip()
    people = TWO_PEOPLE.fullmatch(folded)
    if people and people[1][0] in SURNAMES and people[2][0] in SURNAMES:
        return "several"
    return next((what for pattern, what in HELD if pattern.fullmatch(folded)), None)


def parts(text: str) -> tuple[str, str] | None:
    """Name and number of a cell that holds both, None where it does not."""
    both = WITH_NUMBER.fullmatch(unicodedata.normalize("NFKC", text).strip())
    return (both[1], both[2].upper()) if both else None


def key(text: str) -> str:
    """What two spellings of one name have in common: without spaces and dots, Latin letters in capitals."""
    return _NO_KEY.sub("", compact(text)).upper()


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
    return cells_all(values)[:2]


def cells_all(values: Column) -> tuple[pa.Array, pa.Array, pa.Array]:
    """Name, note and what the cell ``holds``; nulls where there is none."""
    array = one_array(values)
    clean = pc.fill_null(pc.match_substring_regex(array, rf"\A(?:{CLEAN})\z"), True)
    if not pc.all(clean, min_count=0).as_py():
        dirty = pc.invert(clean)
        unspaced = _unspaced(array.filter(dirty))
        array = pc.replace_with_mask(array, dirty, unspaced)
        clean = pc.replace_with_mask(clean, dirty, pc.match_substring_regex(unspaced, rf"\A(?:{CLEAN})\z"))
    nothing = pa.nulls(len(array), pa.string())
    if pc.all(clean, min_count=0).as_py():
        return array, nothing, nothing
    dirty = pc.invert(clean)
    names, notes, held = spread_distinct(array.filter(dirty), _named, 3)
    told = (pc.replace_with_mask(nothing, dirty, found) for found in (notes, held))
    return (pc.replace_with_mask(array, dirty, names), *told)


def _named(text: str) -> tuple[str | None, str | None, str | None]:
    held = holds(text)
    name, note = _split(text, held)
    return name or None, note, held


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
