"""Quotation marks by pairing: curly marks that point the wrong way are turned. Straight ones are as printed and stay."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipelines.text.account import Edit

_quote = re.compile("[“”‘’\n]")
_paired = re.compile("(?:“(?:‘’)*”|‘’|\n)*")
_apostrophe = re.compile("[A-Za-z]’[A-Za-z]")


def paired_quotes(text: str) -> list[Edit]:
    """One edit a mark that changes. A line whose marks do not pair stays: a quotation may go on over paragraphs."""
    if _paired.fullmatch("".join(_quote.findall(text))):
        return []
    edits: list[Edit] = []
    for line in _lines(text):
        edits += _turned(text, [at for at in line if text[at] in "“”"], "“", "”")
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
    if len(marks) % 2 or _nested(marks, opening):
        return []
    wanted = (closing if number % 2 else opening for number in range(len(offsets)))
    return [(at, text[at], mark) for at, mark in zip(offsets, wanted, strict=True) if text[at] != mark]


def _nested(marks: str, opening: str) -> bool:
    """Whether every mark points the right way, also one quotation inside another."""
    depth = 0
    for mark in marks:
        depth += 1 if mark == opening else -1
        if depth < 0:
            return False
    return depth == 0
