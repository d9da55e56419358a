"""What changed between two texts, in pieces a reader of Chinese can follow: sentences first, then words and characters."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapidfuzz.distance import Indel

Segment = tuple[str, str, str]
"""(operation, old piece, new piece); operations are `equal`, `insert`, `delete`, `replace`."""

_SENTENCES = re.compile(r"[^。！？!?；;\n]*[。！？!?；;\n]?[”’」』）)]*\n?")
"""`他说：“好。”` is one sentence: closing marks stay with it."""

_TOKENS = re.compile(r"[0-9０-９]+(?:[.:：][0-9]+)*(?:年|月|日|时|分|岁|元|万|亿|人|个|%|％)?|[A-Za-z]+|.", re.S)
"""A number with its unit (3月, 15.6%), a Latin word, or one character: `3月 → 4月` says more than `3 → 4`."""


def segments(old: str, new: str) -> list[Segment]:
    """The way from `old` to `new`. Old pieces joined give `old`, new pieces joined give `new`; neighbours differ in operation."""
    return _joined(_smoothed(_joined(_by_sentence(old, new))))


def share_kept(old: str, new: str) -> float:
    """How much of the longer text is in the other too, 0 to 1."""
    longest = max(len(old), len(new))
    return 1.0 if not longest else sum(len(a) for op, a, _ in segments(old, new) if op == "equal") / longest


def _by_sentence(old: str, new: str) -> Iterator[Segment]:
    a, b = _SENTENCES.findall(old), _SENTENCES.findall(new)
    for op, a1, a2, b1, b2 in _blocks(a, b):
        before, after = "".join(a[a1:a2]), "".join(b[b1:b2])
        if op == "equal" or not before or not after:
            yield op, before, after
        else:
            yield from _by_token(before, after)


def _by_token(old: str, new: str) -> Iterator[Segment]:
    a, b = _TOKENS.findall(old), _TOKENS.findall(new)
    for op, a1, a2, b1, b2 in _blocks(a, b):
        yield op, "".join(a[a1:a2]), "".join(b[b1:b2])


def _blocks(a: list[str], b: list[str]) -> Iterator[tuple[str, int, int, int, int]]:
    """Opcodes with deletions and insertions that touch made into one replacement."""
    pending: list[int] | None = None
    for code in Indel.opcodes(a, b):
        if code.tag == "equal":
            if pending:
                yield _named(pending)
                pending = None
            yield "equal", code.src_start, code.src_end, code.dest_start, code.dest_end
        elif pending is None:
            pending = [code.src_start, code.src_end, code.dest_start, code.dest_end]
        else:
            pending[1], pending[3] = code.src_end, code.dest_end
    if pending:
        yield _named(pending)


def _named(span: list[int]) -> tuple[str, int, int, int, int]:
    a1, a2, b1, b2 = span
    return "replace" if a1 < a2 and b1 < b2 else "delete" if a1 < a2 else "insert", a1, a2, b1, b2


def _smoothed(found: list[Segment]) -> Iterator[Segment]:
    """A lone character that happens to stay between two larger changes is part of the change (张三 → 李三四 apart)."""
    for at, (op, old, new) in enumerate(found):
        if op == "equal" and 0 < at < len(found) - 1 and len(old) <= 2 and "\n" not in old:
            around = min(max(len(found[side][1]), len(found[side][2])) for side in (at - 1, at + 1))
            if around > len(old):
                yield "replace", old, new
                continue
        yield op, old, new


def _joined(found: Iterator[Segment]) -> list[Segment]:
    """Neighbouring changes as one, empty pieces dropped."""
    out: list[Segment] = []
    for op, old, new in found:
        if not old and not new:
            continue
        if out and (op == "equal") == (out[-1][0] == "equal"):
            old, new = out[-1][1] + old, out[-1][2] + new
            out.pop()
        out.append((op if op == "equal" else "replace" if old and new else "delete" if old else "insert", old, new))
    return out
