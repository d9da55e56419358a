"""Script pass: Traditional passages to Simplified, each by the profile of where it was written; nothing else touched.

Profiles were chosen by effect. 255,000 characters of Simplified text set in Traditional by OpenCC (standard, Taiwan,
Hong Kong) and by two character tables as converters of pages use them came back with these errors:

    way back   standard  Taiwan  Hong Kong  table  table with 著
    t2s              33     363        100     11           340
    hk2s             33     363         33     11           340
    tw2s             50      55        117     28            33
    tw2sp        13,500 and more: it turns words too, and Simplified-born words are not Taiwanese (资料, 社会)

So `hk2s`, and `tw2s` where the text writes the particle 着 as 著; what is left is 想象/想像, 坐标/座標 and 于单, a name.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from opencc import OpenCC

from pipelines.text.account import Cleaned, Edit
from pipelines.text.characters import HAN, encodable

TAIWAN, HONG_KONG = "裡洩汙簷", "衞説綫鋭閲"
"""Forms that one place writes and the other does not. 著 for 着 and 啟 for 啓 are none: converters' tables write them too."""

GUARDED = {"乾安縣": "乾安县", "乾安县": "乾安县", "乾縣": "乾县", "乾县": "乾县", "濬縣": "浚县", "澂江": "澄江"}
"""Names of places that conversion spoils (乾安縣 to 干安县), and the names as they are.

All of GB/T 2260 that come back wrong; a test goes through the list. 乾安 alone is none: it also stands in 餅乾安全.
"""

_guarded = re.compile("|".join(GUARDED))
_BLOCK = [chr(code) for code in range(0x3400, 0xA000)]
_LINES = "\n".join(_BLOCK)


@cache
def _converter(profile: str) -> OpenCC:
    # Without the forms that few fonts have: 毶 stays, as 𣯶 is seen by nobody.
    return OpenCC(profile, include_tofu_risk_dictionaries=False)


@cache
def _table(profile: str) -> dict[str, str]:
    """What a profile makes of each single character; only what changes."""
    return {c: to for c, to in zip(_BLOCK, _converter(profile).convert(_LINES).split("\n"), strict=True) if c != to}


@cache
def _only() -> tuple[frozenset[str], frozenset[str]]:
    """Characters that only Traditional text has (not in GB 2312), and those that only Simplified text has (not in Big5).

    乾, 著, 後 or 於 prove nothing, as Simplified text has 乾隆 and 於陵;
    nor do 后, 里, 云 or 范, as Traditional text has 皇后 and 范仲淹.
    """
    traditional = {c for c in _table("t2s") if not encodable(c, "gb2312")}
    simplified = {c for c in _table("s2t") if not encodable(c, "big5")}
    return frozenset(traditional - simplified), frozenset(simplified - traditional)


def to_simplified_character(character: str) -> str:
    """The Simplified form of one character by itself."""
    return _table("t2s").get(character, character)


_PHRASAL = (
    *("了瞭", "夫伕", "借藉", "熏薰", "复覆", "苏甦", "具俱", "拿拏"),
    *("戚鏚", "澄澂", "背揹", "斫斲", "仿彷", "坐座", "着著"),
)
"""Pairs that OpenCC changes inside words only (瞭解), found by converting the 47,000 words of pypinyin's dictionary."""


def convertible(character: str) -> bool:
    """Whether a character has another form in the other script: 會 and 会, not 人."""
    return character in _table("t2s") or character in _table("s2t") or any(character in pair for pair in _PHRASAL)


@cache
def _families() -> dict[str, str]:
    families: dict[str, str] = {}
    for profile in ("t2s", "hk2s", "tw2s"):
        for character, simplified in _table(profile).items():
            families[simplified] = families.get(simplified, simplified) + character
    for profile in ("s2t", "s2tw", "s2hk"):
        for simplified, character in _table(profile).items():
            families[simplified] = families.get(simplified, simplified) + character
    for pair in _PHRASAL:
        for character in pair:
            families[character] = families.get(character, "") + pair
    return families


def forms(character: str) -> str:
    """A character with all it is written as: its Simplified form and every Traditional form and variant of that (瞭: 了瞭)."""
    simplified = to_simplified_character(character)
    return character + _families().get(simplified, simplified) + _families().get(character, "")


def only_traditional() -> str:
    """The characters that show a text to be Traditional."""
    return "".join(sorted(_only()[0]))


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    return re.compile(f"[{only_traditional()}]"), re.compile(f"[{''.join(sorted(_only()[1]))}]")


def _marked(text: str) -> tuple[int, int]:
    """How many characters of a text are of one script only: (Traditional, Simplified)."""
    traditional, simplified = _patterns()
    return len(traditional.findall(text)), len(simplified.findall(text))


_any_han = re.compile(f"[{HAN}]")
# 著 as a particle (看著, 隨著), which Taiwan writes so; not in 著名, 顯著 or 名著.
_particle = re.compile(r"(?<![顯名土卓編原專巨論昭拙遺譯合新所])著(?![名作書者稱述錄])")


def script_of(text: str) -> str | None:
    """`hans`, `hant`, `hant-tw`, `hant-hk`, `mixed`, or None for a text without Han characters."""
    if not _patterns()[0].search(text):
        return hans_or_none(text)
    traditional, simplified = _marked(text)
    share = traditional / (traditional + simplified)
    if share < 0.1:
        return "hans"
    return _variety(text) if share > 0.8 else "mixed"


def hans_or_none(text: str) -> str | None:
    """The script of a text without a Traditional character."""
    return "hans" if _any_han.search(text) else None


def _variety(text: str) -> str:
    taiwan, hong_kong = sum(map(text.count, TAIWAN)), sum(map(text.count, HONG_KONG))
    return "hant" if taiwan == hong_kong else "hant-tw" if taiwan > hong_kong else "hant-hk"


def to_simplified(text: str, script: str | None) -> Cleaned:
    """Convert what is Traditional in a text that is a document, or a field of a document, of that script."""
    if script is None or not (script.startswith("hant") or _patterns()[0].search(text)):
        return Cleaned(text)
    profile = "tw2s" if "着" not in text and _particle.search(text) else "hk2s"
    edits: list[Edit] = []
    pieces: list[str] = []
    done = 0
    for start, end in _passages(text, script):
        after = _converted(text[start:end], profile)
        edits += [(at, a, b) for at, a, b in zip(range(start, end), text[start:end], after, strict=True) if a != b]
        pieces += text[done:start], after
        done = end
    return Cleaned("".join(pieces) + text[done:], edits, Counter(script=len(edits))) if edits else Cleaned(text)


# Pieces that are written by one hand: a sentence, a quotation, a title.
_piece = re.compile(r"[^。！？；\n“”‘’「」『』《》]+")


def _passages(text: str, script: str) -> list[tuple[int, int]]:
    """The stretches of a text that are Traditional, in order: (start, end)."""
    traditional = script.startswith("hant")
    if traditional and not _patterns()[1].search(text):
        return [(0, len(text))]
    found: list[tuple[int, int]] = []
    for piece in _piece.finditer(text):
        here, there = _marked(piece.group())
        # In a text of two scripts one character shows which of them a phrase is in; by itself it may be talked about (“龍”字).
        least = 1 if script == "mixed" and len(piece.group()) >= 4 else 2
        if (traditional and (here or there < 2)) or (here >= least and here >= 4 * there):
            found.append(piece.span())
        elif here >= 2:
            found += [(piece.start() + start, piece.start() + end) for start, end in _names(piece.group())]
    return found


def _names(piece: str) -> list[tuple[int, int]]:
    """Traditional words in a Simplified sentence, in runs without a Simplified character: from first Traditional one to last.

    One such character alone stays: a text may speak of it (“龍”字), or a name be written with it (陈堃昇).
    """
    traditional, simplified = _patterns()
    found = []
    for run in re.finditer(f"[{HAN}]+", simplified.sub(" ", piece)):
        marked = [match.start() for match in traditional.finditer(run.group())]
        if len(marked) >= 2 and marked[-1] - marked[0] < 3 * len(marked):
            found.append((run.start() + marked[0], run.start() + marked[-1] + 1))
    return found


def _converted(before: str, profile: str) -> str:
    """A Traditional passage in Simplified, character for character."""
    after: str = _converter(profile).convert(before)
    if len(after) != len(before):
        # No character of these profiles becomes two; should a later OpenCC do so, go character by character.
        after = "".join(_table("t2s").get(c, c) for c in before)
    for match in _guarded.finditer(before):
        after = after[: match.start()] + GUARDED[match.group()] + after[match.end() :]
    return after
