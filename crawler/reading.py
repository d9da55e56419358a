"""The road between bytes and page item: decode, tell the kind, find links or read the article. Pure; runs in any process."""

from __future__ import annotations

from crawler.discovery import discover
from crawler.extraction import extract_article, open_document, page_kind
from crawler.items import Kind, Lease, Outcome, Page, RawPage
from crawler.sites.profile import Site

LISTING = frozenset({Kind.LIST, Kind.FEED, Kind.SITEMAP, Kind.EDITION, Kind.API})
READABLE = frozenset({Kind.ARTICLE, Kind.GALLERY, Kind.VIDEO})

_OUTCOMES = {
    Kind.CHALLENGE: Outcome.BLOCKED,
    Kind.LOGIN: Outcome.BLOCKED,
    Kind.SOFT_404: Outcome.GONE,
    Kind.STUB: Outcome.DROPPED,
    Kind.EMPTY: Outcome.UNREADABLE,
    Kind.UNKNOWN: Outcome.DROPPED,
}


def read(raw: RawPage, *, site: Site | None = None, lease: Lease | None = None) -> Page:
    """One page's bytes to its page item; never raises for what a page holds."""
    page = Page(
        url=lease.url if lease else raw.url, final_url=raw.url, site=site.name if site else None, lease=lease,
        site_region=(site.region or None) if site else None,
        status=raw.status, captured_at=raw.captured_at, outcome=Outcome.DROPPED,
        etag=raw.headers.get("etag"), last_modified=raw.headers.get("last-modified"),
    )  # fmt: skip
    document = open_document(raw, charset=site.charset if site else None)
    page.charset, page.replaced = document.charset, document.replaced
    page.kind, page.reason = page_kind(document, site=site, lease=lease)
    found = discover(document, kind=page.kind, site=site, lease=lease)
    page.links, page.refused, page.next_part = found.links, found.refused, found.next_part
    if page.kind in LISTING:
        page.outcome = Outcome.LISTED
    elif page.kind in READABLE:
        page.article = extract_article(document, site=site, lease=lease)
        page.outcome = Outcome.ARCHIVED if page.article.body or page.article.images else Outcome.UNREADABLE
        if page.outcome is Outcome.UNREADABLE:
            page.article, page.reason = None, "no text found"
    else:
        page.outcome = _OUTCOMES[page.kind]
    return page
