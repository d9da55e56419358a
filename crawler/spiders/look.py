"""Reads a handful of pages by the crawl's own road and stores nothing: behind `try`, `capture` and `checksites --live`."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from scrapy import Request, signals

from crawler.items import Kind, Lease, Page, RawPage
from crawler.spiders.judging import raw_page
from crawler.spiders.news import NewsSpider

if TYPE_CHECKING:
    from scrapy.crawler import Crawler, CrawlerProcess
    from scrapy.http import Response

    from crawler.sites.profile import Site

SETTINGS = {
    "SCHEDULER": "scrapy.core.scheduler.Scheduler",  # nothing to lease from: no archive is opened
    "ITEM_PIPELINES": {"pipelines.normalise.Normalise": 100, "pipelines.validate.Validate": 200},
    "LOG_LEVEL": "WARNING",
}


@dataclass(slots=True, frozen=True)
class Look:
    """What came of one address."""

    page: Page
    raw: RawPage | None = None
    """None where nothing came back."""


class LookSpider(NewsSpider):
    """Arguments: `wanted`, pairs of address and the kind expected there; `looks` gets what came of each, in any order."""

    def __init__(self, wanted: list[tuple[str, Kind]], looks: list[Look], **arguments: Any):
        super().__init__(**arguments)
        self.wanted, self.looks = wanted, looks
        self.raws: dict[int, RawPage] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> LookSpider:
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider._read, signals.item_scraped)
        return spider

    async def start(self) -> AsyncIterator[Any]:
        for number, (url, kind) in enumerate(self.wanted):
            lease = Lease(id=number, url=url, site=self.site.name, kind=kind)
            meta = {"lease": lease, "exchanges": [], "download_maxsize": 0}
            yield Request(url, callback=self.parse, errback=self.failed, dont_filter=True, meta=meta)

    async def parse(self, response: Response) -> Page:
        self.raws[response.meta["lease"].id] = raw_page(response)
        return await super().parse(response)

    def _read(self, item: Page) -> None:
        lease = item.lease
        self.looks.append(Look(item, self.raws.get(lease.id) if lease else None))


def look(process: CrawlerProcess, wanted: dict[Site, list[tuple[str, Kind]]]) -> list[Look]:
    """Fetch what is wanted of each site, politely, and read it; what came of each, in no order. Runs the reactor once."""
    looks: list[Look] = []
    for name, value in SETTINGS.items():
        process.settings.set(name, value, priority="cmdline")
    for site, pages in wanted.items():
        spider = type("look", (LookSpider,), {"name": f"look_{site.name}", "site": site})
        process.crawl(process.create_crawler(spider), wanted=pages, looks=looks)
    process.start()
    return looks
