"""Which links of an unknown list page are articles: what the page itself shows, by the template of their addresses."""

from __future__ import annotations

import re
from collections import defaultdict
from statistics import median
from urllib.parse import urlsplit

from crawler.discovery.anchors import Anchor
from crawler.discovery.traps import is_service

HEADLINE = 8
"""Characters. A headline of Chinese news has 12 to 30, a channel's name 2 to 6."""

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.I)
_HEX = re.compile(r"(?<![0-9a-z])(?=[a-f]*\d)(?=\d*[a-f])[0-9a-f]{8,}(?![0-9a-z])", re.I)
_DIGITS = re.compile(r"\d+")


def template(url: str) -> str:
    """An address with what varies taken out: `/xw/2026/123.html` and `/xw/2025/9.html` give the same `host/xw/#/#.html`."""
    parts = urlsplit(url)
    shape = parts.path + ("?" + parts.query if parts.query else "") + ("#" + parts.fragment if parts.fragment else "")
    shape = _DIGITS.sub("#", _HEX.sub("~", _UUID.sub("~", shape)))
    return f"{parts.hostname}{shape}"


def article_templates(unknown: list[Anchor]) -> set[str]:
    """Templates whose links are articles: several of them, numbered, under headlines or dates.

    Evidence is taken per template over the whole page, because one link alone can be anything.
    """
    groups: dict[str, dict[str, Anchor]] = defaultdict(dict)
    for anchor in unknown:
        known = groups[template(anchor.url)].get(anchor.url)
        if known is None or len(anchor.title or "") > len(known.title or ""):
            groups[template(anchor.url)][anchor.url] = anchor
    return {shape for shape, group in groups.items() if _is_article_group(shape, list(group.values()))}


def _is_article_group(shape: str, group: list[Anchor]) -> bool:
    last = shape.rpartition("/")[2] or shape.rstrip("/").rpartition("/")[2]
    numbered = "#" in last or "~" in last
    named = [anchor for anchor in group if anchor.title and not is_service(anchor.title)]
    if not numbered or not named:
        return False
    length = median(len(anchor.title or "") for anchor in named)
    dated = sum(1 for anchor in named if anchor.date) / len(named)
    if len(named) == 1:
        return bool(length >= 2 * HEADLINE - 4 and dated)
    return bool(length > HEADLINE or (dated >= 0.5 and length >= HEADLINE - 3))
