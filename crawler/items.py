"""What travels the road: a lease out, a raw page in, one page item on, with its article in it.

No class here knows Scrapy, HTML or SQLite; every room may import this one.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple

_TWIN = re.compile(r"^https?://(?:www\.)?", re.I)
_INDEX = re.compile(r"/(?:index|default)\.(?:s?html?|jhtml|php|aspx?|jsp)$", re.I)


def identity(url: str) -> str:
    """What makes an address the same page: http and https, `www.` and bare host, a folder and its index page are twins.

    The address itself stays as it was found, so that it can be fetched; only its key is taken from here.
    """
    return _INDEX.sub("/", _TWIN.sub("", url))


def public_key(canonical_url: str) -> str:
    """The stable id of a page in permalinks and exports: 80 bits of the SHA-256 of its identity, as 20 hex digits."""
    return hashlib.sha256(identity(canonical_url).encode("utf-8")).hexdigest()[:20]


class Kind(StrEnum):
    """What a page is. A lease carries the kind that is expected; the page item, the kind that was seen."""

    ARTICLE = "article"
    LIST = "list"
    """Channel list, home page, any page whose worth is its links."""
    FEED = "feed"
    SITEMAP = "sitemap"
    EDITION = "edition"
    """One issue or one page (版) of an e-paper."""
    API = "api"
    """A JSON or XML list behind a channel page."""
    GALLERY = "gallery"
    VIDEO = "video"
    STUB = "stub"
    """A tiny page that only sends the reader on, by script or meta refresh."""
    CHALLENGE = "challenge"
    """A guard's page (WAF, captcha, 412): never an article, never a sign that the article is gone."""
    SOFT_404 = "soft404"
    """Status 200, but the text says that the page is not there."""
    LOGIN = "login"
    EMPTY = "empty"
    UNKNOWN = "unknown"


LISTING = frozenset({Kind.LIST, Kind.FEED, Kind.SITEMAP, Kind.EDITION, Kind.API})
"""Kinds whose worth is their links; fetched and read before anything else, so that nothing stays undiscovered."""


class Outcome(StrEnum):
    """How a leased URL ended; exactly one a run."""

    ARCHIVED = "archived"
    UNCHANGED = "unchanged"
    CHANGED = "changed"
    LISTED = "listed"
    PART = "part"
    """A further page of an article that another URL carries."""
    DUPLICATE = "duplicate"
    """The same article under another address of the same site (canonical link or redirect)."""
    GONE = "gone"
    BLOCKED = "blocked"
    DISALLOWED = "disallowed"
    OFFSITE = "offsite"
    UNREADABLE = "unreadable"
    DROPPED = "dropped"
    FAILED = "failed"


@dataclass(slots=True, frozen=True, kw_only=True)
class Link:
    """A URL found on a page, with what the page says of it."""

    url: str
    """Absolute, canonical (`crawler.discovery.canonical`)."""
    kind: Kind = Kind.UNKNOWN
    title: str | None = None
    date: str | None = None
    """ISO date or date-time as the list entry or the URL states it; None when neither does."""
    section: str | None = None
    rule: str = ""
    """The discovery rule that found it: `article_url`, `pager:trs`, `feed` …"""


@dataclass(slots=True, frozen=True, kw_only=True)
class Lease:
    """One URL of the frontier handed to one run, to be settled by exactly one outcome."""

    id: int
    url: str
    site: str
    kind: Kind
    attempts: int = 0
    title: str | None = None
    date: str | None = None
    section: str | None = None
    etag: str | None = None
    last_modified: str | None = None


@dataclass(slots=True, frozen=True, kw_only=True)
class Exchange:
    """One HTTP exchange as it went over the wire, as far as Scrapy lets it be seen; becomes WARC records and a capture row.

    Bodies are before content decoding. Header names are re-cased and chunks are joined by Scrapy, so the header block
    is re-serialised; the warcinfo record says so.
    """

    url: str
    method: str = "GET"
    request_headers: tuple[tuple[bytes, bytes], ...] = ()
    request_body: bytes = b""
    status: int = 200
    headers: tuple[tuple[bytes, bytes], ...] = ()
    body: bytes = b""
    captured_at: str
    """ISO 8601 with offset, when the response was complete."""
    truncated: str | None = None
    """WARC-Truncated reason (`length`, `time`, `disconnect`) or None."""
    ip: str | None = None
    origin: str | None = None
    """Where a copy came from that we did not fetch from its site: a replay address, or a WARC file's with `#offset`."""
    purpose: str = "page"
    """`page`, `redirect`, `retry`, `part`, `robots`, `subresource` (what a page loaded in a browser).

    Status 0 means bytes without HTTP: `resource`, a saved file; `page` or `part`, what a browser drew."""


@dataclass(slots=True, frozen=True, kw_only=True)
class RawPage:
    """The point where live crawl, backfill and replay join: one page's bytes after content decoding."""

    url: str
    """The address that answered (after redirects)."""
    body: bytes
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    """Lower-case names; the first value of each."""
    captured_at: str | None = None
    truncated: str | None = None
    mirrored: bool = False
    """True when the bytes are a bare text or saved file without HTTP evidence."""


@dataclass(slots=True, frozen=True, kw_only=True)
class Provenance:
    """Which rule gave a field its value, and what it beat."""

    rule: str
    alternatives: tuple[tuple[str, str], ...] = ()
    """(rule, value) of the candidates that lost, best first."""


@dataclass(slots=True, frozen=True, kw_only=True)
class Editor:
    """One link of the checking chain (责任编辑, 校对, 审核, 一审 …)."""

    name: str
    role: str
    """The label as it stands on the page, without colon and blanks: `责任编辑`."""


@dataclass(slots=True, frozen=True, kw_only=True)
class Image:
    """An image that belongs to the article."""

    url: str
    caption: str | None = None


@dataclass(slots=True, kw_only=True)
class Block:
    """One piece of the body in reading order; the body is the text of its blocks, one a line."""

    kind: str
    """`p`, `h` (sub-headline), `li`, `quote`, `table`, `image`."""
    text: str = ""
    """Plain text on one line; a table's cells are joined by a tab and its rows by ` / `; an image's caption."""
    rows: list[list[str]] | None = None
    """A table's cells."""
    url: str | None = None
    """An image's absolute address."""
    links: list[tuple[str, str]] = field(default_factory=list)
    """(text, absolute address) of the links inside."""


@dataclass(slots=True, kw_only=True)
class Article:
    """One article: what extraction reads; the pipelines clean it in place and keep what they found in `original`."""

    url: str
    """Canonical address; its hash is the article's public key."""
    title: str | None = None
    kicker: str | None = None
    """引题/肩题, the line set above the headline."""
    subtitle: str | None = None
    """副题, the line below the headline."""
    original_title: str | None = None
    """The headline under which the credited source ran it (原标题：…)."""
    blocks: list[Block] = field(default_factory=list)
    """The body as structure; images and captions stand here and not in `body`."""
    body: str = ""
    """Plain text, one paragraph a line."""
    published: str | None = None
    """ISO 8601: with +08:00 when a time of day is known, else the bare date. Never invented."""
    published_precision: str | None = None
    """`second`, `minute`, `day` or None."""
    updated: str | None = None
    source: str | None = None
    """来源: the outlet the page credits."""
    reporters: list[str] = field(default_factory=list)
    correspondents: list[str] = field(default_factory=list)
    photographers: list[str] = field(default_factory=list)
    editors: list[Editor] = field(default_factory=list)
    keywords: list[str] = field(default_factory=list)
    section: list[str] = field(default_factory=list)
    """Breadcrumb without home and 正文."""
    sponsor: str | None = None
    """主办, the body that runs the site, where the page states it."""
    page_number: str | None = None
    """版次 of an e-paper article, as printed: `01`, `A02`."""
    page_name: str | None = None
    """版名: 要闻."""
    images: list[Image] = field(default_factory=list)
    label_lines: list[str] = field(default_factory=list)
    """Lines of the article text that were read as labels and taken off the body, as they stand: `責(zé)任編輯:張三`."""
    parts: list[str] = field(default_factory=list)
    """Addresses of the further pages that were stitched in, in order."""
    provenance: dict[str, Provenance] = field(default_factory=dict)

    # What the pipelines add.
    original: dict[str, Any] = field(default_factory=dict)
    """Field values as extraction gave them, for every field that cleaning changed, and always `body`."""
    script: str | None = None
    """`hans`, `hant`, `hant-tw`, `hant-hk`, `mixed`, or None for text without Han."""
    counts: dict[str, int] = field(default_factory=dict)
    """What normalisation changed: `readings`, `inserted_commas`, `script`, `punctuation` …"""
    noise: str | None = None
    """`polluted`, `spun`, `damaged` … or None; a facet."""
    account: list[Any] = field(default_factory=list)
    """Every change made to the body, enough to rebuild `original['body']` (`pipelines.text.account`)."""
    region_code: str | None = None
    region: str | None = None
    region_rule: str | None = None
    digest: str | None = None
    """SHA-256 of the normalised title and body: equal digests mean no new version."""
    fingerprint: bytes | None = None
    """MinHash of the normalised Han text (`pipelines.text.fingerprint`)."""


class Candidate(NamedTuple):
    """One text of a page that may be furniture: what stands on page after page of a site and is no article's own."""

    template: str
    """Shape of the page's address: a site has several generations of pages."""
    key: str
    sample: str
    """The text as it stood, cut short, for people who look at what was learned."""


@dataclass(slots=True, kw_only=True)
class Page:
    """The one item every leased URL turns into: outcome, article or none, and all that was found and captured."""

    url: str
    """The leased address."""
    outcome: Outcome
    """As far as reading can say; the archive turns `archived` into `unchanged` or `changed` where it knows the page."""
    reason: str | None = None
    """What a dropped, failed, blocked or refused page suffered from, one word or `word: detail`."""
    site: str | None = None
    site_region: str | None = None
    """GB/T 2260 code of the place the site speaks for, from its profile."""
    kind: Kind = Kind.UNKNOWN
    lease: Lease | None = None
    final_url: str | None = None
    status: int | None = None
    charset: str | None = None
    replaced: int = 0
    """Replacement characters that decoding left."""
    article: Article | None = None
    links: list[Link] = field(default_factory=list)
    refused: dict[str, int] = field(default_factory=dict)
    """Links not followed, by reason."""
    next_part: str | None = None
    """Address of the article's next page, while its parts are being gathered."""
    furniture: list[Candidate] = field(default_factory=list)
    """What the article page offers as furniture; the archive counts it."""
    exchanges: list[Exchange] = field(default_factory=list)
    captured_at: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    passed: list[str] = field(default_factory=list)
    """Names of the pipeline stages this page has been through; a stage never runs twice on a page."""
