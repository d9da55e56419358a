"""Every way a page names another page, with what the page says of it: headline, date, place in the tree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from crawler.discovery.canonical import canonical, is_route
from crawler.discovery.shapes import day_of_url

_SCRIPTED = re.compile(
    r"""(?:window\.)?(?:open|location(?:\.href|\.replace|\.assign)?|goto\w*|jump\w*)\s*[=(]\s*['"]([^'"]+)['"]""", re.I
)
_CUT = re.compile(r"(?:\.{2,}|…+)$")
_DAY = re.compile(
    r"(?<!\d)(?:(20\d\d|199\d)[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(20\d\d)(\d\d)(\d\d))(?!\d)"
    r"(?:[\sT\xa0]*(\d{1,2})[:：时](\d{2})(?:[:：](\d{2}))?)?"
)
_NEAR = 240
"""Characters of an entry that are read for its date: more is no entry of a list."""


@dataclass(slots=True, frozen=True)
class Anchor:
    """One link as it stands on the page."""

    url: str
    """Canonical."""
    text: str = ""
    """Its visible text, blanks folded."""
    title: str | None = None
    """The headline it promises: whole, where the visible text is cut."""
    date: str | None = None
    """ISO date or date-time of the list entry, else of the address."""
    node: Any = None
    tag: str = "a"


def anchors(tree: Any, base: str, *, routes: bool = False) -> Iterator[Anchor]:
    """All links of a parsed page in document order: `a`, `area`, frames, `data-href`, and scripts in `href` or `onclick`.

    `routes`: fragments that are routes (`#/news/1`) lead to pages of their own; otherwise they lead nowhere.
    Headline and date are not looked for yet: most links of a page are its menu (`described` finds them).
    """
    if tree is None:
        return
    base = base_of(tree, base)
    for node in tree.iter("a", "area", "frame", "iframe"):
        raw = _address(node)
        if not routes and raw and "#" in raw and is_route(raw.partition("#")[2]):
            continue  # without a browser it is the page itself
        url = canonical(raw, base, routes=routes) if raw else None
        if url is not None:
            yield Anchor(url, _words(node), None, None, node, node.tag)


def titled(anchor: Anchor) -> Anchor:
    """The link with the headline it promises."""
    return Anchor(anchor.url, anchor.text, _headline(anchor.node, anchor.text), None, anchor.node, anchor.tag)


def described(anchor: Anchor) -> Anchor:
    """The link with the headline it promises and the date of its list entry, else of its address."""
    title = anchor.title or _headline(anchor.node, anchor.text)
    return Anchor(anchor.url, anchor.text, title, date_in(_entry(anchor.node)) or day_of_url(anchor.url), anchor.node, anchor.tag)


def _words(node: Any) -> str:
    """An element's text with blanks folded. Most links hold nothing but text, which is read at a fifth of the time."""
    text = "".join(node.itertext()) if len(node) else node.text
    return " ".join(text.split()) if text else ""


def hrefs(tree: Any, base: str, name: str) -> list[str]:
    """Canonical addresses of the links whose `href` holds `name` or only changes parameters; what an article's parts can be."""
    if tree is None:
        return []
    raws = {
        href.strip() for node in tree.iter("a") if (href := node.get("href")) and (name in href or href.lstrip().startswith("?"))
    }
    base = base_of(tree, base) if raws else base
    return [url for raw in raws if (url := canonical(raw, base))]


def base_of(tree: Any, url: str) -> str:
    """The address that relative links start from: `<base href>` where the page has one."""
    href = next((node.get("href") for node in tree.iter("base") if node.get("href")), None)
    return (canonical(href, url) or url) if href else url


def _address(node: Any) -> str | None:
    if node.tag in ("frame", "iframe"):
        return node.get("src") or None
    href = (node.get("href") or node.get("data-href") or "").strip()
    if href.lower().startswith("javascript:") or href in ("", "#"):
        # <a href="javascript:window.open('/xw/1.html')">, <a href="#" onclick="location.href='/xw/1.html'">
        found = _SCRIPTED.search(href) or _SCRIPTED.search(node.get("onclick") or "")
        return found.group(1) if found else None
    return None if href.startswith("#") and not is_route(href[1:]) else href


def _headline(node: Any, text: str) -> str | None:
    """The whole headline: `title=""` where the text is cut (`…`), a heading inside a big link, a picture's `alt`."""
    if len(node):
        heading = next((words for h in node.iter("h1", "h2", "h3", "h4", "h5") if (words := _words(h))), None)
        text = heading or text
    whole = " ".join((node.get("title") or "").split())
    if not whole and text:
        return text
    stem = _CUT.sub("", text)
    if whole and (not text or stem != text or whole.startswith(stem) or len(whole) > 2 * len(text)):
        return whole
    if text:
        return text
    image = next(node.iter("img"), None)
    alt = (node.get("alt") or (image is not None and image.get("alt")) or "").strip()
    return alt or None


def _holds_one_link(node: Any) -> bool:
    """Does this element hold links to no more than one address?"""
    only = None
    for link in node.iter("a"):
        href = link.get("href")
        if href and only is not None and href != only:
            return False
        only = href or only
    return True


def _entry(node: Any) -> str:
    """Text of the list entry a link stands in: the widest ancestor that holds no other link."""
    entry = node
    for _ in range(4):
        parent = entry.getparent()
        if parent is None or parent.tag in ("body", "html", "ul", "ol", "table", "tbody") or not _holds_one_link(parent):
            break
        entry = parent
    text = _words(entry)[:_NEAR]
    if entry is node and entry.tail:
        text += " " + entry.tail[:40]
    elif entry is node and (after := node.getnext()) is not None and after.tag not in ("a", "li"):
        text += " " + "".join(after.itertext())[:40]
    return text


def date_in(text: str) -> str | None:
    """The first full date in a text as ISO, with its time where it has one: `2026年5月1日 08:30` gives `2026-05-01T08:30`."""
    if "20" not in text and "199" not in text:
        return None
    for found in _DAY.finditer(text):
        year, month, day = (int(part) for part in (found.group(1, 2, 3) if found.group(1) else found.group(4, 5, 6)))
        try:
            iso = date(year, month, day).isoformat()
        except ValueError:
            continue
        hour, minute, second = found.group(7, 8, 9)
        if hour is None or int(hour) > 23 or int(minute) > 59:
            return iso
        return f"{iso}T{int(hour):02}:{minute}" + (f":{second}" if second and int(second) < 60 else "")
    return None
