"""Quotation marks by pairing: straight ones in Chinese text become “ ”, and marks that point the wrong way are turned."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipelines.text.account import Edit
from pipelines.text.characters import HAN, MARKS

_quote = re.compile('[“”"‘’\n]')
_paired = re.compile("(?:“(?:‘’)*”|‘’|\n)*")
_apostrophe = re.compile("[A-Za-z]’[A-Za-z]")
_chinese = re.compile(f"[{HAN}{MARKS}]")
# What stands before a straight mark that is none of Chinese text: a="中文", ("中文"), \"中文\", 5" tubes, "title":"中文".
_code = re.compile(rf"[=\[({{\\0-9]$|[^{HAN}{MARKS}][:,]$")


def paired_quotes(text: str) -> list[Edit]:
    """One edit a mark that changes. A line whose marks do not pair stays: a quotation may go on over paragraphs."""
    if _paired.fullmatch("".join(_quote.findall(text))):
        return []
    edits: list[Edit] = []
    for line in _lines(text):
        edits += _turned(text, [at for at in line if text[at] in '“”"'], "“", "”")
        edits += _turned(text, [at for at in line if text[at] in "‘’"], "‘", "’")
    return sorted(edits)


def _lines(text: str) -> Iterator[list[int]]:
    """Offsets of the quotation marks of each line that has some."""
    line: list[int] = []
    for match in _quote.finditer(text):
        if match.group() == "\n":
            if line:
                yield line
            line = []
        elif not _apostrophe.fullmatch(text, max(0, match.start() - 1), match.end() + 1):
            line.append(match.start())
    if line:
        yield line


def _turned(text: str, offsets: list[int], opening: str, closing: str) -> list[Edit]:
    marks = "".join(text[at] for at in offsets)
    if len(marks) % 2 or _nested(marks, opening, closing):
        return []
    edits = []
    for number, at in enumerate(offsets):
        right = closing if number % 2 else opening
        if text[at] != right and (text[at] != '"' or _in_chinese(text, offsets[number - number % 2 :][:2])):
            edits.append((at, text[at], right))
    return edits


def _nested(marks: str, opening: str, closing: str) -> bool:
    """Whether every mark points the right way, also one quotation inside another."""
    depth = 0
    for mark in marks:
        depth += 1 if mark == opening else -1 if mark == closing else -len(marks)
        if depth < 0:
            return False
    return depth == 0


def _in_chinese(text: str, pair: list[int]) -> bool:
    """Whether a pair stands in Chinese text: Chinese outside it or just inside, and no code (="中文", 5")."""
    start, end = pair
    outside = text[start - 1 : start] + text[end + 1 : end + 2]
    inside = text[start + 1 : start + 2] + text[end - 1 : end]
    if _code.search(text, max(0, start - 2), start) or re.match(r"[=\])}]", text[end + 1 : end + 2]):
        return False
    return bool(_chinese.search(inside) or (_chinese.match(outside[:1]) and _chinese.match(outside[-1:])))
