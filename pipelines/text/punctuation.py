"""Punctuation pass: marks between Han text take their full-width form; numbers, times, addresses and code keep theirs."""

from __future__ import annotations

import re
from collections import Counter

from pipelines.text.account import Cleaned, Edit, apply
from pipelines.text.characters import HAN, MARKS

_WIDE = str.maketrans(",:;?!()", "，：；？！（）")
_SIDE = f"{HAN}{MARKS}"
# 省委常委,市委书记 · 增长5%,同比 · 主任:王伟 ; a mark at the end of a line counts when Han stands before it.
_mark = re.compile(rf"(?<=[{_SIDE}])[,:;?!](?=[{_SIDE}0-9]|$)|(?<=[0-9%])[,;?!](?=[{_SIDE}])", re.MULTILINE)
# 各县(市、区)特别是 : a pair whose inside is Chinese and which follows Chinese.
_pair = re.compile(rf"(?:(?<=[{_SIDE}0-9])|^)\((?=[{_SIDE}0-9])([^()\n]*[{HAN}][^()\n]*)\)", re.MULTILINE)
_suspect = re.compile(r"[,:;?!(]")


def chinese_marks(text: str) -> Cleaned:
    """`,` `:` `;` `?` `!` `(` `)` between Han text to full width."""
    if not _suspect.search(text):
        return Cleaned(text)
    at = {match.start() for match in _mark.finditer(text)}
    for match in _pair.finditer(text):
        at |= {match.start(), match.end() - 1}
    edits = [Edit(offset, text[offset], text[offset].translate(_WIDE)) for offset in sorted(at)]
    return Cleaned(apply(text, edits), edits, Counter(punctuation=len(edits)) if edits else Counter())
