"""Checking chains: who wrote, edited and checked, as Chinese newspapers close a text with it."""

from __future__ import annotations

import re

from crawler.extraction.fold import clear, fold
from crawler.extraction.names import names_in
from crawler.extraction.people import NAME
from crawler.extraction.vocabulary import LABELS

# 编辑 刘晓阳 校对 李铭 · 责编|X 编辑|Y · 一审 X 二审 Y 三审 Z
_CHAIN_ROLE = "|".join(sorted(LABELS["editor"], key=len, reverse=True))
_CHAIN_LINK = rf"(?:{_CHAIN_ROLE})[\s\x1f:/|]+{NAME}(?:[、,，]{NAME}){{0,3}}"
_CHAIN = re.compile(
    rf"^[\s(\[【]*(?:[\u3400-\u9fff]{{2,8}}[网报社台])?(?:(?:文字|记者|来源|摄影|图片)[\s\x1f:/|]+[\u3400-\u9fff]{{2,12}}[\s\x1f|/]+)?{_CHAIN_LINK}"
    rf"(?:[\s\x1f|/;；，]+{_CHAIN_LINK}){{0,7}}[\s)\]】]*$"
)
_CHAIN_PART = re.compile(rf"(?P<role>{_CHAIN_ROLE})[\s\x1f:/|]+(?P<names>{NAME}(?:[、,，]{NAME}){{0,3}})")


def editor_chain(text: str) -> list[tuple[str, str]]:
    """(role, name) pairs of a line that is a checking chain without colons: `编辑 刘晓阳 校对 李铭`; empty otherwise."""
    plain = clear(text)
    folded = fold(plain)
    if len(folded) > 120 or not _CHAIN.match(folded):
        return []
    return [
        (match["role"], name)
        for match in _CHAIN_PART.finditer(folded)
        for name in names_in(plain[match.start("names") : match.end("names")], strict=True)
    ]
