"""Reads a handful of pages by the crawl's own road and stores nothing: behind `try`, `capture` and `checksites --live`."""

from __future__ import annotations

from collections import deque
from collections.abc import AsyncIterator
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Any

from scrapy import Request, signals

from crawler.discovery import sources
from crawler.items import Kind, Lease, Outcome, Page, RawPage
from crawler.spiders.judging import raw_page, unread
from crawler.spiders.news import NewsSpider

if TYPE_CHECKING:
    from scrapy.crawler import Crawler, CrawlerProcess
    from scrapy.http import Response

    from crawler.sites.profile import Site

SETTINGS = {
    "SCHEDULER": "scrapy.core.scheduler.Scheduler",  # nothing to lease from: no archive is opened
    "ITEM_PIPELINES": {"pipelines.normalise.Normalise": 100, "pipelines.validate.Validate": 200},
    "WORKERS": "0",  # a handful of pages is read faster here than processes start
}


AT_ONCE = 8
"""Sites that are looked at together; each keeps its own pace."""


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
        self.numbers = count()
        self.raws: dict[int, RawPage] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> LookSpider:
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider._read, signals.item_scraped)
        return spider

    async def start(self) -> AsyncIterator[Any]:
        for url, kind in self.wanted:
            yield self.request(url, kind)

    def request(self, url: str, kind: Kind) -> Request:
        """A page asked for as if it had been leased."""
        lease = Lease(id=next(self.numbers), url=url, site=self.site.name, kind=kind)
        meta = {"lease": lease, "exchanges": [], "download_maxsize": 0}
        return Request(url, callback=self.parse, errback=self.failed, dont_filter=True, meta=meta)

    async def parse(self, response: Response) -> Page | None:
        lease: Lease = response.meta["lease"]
        self.raws[lease.id] = raw_page(response)
        page = await super().parse(response)
        if page is None:
            self.looks.append(Look(unread(lease, Outcome.FAILED, "the run ended first; its last lines say why")))
        return page

    async def drawn(self, response: Response) -> tuple[RawPage, list[str]]:
        raw, lost = await super().drawn(response)
        if response.meta.get("purpose") != "part":
            self.raws[response.meta["lease"].id] = raw
        return raw, lost

    def _read(self, item: Page) -> None:
        lease = item.lease
        self.looks.append(Look(item, self.raws.get(lease.id) if lease else None))


class SampleSpider(LookSpider):
    """Reads the lists that are wanted, and then the first `articles` articles they lead to."""

    def __init__(self, articles: int, **arguments: Any):
        super().__init__(**arguments)
        self.articles = articles

    async def start(self) -> AsyncIterator[Any]:
        async for request in super().start():
            yield request.replace(callback=self.parse_list)

    async def parse_list(self, response: Response) -> AsyncIterator[Any]:
        page = await self.parse(response)
        if page is None:
            return
        yield page
        for link in [link for link in page.links if link.kind is Kind.ARTICLE][: self.articles]:
            self.articles -= 1
            yield self.request(link.url, link.kind)


def look(process: CrawlerProcess, wanted: dict[Site, list[tuple[str, Kind]]]) -> list[Look]:
    """Fetch what is wanted of each site, politely, and read it; what came of each, in no order. Runs the reactor once."""
    looks: list[Look] = []
    return _run(process, [(site, LookSpider, {"wanted": pages, "looks": looks}) for site, pages in wanted.items()], looks)


def sample(process: CrawlerProcess, sites: list[Site], articles: int) -> list[Look]:
    """One list of each site and some articles of it, read as a crawl would and not stored."""
    looks: list[Look] = []
    jobs: list[tuple[Site, type[LookSpider], dict[str, Any]]] = []
    for site in sites:
        # The newest issue of an e-paper may not be out: ask for the days a crawl would ask for, but for one list of a portal.
        seeds = [(link.url, link.kind) for link in sources(site) if link.kind not in (Kind.FEED, Kind.SITEMAP)]
        wanted = seeds if site.kind == "epaper" else seeds[:1]
        jobs.append((site, SampleSpider, {"wanted": wanted, "looks": looks, "articles": articles}))
    return _run(process, jobs, looks)


def _run(process: CrawlerProcess, jobs: list[tuple[Site, type[LookSpider], dict[str, Any]]], looks: list[Look]) -> list[Look]:
    """A few sites at once; the end of one begins the next."""
    for name, value in SETTINGS.items():
        process.settings.set(name, value, priority="cmdline")
    waiting = deque(jobs)

    def begin(_: Any = None) -> None:
        if waiting:
            site, spider, arguments = waiting.popleft()
            named = type("look", (spider,), {"name": f"look_{site.name}", "site": site})
            process.crawl(process.create_crawler(named), **arguments).add_done_callback(begin)  # type: ignore[attr-defined]

    for _ in range(AT_ONCE):
        begin()
    process.start()
    return looks
