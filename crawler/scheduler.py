"""A thin Scrapy scheduler over the archive's frontier: leases out, continuations of held leases in between.

No queue of its own: what is to be fetched stands in the ledger on disk, and memory holds one batch of leases.
"""

from __future__ import annotations

import logging
from collections import deque
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from scrapy import Request, signals
from scrapy.core.scheduler import BaseScheduler
from scrapy.exceptions import CloseSpider
from scrapy.utils.asyncio import create_looping_call

from crawler.clock import stamp
from crawler.discovery import ApiCall, api_call
from crawler.items import Kind, Lease, public_key
from pipelines.archive import ArchiveError, frontier, furniture, mirrors, open_archive, runs, sites, traffic

if TYPE_CHECKING:
    from typing import Self

    from scrapy.crawler import Crawler
    from scrapy.utils.asyncio import AsyncioLoopingCall
    from twisted.internet.task import LoopingCall

    from crawler.sites.profile import Site
    from crawler.spiders.news import NewsSpider

logger = logging.getLogger(__name__)

BATCH = 32
"""Leases held in memory at once; what a run that dies has to give back."""
HEARTBEAT = 30.0
"""Seconds between two signs of life in the run's row."""
LONGEST_TAG = 1024
"""Characters of an ETag that is sent back; a server that sends longer ones is not honest."""
RECORDED = ("ROBOTSTXT_OBEY", "USER_AGENT", "DOWNLOAD_DELAY", "CONCURRENT_REQUESTS_PER_DOMAIN", "DOWNLOAD_MAXSIZE",
            "DOWNLOAD_TIMEOUT", "DOWNLOAD_VERIFY_CERTIFICATES", "DOWNLOAD_TLS_MIN_VERSION")  # fmt: skip
"""Settings that say how the pages came about; kept with the run."""


class RunScheduler(BaseScheduler):
    """A run's row in the archive: started in `open`, finished in `close`, its counts in the stat `archive/summary`."""

    command = "crawl"

    def __init__(self, crawler: Crawler):
        self.crawler = crawler
        self.beat: AsyncioLoopingCall | LoopingCall | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def open(self, spider: Any) -> None:
        """Raises CloseSpider when the archive cannot be opened; the stat `archive/error` says why."""
        settings, site = self.crawler.settings, spider.site.name if spider.site else None
        try:
            self.db = open_archive(settings["ARCHIVE"])
            recorded = {name: settings[name] for name in RECORDED}
            self.run = runs.start_run(self.db, site=site, command=self.command, settings=recorded)
            self.begin(spider)
        except ArchiveError as error:
            self.stat("archive/error", str(error))
            raise CloseSpider("archive_error") from error
        self.stat("archive/run", self.run)
        self.beat = create_looping_call(self._heartbeat)
        self.beat.start(HEARTBEAT, now=False)

    def close(self, reason: str) -> None:
        if self.beat is None:
            return
        if self.beat.running:
            self.beat.stop()
        try:
            self.end(reason)
            self.stat("archive/summary", runs.finish_run(self.db, self.run, reason, self.counts()))
        except ArchiveError as error:
            self.stat("archive/error", str(error))
        finally:
            self.db.close()

    def begin(self, spider: Any) -> None:
        """What a run does before its first page."""

    def end(self, reason: str) -> None:
        """What a run does after its last page."""

    def counts(self) -> dict[str, int]:
        """What the run cost and what is left, kept in its row and printed with --json."""
        stats = self.crawler.stats
        names = {"requests": "downloader/request_count", "bytes": "downloader/response_bytes", "retries": "retry/count",
                 "queued": "archive/queued", "hints": "hints/compared", "hints_title": "hints/title",
                 "hints_date": "hints/date", "hints_section": "hints/section"}  # fmt: skip
        found = {name: stats.get_value(stat) for name, stat in names.items()} if stats else {}
        return {name: value for name, value in found.items() if value is not None}

    def stat(self, name: str, value: Any) -> None:
        self.crawler.stats.set_value(name, value)

    def _heartbeat(self) -> None:
        try:
            runs.heartbeat(self.db, self.run)
        except ArchiveError as error:
            logger.warning("no sign of life written: %s", error)


class ReplayScheduler(RunScheduler):
    """A run that requests nothing; its pages come out of files."""

    command = "ingest"

    def begin(self, spider: Any) -> None:
        spider.furniture = cache(partial(furniture.known, self.db))

    def has_pending_requests(self) -> bool:
        return False

    def enqueue_request(self, request: Request) -> bool:
        return False

    def next_request(self) -> Request | None:
        return None


class BackfillScheduler(ReplayScheduler):
    """A run whose pages come out of other archives; the spider may ask what this archive has already."""

    command = "backfill"

    def begin(self, spider: Any) -> None:
        super().begin(spider)
        spider.known = self._known

    def _known(self, url: str, at: str) -> bool:
        """Is there a capture of the page at that very second?"""
        second = at[:19]
        row = self.db.conn.execute(
            "SELECT 1 FROM captures WHERE url_id = (SELECT id FROM urls WHERE key = ?) AND at >= ? AND at < ? || '~' LIMIT 1",
            (public_key(url), second, second),
        ).fetchone()
        return row is not None


class FrontierScheduler(RunScheduler):
    """Scrapy's SCHEDULER for crawls."""

    def __init__(self, crawler: Crawler):
        super().__init__(crawler)
        self.ready: deque[Lease] = deque()
        self.continued: deque[Request] = deque()
        self.dry = False
        self.left: int | None = None
        crawler.signals.connect(self._page_stored, signals.item_scraped)

    def begin(self, spider: NewsSpider) -> None:
        self.spider, self.left = spider, spider.limit
        sites.register(self.db, [site_row(spider.site)])
        mirrors.declare(self.db, spider.site.name, spider.site.home, spider.site.mirrors, stamp())
        spider.furniture = furniture.known(self.db, spider.site.name)
        frontier.seed(self.db, spider.site.name, spider.seeds())
        if spider.site.budget:
            self.stat("requests/today", traffic.requests_since(self.db, spider.site.name, stamp()[:10]))

    def end(self, reason: str) -> None:
        frontier.release(self.db, self.run, [lease.id for lease in self.ready])
        frontier.close_leases(self.db, self.run, reason)
        self.count_queue()

    def count_queue(self) -> None:
        """How much is left to do, for the progress line and the end."""
        self.stat("archive/queued", traffic.queued(self.db, self.spider.site.name))

    def has_pending_requests(self) -> bool:
        if self.continued or self.ready:
            return True
        return self.left != 0 and not self.dry and frontier.waiting(self.db, self.spider.site.name, **self._filters())

    def enqueue_request(self, request: Request) -> bool:
        """Takes retries and redirect hops of held leases; nothing else may enter beside the ledger."""
        if "lease" not in request.meta:
            logger.warning("%s: no lease, so it is not fetched", request.url)
            return False
        self.continued.append(request)
        return True

    def next_request(self) -> Request | None:
        if self.continued:
            return self.continued.popleft()
        if not self.ready and not self.dry:
            self._refill()
        return self._request(self.ready.popleft()) if self.ready else None

    def _refill(self) -> None:
        count = BATCH if self.left is None else min(BATCH, self.left)
        if count:
            leases = frontier.lease(self.db, self.run, self.spider.site.name, count, **self._filters())
            self.ready.extend(leases)
            if self.left is not None:
                self.left -= len(leases)
            self.count_queue()
        self.dry = not self.ready

    def _request(self, lease: Lease) -> Request:
        headers = {"If-None-Match": lease.etag, "If-Modified-Since": lease.last_modified}
        call = api_call(lease.url, self.spider.site) if lease.kind is Kind.API else ApiCall(lease.url)
        headers |= dict(call.headers)
        # download_maxsize 0: Scrapy's own limit would throw the body away; middlewares/limits.py cuts and keeps it.
        return Request(
            call.url, method=call.method, body=call.body, dont_filter=True,
            callback=self.spider.parse, errback=self.spider.failed,
            headers={name: value for name, value in headers.items() if value and len(value) < LONGEST_TAG},
            meta={"lease": lease, "exchanges": [], "download_maxsize": 0},
        )  # fmt: skip

    def _page_stored(self) -> None:
        self.dry = False  # its links may be due now

    def _filters(self) -> dict[str, str | None]:
        return {"since": self.spider.since, "until": self.spider.until, "section": self.spider.section}


def site_row(site: Site) -> dict[str, Any]:
    """A profile as a row of the table `sites`."""
    names = ("name", "title", "kind", "home", "platform", "every", "note", "facts", "as_of", "verified")
    return {name: getattr(site, name) or None for name in names} | {"region_code": site.region or None, "domains": site.domains}
