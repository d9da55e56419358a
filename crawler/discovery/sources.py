"""Where a crawl of a site starts: its lists, feeds, sitemaps and APIs, and the e-paper issues of the days asked for."""

from __future__ import annotations

import ipaddress
import re
from datetime import date, timedelta
from urllib.parse import urlsplit

from crawler.clock import now
from crawler.discovery.calls import page_url
from crawler.discovery.canonical import canonical
from crawler.discovery.scope import registrable
from crawler.discovery.shapes import kind_of_url
from crawler.items import Kind, Link
from crawler.sites.profile import Api, EPaper, Feed, ListPage, Site, Sitemap, Source

RECENT = 3
"""Days of an e-paper looked at when none are asked for: issues are put up late, and the ledger knows those it has."""


def sources(site: Site, *, since: str | None = None, until: str | None = None) -> list[Link]:
    """The seeds of one crawl, canonical, each once. `since` and `until` are ISO days and choose the e-paper issues."""
    first, last = _window(since, until)
    links = [link for source in site.sources for link in _seeds(source, first, last, bool(since or until))]
    if not links:
        kind = Kind.EDITION if site.kind == "epaper" else Kind.LIST
        links = [_link(site.home, kind, "home")]
    return list({link.url: link for link in links}.values())


def _window(since: str | None, until: str | None) -> tuple[date, date]:
    """First and last day; the future has no issues."""
    today = now().date()
    last = min(date.fromisoformat(until[:10]), today) if until else today
    first = date.fromisoformat(since[:10]) if since else last - timedelta(days=RECENT - 1)
    return first, last


def _link(url: str, kind: Kind, rule: str, *, section: str | None = None, day: str | None = None) -> Link:
    return Link(url=canonical(url, routes=True) or url, kind=kind, section=section, date=day, rule=f"source:{rule}")


def _seeds(source: Source, first: date, last: date, dated: bool) -> list[Link]:
    match source:
        case ListPage():
            kind = kind_of_url(source.url)
            return [
                _link(
                    source.url,
                    Kind.EDITION if kind is Kind.EDITION and "paper" in source.url else Kind.LIST,
                    "list",
                    section=source.section,
                )
            ]
        case Feed():
            return [_link(source.url, Kind.FEED, "feed", section=source.section)]
        case Sitemap():
            return [_link(source.url, Kind.SITEMAP, "sitemap")]
        case Api():
            return [Link(url=page_url(source, 1), kind=Kind.API, section=source.section, rule="source:api")]
        case EPaper():
            return _editions(source, first, last, dated)


def _editions(source: EPaper, first: date, last: date, dated: bool) -> list[Link]:
    """The issues of a window of days, newest first; the entry page where no days are asked for or can be."""
    entry = [_link(source.entry, Kind.EDITION, "entry")] if source.entry and not (dated and source.edition) else []
    if source.edition is None:
        return entry
    days = [last - timedelta(days=back) for back in range((last - first).days + 1)]
    return entry + [_link(day.strftime(source.edition), Kind.EDITION, "edition", day=day.isoformat()) for day in days]


def _is_private(host: str) -> bool:
    """Did the user name a machine of their own network, in so many words? A name never counts as one."""
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return False


def unlisted(url: str) -> Site:
    """A profile for a page of a site that has none: its registrable domain, its sitemaps, the generic way for all else.

    Raises ValueError for what is no http(s) address.
    """
    start = canonical(url)
    if start is None:
        raise ValueError(f"{url!r} is no http(s) address; write e.g. https://www.example.cn/")
    parts = urlsplit(start)
    host, root = parts.hostname or "", f"{parts.scheme}://{parts.netloc}"
    name = "page_" + "_".join(re.findall(r"[a-z0-9]+", host))
    return Site(
        name=name, title=host, home=f"{root}/", domains=(parts.netloc if _is_private(host) else registrable(host),),
        sources=(ListPage(url=start), Sitemap(url=f"{root}/robots.txt"), Sitemap(url=f"{root}/sitemap.xml")),
        private=_is_private(host), delay=0.0 if _is_private(host) else 2.0, note="unlisted: found by the generic way",
    )  # fmt: skip
