"""What an address says by its shape: the kind of page, the CMS family, the day."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
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


def family_of_url(url: str) -> str | None:
    """The CMS family whose article, edition or list shape the address has, or None."""
    for family in FAMILIES:
        if _compiled((*family.article, *family.edition)).search(url):
            return family.name
    return next((family.name for family in FAMILIES if _compiled(family.lists).search(url)), None)


def matches_site(url: str, site: Site | None) -> bool:
    """Does one of the profile's own article patterns match?"""
    return bool(site and site.article_url and _compiled(site.article_url).search(url))


def kind_of_url(url: str, site: Site | None = None) -> Kind:
    """The kind an address promises: the profile's sources and patterns first, then the shapes of all families."""
    for source in site.sources if site else ():
        if getattr(source, "url", None) == url:
            return _source_kind(source)
    path = urlsplit(url).path
    if SITEMAP.search(path):
        return Kind.SITEMAP
    if FEED.search(url):
        return Kind.FEED
    edition, article, listing = _tables()
    if _own_editions(site).search(url) or (edition.search(url) and not _promises_list(url, site)):
        return Kind.EDITION
    if matches_site(url, site) or article.search(url):
        return Kind.ARTICLE
    if not path.strip("/") or listing.search(url):
        return Kind.LIST
    return Kind.UNKNOWN


_FIELD = {"Y": r"20\d\d", "m": r"\d\d", "d": r"\d\d", "y": r"\d\d"}


def _own_editions(site: Site | None) -> re.Pattern[str]:
    """The pages of a profile's own issues: its address by day, with any page's number in place of the first page's."""
    return _edition_table(tuple(s.edition for s in site.sources if isinstance(s, EPaper) and s.edition) if site else ())


@cache
def _edition_table(editions: tuple[str, ...]) -> re.Pattern[str]:
    return _compiled(tuple(_edition_pattern(edition) for edition in editions))


def _edition_pattern(edition: str) -> str:
    """`http://a.cn/html/%Y-%m/%d/node_2.htm` as a regex in which `2` may be any page: `3`, `A05`, `12b`."""
    tokens = re.split(r"(%[%YmdyHMSj])", re.sub(r"^https?", "", edition))
    out = "".join(_FIELD.get(token[1:], "%") if token.startswith("%") else re.escape(token) for token in tokens)
    return "^https?" + re.sub(r"[A-Z]?(?<!\\)\d{1,3}(?=\\\.[A-Za-z]+$)", lambda _: r"[A-Z]?\d{1,3}[A-Za-z]?", out) + "$"


def _promises_list(url: str, site: Site | None) -> bool:
    """A web site's dated `node_` page is a list, not an issue of a newspaper."""
    return bool(
        site and site.kind == "web" and "/layout" not in url and "paper" not in url and "epaper" not in url and "szb" not in url
    )


def _source_kind(source: object) -> Kind:
    if isinstance(source, Feed):
        return Kind.FEED
    if isinstance(source, Sitemap):
        return Kind.SITEMAP
    return Kind.API if isinstance(source, Api) else Kind.LIST


def is_asset(url: str) -> bool:
    """Pictures, documents, archives, scripts: files that are no pages."""
    path = urlsplit(url).path
    return bool(ASSET.search(path)) and not SITEMAP.search(path)


def day_of_url(url: str) -> str | None:
    """The ISO day an address carries, or None. A month without a day is no day: `/202605/123.html` gives None."""
    for pattern in _DAYS:
        for match in pattern.finditer(url):
            try:
                return date(*(int(part) for part in match.groups())).isoformat()
            except ValueError:
                continue
    return None
