"""The road between bytes and page item: decode, tell the kind, find links or read the article. Pure; runs in any process."""

from __future__ import annotations

from urllib.parse import urlsplit

from crawler.discovery import canonical, discover, inside, kind_of_url, registrable
from crawler.extraction import Document, extract_article, open_document, page_kind
from crawler.extraction.furniture import Known, candidates, prune
from crawler.extraction.meta import read_meta
from crawler.items import LISTING, Kind, Lease, Outcome, Page, RawPage
from crawler.sites.profile import Site

READABLE = frozenset({Kind.ARTICLE, Kind.GALLERY, Kind.VIDEO})

_OUTCOMES = {
    Kind.CHALLENGE: Outcome.BLOCKED,
    Kind.LOGIN: Outcome.BLOCKED,
    Kind.SOFT_404: Outcome.GONE,
    Kind.STUB: Outcome.DROPPED,
    Kind.EMPTY: Outcome.UNREADABLE,
    Kind.UNKNOWN: Outcome.DROPPED,
}


def read(
    raw: RawPage, *, site: Site | None = None, lease: Lease | None = None, furniture: Known = frozenset(), learn: bool = True
) -> Page:  # fmt: skip
    """One page's bytes to its page item; never raises for what a page holds.

    `furniture`: what is known of the site's; `learn`: offer this page's texts to be counted as such.
    """
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
        page.article.url = own_address(document, site) or page.article.url
        page.furniture = candidates(document, page.article) if learn else []
        prune(document, page.article, furniture)
        page.outcome = Outcome.ARCHIVED if page.article.body or page.article.images else Outcome.UNREADABLE
        if page.outcome is Outcome.UNREADABLE:
            page.article, page.reason = None, "no text found"
    else:
        page.outcome = _OUTCOMES[page.kind]
    return page


def own_address(document: Document, site: Site | None) -> str | None:
    """What the page itself calls its address (`<link rel="canonical">`), where that can be believed.

    Believed is an article's address on the same site. Some systems give every page their home page or channel there, and
    reprints name the outlet they come from: such a page keeps the address it was fetched from.
    """
    told = read_meta(document).canonical
    url = canonical(told, document.url) if told else None
    if url is None or kind_of_url(url, site) is not Kind.ARTICLE:
        return None
    hosts = [urlsplit(address).hostname or "" for address in (url, document.url)]
    same = inside(url, site) if site else registrable(hosts[0]) == registrable(hosts[1])
    return url if same else None
