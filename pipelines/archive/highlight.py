"""Marking what was searched for, in whole texts and in excerpts. Pure, and free of HTML: pieces with a flag."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

Piece = tuple[str, bool]
"""A stretch of text and whether it is what was searched for."""

# Where an excerpt may begin without cutting a clause: after 。 ， ； or a line end.
_PAUSE = re.compile(r"[\n。！？；，]")


@lru_cache(maxsize=256)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str] | None:
    """Any of the words, longest first; Latin words and numbers only whole, as the index sees them."""
    ways = []
    for word in sorted({w for w in words if w}, key=len, reverse=True):
        left = r"(?<![0-9A-Za-z])" if re.match(r"[0-9A-Za-z]", word) else ""
        right = r"(?![0-9A-Za-z])" if re.search(r"[0-9A-Za-z]$", word) else ""
        ways.append(left + re.escape(word) + right)
    return re.compile("|".join(ways), re.IGNORECASE) if ways else None


def mark(text: str, words: Iterable[str]) -> list[Piece]:
    """The text cut at every hit: [("赴", False), ("滨海新区", True), ("考察", False)]."""
    pattern, pieces, at = _pattern(tuple(words)), [], 0
    for found in pattern.finditer(text) if pattern else ():
        pieces += [(text[at : found.start()], False), (found[0], True)]
        at = found.end()
    return [piece for piece in (*pieces, (text[at:], False)) if piece[0]]


def excerpt(text: str, words: Iterable[str], *, width: int = 96) -> list[Piece]:
    """About `width` characters around the place where most of the words stand together, on one line, marked."""
    words = tuple(words)
    start = _best_start(text, words, width)
    cut = text[start : start + width]
    line = ("…" if start else "") + " ".join(cut.split()) + ("…" if start + width < len(text) else "")
    return mark(line, words)


def _best_start(text: str, words: tuple[str, ...], width: int) -> int:
    """Where the window with most different words begins, moved back to the last pause before its first hit."""
    pattern = _pattern(words)
    hits = (
        [(found.start(), found[0].lower()) for found, _ in zip(pattern.finditer(text), range(200), strict=False)]
        if pattern
        else []
    )
    if not hits:
        return 0
    first = max(hits, key=lambda hit: (len({w for at, w in hits if hit[0] <= at < hit[0] + width * 3 // 4}), -hit[0]))[0]
    lead = max(0, first - width // 4)
    pauses = [found.end() for found in _PAUSE.finditer(text, lead, first)]
    return pauses[0] if pauses else lead


def snippet(text: str | None, query_words: Iterable[str]) -> str:
    """One excerpt as plain text with the hits in 【】, for SQL."""
    return "".join(f"【{piece}】" if hit else piece for piece, hit in excerpt(text or "", query_words))
