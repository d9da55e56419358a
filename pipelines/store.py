"""The last stage: answers for a page only when everything it means is on disk. Pages are gathered into short commits."""

from __future__ import annotations

import asyncio
import logging
from typing import Any, Self

from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider, DropItem

from crawler.items import Exchange, Page
from crawler.signals import exchange_captured
from pipelines.archive import ArchiveError
from pipelines.archive.apart import WriterApart
from pipelines.archive.writer import Writer

logger = logging.getLogger(__name__)

PAGES = 32
"""A commit holds the write lock about 2 ms a page (search index) and costs one sync of the disk; more pages save nothing."""
SECONDS = 1.0
"""What a crash may cost: pages fetched within this time are fetched again."""


_stopping: set[asyncio.Task[None]] = set()


def give_up(crawler: Crawler, error: BaseException) -> None:
    """Tell the user once, and stop: what is not written is fetched again by the next run."""
    stats, engine = crawler.stats, crawler.engine
    if stats is not None and stats.get_value("archive/error") is None:
        stats.set_value("archive/error", str(error))
        logger.error("%s", error, exc_info=None if isinstance(error, ArchiveError) else error)
        if engine is not None and engine.spider is not None:
            task = asyncio.get_running_loop().create_task(engine.close_spider_async(reason="archive_error"))
            _stopping.add(task)
            task.add_done_callback(_stopping.discard)


class Store:
    """Commits at most `PAGES` pages or `SECONDS` at a time, so that the reactor goes on fetching meanwhile.

    A thread of this process writes, or for a `brisk` spider, whose pages come without a pause, a process.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self._writer: Writer | WriterApart | None = None
        self._waiting: list[tuple[Page, asyncio.Future[None]]] = []
        self._loose: list[Exchange] = []
        self._timer: asyncio.TimerHandle | None = None
        self._lock = asyncio.Lock()
        self._commits: set[asyncio.Task[None]] = set()
        self._queued = False
        """A commit waits for its turn; it takes along whatever comes before it begins, so there is no need for another."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's entry."""
        store = cls(crawler)
        crawler.signals.connect(store.exchange_captured, signal=exchange_captured)
        return store

    def open_spider(self) -> None:
        """Let the process start while the first pages come. Raises CloseSpider; the stat `archive/error` says why."""
        if getattr(self.crawler.spider, "brisk", False):
            try:
                self._writer = self._open(WriterApart)
            except ArchiveError as error:
                self.crawler.stats.set_value("archive/error", str(error))
                raise CloseSpider("archive_error") from error

    def exchange_captured(self, exchange: Exchange) -> None:
        """Take an exchange that belongs to no page; it is written with the next commit."""
        self._loose.append(exchange)

    async def process_item(self, item: Page) -> Page:
        """Answer when the page is on disk. A page that cannot be written is dropped, and the crawl stopped."""
        loop = asyncio.get_running_loop()
        done = loop.create_future()
        self._waiting.append((item, done))
        if len(self._waiting) >= PAGES or item.links:  # its links are what the crawl goes on with
            self._flush()
        elif self._timer is None:
            self._timer = loop.call_later(SECONDS, self._flush)
        await done
        return item

    async def close_spider(self) -> None:
        """Write what is left and close the archive."""
        self._flush()
        while self._commits:  # one that cannot take everything begins another
            await asyncio.gather(*self._commits, return_exceptions=True)
        if self._writer is not None:
            try:
                await asyncio.to_thread(self._writer.close)
            except ArchiveError as error:
                give_up(self.crawler, error)

    def _flush(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._queued:
            return
        self._queued = True
        task = asyncio.get_running_loop().create_task(self._commit())
        self._commits.add(task)
        task.add_done_callback(self._commits.discard)

    async def _commit(self) -> None:
        """Write what is waiting when the commit before has ended; nothing, if that one took it along."""
        async with self._lock:
            self._queued = False
            batch, self._waiting = self._waiting[:PAGES], self._waiting[PAGES:]
            loose, self._loose = self._loose, []
            if not batch and not loose:
                return
            if self._waiting:
                self._flush()
            try:
                outcomes = await asyncio.to_thread(self._write, [page for page, _ in batch], loose)
            except Exception as error:
                for _, done in batch:
                    done.set_exception(DropItem("not stored: the archive could not be written"))
                give_up(self.crawler, error)
                return
        for (page, done), outcome in zip(batch, outcomes, strict=True):
            page.outcome = outcome
            self._count(f"store/{outcome}")
            done.set_result(None)

    def _write(self, pages: list[Page], loose: list[Exchange]) -> list[Any]:
        writer = self._writer = self._writer or self._open(Writer)
        for page in pages:
            writer.add(page)
        for exchange in loose:
            writer.add_exchange(exchange)
        return writer.commit()

    def _open(self, kind: type[Writer] | type[WriterApart]) -> Writer | WriterApart:
        settings, stats = self.crawler.settings, self.crawler.stats
        assert stats is not None
        return kind(
            settings["ARCHIVE"], settings["WARC_DIR"], stats.get_value("archive/run"),
            {
                "operator": settings.get("CONTACT") or "",
                "http-header-user-agent": settings.get("USER_AGENT") or "",
                "robots": "obey" if settings.getbool("ROBOTSTXT_OBEY") else "ignore",
            },
            gone_after_days=settings.getint("GONE_AFTER_DAYS"),
        )  # fmt: skip

    def _count(self, name: str) -> None:
        if self.crawler.stats is not None:
            self.crawler.stats.inc_value(name)
