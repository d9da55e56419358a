"""Walks a replica over HTTP with the crawl's own reading and discovery, but without archive and Scrapy: what would be leased."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections import Counter, deque
from dataclasses import dataclass, field

from crawler.discovery import api_call, sources, unlisted
from crawler.items import LISTING, Kind, Lease, Link, Page, RawPage, public_key
from crawler.reading import read
from crawler.sites.profile import Site
from tests.discovery.replica.server import Replica


@dataclass
class Walk:
    """What a crawl would lease, by the kind it expects, and why it left the rest."""

    articles: set[str] = field(default_factory=set)
    """Paths leased as articles."""
    lists: list[str] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)
    links: list[Link] = field(default_factory=list)

    def found(self, replica: Replica) -> float:
        """Share of the replica's articles that were found."""
        return len(self.articles & replica.articles) / len(replica.articles)

    def wrong(self, replica: Replica) -> float:
        """Share of what was leased as an article and is none."""
        return len(self.articles - replica.articles) / max(len(self.articles), 1)


def fetch(url: str, site: Site | None = None) -> RawPage:
    """One request, as the profile's APIs want it; an error page is a page."""
    call = api_call(url, site)
    request = urllib.request.Request(
        call.url, method=call.method, data=call.body.encode() if call.body is not None else None, headers=dict(call.headers)
    )
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return RawPage(url=answer.url, body=answer.read(), headers={k.lower(): v for k, v in answer.headers.items()})
    except urllib.error.HTTPError as error:
        return RawPage(url=url, body=error.read(), status=error.code)


def walk(replica: Replica, site: Site | None = None, *, most: int = 400) -> Walk:
    """Follow lists, feeds and sitemaps from the site's sources; articles are noted, not read. Pagers as the archive does it:
    only while their list brought something that was not known."""
    site = site or unlisted(replica.url + replica.start)
    walked, seen, queue = Walk(), set[str](), deque(sources(site, since="2026-05-19", until="2026-05-21"))
    while queue and len(walked.lists) < most:
        link = queue.popleft()
        if public_key(link.url) in seen:
            continue
        seen.add(public_key(link.url))
        if link.kind is Kind.ARTICLE:
            walked.articles.add(link.url.removeprefix(replica.url))
            walked.links.append(link)
            continue
        walked.lists.append(link.url.removeprefix(replica.url))
        page = read_leased(site, link)
        walked.refused.update(page.refused)
        new = any(public_key(found.url) not in seen for found in page.links if not found.rule.startswith("pager"))
        queue.extend(found for found in page.links if new or not found.rule.startswith("pager"))
    return walked


def read_leased(site: Site, link: Link) -> Page:
    """One lease as the spider does it: a stub's target is read in its place."""
    lease = Lease(id=1, url=link.url, site=site.name, kind=link.kind, section=link.section)
    page = read(fetch(link.url, site), site=site, lease=lease)
    if page.kind is Kind.STUB and page.links:
        page = read(fetch(page.links[0].url), site=site, lease=lease)
    if page.kind not in LISTING:
        page.links = []
    return page
