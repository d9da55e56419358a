"""Stored pages into the archive by the road of live ones: the spider behind `scrapy ingest`."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scrapy import Spider, signals

from crawler.items import Page
from crawler.spiders.judging import replayed
from crawler.spiders.stored import Stored, Unreadable, files_under, site_of, stored_pages
from crawler.workers import Job, configured

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from crawler.engine.readers import Reading
    from crawler.extraction.furniture import Known

UNDER_WAY = 200
"""Pages between reading and storing; what keeps memory flat."""


class ReplaySpider(Spider):
    """Yields page items and no request. Arguments: `paths`, `url` for one saved page, `workers` that read."""

    name = "replay"
    site = None
    workers: Reading
    brisk = True
    """Pages come without a pause: writing has a process of its own."""

    def __init__(self, paths: list[Path], url: str | None = None, workers: Reading | None = None, **arguments: Any):
        super().__init__(**arguments)
        self.paths, self.url = paths, url
        if workers is not None:
            self.workers = workers
        self.unreadable: list[str] = []
        self.furniture: Callable[[str | None], Known] = lambda site: frozenset()
        """What the archive knew of a site's furniture, by the site's name, when the run first met the site."""
        self.room = asyncio.Semaphore(UNDER_WAY)

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> ReplaySpider:
        spider = super().from_crawler(crawler, *args, **kwargs)
        for signal in (signals.item_scraped, signals.item_dropped, signals.item_error):
            crawler.signals.connect(spider._page_done, signal)
        if not hasattr(spider, "workers"):
            spider.workers = configured(crawler.settings, others=1)
            spider.brisk = spider.workers.count > 0
        crawler.signals.connect(spider.workers.close, signals.spider_closed)
        return spider

    def _page_done(self) -> None:
        self.room.release()

    async def start(self) -> AsyncIterator[Page]:
        """Pages in the order they are stored, a few being read ahead, as fast as the archive takes them."""
        ahead = min(self.workers.under_way, UNDER_WAY // 2)  # with no more room than pages ahead, none would come through
        waiting: deque[tuple[Stored, Future[Page]]] = deque()
        for stored in self.stored():
            await self.room.acquire()
            site = site_of(stored.raw.url)
            job = Job(stored.raw, site, furniture=self.furniture(site.name if site else None))
            waiting.append((stored, self.workers.submit(job)))
            if len(waiting) > ahead:
                yield await finished(*waiting.popleft())
        while waiting:
            yield await finished(*waiting.popleft())
        for _ in range(UNDER_WAY):  # until all is stored: the engine looks only every five seconds whether items are done
            await self.room.acquire()

    def stored(self) -> Iterator[Stored]:
        """Every stored page of every path; what cannot be read is noted in `unreadable`."""
        for given in self.paths:
            try:
                for path in files_under([given]):
                    yield from self.stored_in(path)
            except Unreadable as error:
                self.unreadable.append(str(error))

    def stored_in(self, path: Path) -> Iterator[Stored]:
        try:
            yield from stored_pages(path, self.url)
        except Unreadable as error:
            self.unreadable.append(str(error))


async def finished(stored: Stored, reading: Future[Page]) -> Page:
    """The page item of a stored page, whatever became of its reading."""
    with suppress(Exception):  # `replayed` says what it was
        await asyncio.wrap_future(reading)
    page = replayed(reading, stored.raw, stored.broken)
    page.exchanges = [stored.exchange]
    return page
