"""Noise pass: what mirror farms add to a text to make it look new is taken out, where the document shows that they did."""

from __future__ import annotations

import re
from collections.abc import Collection

from pipelines.text.account import Cleaned, Edit, apply
from pipelines.text.characters import HAN
from pipelines.text.readings import damaged_readings, drop_readings, find_readings, polluted

_MANY = 3
"""Inserted marks; a typist makes one, seldom two."""

# A comma before another full-width mark is nowhere right: 全面推进,、 · 日前,，市 · 污染源，。
_certain = re.compile(r"[,，](?=[，、。；：！？])(?<=[^\s,，、。；：！？].)")
# Two half-width commas also part empty cells (张三,,男); in stored copies, whose marks are folded, they are 日前,,市.
_folded = re.compile(rf",(?=[,;:!?])(?<=[{HAN}0-9A-Za-z%）)”’》」』],)")

_decoy = re.compile(r"<div\b[^<>]*\bpl_css_ganrao\b[^<>]*>")
_div = re.compile(r"<(/?)div\b[^<>]*>")
_tag = re.compile(r"<[^<>]*>")


def without_noise(text: str, *, controls: int = 0, like: Collection[str] | None = None) -> Cleaned:
    """Readings, inserted commas and decoys taken out; what is damaged beyond that is flagged.

    `controls`: how many control characters were taken out of it before. `like`: flags of the document it is a field of.
    """
    edits = _decoys(text)
    counts = {"decoys": len(edits)} if edits else {}
    readings = find_readings(text)
    certain = [match.start() for match in _certain.finditer(text)]
    folded = [match.start() for match in _folded.finditer(text)] if ",," in text else []
    marks = len(certain) + len(folded)
    dirty = polluted(text, readings, marks + controls) if like is None else "polluted" in like
    if dirty and readings:
        if dropped := drop_readings(readings):
            counts["readings"] = len(dropped)
        edits += dropped
    inserted = certain + folded if dirty or marks >= _MANY else certain
    if inserted:
        edits += [(at, text[at], "") for at in inserted]
        counts["inserted_commas"] = len(inserted)
    flags = {"polluted"} if dirty or marks >= _MANY or "decoys" in counts else set()
    left = {"damaged": damaged} if (damaged := damaged_readings(text, len(readings))) else {}
    edits.sort()
    return Cleaned(apply(text, edits) if edits else text, edits, counts, left, flags | ({"damaged"} if damaged else set()))


def _decoys(text: str) -> list[Edit]:
    """Elements that only confuse scrapers, where markup came along with the text: a hidden block of empty tags."""
    edits: list[Edit] = []
    for start in _decoy.finditer(text) if "pl_css_ganrao" in text else ():
        depth = 0
        for tag in _div.finditer(text, start.start()):
            depth += -1 if tag.group(1) else 1
            if depth == 0:
                before = text[start.start() : tag.end()]
                if not _tag.sub("", before).strip() and (not edits or start.start() >= edits[-1][0] + len(edits[-1][1])):
                    edits.append((start.start(), before, "\n" * before.count("\n")))
                break
    return edits
