"""CDX server APIs: Common Crawl's index, the Wayback Machine's, pywb's. Questions to ask, answers read; nothing is fetched here.

The three share parameter names (`url`, `matchType`, `from`, `to`, `output=json`, `page`, `showNumPages`) and differ in their
answers: Wayback gives a JSON table with a header row, the others one JSON object a line (Common Crawl with `mime-detected`,
pywb with a collection's own file names). Sources: iipc/openwayback wiki and webrecorder/pywb docs, "CDX Server API".
"""

from __future__ import annotations

import ipaddress
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlencode, urlsplit

from crawler.clock import stamp

_NAMES = {"original": "url", "mimetype": "mime", "statuscode": "status"}
_PAGE_TYPES = re.compile(r"^(?:text/html|application/xhtml\+xml|unk|-|)$", re.I)
COMMON_CRAWL = "index.commoncrawl.org"
COMMON_CRAWL_FILES = "https://data.commoncrawl.org/"


class CdxError(ValueError):
    """The server's answer is no CDX answer; the message is one sentence with its address."""


@dataclass(slots=True, frozen=True, kw_only=True)
class Snapshot:
    """One capture that a CDX server knows."""

    url: str
    timestamp: str
    """14 digits, UTC."""
    status: str = ""
    mime: str = ""
    digest: str = ""
    """SHA-1 in base 32, without `sha1:`."""
    filename: str | None = None
    offset: int | None = None
    length: int | None = None

    @property
    def at(self) -> str:
        """The capture's own time as the archive writes it."""
        return stamp(datetime.strptime(self.timestamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC))

    @property
    def is_page(self) -> bool:
        """A page that answered, not a redirect, a picture or a revisit record without a body."""
        return self.status in ("200", "-", "") and bool(_PAGE_TYPES.match(self.mime))


def question(server: str, domain: str, since: str | None, until: str | None, **more: str) -> str:
    """The address that asks for all captures of a domain and its sub-domains; days are ISO and those of the capture."""
    return _ask(server, {"url": domain, "matchType": "host" if _is_one_host(domain) else "domain", **_span(since, until), **more})


def exact_question(server: str, url: str, timestamp: str) -> str:
    """The address that asks for captures of one page around a moment: further parts of an article."""
    return _ask(server, {"url": url, "matchType": "exact", "closest": timestamp, "limit": "20"})


def _ask(server: str, parameters: dict[str, str]) -> str:
    return f"{server}{'&' if '?' in server else '?'}{urlencode({**parameters, 'output': 'json'})}"


def _span(since: str | None, until: str | None) -> dict[str, str]:
    """Days of an index are UTC, and a Beijing day begins on the day before."""
    span = {"from": (date.fromisoformat(since) - timedelta(days=1)).strftime("%Y%m%d")} if since else {}
    return span | ({"to": until.replace("-", "")} if until else {})


def _is_one_host(domain: str) -> bool:
    """An IP address or a host with a port has no sub-domains."""
    try:
        return bool(":" in domain or ipaddress.ip_address(domain))
    except ValueError:
        return False


def number_of_pages(text: str) -> int | None:
    """How many pages an answer to `showNumPages=true` promises; None where the server does not count pages."""
    text = text.strip()
    if text.isdigit():
        return int(text)
    try:
        pages = json.loads(text)
    except ValueError:
        return None
    return int(pages["pages"]) if isinstance(pages, dict) and str(pages.get("pages", "")).isdigit() else None


def snapshots(text: str, server: str) -> Iterator[Snapshot]:
    """The captures in an answer, in its order. Raises CdxError for what is no CDX answer."""
    for record in _records(text.strip(), server):
        snapshot = _snapshot({_NAMES.get(name, name): value for name, value in record.items()})
        if snapshot is not None:
            yield snapshot


def _records(text: str, server: str) -> list[dict[str, str]]:
    if text.startswith("["):
        rows = json.loads(text)
        return [dict(zip(rows[0], row, strict=False)) for row in rows[1:] if row]
    return [_record(line, server) for line in text.splitlines() if line.strip()]


def _record(line: str, server: str) -> dict[str, str]:
    """One line of JSON, also behind the key and timestamp of a CDXJ line."""
    start = line.find("{")
    try:
        record = json.loads(line[start:])
        if not isinstance(record, dict) or start < 0:
            raise ValueError
    except ValueError:
        raise CdxError(f"{server} does not answer like a CDX server ({line[:60]!r}); give the address of its CDX API") from None
    key = line[:start].split()
    return {**record, "timestamp": record.get("timestamp") or (key[1] if len(key) > 1 else "")}


def _snapshot(record: dict[str, str]) -> Snapshot | None:
    url, timestamp = record.get("url", ""), record.get("timestamp", "")
    if not url or not re.fullmatch(r"\d{14}", timestamp):
        return None
    offset, length = (int(record[name]) if str(record.get(name, "")).isdigit() else None for name in ("offset", "length"))
    return Snapshot(
        url=url, timestamp=timestamp, status=record.get("status", ""), mime=record.get("mime", ""),
        digest=record.get("digest", "").removeprefix("sha1:"), filename=record.get("filename"), offset=offset, length=length,
    )  # fmt: skip


def replay_base(server: str) -> str | None:
    """Where the captures behind a CDX address are replayed: `…/web/` for Wayback, `…/COLL/` for pywb, None where nowhere."""
    parts = urlsplit(server)
    if parts.hostname == COMMON_CRAWL:
        return None
    root = f"{parts.scheme}://{parts.netloc}"
    if re.search(r"/cdx/search(?:/cdx)?/?$", parts.path):
        return f"{root}{parts.path.partition('/cdx/')[0]}/web/"
    found = re.fullmatch(r"(.*/)cdx/?", parts.path)
    return root + found.group(1) if found else None
