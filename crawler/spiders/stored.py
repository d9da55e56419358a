"""Stored pages read back: WARC, WACZ, saved HTML and bare text, each to a raw page with its evidence.

Nothing here trusts a file: sizes are bounded, names inside archives are never opened as paths.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from crawler.clock import CHINA, stamp
from crawler.items import Exchange, RawPage
from crawler.middlewares.decoding import Undecodable, decode, encodings_of

HTML = frozenset({".html", ".htm", ".shtml", ".xhtml"})
TEXT = frozenset({".txt"})
WARC = (".warc", ".warc.gz")
WACZ = (".wacz",)
LONGEST = 32 * 1024 * 1024
"""Bytes of one page, encoded and decoded; as DOWNLOAD_MAXSIZE."""
PAGE_TYPES = re.compile(r"^(text/(html|plain|xml)|application/(xhtml\+xml|xml|rss\+xml|atom\+xml|json))\b|^$", re.I)
"""Media types that can be a page; images, styles and scripts of a crawl are no pages."""
OWN_ADDRESS = re.compile(
    rb"""<(?:link[^>]+rel=["']?canonical["']?[^>]+href|meta[^>]+property=["']?og:url["']?[^>]+content)=["']?(https?://[^"'\s>]+)""",
    re.I,
)
"""`<link rel="canonical" href="http://www.hebnews.cn/…">`: what a saved page says of its own address."""


class Unreadable(ValueError):
    """The file cannot be read as what its name says; the message is one sentence with the path."""


@dataclass(slots=True, frozen=True)
class Stored:
    """One stored page."""

    path: Path
    raw: RawPage
    exchange: Exchange
    broken: str | None = None
    """Why the content encoding could not be undone."""


def files_under(paths: list[Path]) -> Iterator[Path]:
    """The files themselves, and what is readable below the folders among them, in name order. Raises Unreadable."""
    for path in paths:
        if path.is_dir():
            yield from sorted(file for file in path.rglob("*") if file.is_file() and is_known(file))
        elif path.exists():
            yield path
        else:
            raise Unreadable(f"{path}: there is no such file")


def is_known(path: Path) -> bool:
    return path.suffix.lower() in HTML | TEXT or path.name.lower().endswith(WARC + WACZ)


def stored_pages(path: Path, url: str | None = None) -> Iterator[Stored]:
    """Every page in one file; `url` is the address of a saved page. Raises Unreadable."""
    name = path.name.lower()
    try:
        if name.endswith(WARC):
            with path.open("rb") as stream:
                yield from warc_pages(path, stream)
        elif name.endswith(WACZ):
            yield from wacz_pages(path)
        elif path.suffix.lower() in HTML | TEXT:
            yield saved_page(path, url)
        else:
            raise Unreadable(f"{path}: its name ends in none of .html .htm .shtml .xhtml .txt .warc .warc.gz .wacz")
    except OSError as error:
        raise Unreadable(f"{path}: {error.strerror or error}") from error


def saved_page(path: Path, url: str | None) -> Stored:
    """A file as somebody saved it: no HTTP evidence, its time is the file's own."""
    if path.stat().st_size > LONGEST:
        raise Unreadable(f"{path}: longer than {LONGEST} bytes, so it is no page")
    body = path.read_bytes()
    if not body.strip():
        raise Unreadable(f"{path}: the file is empty")
    text = path.suffix.lower() in TEXT
    own = None if text else OWN_ADDRESS.search(body[:65536])
    address = url or (own[1].decode("ascii", "replace") if own else f"urn:sha256:{hashlib.sha256(body).hexdigest()}")
    media = "text/plain" if text else "text/html"
    at = stamp(datetime.fromtimestamp(path.stat().st_mtime, CHINA))
    raw = RawPage(url=address, body=body, headers={"content-type": media}, captured_at=at, mirrored=True)
    headers = ((b"Content-Type", media.encode()),)
    return Stored(path, raw, Exchange(url=address, status=0, headers=headers, body=body, captured_at=at, purpose="resource"))


def wacz_pages(path: Path) -> Iterator[Stored]:
    """A WACZ is a zip whose `archive/` holds WARC files."""
    from zipfile import BadZipFile, ZipFile

    try:
        with ZipFile(path) as package:
            names = [name for name in package.namelist() if name.startswith("archive/") and name.endswith(WARC)]
            if not names:
                raise Unreadable(f"{path}: holds no WARC file under archive/")
            for name in names:
                with package.open(name) as stream:
                    yield from warc_pages(path, stream)
    except BadZipFile as error:
        raise Unreadable(f"{path}: no WACZ package ({error})") from error


def warc_pages(path: Path, stream: IO[bytes]) -> Iterator[Stored]:
    """The pages among a WARC file's response and resource records."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    try:
        for record in ArchiveIterator(stream):
            page = warc_page(path, record) if record.rec_type in ("response", "resource") else None
            if page is not None:
                yield page
    except (ArchiveLoadFailed, EOFError, ValueError, UnicodeError) as error:
        if isinstance(error, Unreadable):
            raise
        raise Unreadable(f"{path}: no readable WARC file, or torn after its last whole record ({error})") from error


def warc_page(path: Path, record: Any) -> Stored | None:
    """One record as a page; None for redirects and for what is no page."""
    url = record.rec_headers.get_header("WARC-Target-URI", "").strip("<>")
    if not url.startswith(("http://", "https://")):
        return None
    pairs = record.http_headers.headers if record.http_headers else [("Content-Type", record.content_type or "")]
    headers: dict[str, str] = {}
    for name, value in pairs:
        headers.setdefault(name.lower(), value)
    status = int(record.http_headers.get_statuscode() or 200) if record.http_headers else 200
    if 300 <= status < 400 or not PAGE_TYPES.match(headers.get("content-type", "")):
        return None
    body = record.raw_stream.read(LONGEST)
    if headers.get("transfer-encoding", "").lower() == "chunked":
        from warcio.bufferedreaders import ChunkedDataReader

        body = ChunkedDataReader(BytesIO(body)).read()
    at = capture_time(record.rec_headers.get_header("WARC-Date", ""))
    truncated = record.rec_headers.get_header("WARC-Truncated")
    exchange = Exchange(
        url=url, status=status if record.http_headers else 0, body=body, captured_at=at, truncated=truncated,
        headers=tuple((n.encode("latin-1", "replace"), v.encode("latin-1", "replace")) for n, v in pairs
                      if n.lower() != "transfer-encoding"),
        ip=record.rec_headers.get_header("WARC-IP-Address"), purpose="page" if record.http_headers else "resource",
    )  # fmt: skip
    broken, encodings = None, encodings_of([headers.get("content-encoding", "").encode("latin-1", "replace")])
    try:
        body = decode(body, encodings, LONGEST)
    except Undecodable as error:
        body, broken = b"", str(error)
    return Stored(path, RawPage(url=url, body=body, status=status, headers=headers, captured_at=at, truncated=truncated),
                  exchange, broken)  # fmt: skip


def capture_time(warc_date: str) -> str:
    """WARC-Date (UTC, `2018-09-07T01:41:29Z`, fractions allowed) as our stamp; the present where it cannot be read."""
    try:
        moment = datetime.fromisoformat(warc_date.replace("Z", "+00:00"))
    except ValueError:
        return stamp()
    return stamp(moment if moment.tzinfo else moment.replace(tzinfo=UTC))


def site_of(url: str) -> Any:
    """The profile whose domains hold the address, or None."""
    from crawler.discovery import inside
    from crawler.sites import all_sites

    if not url.startswith(("http://", "https://")):
        return None
    return next((site for site in all_sites().values() if inside(url, site)), None)
