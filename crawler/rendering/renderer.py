"""A response to the page that a browser draws from it, with the drawn page as evidence beside what it was drawn from."""

from __future__ import annotations

import asyncio
import codecs
import logging
from itertools import count
from typing import TYPE_CHECKING, Any

from playwright.async_api import Error as BrowserError
from scrapy import Request, signals
from scrapy.http import HtmlResponse, TextResponse
from scrapy_playwright.page import PageMethod

from crawler.clock import stamp
from crawler.discovery.canonical import is_route
from crawler.items import Exchange, Kind, RawPage
from crawler.middlewares.errors import Halted, Unrendered
from crawler.rendering.browser import CutOffBrowser
from crawler.rendering.load import PageLoad

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response

    from crawler.sites.profile import Site

logger = logging.getLogger(__name__)

DATA = frozenset({Kind.FEED, Kind.SITEMAP, Kind.API})
"""Leases whose answers nobody draws."""
SCRIPTS = 64
"""Scripts kept for the pages to come, the run long: a site's pages all load the same few."""
STEP = 0.2
"""Seconds between two looks at a page being drawn."""
DRAWN = "text/html; charset=utf-8"


class Renderer:
    """One browser for a run; it is started when the first page needs it."""

    def __init__(self, crawler: Crawler, site: Site):
        self.crawler, self.site = crawler, site
        self.seconds = crawler.settings.getfloat("RENDER_SECONDS")
        self.browser: CutOffBrowser | None = None
        self.scripts: dict[str, Response] = {}
        self.numbers = count(1)
        self.turn = asyncio.Lock()
        self.stopping: asyncio.Task[None] | None = None
        crawler.signals.connect(self.close, signals.spider_closed)

    def wants(self, response: Response) -> bool:
        """Whole HTML pages; errors, data and cut pages are read as they came."""
        lease = response.meta.get("lease")
        whole = response.status == 200 and response.body and not response.meta.get("truncated")
        return bool(whole) and isinstance(response, HtmlResponse) and not (lease and lease.kind in DATA)

    async def render(self, response: Response, raw: RawPage) -> tuple[RawPage, list[str]]:
        """The drawn page, and what should have been loaded and was not. Raises Unrendered, and Halted when the run ends.

        Its evidence joins the lease's exchanges: what the page loaded, and the drawn page as an exchange without status.
        """
        load, address = PageLoad(self.crawler, self.site, response, self.scripts), response.url + route(response)
        try:
            async with self.turn:  # one at a time: a page that takes the browser down with it costs itself
                text, url = await self.draw(address, load)
        finally:
            await load.finished()
            while len(self.scripts) > SCRIPTS:
                self.scripts.pop(next(iter(self.scripts)))
        if load.halted:
            raise Halted
        body, at = codecs.BOM_UTF8 + text.encode("utf-8", "replace"), stamp()  # BOM: the page's own <meta> may name another
        headers = {name: value for name, value in raw.headers.items() if name not in ("etag", "last-modified")}
        url = url if load.moved else address
        response.meta["exchanges"].append(
            Exchange(
                url=url, status=0, headers=((b"Content-Type", DRAWN.encode()),), body=body, captured_at=at,
                purpose=response.meta.get("purpose", "page"),
            )
        )  # fmt: skip
        load.count("pages")
        return RawPage(url=url, body=body, headers={**headers, "content-type": DRAWN}, captured_at=at), load.lost

    async def draw(self, url: str, load: PageLoad) -> tuple[str, str]:
        """(text, address) of the drawn page; its context is closed, however it ends. Raises Unrendered and Halted."""
        browser, name = await self.started(), f"page-{next(self.numbers)}"
        request = Request(url, meta=self.wishes(load), dont_filter=True)
        drawing = asyncio.ensure_future(browser.draw(name, load, request))
        try:
            await self.watch(drawing, load)
            drawn = drawing.result()
        except (BrowserError, RuntimeError, ValueError) as error:
            raise Unrendered(str(error).strip().partition("\n")[0][:200]) from error
        finally:
            drawing.cancel()
            await browser.discard(name)
        if not isinstance(drawn, TextResponse):
            raise Unrendered("drew no text")
        if len(drawn.text) > load.longest:  # `settled` asks the page, which may lie
            raise Unrendered(f"drew more than {load.longest} characters")
        return drawn.text, drawn.url

    async def watch(self, drawing: asyncio.Future[Response], load: PageLoad) -> None:
        """Waits for the drawing. The clock stands while the site is being asked: turns and timeouts bound that already."""
        spent = 0.0
        while not drawing.done():
            await asyncio.wait({drawing}, timeout=STEP)
            spent += 0.0 if load.pending else STEP
            if spent > self.seconds and not drawing.done():
                raise Unrendered(f"not drawn after {self.seconds:g} seconds")

    async def started(self) -> CutOffBrowser:
        """The browser. Raises Halted and ends the run when it cannot be started: no page of the site could be read."""
        settings = self.crawler.settings
        if self.browser is None:
            self.browser = CutOffBrowser(self.crawler, settings["CHROMIUM"])
        try:
            await self.browser.start()
        except BrowserError as error:
            if self.stopping is None:
                reason = str(error).strip().partition("\n")[0]
                logger.error("the browser %s cannot be started, so the run ends: %s", settings["CHROMIUM"], reason)
                assert self.crawler.engine is not None
                self.stopping = asyncio.ensure_future(self.crawler.engine.close_spider_async(reason="no_browser"))
            raise Halted from error
        return self.browser

    def wishes(self, load: PageLoad) -> dict[str, Any]:
        """How scrapy-playwright is to draw a page: a context without service workers, downloads or anything kept."""
        context = {
            "user_agent": self.crawler.settings["USER_AGENT"], "locale": "zh-CN", "timezone_id": "Asia/Shanghai",
            "service_workers": "block", "accept_downloads": False,
        }  # fmt: skip
        return {
            "playwright_context_kwargs": context,
            "playwright_page_goto_kwargs": {"wait_until": "load", "timeout": 0},  # `watch` keeps the time
            "playwright_page_methods": [PageMethod(load.settled)],
        }

    async def close(self) -> None:
        """At the end of the run."""
        if self.browser is not None:
            if self.crawler.stats is not None:
                self.crawler.stats.set_value("render/contexts_left", len(self.browser.context_wrappers))
            await self.browser.close()


def route(response: Response) -> str:
    """The fragment that chooses a page of a single-page application (`#/news/1`): the lease knows it, no server is told."""
    fragment = response.meta["lease"].url.partition("#")[2] if response.meta.get("purpose", "page") == "page" else ""
    return f"#{fragment}" if is_route(fragment) else ""
