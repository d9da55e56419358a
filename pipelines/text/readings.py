"""Readings that mirror farms set in brackets after characters, `會(huì)議`: found, judged by the whole document, taken out.

The evidence behind the judgement: farms annotate the characters that their Simplified-to-Traditional table changed, each
wherever it stands and with one reading whatever the word. A teacher, a poem or a dictionary does the opposite: rare
characters or whole lines, at the first occurrence, with the reading of the place.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect
from collections import Counter
from functools import cache, lru_cache

from pipelines.text.account import Edit
from pipelines.text.characters import HAN, common, count_han
from pipelines.text.script import convertible, forms, script_of, to_simplified_character

_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿếềê"
_SYLLABLE = rf"[a-zü{_TONED}]{{1,6}}"
# One syllable in brackets right after a Han character: 會(huì), 絡(luò ), 車（chē）, 們(men).
_reading = re.compile(rf"[(（](?<=[{HAN}].) ?({_SYLLABLE}) ?[)）]")
# What is left of one whose base or bracket is gone: 勇?lián)姑? ; and question marks for an indent: ????今天.
_damaged = re.compile(rf"[{_TONED}][a-z]{{0,3}} ?[)）]")
_lead = re.compile(rf"[{HAN}][?？]?[a-zü]{{0,4}}$")
_question = re.compile(rf"^\?{{2,}}(?=[{HAN}])", re.MULTILINE)

TAUGHT = 0.6
"""Share of a line's Han characters; a lesson or a poem annotates whole lines, a farm 1 in 7 to 1 in 16 (measured)."""
RARE = 1 / 200
"""Readings a Han character; below it they are single glosses, whatever they stand on."""


Reading = tuple[int, str, str, str]
"""A bracket that holds a true reading of the character before it: its offset, the character, the syllable, the bracket."""


@cache
def _readings(character: str) -> tuple[str, ...]:
    """All readings of a character, the usual one first, from pypinyin's dictionary. Loaded at the first candidate only."""
    from pypinyin.pinyin_dict import pinyin_dict

    listed = pinyin_dict.get(ord(character), "")
    return tuple(unicodedata.normalize("NFC", reading) for reading in listed.split(",") if reading)


@lru_cache(1 << 16)
def _toneless(syllable: str) -> str:
    bare = (c for c in unicodedata.normalize("NFD", syllable) if c == "\u0308" or not unicodedata.combining(c))
    return unicodedata.normalize("NFC", "".join(bare)).replace("v", "ü")


@lru_cache(1 << 16)
def is_reading(character: str, syllable: str) -> bool:
    """Whether a syllable is a reading of the character or of another form of it; without a tone mark, but for the tone.

    Farms read their table by the Simplified side: 瞭(liǎo)解 is 了's reading.
    """
    readings = [reading for form in forms(character) for reading in _readings(form)]
    if syllable in readings or syllable.replace("v", "ü") in readings:
        return True
    return _toneless(syllable) in (syllable, syllable.replace("v", "ü")) and _toneless(syllable) in map(_toneless, readings)


@lru_cache(1 << 16)
def is_usual(character: str, syllable: str) -> bool:
    """Whether a syllable is the reading the dictionary gives first, or the same but for the tone."""
    usual = {readings[0] for form in (character, to_simplified_character(character)) if (readings := _readings(form))}
    return any(syllable.replace("v", "ü") in (reading, _toneless(reading)) for reading in usual)


@lru_cache(1 << 16)
def _in_use(character: str) -> bool:
    """Whether a character is in common use in some form of it."""
    return any(map(common, forms(character)))


def find_readings(text: str) -> list[Reading]:
    """Every true reading in brackets after its character."""
    if "(" not in text and "（" not in text:
        return []
    return [
        (at, base, match[1], match[0])
        for match in _reading.finditer(text)
        if is_reading(base := text[(at := match.start()) - 1], match[1])
    ]


def polluted(text: str, readings: list[Reading], marks: int) -> bool:
    """Whether the readings of a whole document are a mirror farm's. `marks`: how many marks were inserted in it."""
    if not readings or (len(readings) < RARE * len(text) and len(readings) < RARE * count_han(text)):
        return False
    table = Counter([(base, syllable) for _, base, syllable, _ in readings])
    bases = {base for base, _ in table}
    # A farm has one reading a character; a lesson on polyphones has several (重(chóng)庆, 重(zhòng)量).
    several = len(table) - len(bases) > 0.05 * len(bases)
    # A farm annotates its characters wherever they stand, a gloss stands once.
    seldom = len(readings) < 0.9 * sum(map(text.count, bases))
    # Its table gives the usual reading (會 huì); who explains 丽(lí)水 or 会(kuài)计 gives the other.
    odd = sum(times for row, times in table.items() if not is_usual(*row)) > 0.2 * len(readings)
    usual = [base for base in bases if _in_use(base)]
    if several or seldom or odd or len(usual) < 0.8 * len(bases):
        return False
    # All in characters that some script writes otherwise: the table's rows, and hardly a teacher's choice.
    rows = sum(map(convertible, usual)) >= 0.9 * len(bases)
    if _taught(text, readings, 0.95 if rows else TAUGHT):
        return False
    # Repeated readings tell more than single ones; Traditional text is glossed in zhuyin, if at all.
    weight = len(readings) + (len(readings) > len(bases))
    weight += weight < 6 and script_of(text) != "hans"
    if rows:
        return bool(marks) or weight >= 3
    return len(bases) >= 2 if marks else len(bases) >= 3 and weight >= 6


def _taught(text: str, readings: list[Reading], share: float) -> bool:
    """Whether the readings stand in lines that are annotated throughout, or in lists of single characters."""
    offsets = [reading[0] for reading in readings]
    full = start = 0
    for line in text.split("\n"):
        end = start + len(line)
        here = bisect(offsets, end) - bisect(offsets, start)
        full += here if here and here >= share * count_han(line) else 0
        start = end + 1
    # A hundred of them tell whether they stand in running text.
    sample = readings[:: 1 + len(readings) // 100]
    alone = sum(_alone(text, reading) for reading in sample)
    return 2 * full > len(readings) or 2 * alone > len(sample)


def _alone(text: str, reading: Reading) -> bool:
    """Whether the character of a reading has no other beside it: 秋(qiū)、气(qì)."""
    offset, _, _, bracket = reading
    after = offset + len(bracket)
    return not _is_han(text[offset - 2 : offset - 1]) and not _is_han(text[after : after + 1])


def _is_han(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff"


def drop_readings(readings: list[Reading]) -> list[Edit]:
    """Edits that take out the readings of a polluted document; a gloss on a rare character stays: 垚(yáo)."""
    bases = {reading[1] for reading in readings}
    rows = {base for base in bases if convertible(base) or _in_use(base)}
    return [(offset, text, "") for offset, base, _, text in readings if base in rows]


def damaged_readings(text: str, sound: int) -> int:
    """How many brackets are left of readings whose character or opening bracket is gone, and indents become `????`.

    `sound`: how many readings of the text are whole.
    """
    closed = [match.start() for match in _damaged.finditer(text)] if ")" in text or "）" in text else []
    brackets = sum(bool(_lead.search(text, max(0, at - 6), at)) for at in closed) if len(closed) > sound else 0
    return brackets + (len(_question.findall(text)) if "??" in text else 0)
