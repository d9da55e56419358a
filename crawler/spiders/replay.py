"""Stored pages into the archive by the road of live ones: the spider behind `scrapy ingest`."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scrapy import Spider, signals

from crawler.items import Page
from crawler.reading import read
from crawler.spiders.judging import settle
from crawler.spiders.stored import Unreadable, files_under, site_of, stored_pages

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

UNDER_WAY = 200
"""Pages between reading and storing; what keeps memory flat."""


class ReplaySpider(Spider):
    """Yields page items and no request. Arguments: `paths`, and `url` for one saved page."""

    name = "replay"
    site = None

    def __init__(self, paths: list[Path], url: str | None = None, **arguments: Any):
        super().__init__(**arguments)
        self.paths, self.url = paths, url
        self.unreadable: list[str] = []
        self.room = asyncio.Semaphore(UNDER_WAY)

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> ReplaySpider:
        spider = super().from_crawler(crawler, *args, **kwargs)
        for signal in (signals.item_scraped, signals.item_dropped, signals.item_error):
            crawler.signals.connect(spider._page_done, signal)
        return spider

    def _page_done(self) -> None:
        self.room.release()

    async def start(self) -> AsyncIterator[Page]:
        for given in self.paths:
            try:
                for path in files_under([given]):
                    async for page in self.pages(path):
                        yield page
            except Unreadable as error:
                self.unreadable.append(str(error))

    async def pages(self, path: Path) -> AsyncIterator[Page]:
        """The page items of one file, as fast as the archive takes them."""
        try:
            for stored in stored_pages(path, self.url):
                await self.room.acquire()
                page = settle(read(stored.raw, site=site_of(stored.raw.url)), stored.raw, stored.broken)
                page.exchanges = [stored.exchange]
                yield page
        except Unreadable as error:
            self.unreadable.append(str(error))
