"""Noise pass, first half: readings that mirror farms set in brackets after characters, `會(huì)議`.

The evidence behind the rules: polluted pages annotate the characters that their Simplified-to-Traditional table changed,
each at every occurrence, with one reading whatever the word. A teacher, a poem or a dictionary does the opposite: rare
characters or all of them, at the first occurrence, with the reading of the place.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cache

from pipelines.text.account import Edit
from pipelines.text.characters import HAN, common
from pipelines.text.script import convertible, to_simplified_character

_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿếềê"
# One syllable in brackets right after a Han character: 會(huì), 絡(luò ), 車（chē）, 們(men), 綠(lv4 is none).
_reading = re.compile(rf"(?<=[{HAN}])(?:\([ ]?([a-zü{_TONED}]{{1,6}})[ ]?\)|（[ ]?([a-zü{_TONED}]{{1,6}})[ ]?）)")


@dataclass(frozen=True, slots=True)
class Reading:
    """A true reading of the character before it, in brackets."""

    offset: int
    base: str
    syllable: str
    text: str
    wide: bool
    """Full-width brackets."""


@cache
def _readings(character: str) -> frozenset[str]:
    """All readings of a character, with tone marks, from pypinyin's dictionary. Loaded at the first candidate only."""
    from pypinyin.pinyin_dict import pinyin_dict

    listed = pinyin_dict.get(ord(character), "")
    return frozenset(unicodedata.normalize("NFC", reading) for reading in listed.split(",") if reading)


@cache
def _toneless(syllable: str) -> str:
    bare = "".join(c for c in unicodedata.normalize("NFD", syllable) if c in "\u0308" or not unicodedata.combining(c))
    return unicodedata.normalize("NFC", bare).replace("v", "ü")


@cache
def is_reading(character: str, syllable: str) -> bool:
    """Whether a syllable is one of the character's readings; without a tone mark, whether it is one but for the tone."""
    readings = _readings(character)
    if syllable in readings or syllable.replace("v", "ü") in readings:
        return True
    return syllable.isascii() and _toneless(syllable) in {_toneless(reading) for reading in readings}


def find_readings(text: str) -> list[Reading]:
    """Every bracket that holds a true reading of the character before it."""
    found: list[Reading] = []
    if "(" not in text and "（" not in text:
        return found
    for match in _reading.finditer(text):
        base, syllable = text[match.start() - 1], match.group(1) or match.group(2)
        if is_reading(base, syllable):
            found.append(Reading(match.start(), base, syllable, match.group(), match.group(1) is None))
    return found


def polluted(text: str, readings: list[Reading], *, other_noise: bool = False) -> bool:
    """Whether the readings of a whole document are a mirror farm's.

    `other_noise`: the same document has doubled marks too, which no teacher's page has.
    """
    if not readings:
        return False
    by_base: dict[str, set[str]] = {}
    for reading in readings:
        by_base.setdefault(reading.base, set()).add(reading.syllable)
    han = len(re.findall(f"[{HAN}]", text))
    # A lesson or a poem annotates whole lines; farms annotate one character in four at most (measured 1 in 7 to 1 in 16).
    if len(readings) > 0.5 * han or len(readings) * 200 < han:
        return False
    # A table has one reading a character; a lesson on polyphones has several (重(chóng)庆, 重(zhòng)量).
    if sum(len(syllables) > 1 for syllables in by_base.values()) > 0.05 * len(by_base):
        return False
    plain = [base for base in by_base if common(to_simplified_character(base))]
    converted = [base for base in plain if convertible(base)]
    if len(plain) < 0.8 * len(by_base):
        return False
    always = sum(text.count(base) for base in by_base) * 0.9 <= len(readings)
    if not always:
        return False
    if len(converted) >= 0.9 * len(by_base):
        return len(readings) >= (1 if other_noise else 3)
    return other_noise or len(by_base) >= 8


def drop_readings(readings: list[Reading]) -> tuple[list[Edit], Counter[str]]:
    """Edits that take out the readings of a polluted document."""
    edits = [Edit(reading.offset, reading.text, "") for reading in readings]
    return edits, Counter(readings=len(edits)) if edits else Counter()
