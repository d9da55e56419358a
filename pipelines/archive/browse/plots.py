"""Geometry of the plots: where each bar stands, how dark each cell is. Templates draw it, so that names are escaped there."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

WIDTH, HEIGHT = 720.0, 120.0
SHADES = 5
"""Steps of darkness, 1 to 5; 0 is nothing."""


def shade(value: float, top: float) -> int:
    """A value's step on a logarithmic scale."""
    if value <= 0 or top <= 0:
        return 0
    return 1 + min(SHADES - 1, int(SHADES * math.log1p(value) / math.log1p(top) - 1e-9))


def bars(values: Sequence[tuple[str, int]]) -> dict[str, Any]:
    """A bar for each (label, value), side by side on one baseline."""
    top = max((value for _, value in values), default=0)
    step = WIDTH / max(len(values), 1)
    shapes = [
        {
            "label": label, "value": value, "x": round(at * step, 1), "width": round(max(step - 2, 1.5), 1),
            "height": round(HEIGHT * value / top, 1) if top else 0,
            "y": round(HEIGHT - HEIGHT * value / top, 1) if top else HEIGHT,
        }
        for at, (label, value) in enumerate(values)
    ]  # fmt: skip
    return {"bars": shapes, "top": top, "width": WIDTH, "height": HEIGHT}


def rows_of_bars(values: Sequence[tuple[str, int]]) -> list[dict[str, Any]]:
    """Horizontal bars as percentages of the longest."""
    top = max((value for _, value in values), default=0)
    return [{"label": label, "value": value, "share": round(100 * value / top, 1) if top else 0} for label, value in values]


def grid(values: dict[tuple[str, str], int], down: Sequence[str], across: Sequence[str]) -> dict[str, Any]:
    """Cells of a table `down` × `across`, each with its value and shade."""
    top = max(values.values(), default=0)
    lines = []
    for name in down:
        counts = [values.get((name, key), 0) for key in across]
        cells = [{"across": key, "value": n, "shade": shade(n, top)} for key, n in zip(across, counts, strict=True)]
        lines.append({"name": name, "cells": cells, "sum": sum(counts)})
    return {"lines": lines, "across": list(across), "top": top}


def month(year: int, number: int) -> list[list[str | None]]:
    """The weeks of a month, Monday first, as ISO days; None before the first and after the last."""
    first = date(year, number, 1)
    days: list[str | None] = [None] * first.weekday()
    day = first
    while day.month == number:
        days.append(day.isoformat())
        day += timedelta(1)
    days += [None] * (-len(days) % 7)
    return [days[at : at + 7] for at in range(0, len(days), 7)]
