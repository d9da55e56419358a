"""RSS, Atom and XML sitemaps (index, news, gzipped), and robots.txt's Sitemap lines: bytes in, entries out."""

from __future__ import annotations

import calendar
import io
import re
import zlib
from dataclasses import dataclass
from datetime import datetime

from lxml import etree

from crawler.clock import CHINA
from crawler.discovery.anchors import date_in

LARGEST = 64 * 2**20
"""Bytes of an unpacked sitemap: the protocol allows 50 MB (sitemaps.org)."""


@dataclass(slots=True, frozen=True)
class Entry:
    """One entry of a feed or sitemap."""

    address: str
    title: str | None = None
    date: str | None = None
    section: str | None = None
    further: bool = False
    """Another sitemap, not a page."""


def feed_entries(body: bytes) -> list[Entry]:
    """The entries of an RSS or Atom feed, also of one that is not well-formed."""
    import feedparser  # 0.1 s, and only feeds need it

    parsed = feedparser.parse(io.BytesIO(body), sanitize_html=False, resolve_relative_uris=False)
    return [
        Entry(
            entry.link, entry.get("title") or None, _feed_date(entry), next((t.get("term") for t in entry.get("tags", ())), None)
        )
        for entry in parsed.entries
        if entry.get("link")
    ]


def _feed_date(entry: dict[str, object]) -> str | None:
    """Local time as +08:00; a stamp without a zone is what a Chinese server's clock showed, not UTC."""
    for name in ("published", "updated"):
        raw, moment = str(entry.get(name) or ""), entry.get(f"{name}_parsed")
        if raw and moment:
            if re.search(r"(?:Z|GMT|UTC?|CST|[+-]\d\d:?\d\d)\s*$", raw):
                return datetime.fromtimestamp(calendar.timegm(moment), CHINA).isoformat()  # type: ignore[arg-type]
            return date_in(raw) or datetime(*moment[:6]).isoformat()  # type: ignore[index]
    return None


def sitemap_entries(body: bytes) -> list[Entry]:
    """The pages and further sitemaps that a sitemap, a sitemap index or a robots.txt names. Broken XML gives what it can."""
    body = unpacked(body)
    if not body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        lines = body.decode("utf-8", "replace").splitlines()
        found = [line.partition(":")[2].strip() for line in lines if re.match(r"\s*sitemap\s*:", line, re.I)]
        # A text sitemap is one address a line.
        return [Entry(url, further=True) for url in found] + [
            Entry(line.strip()) for line in lines if re.match(r"https?://\S+$", line.strip())
        ]
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(body.lstrip(), parser)
    except etree.XMLSyntaxError:
        return []
    return [] if root is None else [entry for node in root.iter("{*}url", "{*}sitemap") if (entry := _sitemap_entry(node))]


def _sitemap_entry(node: etree._Element) -> Entry | None:
    def text(name: str) -> str | None:
        child = node.find(f".//{{*}}{name}")
        return child.text.strip() if child is not None and child.text and child.text.strip() else None

    address = text("loc")
    if address is None:
        return None
    return Entry(
        address, text("title"), text("publication_date") or text("lastmod"), further=etree.QName(node).localname == "sitemap"
    )


def unpacked(body: bytes) -> bytes:
    """The bytes inside gzip, at most LARGEST of them, as far as they can be read; others unchanged."""
    if not body.startswith(b"\x1f\x8b"):
        return body
    inflate = zlib.decompressobj(wbits=31)
    try:
        return inflate.decompress(body, LARGEST)
    except zlib.error:
        return b""
