"""What an address says by its shape: the kind of page, the CMS family, the day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from urllib.parse import urlsplit

from crawler.items import Kind
from crawler.sites.platforms import FAMILIES, GENERIC_ARTICLE, GENERIC_LIST
from crawler.sites.profile import Api, EPaper, Feed, Site, Sitemap

ASSET = re.compile(
    r"\.(?:jpe?g|png|gif|webp|bmp|svg|ico|css|js|mjs|json|woff2?|ttf|pdf|docx?|xlsx?|pptx?|wps|ofd|zip|rar|7z|t?gz|exe|apk|ipa|dmg"
    r"|mp[34]|m4[av]|avi|mov|wmv|flv|swf|wav|wma|m3u8|ts|txt|csv|ceb|epub)$",
    re.I,
)
FEED = re.compile(
    r"/(?:rss|feeds?|atom)(?:/|$)|/(?:rss|feed|atom)\w*\.(?:xml|php|aspx?|jsp)$|\.rss$|[?&](?:mod|a|type)=rss\b", re.I
)
SITEMAP = re.compile(r"/[\w.-]*sitemap[\w.-]*\.xml(?:\.gz)?$|/robots\.txt$", re.I)

_DAYS = (
    re.compile(r"(?<!\d)(20\d\d|199\d)-?(0[1-9]|1[0-2])[-/]?(0[1-9]|[12]\d|3[01])(?!\d)"),  # 20260501, 2026-05/01, 202605/01
    re.compile(r"(?<!\d)(20\d\d|199\d)/(0[1-9]|1[0-2])-?(0[1-9]|[12]\d|3[01])(?!\d)"),  # /2026/0501/
    re.compile(r"(?<!\d)(20\d\d|199\d)[-/](\d{1,2})[-/](\d{1,2})(?!\d)"),  # /2026/5/1/, 2026-5-1
)


@cache
def _compiled(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns) or r"(?!)", re.I)


@cache
def _tables() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """One alternation each for editions, articles and lists of all families."""
    editions = tuple(p for family in FAMILIES for p in family.edition)
    articles = tuple(p for family in FAMILIES for p in family.article)
    lists = tuple(p for family in FAMILIES for p in family.lists)
    return _compiled(editions), _compiled((*articles, *GENERIC_ARTICLE)), _compiled((*lists, *GENERIC_LIST))


@lru_cache(maxsize=4096)
def family_of_url(url: str) -> str | None:
    """The CMS family whose article, edition or list shape the address has, or None."""
    for family in FAMILIES:
        if _compiled((*family.article, *family.edition)).search(url):
            return family.name
    return next((family.name for family in FAMILIES if _compiled(family.lists).search(url)), None)


def matches_site(url: str, site: Site | None) -> bool:
    """Does one of the profile's own article patterns match?"""
    return site is not None and bool(site.article_url) and bool(_facts(site).articles.search(url))


def kind_of_url(url: str, site: Site | None = None) -> Kind:
    """The kind an address promises: the profile's sources and patterns first, then the shapes of all families."""
    kind, on_web = _shape(url)
    if site is None:
        return kind
    facts = _facts(site)
    if url in facts.sources:
        return facts.sources[url]
    if kind in (Kind.SITEMAP, Kind.FEED):
        return kind
    if facts.editions.search(url):
        return Kind.EDITION
    if kind is Kind.EDITION and site.kind == "web" and not _PAPER.search(url):
        # A web site's dated `node_` page is a list, not an issue of a newspaper.
        kind = on_web
    return Kind.ARTICLE if kind is not Kind.EDITION and facts.articles.search(url) else kind


_PAPER = re.compile(r"/layout|paper|szb")


@lru_cache(maxsize=4096)
def _shape(url: str) -> tuple[Kind, Kind]:
    """The kind by the shapes of all families, and the kind where no e-papers are expected. Menus repeat: cached."""
    path = urlsplit(url).path
    if SITEMAP.search(path):
        return Kind.SITEMAP, Kind.SITEMAP
    if FEED.search(url):
        return Kind.FEED, Kind.FEED
    edition, article, listing = _tables()
    root = not path.strip("/") and "#" not in url
    plain = Kind.ARTICLE if article.search(url) else Kind.LIST if root or listing.search(url) else Kind.UNKNOWN
    return (Kind.EDITION if edition.search(url) else plain), plain


@dataclass(slots=True, frozen=True)
class _Facts:
    """What a profile says of addresses, ready to be asked."""

    sources: dict[str, Kind]
    articles: re.Pattern[str]
    editions: re.Pattern[str]


_known: dict[int, tuple[Site, _Facts]] = {}
"""By object identity, since hashing a whole profile for every link costs more than matching it."""


def _facts(site: Site) -> _Facts:
    known = _known.get(id(site))
    if known is not None and known[0] is site:
        return known[1]
    if len(_known) > 2000:
        _known.clear()
    sources = {source.url: _source_kind(source) for source in site.sources if not isinstance(source, EPaper)}
    editions = tuple(_edition_pattern(source.edition) for source in site.sources if isinstance(source, EPaper) and source.edition)
    facts = _Facts(sources, _compiled(site.article_url), _compiled(editions))
    _known[id(site)] = site, facts
    return facts


_FIELD = {"Y": r"20\d\d", "m": r"\d\d", "d": r"\d\d", "y": r"\d\d"}


def _edition_pattern(edition: str) -> str:
    """`http://a.cn/html/%Y-%m/%d/node_2.htm` as a regex in which `2` may be any page: `3`, `A05`, `12b`."""
    tokens = re.split(r"(%[%YmdyHMSj])", re.sub(r"^https?", "", edition))
    out = "".join(_FIELD.get(token[1:], "%") if token.startswith("%") else re.escape(token) for token in tokens)
    return "^https?" + re.sub(r"[A-Z]?(?<!\\)\d{1,3}(?=\\\.[A-Za-z]+$)", lambda _: r"[A-Z]?\d{1,3}[A-Za-z]?", out) + "$"


def _source_kind(source: object) -> Kind:
    if isinstance(source, Feed):
        return Kind.FEED
    if isinstance(source, Sitemap):
        return Kind.SITEMAP
    return Kind.API if isinstance(source, Api) else Kind.LIST


@lru_cache(maxsize=4096)
def is_asset(url: str) -> bool:
    """Pictures, documents, archives, scripts: files that are no pages."""
    path = urlsplit(url).path
    return bool(ASSET.search(path)) and not SITEMAP.search(path)


@lru_cache(maxsize=4096)
def day_of_url(url: str) -> str | None:
    """The ISO day an address carries, or None. A month without a day is no day: `/202605/123.html` gives None."""
    for pattern in _DAYS:
        for match in pattern.finditer(url):
            try:
                return date(*(int(part) for part in match.groups())).isoformat()
            except ValueError:
                continue
    return None
