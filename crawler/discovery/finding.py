"""A document to its links: articles, pagers, further lists, or an article's next part. Pure."""

from __future__ import annotations

from urllib.parse import urldefrag

from crawler.discovery.anchors import Anchor
from crawler.discovery.calls import api_of
from crawler.discovery.canonical import canonical
from crawler.discovery.feeds import Entry, feed_entries, sitemap_entries
from crawler.discovery.gathering import Document, Found, Gathering
from crawler.discovery.hanweb import hanweb
from crawler.discovery.listing import gather_page, gather_records
from crawler.discovery.parts import next_part
from crawler.discovery.records import api_records
from crawler.discovery.shapes import day_of_url, kind_of_url
from crawler.discovery.stubs import redirect_target
from crawler.items import Kind, Lease
from crawler.sites.profile import Site


def discover(document: Document, *, kind: Kind, site: Site | None = None, lease: Lease | None = None) -> Found:
    """The links of a list, feed, sitemap, e-paper or API page; the next part of an article; the target of a stub."""
    if kind in (Kind.ARTICLE, Kind.GALLERY, Kind.VIDEO):
        return Found(next_part=next_part(document.url, document.text, document.tree, lease.url if lease else None))
    gathering = Gathering(document.url, site, lease.section if lease else None)
    if kind is Kind.STUB:
        _stub(document, gathering, lease)
    elif kind in (Kind.FEED, Kind.SITEMAP):
        entries = feed_entries(document.raw.body) if kind is Kind.FEED else sitemap_entries(document.raw.body)
        _entries(entries, gathering, kind)
    elif kind is Kind.API:
        # The leased address knows the page of a POST API, the answer's does not.
        url = lease.url if lease and urldefrag(lease.url)[0] == document.url else document.url
        gather_records(hanweb(url, document.text) or api_records(url, document.text, api_of(url, site)), gathering, "api")
    elif kind in (Kind.LIST, Kind.EDITION):
        gather_page(document, gathering, kind)
    return gathering.found()


def _stub(document: Document, gathering: Gathering, lease: Lease | None) -> None:
    target = redirect_target(document.url, document.text, document.tree)
    if target is None:
        return
    if reason := gathering.refusal(target):
        gathering.refused[reason] += 1
        return
    kind = kind_of_url(target, gathering.site)
    expected = lease.kind if lease and lease.kind is not Kind.STUB else Kind.LIST
    gathering.add(Anchor(target, date=day_of_url(target)), expected if kind is Kind.UNKNOWN else kind, "stub")


def _entries(entries: list[Entry], gathering: Gathering, kind: Kind) -> None:
    """A feed's entries are articles because the feed says so; a sitemap's by their shape."""
    for entry in entries:
        url = canonical(entry.address, gathering.url)
        reason = "malformed" if url is None else gathering.refusal(url)
        if url is None or reason:
            gathering.refused[reason or "malformed"] += 1
            continue
        there = Kind.SITEMAP if entry.further else kind_of_url(url, gathering.site)
        if there in (Kind.UNKNOWN, Kind.LIST) and (kind is Kind.FEED or entry.title):
            there = Kind.ARTICLE
        if there is Kind.UNKNOWN:
            gathering.refused["shape"] += 1
            continue
        gathering.add(Anchor(url, title=entry.title, date=entry.date or day_of_url(url)), there, kind.value)
