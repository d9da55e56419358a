"""Scrapy's scheduler over the archive's frontier: leases out, continuations of held leases in between.

No queue of its own: what is to be fetched stands in the ledger on disk, and memory holds one batch of leases.
"""

from __future__ import annotations

import logging
from collections import deque
from time import monotonic
from typing import TYPE_CHECKING, Any

from scrapy import Request, signals

from crawler.clock import stamp
from crawler.discovery import ApiCall, api_call
from crawler.items import Kind, Lease
from crawler.scheduler.run import RunScheduler
from pipelines.archive import ArchiveError, frontier, furniture, health, mirrors, sites, traffic
from pipelines.store import give_up

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from crawler.sites.profile import Site
    from crawler.spiders.news import NewsSpider

logger = logging.getLogger(__name__)

BATCH = 64
"""Leases held in memory at once; what a run that dies has to give back. Taking them may have to wait for a commit."""
COUNTED = 2.0
"""Seconds between two looks at how long the queue is."""
LONGEST_TAG = 1024
"""Characters of an ETag that is sent back; a server that sends longer ones is not honest."""


class FrontierScheduler(RunScheduler):
    """Scrapy's SCHEDULER for crawls."""

    def __init__(self, crawler: Crawler):
        super().__init__(crawler)
        self.ready: deque[Lease] = deque()
        self.continued: deque[Request] = deque()
        self.dry = False
        self.left: int | None = None
        self.counted = 0.0
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

    def judge(self) -> None:
        """What is not as it was with the site, from the very run that showed it."""
        self.stat("archive/signs", health.note(self.db, self.spider.site.name, self.spider.site.every))

    def count_queue(self) -> None:
        """How much is left to do, for the progress line and the end."""
        self.counted = monotonic()
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
            try:
                self._refill()
            except ArchiveError as error:
                self.left = 0  # nothing more is leased
                give_up(self.crawler, error)
        return self._request(self.ready.popleft()) if self.ready else None

    def _refill(self) -> None:
        count = BATCH if self.left is None else min(BATCH, self.left)
        if count:
            leases = frontier.lease(self.db, self.run, self.spider.site.name, count, **self._filters())
            self.ready.extend(leases)
            if self.left is not None:
                self.left -= len(leases)
            if monotonic() > self.counted + COUNTED:
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
