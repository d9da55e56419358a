"""Two texts side by side, paragraph by paragraph, with what differs marked."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from difflib import SequenceMatcher
from itertools import zip_longest

from rapidfuzz.distance import Indel

from pipelines.archive.browse.article import version
from pipelines.archive.browse.rows import Row
from pipelines.archive.diff import Segment, segments

Differ = Callable[[str, str], list[Segment]]
Piece = tuple[str, str]
"""(`same`, `cut` or `new`, text)."""


def original_beside(conn: sqlite3.Connection, key: str, number: int | None = None) -> Row | None:
    """The text as captured beside the text as normalised, with what normalisation counted."""
    found = version(conn, key, number or _last(conn, key))
    if found is None:
        return None
    kept = found["version"]
    lines = side_by_side(kept["body_original"], kept["body"], by=characters)
    return {**found, "lines": lines, "changes": sum(op == "cut" for left, _ in lines for op, _ in left)}


def between(conn: sqlite3.Connection, key: str, old: int, new: int) -> Row | None:
    """Two versions of an article compared; None when one of them is missing."""
    before, after = version(conn, key, old), version(conn, key, new)
    if before is None or after is None:
        return None
    fields = [
        {"field": name, "before": before["version"]["fields"].get(name), "after": after["version"]["fields"].get(name)}
        for name in sorted({*before["version"]["fields"], *after["version"]["fields"]})
        if before["version"]["fields"].get(name) != after["version"]["fields"].get(name) and name not in ("url", "body")
    ]
    return {
        "article": after["article"], "before": before["version"], "after": after["version"], "fields": fields,
        "title": line_pair(before["version"]["title"] or "", after["version"]["title"] or ""),
        "lines": side_by_side(before["version"]["body"], after["version"]["body"]),
    }  # fmt: skip


def side_by_side(left: str, right: str, *, by: Differ = segments) -> list[tuple[list[Piece], list[Piece]]]:
    """Paragraphs aligned: equal ones stand together, changed ones are compared inside, lone ones face nothing."""
    old, new = left.split("\n"), right.split("\n")
    if len(old) == len(new):
        return [line_pair(a, b, by=by) for a, b in zip(old, new, strict=True)]
    pairs: list[tuple[list[Piece], list[Piece]]] = []
    for op, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if op == "equal":
            pairs += [line_pair(line, line) for line in old[a:b]]
        else:
            pairs += [line_pair(x, y, by=by) for x, y in zip_longest(old[a:b], new[c:d], fillvalue="")]
    return pairs


def characters(old: str, new: str) -> list[Segment]:
    """Differences to the character, as cleaning makes them: 縣(xiàn) → 县 and nothing beside it."""
    return [
        (code.tag, old[code.src_start : code.src_end], new[code.dest_start : code.dest_end]) for code in Indel.opcodes(old, new)
    ]


def line_pair(old: str, new: str, *, by: Differ = segments) -> tuple[list[Piece], list[Piece]]:
    """One paragraph on either side."""
    if old == new:
        return [("same", old)], [("same", new)]
    left: list[Piece] = []
    right: list[Piece] = []
    for op, before, after in by(old, new):
        left += [("same" if op == "equal" else "cut", before)] if before else []
        right += [("same" if op == "equal" else "new", after)] if after else []
    return left, right


def _last(conn: sqlite3.Connection, key: str) -> int:
    found = conn.execute(
        "SELECT max(number) FROM versions WHERE article = (SELECT id FROM articles WHERE key = ?)", (key,)
    ).fetchone()
    return int(found[0] or 0)
