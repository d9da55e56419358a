"""The links of one page as they are found: each page once, each refusal counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import urlsplit

from crawler.discovery.anchors import Anchor
from crawler.discovery.parts import first_part
from crawler.discovery.scope import inside, registrable
from crawler.discovery.shapes import is_asset
from crawler.discovery.traps import trap
from crawler.items import Kind, Link, RawPage, identity
from crawler.sites.profile import Site

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
class Gathering:
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
        section = (
            self.section if kind not in (Kind.LIST, Kind.API) or rule.startswith("pager") else channel_name(title) or self.section
        )
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


def newest_entry(links: Iterable[Link]) -> str | None:
    """The day of the newest dated article of a list: a run from new to old brings nothing newer on its next page."""
    return max((link.date[:10] for link in links if link.date and link.kind is Kind.ARTICLE), default=None)


def _host(url: str) -> str:
    return urlsplit(url).hostname or ""


def channel_name(title: str | None) -> str | None:
    """A channel link's text as the section of what stands in it: 要闻, not a headline or 更多."""
    return (
        title if title and 2 <= len(title) <= CHANNEL and title.strip(">»…. ") not in ("更多", "首页", "more", "MORE") else None
    )
