"""Figures as Markdown: medians, ratios, and how much one run differed from another."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Sequence
from pathlib import Path
from statistics import median


def spread(values: Sequence[float]) -> str:
    """`12.3 (11.9 to 13.0)`: median, smallest, largest."""
    return f"{median(values):.3g} ({min(values):.3g} to {max(values):.3g})" if len(values) > 1 else f"{values[0]:.3g}"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, ["---"] * len(head), *rows)) + "\n"


def machine() -> str:
    """What the figures were taken on, and how busy it was."""
    info = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace") if Path("/proc/cpuinfo").exists() else ""
    model = re.search(r"model name\s*: (.*)", info)
    load = os.getloadavg()
    return (
        f"{len(os.sched_getaffinity(0))} cores ({model[1] if model else platform.machine()}), "
        f"Python {platform.python_version()}; "
        f"load over the last 1, 5 and 15 minutes when it ended: {load[0]:.1f}, {load[1]:.1f}, {load[2]:.1f}"
    )


def megabytes(size: float) -> str:
    return f"{size / 2**20:,.0f} MB"
