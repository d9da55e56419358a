"""The vocabulary of site profiles: inert data, checked when it is built.

A profile states facts about a site and nothing else: it opens no file, compiles nothing at crawl time and knows no
Scrapy. What a fact's source does not say stays at its default, which means "unknown" or "the generic way".
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import time
from urllib.parse import urlsplit

PLATFORMS: frozenset[str] = frozenset(
    {
        "trs", "enorth", "founder-web", "founder-old", "founder-new", "founder-variant", "joyhua", "page01",
        "szbz", "uniflows", "shtml", "nbs", "qpaper", "ymd001", "ymmdd", "people", "xinhua", "hanweb", "ucap", "gkmlpt",
        "jeecms", "vsb", "discuz", "dedecms", "phpcms", "powereasy", "columns-uuid", "json", "aspnet",
    }
)  # fmt: skip
"""CMS families by their field names; what each does stands in `platforms.py`."""

KINDS = ("web", "epaper")


HOURS = re.compile(r"((?:[01]\d|2[0-3]):[0-5]\d)-((?:[01]\d|2[0-3]):[0-5]\d)")


class ProfileError(ValueError):
    """A profile contradicts itself; raised where it is built, with the site's name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    """A channel list."""

    url: str
    section: str | None = None
    pages: str | None = None
    """Address of a further page with `{}` for its number, where the pager cannot be read from the page itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """RSS or Atom."""

    url: str
    section: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitemap:
    """XML sitemap, sitemap index or news sitemap, also gzipped."""

    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EPaper:
    """A digital newspaper."""

    entry: str | None = None
    """Page that leads to the current issue."""
    edition: str | None = None
    """Address of an issue by its day, with strftime fields: `http://…/html/%Y-%m/%d/node_2.htm`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Api:
    """A JSON or XML list behind a channel page."""

    url: str
    """With `{}` for the page number, where it has pages."""
    method: str = "GET"
    body: str | None = None
    items: str | None = None
    """JMESPath to the list of records."""
    link: str | None = None
    """JMESPath inside a record to the article's address, or an address with such paths in braces: `https://a.cn/page?n={id}`."""
    title: str | None = None
    date: str | None = None
    section: str | None = None


Source = ListPage | Feed | Sitemap | EPaper | Api


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Where one generation of a site's article pages keeps things; chosen by URL shape, because old pages keep old templates.

    Selectors are XPath, or CSS after `css:`. All are optional: the generic way fills what a layout leaves out.
    """

    url: str = ""
    """Regex an article's address must match for this layout; empty matches all."""
    until: str | None = None
    """Last day (ISO) this generation was in use, where known."""
    body: str | None = None
    title: str | None = None
    published: str | None = None
    source: str | None = None
    reporters: str | None = None
    editors: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """One news site or e-paper."""

    name: str
    """`<province>_<site>` in ASCII, the spider's name: `hebei_hebnews`."""
    title: str
    region: str = ""
    """GB/T 2260 code of the place the site speaks for: `130200`; empty for none."""
    kind: str = "web"
    home: str = ""
    domains: tuple[str, ...] = ()
    """Registrable domains or hosts the crawl stays inside; sub-domains included."""
    mirrors: tuple[str, ...] = ()
    """Hosts of `domains` that serve, path for path, what the host of `home` serves. Others are found by their texts."""
    sources: tuple[Source, ...] = ()
    article_url: tuple[str, ...] = ()
    """Regexes searched in a URL: any match makes it an article. Empty: by the generic URL shapes."""
    platform: str | None = None
    charset: str | None = None
    """Only where the site's own declaration is known to be wrong."""
    layouts: tuple[Layout, ...] = ()
    every: str = "6h"
    """How often a crawl is due: `30m`, `6h`, `1d`."""
    delay: float = 2.0
    """Seconds between requests to one host."""
    concurrency: int = 1
    """Requests under way to one host."""
    hours: str = ""
    """Hours of the day, Beijing time, in which the site may be asked: `22:00-06:00`; empty for always."""
    budget: int = 0
    """Requests a day over all runs; 0 for no limit."""
    tls: str = "strict"
    """`strict`; `unverified` accepts any certificate; `legacy` also old protocol versions and ciphers.
    Relaxing is logged and recorded."""
    private: bool = False
    """The site lives on a private or loopback address (the sample site); no other request may reach one."""
    render: bool = False
    """Pages must be drawn by a browser: only where no JSON list (`Api`) or address behind them is known."""
    note: str = ""
    facts: str = ""
    """Where the facts come from: repository and path, or `public source file`."""
    as_of: str = ""
    """When that source knew it: `2026-07`."""
    verified: str = ""
    """Day of the last live check by someone with internet; empty until then."""
    examples: tuple[str, ...] = field(default=())
    """Article addresses seen in sources."""

    def __post_init__(self) -> None:
        def wrong(what: str) -> ProfileError:
            return ProfileError(f"site {self.name!r}: {what}")

        if not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", self.name):
            raise wrong("name must be lower-case ASCII words joined by underscores")
        if self.region and not re.fullmatch(r"\d{6}", self.region):
            raise wrong(f"region {self.region!r} is no six-digit GB/T 2260 code")
        if self.kind not in KINDS:
            raise wrong(f"kind {self.kind!r} is none of {KINDS}")
        if self.platform is not None and self.platform not in PLATFORMS:
            raise wrong(f"platform {self.platform!r} is unknown; see PLATFORMS in crawler/sites/profile.py")
        if self.hours and not HOURS.fullmatch(self.hours):
            raise wrong(f"hours {self.hours!r} are no window such as 22:00-06:00")
        if self.tls not in ("strict", "unverified", "legacy"):
            raise wrong(f"tls {self.tls!r} is none of strict, unverified, legacy")
        if not re.fullmatch(r"\d+[mhd]", self.every):
            raise wrong(f"every {self.every!r} is no interval such as 30m, 6h, 1d")
        if not (self.home or self.sources):
            raise wrong("needs a home or a source")
        if not self.domains:
            raise wrong("needs the domains it stays inside")
        if self.mirrors and not self.home:
            raise wrong("has mirrors and no home that they are mirrors of")
        for host in self.mirrors:
            if urlsplit(f"http://{host}/").netloc != host:
                raise wrong(f"mirror {host!r} is no host; write it without http:// and path")
        for pattern in (*self.article_url, *(layout.url for layout in self.layouts)):
            try:
                re.compile(pattern)
            except re.error as error:
                raise wrong(f"pattern {pattern!r} is no regex: {error}") from error
        for url in filter(None, (self.home, *(getattr(source, "url", None) for source in self.sources))):
            if urlsplit(url).scheme not in ("http", "https"):
                raise wrong(f"{url!r} is no http(s) address")

    def open_at(self, moment: time) -> bool:
        """Whether the site may be asked at this time of day; a window may cross midnight."""
        match = HOURS.fullmatch(self.hours)
        if match is None:
            return True
        first, last = (time.fromisoformat(edge) for edge in match.groups())
        return first <= moment < last if first <= last else moment >= first or moment < last
