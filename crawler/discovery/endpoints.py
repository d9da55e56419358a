"""Data addresses that a page's scripts state: the JSON behind a channel page that draws its list in the reader's browser."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from crawler.discovery.anchors import Anchor
from crawler.discovery.canonical import canonical
from crawler.discovery.pagers import PAGE_PARAMETER

MOST = 40
"""Addresses taken of one page: a portal's columns; a script that states more is no list's."""

_STATED = re.compile(r"""["'`]((?:https?:)?/[^"'`\s<>{}]*\?[^"'`\s<>{}]*)["'`]""")
"""`"/szinf/info/getInfoCommon/?pagesize=15&currpage=1&channelid=5057aeff…"`"""
_PARAMETER = re.compile(r"[?&]([\w-]+)=([01])(?=&|$)")
_PAGE = re.compile(r"\.s?html?\?", re.I)

_CATALOGUE = re.compile(r"^(https?://[^?#]*/gkmlpt)(?:/|$)")
_SITE_ID = re.compile(r"""\bSID["']?\s*:\s*["']?(\d+)""")
_TREE = re.compile(r"""\bTREE["']?\s*:\s*(?=[\[{])""")


def endpoints(url: str, text: str, tree: Any) -> list[Anchor]:
    """First pages of the data lists that a page states, canonical, each once."""
    found = [*_catalogue(url, text), *_stated(url, tree)] if "_CONFIG" in text or "?" in text else []
    return list({anchor.url: anchor for anchor in found}.values())[:MOST]


def _stated(url: str, tree: Any) -> Iterator[Anchor]:
    """Whole addresses in scripts whose parameters ask for page 1 (or 0) and that are no HTML pages."""
    for script in tree.iter("script") if tree is not None else ():
        for found in _STATED.findall(script.text or "") if "?" in (script.text or "") else ():
            pages = any(PAGE_PARAMETER.match(name) for name, _ in _PARAMETER.findall(found))
            address = canonical(found, url) if pages and not _PAGE.search(found) else None
            if address:
                yield Anchor(address, tag="script")


def _catalogue(url: str, text: str) -> Iterator[Anchor]:
    """Guangdong's 信息公开目录: the columns in `_CONFIG.TREE`, each with a list at `/gkmlpt/api/all/COLUMN?page=1&sid=SITE`.

    Without a tree, column 0, which holds all (DIYgod/RSSHub:lib/routes/gov/general/general.ts).
    """
    root = _CATALOGUE.match(url)
    if root is None or "_CONFIG" not in text:
        return
    site = _SITE_ID.search(text)
    place = _TREE.search(text)
    columns = list(_columns(_parsed(text, place.end()))) if place else []
    for column, name in columns or [(0, "")]:
        address = canonical(f"{root.group(1)}/api/all/{column}?page=1" + (f"&sid={site.group(1)}" if site else ""))
        if address:
            yield Anchor(address, name, name or None, tag="script")


def _parsed(text: str, start: int) -> Any:
    try:
        return json.JSONDecoder().raw_decode(text, start)[0]
    except (ValueError, RecursionError):
        return None


def _columns(value: Any) -> Iterator[tuple[int, str]]:
    """(id, name) of the columns that hold articles, in a tree of any depth; one that only leads elsewhere has a `jump_url`."""
    waiting = [value]
    while waiting:
        one = waiting.pop(0)
        if isinstance(one, list):
            waiting += one
        elif isinstance(one, dict):
            if isinstance(one.get("id"), int) and isinstance(one.get("name"), str) and not one.get("jump_url"):
                yield one["id"], one["name"]
            waiting += [below for below in one.values() if isinstance(below, (list, dict))]
