"""Punctuation pass: marks between Han text take their full-width form; numbers, times, addresses and code keep theirs."""

from __future__ import annotations

import re
from collections import Counter

from pipelines.text.account import Cleaned, Edit, apply
from pipelines.text.characters import HAN, MARKS
from pipelines.text.quotes import paired_quotes

_WIDE = str.maketrans(",:;?!()", "，：；？！（）")
_SIDE = f"{HAN}{MARKS}"
_WORD = f"{_SIDE}0-9A-Za-z"
# Blanks after a half-width mark go with it: 你好, 世界.
_mark = re.compile(
    # 省委常委,市委书记 · 使用,Windows · 他说:3点 · 主任:王伟 · 他说:"好" ; at the end of a line too
    rf"(?<=[{_SIDE}])(?:[,;] ?(?=[{_WORD}\"])|: ?(?=[{_WORD}\"])|[?!]+(?=[{_SIDE}\"]|$)|[,:;]$)"
    # 增长5%,同比 · H2O,二氧化碳
    rf"|(?<=[0-9A-Za-z%°′″℃\u2190-\u22ff])[,;] ?(?=[{_SIDE}])",
    re.MULTILINE,
)
# 各县(市、区)特别是 : a pair whose inside is Chinese and which follows Chinese.
_pair = re.compile(rf"(?:(?<=[{_SIDE}0-9])|^)\((?=[{_SIDE}0-9])([^()\n]*[{HAN}][^()\n]*)\)", re.MULTILINE)
_suspect = re.compile(r"[,:;?!(]")
# Addresses, calls, strings and assignments: http://a.cn/b?c=中 · print('你好,世界') · {"标题":"春耕","字数":1} · a=1;
_code = re.compile(
    r"[A-Za-z][A-Za-z0-9+.-]*://[^\s，。；！？）》”]+|[A-Za-z_][A-Za-z0-9_.]*\([^()\n]*\)|`[^`\n]*`"
    r"|[\[{(]\s*['\"][^\n]*['\"]\s*[\]})]|['\"][^'\"\n]*['\"]\s*[:=,][^\n]*[}\]]|\b(?:SELECT|INSERT|UPDATE|FROM|WHERE)\b[^\n]*;?"
    r"|^[A-Za-z_][A-Za-z0-9_.-]*:[ \t]\S[^\n]*|^\s*(?:if|for|while|def|return|import|#include)\b[^\n]*"
)


def chinese_marks(text: str) -> Cleaned:
    """`,` `:` `;` `?` `!` `(` `)` between Han text to full width, quotation marks in pairs."""
    code = [match.span() for match in _code.finditer(text)] if _ascii_word.search(text) else []
    found = {match.start(): match.group() for match in _mark.finditer(text)} if _suspect.search(text) else {}
    for match in _pair.finditer(text) if "(" in text else ():
        found[match.start()], found[match.end() - 1] = "(", ")"
    edits = [Edit(at, before, before.rstrip(" ").translate(_WIDE)) for at, before in found.items()] + paired_quotes(text)
    edits = sorted(edit for edit in edits if not any(start <= edit.offset < end for start, end in code))
    return Cleaned(apply(text, edits), edits, Counter(punctuation=len(edits))) if edits else Cleaned(text)


_ascii_word = re.compile(r"[A-Za-z]")
