"""The one spider behind every profile: a lease's response or failure becomes exactly one page item."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any, ClassVar, Self

from scrapy import Request, Spider, signals
from scrapy.http import Response

from crawler.discovery import disagreements, inside, sources
from crawler.items import Kind, Lease, Link, Outcome, Page, RawPage
from crawler.middlewares.errors import DOWNLOAD_ERRORS, Halted, Unrendered, judge_failure
from crawler.middlewares.tls import tls_settings
from crawler.sites.profile import Site
from crawler.spiders.judging import raw_page, settle, unchanged, unread
from crawler.workers import LEISURELY, Job, WorkerLost, Workers, configured

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.settings import BaseSettings
    from twisted.python.failure import Failure

    from crawler.extraction.furniture import Known
    from crawler.rendering.renderer import Renderer

PARTS = 50
"""Pages of one article; the longest seen in print series is below thirty."""
STUBS = 3
"""Script and meta-refresh pages in a row."""
RENDERING = {"CONCURRENT_REQUESTS": 2, "SCRAPER_SLOT_MAX_ACTIVE_SIZE": 1}
"""Settings of a run with a browser: what a page loads must not queue behind the pages of further leases."""


class Stopped(Exception):
    """The run is closing and asks for nothing more; raised and caught in this module."""


class PartMissing(Exception):
    """A further page of an article could not be read, so the article is not archived by half."""


class NewsSpider(Spider):
    """Base of the spiders that `spiderloader` makes of profiles; arguments: `-a since= until= section= limit=`."""

    site: ClassVar[Site]
    workers: Workers
    brisk = False
    """Pages come without a pause: reading and writing have processes of their own."""
    renderer: Renderer | None = None
    furniture: Known = frozenset()
    """What the archive knew of the site's furniture when the run began; what this run teaches serves the next one."""

    def __init__(self, since: str | None = None, until: str | None = None, section: str | None = None,
                 limit: str | None = None, **arguments: Any):  # fmt: skip
        super().__init__(**arguments)
        self.since, self.until, self.section = since, until, section
        self.limit = int(limit) if limit else None

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        super().update_settings(settings)
        own: dict[str, Any] = {"DOWNLOAD_DELAY": cls.site.delay, "CONCURRENT_REQUESTS_PER_DOMAIN": cls.site.concurrency}
        if contact := settings["CONTACT"]:
            own["USER_AGENT"] = f"{settings['USER_AGENT']} (+{contact})"
        settings.setdict({**own, **tls_settings(cls.site), **(RENDERING if cls.site.render else {})}, priority="spider")

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        spider = super().from_crawler(crawler, *args, **kwargs)
        pace = cls.site.delay / cls.site.concurrency
        spider.workers = configured(crawler.settings, pace=pace, others=1)
        spider.brisk = spider.workers.count > 0 and pace < LEISURELY
        crawler.signals.connect(spider.workers.close, signals.spider_closed)
        if cls.site.render:
            from crawler.rendering.renderer import Renderer  # only here: other runs need neither library nor browser

            spider.renderer = Renderer(crawler, cls.site)
        return spider

    async def start(self) -> AsyncIterator[Any]:
        """Nothing: the scheduler leases what is due."""
        return
        yield

    def seeds(self) -> list[Link]:
        """Where a run of this site begins."""
        return sources(self.site, since=self.since, until=self.until)

    def owns(self, url: str) -> bool:
        """Whether an address lies inside the site's domains."""
        return inside(url, self.site)

    async def parse(self, response: Response) -> Page | None:
        """A lease's response to its page item, None when the run is being stopped; never raises."""
        lease: Lease = response.meta["lease"]
        try:
            page = await self.read_response(response, lease)
            self.count_hints(lease, page)
        except (Stopped, Halted):
            return None
        except PartMissing as error:
            page = unread(lease, Outcome.FAILED, str(error), raw_page(response))
        except WorkerLost as error:
            page = unread(lease, Outcome.FAILED, f"worker: {error}", raw_page(response))
        except DOWNLOAD_ERRORS as error:
            page = unread(lease, *judge_failure(error), raw_page(response))
        except Exception as error:
            self.logger.exception("%s: reading failed", lease.url)
            page = unread(lease, Outcome.FAILED, f"error: {type(error).__name__}: {error}", raw_page(response))
        page.exchanges = response.meta["exchanges"]
        return page

    def failed(self, failure: Failure) -> Page | None:
        """A lease's failure to its page item, None when the run is being stopped."""
        if isinstance(failure.value, Halted):
            return None
        request: Request = failure.request  # type: ignore[attr-defined]
        page = unread(request.meta["lease"], *judge_failure(failure.value or Exception()))
        page.exchanges = request.meta["exchanges"]
        return page

    async def read_response(self, response: Response, lease: Lease) -> Page:
        if response.status == 304:
            return unchanged(lease, raw_page(response))
        page = await self.read_one(response, lease)
        for _ in range(STUBS):
            target = next((link.url for link in page.links if link.rule == "stub"), None) if page.kind is Kind.STUB else None
            if target is None:
                break
            if not self.owns(target):
                page.outcome, page.reason = Outcome.OFFSITE, f"stub: {target}"
                break
            page = await self.read_one(await self.fetch(response, target, "page"), lease)
        return await self.gather_parts(response, page)

    async def read_one(self, response: Response, lease: Lease | None) -> Page:
        raw, lost = await self.drawn(response)
        whole = response.meta.get("purpose") != "part"
        job = Job(raw, self.site, lease, clean=whole, furniture=self.furniture)
        page = settle(await self.workers.read(job), raw, response.meta.get("undecodable"))
        if lost and page.article is None:  # what is not there may be what did not come, so nothing is concluded
            raise Unrendered(lost[0])
        return page

    async def drawn(self, response: Response) -> tuple[RawPage, list[str]]:
        """What is to be read, and what the page should have loaded and did not: by a browser where the profile asks for one."""
        raw = raw_page(response)
        if self.renderer is None or not self.renderer.wants(response):
            return raw, []
        return await self.renderer.render(response, raw)

    def count_hints(self, lease: Lease, page: Page) -> None:
        """How often what a list said of an article was not what the article says: a sign of a changed list layout."""
        if page.article is not None and (lease.title or lease.date or lease.section):
            self.crawler.stats.inc_value("hints/compared")
            for name in disagreements(lease, page.article):
                self.crawler.stats.inc_value(f"hints/{name}")

    async def gather_parts(self, response: Response, page: Page) -> Page:
        """The article's further pages, in order, stitched into one. A part that fails fails the whole."""
        pages, seen = [page], {page.url, page.final_url}
        while page.article and (url := pages[-1].next_part) and url not in seen and self.owns(url) and len(pages) < PARTS:
            seen.add(url)
            try:
                part = await self.read_one(await self.fetch(response, url, "part"), page.lease)
            except Halted:
                raise
            except DOWNLOAD_ERRORS as error:
                raise PartMissing(f"part {url}: {judge_failure(error)[1]}") from error
            if part.article is None:
                raise PartMissing(f"part {url}: {part.reason or part.outcome}")
            pages.append(part)
        if page.article and len(pages) > 1:
            from crawler.extraction import stitch  # few articles have parts, and this process reads none

            stitch(page.article, [part.article for part in pages[1:] if part.article])
        return page

    async def fetch(self, response: Response, url: str, purpose: str) -> Response:
        """Another page under the same lease. Raises what the download raises, and Stopped when the run is closing."""
        engine = self.crawler.engine
        if engine is None or not engine.running:
            raise Stopped
        meta = {name: response.meta[name] for name in ("lease", "exchanges", "download_maxsize")}
        return await engine.download_async(Request(url, meta={**meta, "purpose": purpose}, dont_filter=True))
