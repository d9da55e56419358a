"""Noise pass: what mirror farms add to a text to make it look new is taken out, where the document shows that they did."""

from __future__ import annotations

import re
from collections import Counter

from pipelines.text.account import Cleaned, Edit, apply
from pipelines.text.characters import HAN
from pipelines.text.readings import drop_readings, find_readings, polluted

# A comma set before another mark: 全面推进,、 日前,,市 污染源,。
_inserted = re.compile(rf"(?<=[{HAN}0-9A-Za-z%）)”’》」』])[,，](?=[,，、。；：！？;:!?])")


def without_noise(text: str, *, like: frozenset[str] | None = None) -> Cleaned:
    """Readings and inserted commas taken out. `like`: flags of the document this text is a field of."""
    readings = find_readings(text)
    commas = [match.start() for match in _inserted.finditer(text)]
    doubled = len(commas) >= 3
    dirty = polluted(text, readings, other_noise=doubled) if like is None else "polluted" in like
    edits: list[Edit] = []
    counts: Counter[str] = Counter()
    if dirty:
        edits, counts = drop_readings(readings)
    if commas and (doubled or dirty):
        edits += [Edit(at, text[at], "") for at in commas]
        counts["inserted_commas"] = len(commas)
    edits.sort()
    return Cleaned(apply(text, edits) if edits else text, edits, counts, {"polluted"} if dirty or doubled else set())
