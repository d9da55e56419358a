"""What a page is, before anything is read from it: junk must never become an article."""

from __future__ import annotations

import re

from crawler.extraction.document import Document
from crawler.extraction.headline import page_headline
from crawler.extraction.line import Line, han_characters
from crawler.extraction.lines import page_lines
from crawler.extraction.locate import is_tail_mark, page_weights
from crawler.extraction.meta import read_meta
from crawler.extraction.signs import (
    ARTICLE_URL,
    EDITION_URL,
    FEED,
    GUARD,
    GUARD_HEADERS,
    JUMP,
    LIST_URL,
    LOGIN,
    MISSING,
    REFRESH,
    SITEMAP,
    VIDEO,
)
from crawler.items import Kind, Lease
from crawler.sites.profile import Site

LOGIN_HAN = 250
"""Han characters of running text that a teaser above a login notice has at most."""
MUCH_HAN = 400
"""Han characters of a page that says no more than that it is missing; a page with more says something else."""
ARTICLE_HAN = 60
"""Han characters of running text outside links that make an article beside a headline; shorter ones are briefs."""
DIGEST = 4
"""Summaries that make a list."""
_DATA_KINDS = frozenset((Kind.SITEMAP, Kind.FEED, Kind.API))
"""Lists that are no HTML: gzipped sitemaps, robots.txt, JSONP, Hanweb's datastore. Their lease knows them better than we."""


def page_kind(document: Document, *, site: Site | None, lease: Lease | None) -> tuple[Kind, str | None]:
    """The page's kind, and for junk what gave it away."""
    raw, text = document.raw, document.text
    if guard := _guard(document):
        return Kind.CHALLENGE, guard
    if data := _data_kind(document, lease):
        return data
    if document.is_text:
        return (Kind.ARTICLE, None) if text.strip() else (Kind.EMPTY, "no text")
    if document.tree is None:
        return Kind.EMPTY, "no markup" if text.strip() else "no text"
    lines = page_lines(document)
    meta = read_meta(document)
    han = han_characters("".join([line.text for line in lines]))
    if raw.status in (404, 410):
        return Kind.SOFT_404, f"status {raw.status}"
    if stub := _stub(document, han):
        return Kind.STUB, stub
    if missing := _missing(meta.title or "", lines, han):
        return Kind.SOFT_404, missing
    if not any(line.text or line.images for line in lines):
        # A frameset has no text of its own, and leads on all the same.
        return (Kind.EMPTY, "no text") if next(document.tree.iter("frame"), None) is None else (Kind.LIST, None)
    return _readable(document, lines, han, site, lease)


def _guard(document: Document) -> str | None:
    raw = document.raw
    if raw.status in (412, 521):
        return f"status {raw.status}"
    for name in GUARD_HEADERS:
        if name in raw.headers and (raw.status != 200 or len(raw.body) < 20_000):
            return f"header {name}"
    if len(document.text) < 40_000:
        prose = sum(line.han for line in page_lines(document) if line.prose)
        if prose < 150 and (said := _said(GUARD, document.text)):
            return f"text {said}"
    return f"status {raw.status}" if raw.status in (403, 429, 503) and len(document.text) < 40_000 else None


def _said(signs: re.Pattern[str], text: str) -> str | None:
    """What a text says of these signs, as it stands."""
    match = signs.search(text.lower())
    return text[match.start() : match.end()] if match else None


def _data_kind(document: Document, lease: Lease | None) -> tuple[Kind, str | None] | None:
    head = document.text[:4000]
    if document.tree is not None or (document.raw.status != 200 and not head.strip()):
        return None
    if lease is not None and lease.kind in _DATA_KINDS and document.raw.status == 200:
        return lease.kind, None
    if FEED.search(head):
        return Kind.FEED, None
    if SITEMAP.search(head):
        return Kind.SITEMAP, None
    if (
        document.text.lstrip("\ufeff \r\n\t")[:1] in ("[", "{", "<")
        and "json" not in document.raw.headers.get("content-type", "")
    ) or head.lstrip()[:1] in ("[", "{"):
        return Kind.API, None
    return None


def _stub(document: Document, han: int) -> str | None:
    """A tiny page whose worth is where it sends the reader; full pages hold `location=` handlers, too."""
    if len(document.text) > 10_000 or han > 60:
        return None
    if read_meta(document).refresh and REFRESH.search(read_meta(document).refresh or ""):
        return "meta refresh"
    text = document.text.lower()
    if JUMP.search(text) and "<a" not in text:
        return "script"
    return None


def _missing(title: str, lines: list[Line], han: int) -> str | None:
    if said := _said(MISSING, title):
        return f"title {said}"
    if han > MUCH_HAN:
        return None
    for line in lines:
        if len(line.text) <= 60 and (said := _said(MISSING, line.text)):
            return f"text {said}"
    return None


def _readable(document: Document, lines: list[Line], han: int, site: Site | None, lease: Lease | None) -> tuple[Kind, str | None]:
    url = document.url
    headline = page_headline(document).position
    prose = sum(page_weights(document, headline))
    expected = lease.kind if lease is not None else Kind.UNKNOWN
    article = expected is Kind.ARTICLE or _article_address(url, site)
    if expected is Kind.EDITION or (expected is Kind.UNKNOWN and prose < 600 and EDITION_URL.search(url)):
        return Kind.EDITION, None
    if expected is Kind.LIST and not (_article_address(url, site) and prose > 300):
        return Kind.LIST, None
    text = _region(lines, headline) if prose < LOGIN_HAN else []
    if any(LOGIN.search(line.text) for line in text if len(line.text) <= 80):
        return Kind.LOGIN, "asks to sign in"
    if article and prose >= ARTICLE_HAN:
        return Kind.ARTICLE, None
    linked = sum(line.linked for line in lines) / (sum(len(line.text) for line in lines) or 1)
    if prose < ARTICLE_HAN:
        return _without_prose(document, text, han, linked, article)
    if (linked > 0.6 and prose < 600 and LIST_URL.search(url)) or (linked > 0.8 and prose < 400) or _is_digest(lines):
        return Kind.LIST, None
    return Kind.ARTICLE, None


def _is_digest(lines: list[Line]) -> bool:
    """A list that gives a summary under each headline: paragraphs of an article follow each other, these follow links."""
    prose = [line.position for line in lines if line.prose]
    under = sum(1 for place in prose if place and lines[place - 1].linked * 10 > 7 * len(lines[place - 1].text) > 28)
    return len(prose) >= DIGEST and under * 10 >= 7 * len(prose)


def _region(lines: list[Line], headline: int | None) -> list[Line]:
    """What stands between the headline and the first tail mark."""
    region: list[Line] = []
    for line in lines[(headline or 0) + 1 :]:
        if is_tail_mark(line) and region:
            break
        region.append(line)
    return region


def _article_address(url: str, site: Site | None) -> bool:
    if site is not None and site.article_url:
        return any(re.search(pattern, url) for pattern in site.article_url)
    return bool(ARTICLE_URL.search(url))


def _without_prose(document: Document, text: list[Line], han: int, linked: float, article: bool) -> tuple[Kind, str | None]:
    images = sum(len(line.images) for line in text if not line.linked and line.node is not None)
    if article and VIDEO.search(document.text.lower()):
        return Kind.VIDEO, None
    if article and images >= 3:
        return Kind.GALLERY, None
    if article and linked < 0.95:
        return Kind.ARTICLE, None
    if han and linked > 0.4:
        return Kind.LIST, None
    if not han and not images:
        return Kind.EMPTY, "no text"
    return Kind.UNKNOWN, "neither text nor links"
