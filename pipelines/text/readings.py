"""Readings that mirror farms set in brackets after characters, `會(huì)議`: found, judged by the whole document, taken out.

The evidence behind the judgement: farms annotate the characters that their Simplified-to-Traditional table changed, each
wherever it stands and with one reading whatever the word. A teacher, a poem or a dictionary does the opposite: rare
characters or whole lines, at the first occurrence, with the reading of the place.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cache

from pipelines.text.account import Edit
from pipelines.text.characters import HAN, common
from pipelines.text.script import convertible, script_of, to_simplified_character

_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿếềê"
_SYLLABLE = rf"[a-zü{_TONED}]{{1,6}}"
# One syllable in brackets right after a Han character: 會(huì), 絡(luò ), 車（chē）, 們(men).
_reading = re.compile(rf"(?<=[{HAN}])(?:\( ?({_SYLLABLE}) ?\)|（ ?({_SYLLABLE}) ?）)")
# What is left of one whose base or bracket is gone: 勇?lián)姑? ; and ideographic blanks that became question marks.
_damaged = re.compile(
    rf"(?<=[{HAN}])[?？][a-zü]{{0,4}}[{_TONED}][a-z]{{0,3}} ?[)）]|(?<=[{HAN}])[a-zü]{{0,4}}[{_TONED}][a-z]{{0,3}} ?[)）]"
    rf"|^\?{{2,}}(?=[{HAN}])",
    re.MULTILINE,
)
_han = re.compile(f"[{HAN}]")

TAUGHT = 0.6
"""Share of a line's Han characters; a lesson or a poem annotates whole lines, a farm 1 in 7 to 1 in 16 (measured)."""
RARE = 1 / 200
"""Readings a Han character; below it they are single glosses, whatever they stand on."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A bracket that holds a true reading of the character before it."""

    offset: int
    """Of the bracket."""
    base: str
    syllable: str
    text: str
    """The bracket as it stands."""


@cache
def _readings(character: str) -> tuple[str, ...]:
    """All readings of a character, the usual one first, from pypinyin's dictionary. Loaded at the first candidate only."""
    from pypinyin.pinyin_dict import pinyin_dict

    listed = pinyin_dict.get(ord(character), "")
    return tuple(unicodedata.normalize("NFC", reading) for reading in listed.split(",") if reading)


@cache
def _toneless(syllable: str) -> str:
    bare = (c for c in unicodedata.normalize("NFD", syllable) if c == "\u0308" or not unicodedata.combining(c))
    return unicodedata.normalize("NFC", "".join(bare)).replace("v", "ü")


@cache
def is_reading(character: str, syllable: str) -> bool:
    """Whether a syllable is one of the character's readings; without a tone mark, whether it is one but for the tone."""
    readings = _readings(character)
    if syllable in readings or syllable.replace("v", "ü") in readings:
        return True
    return _toneless(syllable) in (syllable, syllable.replace("v", "ü")) and _toneless(syllable) in map(_toneless, readings)


def is_usual(character: str, syllable: str) -> bool:
    """Whether a syllable is the reading the dictionary gives first, or the same but for the tone."""
    first = _readings(character)[0]
    return syllable in (first, _toneless(first)) or syllable.replace("v", "ü") in (first, _toneless(first))


def find_readings(text: str) -> list[Reading]:
    """Every true reading in brackets after its character."""
    if "(" not in text and "（" not in text:
        return []
    found: list[Reading] = []
    for match in _reading.finditer(text):
        base, syllable = text[match.start() - 1], match.group(1) or match.group(2)
        if is_reading(base, syllable):
            found.append(Reading(match.start(), base, syllable, match.group()))
    return found


def polluted(text: str, readings: list[Reading], marks: int) -> bool:
    """Whether the readings of a whole document are a mirror farm's. `marks`: how many marks were inserted in it."""
    if len(readings) < RARE * len(_han.findall(text)) or not readings:
        return False
    table: dict[str, set[str]] = {}
    for reading in readings:
        table.setdefault(reading.base, set()).add(reading.syllable)
    # A farm has one reading a character; a lesson on polyphones has several (重(chóng)庆, 重(zhòng)量).
    several = sum(len(syllables) > 1 for syllables in table.values()) > 0.05 * len(table)
    # A farm annotates its characters wherever they stand, a gloss stands once.
    seldom = len(readings) < 0.9 * sum(map(text.count, table))
    # Its table gives the usual reading (會 huì); who explains 丽(lí)水 or 会(kuài)计 gives the other.
    odd = sum(not is_usual(reading.base, reading.syllable) for reading in readings) > 0.2 * len(readings)
    usual = [base for base in table if common(to_simplified_character(base))]
    if several or seldom or odd or len(usual) < 0.8 * len(table):
        return False
    # All in characters that some script writes otherwise: the table's rows, and hardly a teacher's choice.
    rows = sum(map(convertible, usual)) >= 0.9 * len(table)
    if _taught(text, readings, 0.95 if rows else TAUGHT):
        return False
    # Repeated readings tell more than single ones; Traditional text is glossed in zhuyin, if at all.
    weight = len(readings) + (len(readings) > len(table)) + (script_of(text) != "hans")
    if rows:
        return bool(marks) or weight >= 3
    return len(table) >= 2 if marks else len(table) >= 3 and weight >= 6


def _taught(text: str, readings: list[Reading], share: float) -> bool:
    """Whether the readings stand in lines that are annotated throughout, or in lists of single characters."""
    lines: Counter[tuple[int, int]] = Counter()
    alone = 0
    for reading in readings:
        start = text.rfind("\n", 0, reading.offset) + 1
        end = text.find("\n", reading.offset)
        lines[start, len(text) if end < 0 else end] += 1
        after = text[reading.offset + len(reading.text) :][:1]
        alone += not _han.match(text[max(start, reading.offset - 2) : reading.offset - 1]) and not _han.match(after)
    full = sum(n for (start, end), n in lines.items() if n >= share * len(_han.findall(text, start, end)))
    return 2 * full > len(readings) or 2 * alone > len(readings)


def drop_readings(readings: list[Reading]) -> list[Edit]:
    """Edits that take out the readings of a polluted document; a gloss on a rare character stays: 垚(yáo)."""
    return [
        Edit(reading.offset, reading.text, "")
        for reading in readings
        if convertible(reading.base) or common(to_simplified_character(reading.base))
    ]


def damaged_readings(text: str) -> int:
    """How many brackets are left of readings whose character or opening bracket is gone, and indents become `????`."""
    return len(_damaged.findall(text)) if ")" in text or "）" in text or "??" in text else 0
