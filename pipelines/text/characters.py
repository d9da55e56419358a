"""Character classes the passes share, each drawn from a standard or from the Unicode database."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd"
"""Ideographs, for use inside a regex class; with 〇, which numbers and names are written with."""

MARKS = "，。、；：？！…—·～“”‘’（）《》〈〉「」『』【】〔〕"
"""Punctuation that belongs to Chinese text (GB/T 15834), in its full-width form; for use inside a regex class."""

_han = re.compile(f"[{HAN}]+")
_WIDTHS = {mark: unicodedata.normalize("NFKC", mark) for mark in "，；：？！（）％…\u3000"}


def nfkc(text: str) -> str:
    """Unicode's compatibility form (UAX 15, NFKC); a tenth of the time where only the usual marks change: ， → ,"""
    for wide, narrow in _WIDTHS.items():
        text = text.replace(wide, narrow)
    # A line in which nothing is left to change takes a glance.
    return "\n".join(unicodedata.normalize("NFKC", line) for line in text.split("\n"))


def count_han(text: str) -> int:
    """How many ideographs a text has."""
    return sum(map(len, _han.findall(text)))


@cache
def encodable(character: str, charset: str) -> bool:
    """Whether a charset has this character."""
    try:
        character.encode(charset)
    except UnicodeEncodeError:
        return False
    return True


def common(character: str) -> bool:
    """Whether a Simplified character is one of the 3,755 in common use (GB 2312 level 1, rows 16 to 55)."""
    return encodable(character, "gb2312") and 0xB0 <= character.encode("gb2312")[0] <= 0xD7
