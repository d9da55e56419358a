"""Past captures of a site out of a CDX server, through the road of stored pages: the spider behind `scrapy backfill`."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scrapy import Request

from crawler.discovery import canonical, first_part, inside, kind_of_url
from crawler.discovery.cdx import CdxError, Snapshot, exact_question, number_of_pages, question, snapshots
from crawler.items import Exchange, Kind, Page, RawPage
from crawler.middlewares.errors import DOWNLOAD_ERRORS, judge_failure
from crawler.reading import read
from crawler.spiders.judging import raw_page, settle
from crawler.spiders.replay import ReplaySpider
from crawler.spiders.stored import Unreadable, warc_pages

if TYPE_CHECKING:
    from scrapy.http import Response

    from crawler.sites.profile import Site

PARTS = 50
ARCHIVED = b"x-archive-orig-"
"""Prefix under which the Wayback Machine repeats a capture's own headers."""
REPLAY_HEADERS = frozenset({b"memento-datetime", b"link", b"date", b"preference-applied", b"vary", b"x-wb-cache"})
"""What a replay server says of itself."""


class BackfillSpider(ReplaySpider):
    """Asks the index, leaves out what is no article and what the archive has, and fetches the rest one by one.

    `site` is the archive service (its address is what politeness and guard are about), `target` the site whose past is wanted.
    `warcs` is the folder of WARC files that index entries point into, `replay` the address captures are replayed under.
    """

    site: Site  # type: ignore[assignment]
    target: Site

    def __init__(self, server: str, since: str | None = None, until: str | None = None, limit: int | None = None,
                 replay: str | None = None, warcs: str | None = None, **arguments: Any):  # fmt: skip
        super().__init__(paths=[], **arguments)
        self.server, self.since, self.until, self.limit = server, since, until, limit
        self.replay, self.warcs = replay, warcs
        self.known: Callable[[str, str], bool] = lambda url, at: False
        self.counts: Counter[str] = Counter()

    @classmethod
    def update_settings(cls, settings: Any) -> None:
        super().update_settings(settings)
        settings.set("DOWNLOAD_DELAY", cls.site.delay, priority="spider")
        if contact := settings["CONTACT"]:
            settings.set("USER_AGENT", f"{settings['USER_AGENT']} (+{contact})", priority="spider")

    async def start(self) -> AsyncIterator[Page]:
        try:
            async for snapshot in self.wanted():
                if self.limit is not None and self.counts["fetched"] >= self.limit:
                    return
                page = await self.capture(snapshot)
                if page is not None:
                    await self.room.acquire()
                    yield page
        except CdxError as error:
            self.unreadable.append(str(error))
        except DOWNLOAD_ERRORS as error:
            self.unreadable.append(f"{self.server} cannot be asked: {judge_failure(error)[1]}")

    async def wanted(self) -> AsyncIterator[Snapshot]:
        """Captures to fetch: articles of the site that answered, each content of an address once, none that is known."""
        contents = set()
        async for snapshot in self.listed():
            url = canonical(snapshot.url)
            self.counts["listed"] += 1
            if not (self.since or "") <= snapshot.at[:10] <= (self.until or "9999"):
                self.counts["other day"] += 1
            elif url is None or not inside(url, self.target) or not snapshot.is_page:
                self.counts["no page"] += 1
            elif kind_of_url(url, self.target) is not Kind.ARTICLE:
                self.counts["no article"] += 1
            elif first_part(url) != url:
                self.counts["part"] += 1  # comes with its first page
            elif snapshot.digest and (url, snapshot.digest) in contents:
                self.counts["same content"] += 1
            else:
                contents.add((url, snapshot.digest))
                if self.known(url, snapshot.at):
                    self.counts["known"] += 1
                else:
                    yield snapshot

    async def listed(self) -> AsyncIterator[Snapshot]:
        """Everything the index holds of the site's domains, page by page."""
        for domain in self.target.domains:
            ask = question(self.server, domain, self.since, self.until)
            answer = await self.ask(ask + "&showNumPages=true", counting=True)
            pages = number_of_pages(answer)
            if pages is None:
                # A server that does not count pages gives everything at once, often to this very question.
                for snapshot in snapshots(answer or await self.ask(ask), self.server):
                    yield snapshot
            for number in range(pages or 0):
                for snapshot in snapshots(await self.ask(f"{ask}&page={number}"), self.server):
                    yield snapshot

    async def ask(self, url: str, counting: bool = False) -> str:
        """An index's answer; empty where it has none (Common Crawl says 404). Raises CdxError."""
        response = await self.download(Request(url))
        if response.status == 404 or (counting and response.status >= 400):
            return ""
        if response.status != 200 or "truncated" in response.flags:
            raise CdxError(f"{url} answers with status {response.status}; try again later or ask for fewer days")
        return response.body.decode("utf-8", "replace")

    async def download(self, request: Request) -> Response:
        meta = {"exchanges": [], "download_maxsize": 0, "backfill": True}
        return await self.crawler.engine.download_async(request.replace(meta=meta, dont_filter=True))

    async def capture(self, snapshot: Snapshot) -> Page | None:
        """The page item of one capture; None, counted, where its bytes cannot be had."""
        try:
            page = await self.read(snapshot)
            parts: list[Page] = []
            while page.article and (url := (parts[-1] if parts else page).next_part) and len(parts) < PARTS:
                part = await self.part(url, snapshot)
                if part is None or part.article is None:
                    self.counts["part missing"] += 1
                    return None
                parts.append(part)
        except (Unreadable, *DOWNLOAD_ERRORS) as error:
            self.counts["not fetched"] += 1
            self.logger.warning("%s of %s: %s", snapshot.url, snapshot.timestamp, error)
            return None
        if parts and page.article:
            from crawler.extraction import stitch

            stitch(page.article, [part.article for part in parts if part.article])
            page.exchanges += [exchange for part in parts for exchange in part.exchanges]
        self.counts["fetched"] += 1
        return page

    async def part(self, url: str, snapshot: Snapshot) -> Page | None:
        """The capture of an article's further page that is nearest in time."""
        answer = await self.ask(exact_question(self.server, url, snapshot.timestamp))
        found = [one for one in snapshots(answer, self.server) if one.is_page and canonical(one.url) == canonical(url)]
        if not found:
            return None
        nearest = min(found, key=lambda one: abs(int(one.timestamp) - int(snapshot.timestamp)))
        page = await self.read(nearest)
        page.exchanges = [replace(exchange, purpose="part") for exchange in page.exchanges]
        return page

    async def read(self, snapshot: Snapshot) -> Page:
        """One capture's bytes to its page item. Its links stay where they are: they lead into the past."""
        ranged = self.warcs and snapshot.filename and snapshot.offset is not None and snapshot.length
        raw, exchange, broken = await (self.from_warc(snapshot) if ranged else self.from_replay(snapshot))
        if snapshot.digest and digest(exchange.body) != snapshot.digest and digest(raw.body) != snapshot.digest:
            self.counts["other digest"] += 1
        page = settle(read(raw, site=self.target, furniture=self.furniture(self.target.name)), raw, broken)
        page.url, page.site, page.links, page.exchanges = (
            canonical(snapshot.url) or snapshot.url,
            self.target.name,
            [],
            [exchange],
        )
        return page

    async def from_warc(self, snapshot: Snapshot) -> tuple[RawPage, Exchange, str | None]:
        """The record itself, cut out of its WARC file by a range request."""
        first, source = snapshot.offset or 0, f"{self.warcs}{snapshot.filename}"
        request = Request(source, headers={"Range": f"bytes={first}-{first + (snapshot.length or 0) - 1}"})
        response = await self.download(request)
        if response.status not in (200, 206) or (response.status == 200 and len(response.body) > (snapshot.length or 0)):
            raise Unreadable(f"{source}: status {response.status} to a range request")
        stored = next(warc_pages(Path(snapshot.filename or ""), BytesIO(response.body)), None)
        if stored is None:
            raise Unreadable(f"{source}: no page at offset {first}")
        return stored.raw, replace(stored.exchange, origin=f"{source}#{first}"), stored.broken

    async def from_replay(self, snapshot: Snapshot) -> tuple[RawPage, Exchange, str | None]:
        """The capture as it was sent (`id_`), with its own headers as far as the replay server repeats them."""
        source = f"{self.replay}{snapshot.timestamp}id_/{snapshot.url}"
        response = await self.download(Request(source))
        if response.status != 200:
            raise Unreadable(f"{source}: status {response.status}")
        (sent,) = response.meta["exchanges"][-1:]
        headers = original_headers(sent.headers)
        exchange = replace(
            sent,
            url=snapshot.url,
            request_headers=(),
            headers=headers,
            captured_at=snapshot.at,
            ip=None,
            purpose="page",
            origin=source,
        )
        plain = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in reversed(headers)}
        raw = replace(raw_page(response), url=snapshot.url, headers=plain, captured_at=snapshot.at)
        return raw, exchange, response.meta.get("undecodable")


def original_headers(headers: tuple[tuple[bytes, bytes], ...]) -> tuple[tuple[bytes, bytes], ...]:
    """The capture's own headers in a replay's answer: those behind Wayback's prefix, else all but the replay's own."""
    own = tuple((name[len(ARCHIVED) :], value) for name, value in headers if name.lower().startswith(ARCHIVED))
    if own:
        content = tuple((n, v) for n, v in headers if n.lower() in (b"content-type", b"content-encoding"))
        return content + tuple((n, v) for n, v in own if n.lower() not in (b"content-type", b"content-encoding"))
    return tuple((name, value) for name, value in headers if name.lower() not in REPLAY_HEADERS)


def digest(body: bytes) -> str:
    """SHA-1 in base 32, as CDX files have it."""
    from base64 import b32encode
    from hashlib import sha1

    return b32encode(sha1(body, usedforsecurity=False).digest()).decode()
