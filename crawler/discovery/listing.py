"""An HTML list or e-paper page: data inside it first, then its links, then where it goes on."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

from crawler.discovery.anchors import Anchor, anchors, base_of, described, titled
from crawler.discovery.canonical import canonical
from crawler.discovery.endpoints import endpoints
from crawler.discovery.gathering import CHANNEL, Document, Gathering, newest_entry
from crawler.discovery.generic import article_templates, template
from crawler.discovery.hanweb import hanweb
from crawler.discovery.pagers import is_pager, next_pages
from crawler.discovery.records import Records, periods, script_records
from crawler.discovery.shapes import day_of_url, family_of_url, kind_of_url, matches_site
from crawler.discovery.traps import is_service
from crawler.items import Kind, identity
from crawler.sites.profile import ListPage, Site

_ROUTE = re.compile(r"""\bhref=["'][^"'#\s]*#!?/""")
"""`href="#/news/1"`, `href="/index.html#!/news/1"`."""
_DATED = frozenset({Kind.ARTICLE, Kind.UNKNOWN, Kind.EDITION, Kind.FEED, Kind.SITEMAP})
_PAGES = frozenset({"html", "htm", "shtml", "jhtml", "php", "aspx", "asp", "jsp"})
"""Extensions of pages; a channel's address often has none."""


def gather_page(document: Document, gathering: Gathering, kind: Kind) -> None:
    """An HTML list or e-paper page: data inside it first, then its links, then where it goes on."""
    url, text = document.url, document.text
    for anchor in periods(url, text):
        gathering.add(anchor, Kind.EDITION, "period")
    if data := hanweb(url, text):
        gather_records(data, gathering, "hanweb")
    elif "dataproxy.jsp" not in text:
        _scripts(document, gathering)
    found = list(anchors(document.tree, url, routes=_opens_routes(text, gathering)))
    pagers = list(next_pages(url, text, found, _pages_of(url, gathering.site)))
    leading = {page for page, _ in pagers}
    sound = []
    for anchor in found:
        if anchor.url in leading or is_pager(anchor, url):
            continue
        if reason := gathering.refusal(anchor.url) or ("service" if is_service(anchor.text) else None):
            gathering.refused[reason] += 1
        else:
            sound.append(titled(anchor))
    _classify(sound, gathering, kind)
    _alternates(document, gathering)
    newest = newest_entry(gathering.links.values())
    for page, rule in pagers if kind is Kind.LIST else ():
        _follow(Anchor(page, date=newest), gathering, Kind.LIST, rule)


def _follow(anchor: Anchor, gathering: Gathering, kind: Kind, rule: str) -> None:
    """A link whose kind is known; a refusal is counted."""
    if reason := gathering.refusal(anchor.url):
        gathering.refused[reason] += 1
    else:
        gathering.add(anchor, kind, rule)


def _opens_routes(text: str, gathering: Gathering) -> bool:
    """Is the site read by a browser, which alone opens what stands behind `#/`? Else such links are counted."""
    if gathering.site is not None and gathering.site.render:
        return True
    if ("#/" in text or "#!/" in text) and (hidden := len(_ROUTE.findall(text))):
        gathering.refused["route"] += hidden
    return False


def gather_records(records: Records | None, gathering: Gathering, rule: str) -> None:
    """A data list's entries are articles unless their shape says otherwise; then its next page."""
    if records is None:
        gathering.refused["unreadable"] += 1
        return
    for anchor in records.entries:
        kind = kind_of_url(anchor.url, gathering.site)
        _follow(anchor, gathering, Kind.ARTICLE if kind is Kind.UNKNOWN else kind, rule)
    if records.next_page:
        newest = newest_entry(gathering.links.values())
        gathering.add(Anchor(records.next_page, date=newest), Kind.API, "pager:" + rule)


def _scripts(document: Document, gathering: Gathering) -> None:
    """What a page's scripts hold of its list, or the addresses they get it from.

    Of literals only what has an article's shape, since scripts also hold menus and adverts.
    """
    url, text = document.url, document.text
    for anchor in script_records(url, text):
        if gathering.refusal(anchor.url) is None and kind_of_url(anchor.url, gathering.site) is Kind.ARTICLE:
            gathering.add(anchor, Kind.ARTICLE, "literal")
    for anchor in endpoints(url, text, document.tree):
        _follow(anchor, gathering, Kind.API, "endpoint")


def _classify(found: list[Anchor], gathering: Gathering, kind: Kind) -> None:
    """Dates are looked for last, since a page's menu has none and is most of its links."""
    site, channels = gathering.site, _Channels(gathering.url, roams(gathering.site))
    kinds = [(anchor, kind_of_url(anchor.url, site)) for anchor in found]
    kinds = [(described(anchor) if there in _DATED else anchor, there) for anchor, there in kinds]
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
        elif kind is Kind.LIST and channels.leads_to(anchor):
            gathering.add(described(anchor), Kind.LIST, anchor.tag if anchor.tag in ("frame", "iframe") else "channel")
        else:
            gathering.refused["channel" if there is Kind.LIST else "shape"] += 1


def _edition(anchor: Anchor, gathering: Gathering, kind: Kind) -> None:
    """Other pages (版) of the same issue; other issues are asked for by their day, not walked to."""
    here = day_of_url(gathering.url)
    if kind is Kind.EDITION and here and day_of_url(anchor.url) not in (here, None):
        gathering.refused["other issue"] += 1
    else:
        gathering.add(anchor, Kind.EDITION, "edition")


def roams(site: Site | None) -> bool:
    """Must the site's channels be found by walking? A profile that names several lists knows them."""
    return site is None or sum(isinstance(source, ListPage) for source in site.sources) < 2


class _Channels:
    """Which links of a list page lead to channels: from a site's home page all of them, from a list what lies below it.

    Where the channels are not known, a page in the root folder counts as a home page: a frame's menu, `/news.html`.
    """

    def __init__(self, url: str, roaming: bool):
        here = urlsplit(url)
        folder = here.path.rpartition("/")[0] + "/"
        self.home = identity(f"http://{here.netloc}{here.path}") == identity(f"http://{here.netloc}/")
        self.host, self.path, self.everywhere = here.netloc, here.path, roaming and folder == "/"
        self.folder = folder if len(folder) > 1 else None

    def leads_to(self, anchor: Anchor) -> bool:
        if anchor.tag in ("frame", "iframe"):
            return True
        if not anchor.title or len(anchor.title) > CHANNEL:
            return False
        _, _, host, rest = anchor.url.split("/", 3)  # canonical: as urlsplit, at a tenth of its time
        path = "/" + rest.partition("#")[0].partition("?")[0]
        name = path.rpartition("/")[2]
        if "." in name and name.rpartition(".")[2].lower() not in _PAGES:
            return False
        if self.home:
            return True
        if host != self.host:
            return False
        return self.everywhere or bool(self.folder and path.startswith(self.folder) and path != self.path)


def _alternates(document: Document, gathering: Gathering) -> None:
    """Feeds and sitemaps that the page's head declares."""
    if document.tree is None:
        return
    base = base_of(document.tree, document.url)
    for node in document.tree.iter("link"):
        rel, mime = (node.get("rel") or "").lower(), (node.get("type") or "").lower()
        url = canonical(node.get("href") or "", base) if rel in ("alternate", "sitemap") and node.get("href") else None
        if url is None or (rel == "alternate" and mime not in ("application/rss+xml", "application/atom+xml")):
            continue
        _follow(Anchor(url), gathering, Kind.SITEMAP if rel == "sitemap" else Kind.FEED, "head")


def _pages_of(url: str, site: Site | None) -> str | None:
    """The profile's page template for the list that `url` is a page of."""
    for source in site.sources if site else ():
        if isinstance(source, ListPage) and source.pages:
            start, _, _ = source.pages.partition("{}")
            if identity(source.url) == identity(url) or (url.startswith(start) and urljoin(url, ".") == urljoin(source.url, ".")):
                return source.pages
    return None
