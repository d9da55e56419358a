"""A document to its links: articles, pagers, further lists, or an article's next part. Pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import urldefrag, urljoin, urlsplit

from crawler.discovery.anchors import Anchor, anchors, base_of, described
from crawler.discovery.calls import api_of
from crawler.discovery.canonical import canonical
from crawler.discovery.feeds import Entry, feed_entries, sitemap_entries
from crawler.discovery.generic import article_templates, template
from crawler.discovery.pagers import is_pager, next_pages
from crawler.discovery.parts import first_part, next_part
from crawler.discovery.records import Records, api_records, hanweb, periods, script_records
from crawler.discovery.scope import inside, registrable
from crawler.discovery.shapes import day_of_url, family_of_url, is_asset, kind_of_url, matches_site
from crawler.discovery.stubs import redirect_target
from crawler.discovery.traps import is_service, trap
from crawler.items import Kind, Lease, Link, RawPage, identity
from crawler.sites.profile import ListPage, Site

CHANNEL = 12
"""Characters: a channel's name in a navigation bar is no longer."""

LONGEST_TITLE = 200


class Document(Protocol):
    """What discovery reads of `crawler.extraction.Document`."""

    @property
    def url(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def tree(self) -> Any: ...
    @property
    def raw(self) -> RawPage: ...


@dataclass(slots=True, kw_only=True)
class Found:
    """What a page leads to."""

    links: list[Link] = field(default_factory=list)
    refused: dict[str, int] = field(default_factory=dict)
    """Links not followed, by reason."""
    next_part: str | None = None


@dataclass(slots=True)
class _Gathering:
    """The links of one page as they are found: each page once, each refusal counted."""

    url: str
    site: Site | None
    section: str | None
    links: dict[str, Link] = field(default_factory=dict)
    refused: Counter[str] = field(default_factory=Counter)
    hosts: dict[str, bool] = field(default_factory=dict)
    """Which hosts (with their scheme) belong to the site, as far as they were met."""

    def refusal(self, url: str) -> str | None:
        """Why this page's link is not followed, or None."""
        host = url[: url.find("/", 8)]
        if host not in self.hosts:
            self.hosts[host] = inside(url, self.site) if self.site else registrable(_host(url)) == registrable(_host(self.url))
        if not self.hosts[host]:
            return "offsite"
        return "asset" if is_asset(url) else trap(url)

    def add(self, anchor: Anchor, kind: Kind, rule: str) -> None:
        """Keep a link under its page's identity; the entry with the longer headline wins."""
        url = first_part(anchor.url) if kind is Kind.ARTICLE else anchor.url
        key = identity(url)
        if key == identity(self.url) and not rule.startswith("pager"):
            return
        title = anchor.title[:LONGEST_TITLE] if anchor.title else None
        section = self.section if kind is not Kind.LIST or rule.startswith("pager") else _channel(title) or self.section
        known = self.links.get(key)
        if known is None:
            self.links[key] = Link(url=url, kind=kind, title=title, date=anchor.date, section=section, rule=rule)
        elif known.kind is kind and (len(title or "") > len(known.title or "") or (anchor.date and not known.date)):
            longer = max(title or "", known.title or "", key=len) or None
            self.links[key] = Link(
                url=known.url, kind=kind, title=longer, date=known.date or anchor.date, section=section, rule=known.rule
            )

    def found(self) -> Found:
        return Found(links=list(self.links.values()), refused=dict(self.refused))


def discover(document: Document, *, kind: Kind, site: Site | None = None, lease: Lease | None = None) -> Found:
    """The links of a list, feed, sitemap, e-paper or API page; the next part of an article; the target of a stub."""
    if kind in (Kind.ARTICLE, Kind.GALLERY, Kind.VIDEO):
        return Found(next_part=next_part(document.url, document.text, document.tree, lease.url if lease else None))
    gathering = _Gathering(document.url, site, lease.section if lease else None)
    if kind is Kind.STUB:
        _stub(document, gathering, lease)
    elif kind in (Kind.FEED, Kind.SITEMAP):
        entries = feed_entries(document.raw.body) if kind is Kind.FEED else sitemap_entries(document.raw.body)
        _entries(entries, gathering, kind)
    elif kind is Kind.API:
        # The leased address knows the page of a POST API, the answer's does not.
        url = lease.url if lease and urldefrag(lease.url)[0] == document.url else document.url
        _records(hanweb(url, document.text) or api_records(url, document.text, api_of(url, site)), gathering, "api")
    elif kind in (Kind.LIST, Kind.EDITION):
        _page(document, gathering, kind)
    return gathering.found()


def _host(url: str) -> str:
    return urlsplit(url).hostname or ""


def _channel(title: str | None) -> str | None:
    """A channel link's text as the section of what stands in it: 要闻, not a headline or 更多."""
    return (
        title if title and 2 <= len(title) <= CHANNEL and title.strip(">»…. ") not in ("更多", "首页", "more", "MORE") else None
    )


def _stub(document: Document, gathering: _Gathering, lease: Lease | None) -> None:
    target = redirect_target(document.url, document.text, document.tree)
    if target is None:
        return
    if reason := gathering.refusal(target):
        gathering.refused[reason] += 1
        return
    kind = kind_of_url(target, gathering.site)
    expected = lease.kind if lease and lease.kind is not Kind.STUB else Kind.LIST
    gathering.add(Anchor(target, date=day_of_url(target)), expected if kind is Kind.UNKNOWN else kind, "stub")


def _entries(entries: list[Entry], gathering: _Gathering, kind: Kind) -> None:
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


def _records(records: Records | None, gathering: _Gathering, rule: str) -> None:
    """A data list's entries are articles unless their shape says otherwise; then its next page."""
    if records is None:
        gathering.refused["unreadable"] += 1
        return
    for anchor in records.entries:
        if reason := gathering.refusal(anchor.url):
            gathering.refused[reason] += 1
        else:
            kind = kind_of_url(anchor.url, gathering.site)
            gathering.add(anchor, Kind.ARTICLE if kind is Kind.UNKNOWN else kind, rule)
    if records.next_page:
        gathering.add(Anchor(records.next_page), Kind.API, "pager:" + rule)


def _page(document: Document, gathering: _Gathering, kind: Kind) -> None:
    """An HTML list or e-paper page: data inside it first, then its links, then where it goes on."""
    url, text = document.url, document.text
    for anchor in periods(url, text):
        gathering.add(anchor, Kind.EDITION, "period")
    data = hanweb(url, text)
    if data:
        _records(data, gathering, "hanweb")
    elif "dataproxy.jsp" not in text:
        _literals(url, text, gathering)
    found = list(anchors(document.tree, url))
    pagers = list(next_pages(url, text, found, _pages_of(url, gathering.site)))
    sound = []
    leading = {page for page, _ in pagers}
    for anchor in found:
        if anchor.url in leading or is_pager(anchor, url):
            continue
        if reason := gathering.refusal(anchor.url) or ("service" if is_service(anchor.text) else None):
            gathering.refused[reason] += 1
        else:
            sound.append(described(anchor))
    _classify(sound, gathering, kind)
    _alternates(document, gathering)
    for page, rule in pagers if kind is Kind.LIST else ():
        if reason := gathering.refusal(page):
            gathering.refused[reason] += 1
        else:
            gathering.add(Anchor(page), Kind.LIST, rule)


def _literals(url: str, text: str, gathering: _Gathering) -> None:
    """JSON in scripts: only what has an article's shape, since a page's scripts also hold menus and adverts."""
    for anchor in script_records(url, text):
        if gathering.refusal(anchor.url) is None and kind_of_url(anchor.url, gathering.site) is Kind.ARTICLE:
            gathering.add(anchor, Kind.ARTICLE, "literal")


def _classify(found: list[Anchor], gathering: _Gathering, kind: Kind) -> None:
    site, roaming = gathering.site, roams(gathering.site)
    kinds = [(anchor, kind_of_url(anchor.url, site)) for anchor in found]
    learned = article_templates([anchor for anchor, there in kinds if there is Kind.UNKNOWN])
    for anchor, there in kinds:
        if there is Kind.ARTICLE:
            rule = "article_url" if matches_site(anchor.url, site) else f"shape:{family_of_url(anchor.url) or 'generic'}"
            gathering.add(anchor, there, rule)
        elif there is Kind.UNKNOWN and template(anchor.url) in learned:
            gathering.add(anchor, Kind.ARTICLE, "learned")
        elif there is Kind.EDITION:
            _edition(anchor, gathering, kind)
        elif there in (Kind.FEED, Kind.SITEMAP):
            gathering.add(anchor, there, "link")
        elif kind is Kind.LIST and _is_channel(anchor, gathering.url, roaming):
            gathering.add(anchor, Kind.LIST, anchor.tag if anchor.tag in ("frame", "iframe") else "channel")
        else:
            gathering.refused["channel" if there is Kind.LIST else "shape"] += 1


def _edition(anchor: Anchor, gathering: _Gathering, kind: Kind) -> None:
    """Other pages (版) of the same issue; other issues are asked for by their day, not walked to."""
    here = day_of_url(gathering.url)
    if kind is Kind.EDITION and here and day_of_url(anchor.url) not in (here, None):
        gathering.refused["other issue"] += 1
    else:
        gathering.add(anchor, Kind.EDITION, "edition")


def roams(site: Site | None) -> bool:
    """Must the site's channels be found by walking? A profile that names several lists knows them."""
    return site is None or sum(isinstance(source, ListPage) for source in site.sources) < 2


def _is_channel(anchor: Anchor, url: str, roaming: bool) -> bool:
    """From a site's home page every channel is followed, from a list only what lies below it.

    Where the channels are not known, a page in the root folder counts as a home page: a frame's menu, `/news.html`.
    """
    here, there = urlsplit(url), urlsplit(anchor.url)
    if anchor.tag in ("frame", "iframe"):
        return True
    name = there.path.rpartition("/")[2]
    if "." in name and name.rpartition(".")[2].lower() not in ("html", "htm", "shtml", "jhtml", "php", "aspx", "asp", "jsp"):
        return False
    if not anchor.title or len(anchor.title) > CHANNEL:
        return False
    if identity(f"http://{here.netloc}{here.path}") == identity(f"http://{here.netloc}/"):
        return True
    folder = here.path.rpartition("/")[0] + "/"
    if roaming and folder == "/":
        return here.netloc == there.netloc
    return here.netloc == there.netloc and there.path.startswith(folder) and there.path != here.path and len(folder) > 1


def _alternates(document: Document, gathering: _Gathering) -> None:
    """Feeds and sitemaps that the page's head declares."""
    if document.tree is None:
        return
    base = base_of(document.tree, document.url)
    for node in document.tree.iter("link"):
        rel, mime = (node.get("rel") or "").lower(), (node.get("type") or "").lower()
        url = canonical(node.get("href") or "", base) if rel in ("alternate", "sitemap") and node.get("href") else None
        if url is None or (rel == "alternate" and mime not in ("application/rss+xml", "application/atom+xml")):
            continue
        if reason := gathering.refusal(url):
            gathering.refused[reason] += 1
        else:
            gathering.add(Anchor(url), Kind.SITEMAP if rel == "sitemap" else Kind.FEED, "head")


def _pages_of(url: str, site: Site | None) -> str | None:
    """The profile's page template for the list that `url` is a page of."""
    for source in site.sources if site else ():
        if isinstance(source, ListPage) and source.pages:
            start, _, _ = source.pages.partition("{}")
            if identity(source.url) == identity(url) or (url.startswith(start) and urljoin(url, ".") == urljoin(source.url, ".")):
                return source.pages
    return None
