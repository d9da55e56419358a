"""Script pass: Traditional passages to Simplified, and nothing else touched."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from opencc import OpenCC

from pipelines.text.account import Cleaned, Edit, apply
from pipelines.text.characters import encodable

_BLOCK = [chr(code) for code in range(0x3400, 0xA000)]


@cache
def _converter(profile: str) -> OpenCC:
    return OpenCC(profile)


@cache
def _tables() -> tuple[dict[str, str], dict[str, str]]:
    """What OpenCC makes of each single character: Traditional to Simplified, Simplified to Traditional; only what changes."""
    lines = "\n".join(_BLOCK)
    simplified, traditional = (_converter(profile).convert(lines).split("\n") for profile in ("t2s", "s2t"))
    return (
        {c: s for c, s in zip(_BLOCK, simplified, strict=True) if c != s},
        {c: t for c, t in zip(_BLOCK, traditional, strict=True) if c != t},
    )


@cache
def _only() -> tuple[frozenset[str], frozenset[str]]:
    """Characters that only Traditional text has (not in GB 2312), and those that only Simplified text has (not in Big5).

    乾, 著, 後 or 於 prove nothing, as Simplified text has 乾隆 and 於陵;
    nor do 后, 里, 云 or 范, as Traditional text has 皇后 and 范仲淹.
    """
    to_simplified, to_traditional = _tables()
    traditional = {c for c in to_simplified if not encodable(c, "gb2312")}
    simplified = {c for c in to_traditional if not encodable(c, "big5")}
    return frozenset(traditional - simplified), frozenset(simplified - traditional)


def to_simplified_character(character: str) -> str:
    """The Simplified form of one character by itself."""
    return _tables()[0].get(character, character)


def convertible(character: str) -> bool:
    """Whether a character has another form in the other script: 會 and 会, not 人."""
    to_simplified, to_traditional = _tables()
    return character in to_simplified or character in to_traditional


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    traditional, simplified = _only()
    return re.compile(f"[{''.join(sorted(traditional))}]"), re.compile(f"[{''.join(sorted(simplified))}]")


def script_of(text: str) -> str | None:
    """`hans`, `hant`, `mixed`, or None for a text without Han characters."""
    traditional, simplified = (len(pattern.findall(text)) for pattern in _patterns())
    if not traditional:
        return "hans" if simplified or re.search("[\u3400-\u9fff]", text) else None
    share = traditional / (traditional + simplified)
    return "hant" if share > 0.8 else "hans" if share < 0.1 else "mixed"


def to_simplified(text: str, script: str | None) -> Cleaned:
    """Convert what is Traditional in a text of that script."""
    if script != "hant":
        return Cleaned(text)
    converted = _converter("tw2s").convert(text)
    edits = [Edit(at, a, b) for at, (a, b) in enumerate(zip(text, converted, strict=True)) if a != b]
    return Cleaned(apply(text, edits), edits, Counter(script=len(edits)))
