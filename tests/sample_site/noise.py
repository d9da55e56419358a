"""What mirror farms do to a text: machine-made Traditional script, inline readings, doubled punctuation, control characters.

The shapes are those of `crawler`'s own study of polluted pages; the texts they are applied to are ours, so the clean
text is known exactly.
"""

from __future__ import annotations

from functools import cache

from opencc import OpenCC
from pypinyin import Style, pinyin

CONTROLS = "\x05\x06\x07\x08"
DECOYS = ("td", "tr", "th", "rt", "xmp", "track", "source", "fieldset", "acronym", "listing", "legend", "ruby", "dfn", "menuitem")


@cache
def _to_traditional() -> OpenCC:
    return OpenCC("s2t")


def _annotated(char: str, simplified: str) -> bool:
    """Farms annotate by a fixed table: all of a character's occurrences or none. Here: two of three changed characters."""
    return char != simplified and ord(char) % 3 != 0


def with_readings(traditional: str, simplified: str) -> str:
    """`會議` → `會(huì)議(yì)`; one character of the table in five has a blank before the closing bracket."""
    out = []
    for char, base in zip(traditional, simplified, strict=True):
        out.append(char)
        if _annotated(char, base):
            reading = pinyin(char, style=Style.TONE)[0][0]
            out.append(f"({reading}{' ' if ord(char) % 5 == 0 else ''})")
    return "".join(out)


def doubled(text: str) -> str:
    """Every second mark gets a half-width comma before it: `,，` `,。` `,、`."""
    out, seen = [], 0
    for char in text:
        if char in "，。、":
            seen += 1
            if seen % 2 == 0:
                out.append(",")
        out.append(char)
    return "".join(out)


def with_controls(text: str) -> str:
    """Runs of one to five control characters before most full-width marks."""
    out, seen = [], 0
    for char in text:
        if char in "，。、？！":
            seen += 1
            if seen % 5:
                out.append("".join(CONTROLS[(seen + i) % 4] for i in range(seen % 5)))
        out.append(char)
    return "".join(out)


def pollute(text: str, *, controls: bool = False) -> str:
    """A clean Simplified text as a mirror farm shows it. Script conversion must keep the length (it does for our stories)."""
    noisy = with_readings(_to_traditional().convert(text), text)
    return with_controls(noisy) if controls else doubled(noisy)


def decoy(seed: int) -> str:
    """The hidden container of empty elements, all with the same id, that farms put around the page."""
    name = "".join("abcdefghjkmnpqrstuvwxyz"[(seed * 7 + i * 11) % 23] for i in range(5))
    inner = "".join(f'<{DECOYS[(seed + i) % len(DECOYS)]} id="{name}"></{DECOYS[(seed + i) % len(DECOYS)]}>' for i in range(48))
    return f'<div id="{name}" class="pl_css_ganrao" style="display: none;">{inner}</div>'
