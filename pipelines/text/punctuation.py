"""Punctuation pass: marks between Han text take their full-width form; numbers, times, addresses and code keep theirs."""

from __future__ import annotations

import re
from collections import Counter

from pipelines.text.account import Cleaned, Edit, apply
from pipelines.text.characters import HAN, MARKS
from pipelines.text.quotes import paired_quotes

_WIDE = str.maketrans(",:;?!()", "，：；？！（）")
_SIDE = f"{HAN}{MARKS}"
_ENDED = f"{HAN}”’）》〉」』】〕…—·～"
"""What a half-width mark may follow; after ， or “ it is a rest of something lost: 贷款时，?要."""
_WORD = f"{_SIDE}0-9A-Za-z"
# Blanks after a half-width mark go with it: 你好, 世界.
_mark = re.compile(
    "[,:;?!](?:"
    # 省委常委,市委书记 · 使用,Windows · 主任:王伟 · 他说:"好" ; at the end of a line too
    rf"(?<=[{_ENDED}][,:;])(?: ?(?=[{_WORD}\"])|$)"
    # 增长5%,同比 · H2O,二氧化碳
    rf"|(?<=[0-9A-Za-z%°′″℃\u2190-\u22ff][,;]) ?(?=[{_SIDE}])"
    # 行吗?!
    rf"|(?<=[{_ENDED}][?!])[?!]*(?=[{_SIDE}\"]|$))",
    re.MULTILINE,
)
# 各县(市、区)特别是 : a pair whose inside is Chinese and which follows Chinese.
_pair = re.compile(rf"\((?:(?<=[{_SIDE}0-9]\()|(?<=^\())(?=[{_SIDE}0-9])([^()\n]*[{HAN}][^()\n]*)\)", re.MULTILINE)
# Calls, strings and assignments, addresses: print('你好,世界') · {"标题":"春耕","字数":1} · name: 张三 · http://a.cn/b?c=中,文
_code = re.compile(
    r"[A-Za-z][A-Za-z0-9+.-]*://[^\s，。；！？）》”]+|[A-Za-z_][A-Za-z0-9_.]*\([^()\n]*\)|`[^`\n]*`"
    r"|[\[{(]\s*['\"].*['\"]\s*[\]})]|['\"][^'\"]*['\"]\s*[:=,].*[}\]]|\b(?:SELECT|INSERT|UPDATE|FROM|WHERE)\b.*"
    r"|^[A-Za-z_][A-Za-z0-9_.-]*:[ \t]\S.*|^\s*(?:if|for|while|def|return|import|#include)\b.*"
)
_sign = re.compile(r"[A-Za-z`{\[]")


def chinese_marks(text: str) -> Cleaned:
    """`,` `:` `;` `?` `!` `(` `)` between Han text to full width, quotation marks in pairs."""
    found = [(match.start(), match.group()) for match in _mark.finditer(text)]
    if "(" in text:
        for match in _pair.finditer(text):
            found += (match.start(), "("), (match.end() - 1, ")")
    edits: list[Edit] = [(at, before, before.rstrip(" ").translate(_WIDE)) for at, before in found] + paired_quotes(text)
    if not edits:
        return Cleaned(text)
    edits = _outside_code(text, sorted(edits))
    return Cleaned(apply(text, edits), edits, Counter(punctuation=len(edits))) if edits else Cleaned(text)


def _outside_code(text: str, edits: list[Edit]) -> list[Edit]:
    """The edits that touch no code; only lines that change are looked at."""
    kept, end = [], -1
    code: list[tuple[int, int]] = []
    for edit in edits:
        if edit[0] > end:
            start, end = text.rfind("\n", 0, edit[0]) + 1, text.find("\n", edit[0])
            end = len(text) if end < 0 else end
            line = text[start:end]
            code = [(start + a, start + b) for a, b in map(re.Match.span, _code.finditer(line))] if _sign.search(line) else []
        if not code or not any(a <= edit[0] < b for a, b in code):
            kept.append(edit)
    return kept
