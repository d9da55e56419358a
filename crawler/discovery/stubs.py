"""Redirects that a page does itself: meta refresh and scripts, believed only on a tiny page without links."""

from __future__ import annotations

import re
from typing import Any

from crawler.discovery.canonical import canonical

LARGEST = 10_000
"""Characters. Full pages have `location=` in their own scripts; a stub is small and has no link (seen at TRS sites)."""

_REFRESH = re.compile(r"""^\s*\d*(?:\.\d+)?\s*[;,]\s*url\s*=\s*['"]?([^'"]+)""", re.I)
_STRING = r"""['"]([^'"]+)['"]"""
_JUMP = re.compile(
    rf"(?:location(?:\.href)?\s*=\s*|location\.(?:replace|assign)\s*\(\s*|window\.navigate\s*\(\s*){_STRING}", re.I
)
_JUMP_TO_VARIABLE = re.compile(
    r"location(?:\.href)?\s*=\s*([A-Za-z_$][\w$]*)\s*;?|location\.(?:replace|assign)\s*\(\s*([A-Za-z_$][\w$]*)\s*\)", re.I
)
_LOOSE_HREF = re.compile(rf"\bhref\s*=\s*{_STRING}\s*;?\s*</script>", re.I)


def redirect_target(url: str, text: str, tree: Any) -> str | None:
    """Where a stub sends the reader, or None when the page is no stub: too big, with links, or sending nowhere else."""
    if len(text) > LARGEST or re.search(r"<a[\s>]", text, re.I):
        return None
    target = _refresh(tree) or _script(text)
    there = canonical(target, url) if target else None
    return there if there != canonical(url) else None


def _refresh(tree: Any) -> str | None:
    for meta in tree.iter("meta") if tree is not None else ():
        if (meta.get("http-equiv") or "").lower() == "refresh" and (found := _REFRESH.match(meta.get("content") or "")):
            return found.group(1).strip()
    return None


def _script(text: str) -> str | None:
    """`window.location="./xxx/"`; `var a="http…"; document.location = a;`; `href='…';</script>`."""
    if found := _JUMP.search(text):
        return found.group(1)
    if (jump := _JUMP_TO_VARIABLE.search(text)) and (name := jump.group(1) or jump.group(2)):
        value = re.search(rf"\b{re.escape(name)}\s*=\s*{_STRING}", text)
        return value.group(1) if value else None
    loose = _LOOSE_HREF.search(text)
    return loose.group(1) if loose else None
