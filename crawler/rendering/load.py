"""One page being drawn: what it asks for is refused, or fetched by Scrapy's downloader and handed to the browser."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from time import monotonic
from typing import TYPE_CHECKING, Any

from playwright.async_api import Error as BrowserError
from scrapy import Request

from crawler.discovery import inside
from crawler.items import Kind, Outcome
from crawler.middlewares.errors import DOWNLOAD_ERRORS, Halted, Refused, judge_failure

if TYPE_CHECKING:
    from playwright.async_api import Page, Route
    from playwright.async_api import Request as Asked
    from scrapy.crawler import Crawler
    from scrapy.http import Response

    from crawler.sites.profile import Site

logger = logging.getLogger(__name__)

LISTS = frozenset({Kind.LIST, Kind.EDITION, Kind.UNKNOWN})
WANTED = frozenset({"document", "script", "xhr", "fetch"})
"""What text can depend on; images, styles, fonts, media, beacons and frames are not fetched."""
METHODS = frozenset({"GET", "HEAD", "POST"})
SCROLLS = 3
"""How often a list is scrolled to its end, where it may load more. What comes after stands behind a list of data (`Api`)."""
QUIET = 1.0
"""Seconds without anything new asked for or answered after which a page counts as drawn; counted from its load event on."""
LONGEST_HEADER = 4096
KEPT_SCRIPT = 4 * 1024 * 1024
"""Bytes of a script that is kept for the pages to come."""
KEPT_BACK = frozenset(
    {"accept-encoding", "accept-language", "cache-control", "connection", "content-length", "cookie", "host", "if-modified-since",
     "if-none-match", "pragma", "range", "upgrade-insecure-requests", "user-agent"}
)  # fmt: skip
"""Request headers that are ours to say, or that would make an answer depend on what was read before."""
NOT_HANDED_ON = frozenset(
    {"alt-svc", "connection", "content-disposition", "content-encoding", "content-length", "location", "refresh", "set-cookie",
     "strict-transport-security", "transfer-encoding"}
)  # fmt: skip
"""Response headers that no longer fit the decoded body, set cookies, or send the browser elsewhere."""
POLICY = frozenset({Outcome.DISALLOWED, Outcome.OFFSITE, Outcome.DROPPED})
"""Outcomes of a refusal of ours: robots.txt, another site, a private address. The page has to do without."""
SERVER_REFUSES = frozenset({403, 412, 429})

Key = tuple[str, str, bytes]


class PageLoad:
    """`lost` names what should have come and did not; `halted` says that the run is ending."""

    def __init__(self, crawler: Crawler, site: Site, response: Response, scripts: dict[str, Response]):
        self.crawler, self.site, self.response, self.scripts = crawler, site, response, scripts
        self.most = crawler.settings.getint("RENDER_REQUESTS")
        self.longest = crawler.settings.getint("DOWNLOAD_MAXSIZE")
        self.first: Response | None = response
        self.answers: dict[Key, asyncio.Task[Response | None]] = {}
        self.pending = 0
        self.since = monotonic()
        self.asked = 0
        self.lost: list[str] = []
        self.halted = False
        self.moved = False
        """The page went to another address of the site by itself."""

    async def answer(self, route: Route, request: Asked) -> None:
        """Playwright's route handler."""
        try:
            response = await self.respond(request)
        except Exception as error:  # a fault of ours: an unanswered request would keep the page waiting
            logger.exception("%s: not answered", request.url)
            self.lost.append(f"{request.url}: {type(error).__name__}: {error}")
            response = None
        with suppress(BrowserError):  # the page is gone meanwhile
            if response is None:
                # `aborted` leaves a page that wants to go elsewhere as it is; other reasons show an error page instead.
                await route.abort("aborted" if request.is_navigation_request() else "blockedbyclient")
            else:
                await route.fulfill(status=response.status, headers=self.handed_on(response), body=response.body)

    async def respond(self, request: Asked) -> Response | None:
        """The answer to one request of the page, None for what it does not get."""
        if self.first is not None and request.is_navigation_request():
            first, self.first = self.first, None
            return first
        self.asked += 1
        if reason := self.refusal(request):
            self.count(f"refused/{reason}")
            return None
        key = (request.method, request.url.partition("#")[0], request.post_data_buffer or b"")
        if fresh := key not in self.answers:  # a page that asks the same again and again costs its site one request
            self.answers[key] = asyncio.ensure_future(self.fetch(key, request))
        response = await self.answers[key]
        if fresh:  # scripts kept from earlier pages too: what they do comes after
            self.since = monotonic()
        self.moved |= request.is_navigation_request() and response is not None
        return response

    def refusal(self, request: Asked) -> str | None:
        """Why a request is not passed on; the reason is counted."""
        if not request.url.startswith(("http://", "https://")) or not inside(request.url, self.site):
            return "offsite"
        if request.is_navigation_request() and in_frame(request):
            return "frame"
        if request.resource_type not in WANTED:
            return "kind"
        if request.method not in METHODS:
            return "method"
        return "too many" if self.asked > self.most else None

    async def fetch(self, key: Key, request: Asked) -> Response | None:
        method, url, body = key
        if method == "GET" and url in self.scripts:
            return self.scripts[url]
        self.pending += 1
        try:
            response = await self.download(Request(url, method=method, body=body, headers=passed_on(request.headers)))
        except Halted:
            self.halted = True
            return None
        except DOWNLOAD_ERRORS as error:
            if isinstance(error, Refused) and error.outcome in POLICY:
                self.count(f"refused/{error.reason}")
            else:
                self.lost.append(f"{url}: {judge_failure(error)[1]}")
            return None
        finally:
            self.pending -= 1
            self.since = monotonic()
        broken = response.meta.get("undecodable") or response.meta.get("truncated")
        if broken or response.status >= 500 or response.status in SERVER_REFUSES:
            self.lost.append(f"{url}: {broken or f'status {response.status}'}")
        elif (
            request.resource_type == "script" and method == "GET" and response.status == 200 and len(response.body) < KEPT_SCRIPT
        ):
            self.scripts[url] = response.replace(request=None)  # the request holds its page's exchanges
        return None if broken or 300 <= response.status < 400 else response

    async def download(self, request: Request) -> Response:
        """By Scrapy's downloader under the page's lease. Raises what the download raises, Halted when the run is ending."""
        engine = self.crawler.engine
        if engine is None or not engine.running:
            raise Halted
        meta = {name: self.response.meta[name] for name in ("lease", "exchanges", "download_maxsize")}
        self.count("fetched")
        return await engine.download_async(request.replace(meta={**meta, "purpose": "subresource"}, dont_filter=True))

    async def settled(self, page: Page) -> None:
        """Waits until nothing has been under way for a while, and goes to the end of a list as long as that brings more of it.

        Raises ValueError for a page that has grown too long.
        """
        await self.quiet()
        for _ in range(SCROLLS if self.response.meta["lease"].kind in LISTS else 0):
            loaded = len(self.answers)
            await page.evaluate("window.scrollTo(0, document.documentElement.scrollHeight)")
            await self.quiet()
            if len(self.answers) == loaded:
                break
            self.count("scrolled")
        if await page.evaluate("document.documentElement.outerHTML.length") > self.longest:
            raise ValueError(f"drew more than {self.longest} characters")

    async def quiet(self) -> None:
        self.since = monotonic()
        while self.pending or monotonic() - self.since < QUIET:
            await asyncio.sleep(0.1)

    async def finished(self) -> None:
        """Waits for the fetches under way, so that the lease has all its exchanges."""
        await asyncio.gather(*self.answers.values(), return_exceptions=True)

    def handed_on(self, response: Response) -> dict[str, str]:
        """Response headers for the browser; the profile's charset corrects a wrong declaration of the page itself."""
        headers = {
            name.decode("latin-1").lower(): b", ".join(values).decode("latin-1") for name, values in response.headers.items()
        }
        if response is self.response and self.site.charset:
            headers["content-type"] = f"text/html; charset={self.site.charset}"
        return {name: value for name, value in headers.items() if name not in NOT_HANDED_ON}

    def count(self, what: str) -> None:
        if self.crawler.stats is not None:
            self.crawler.stats.inc_value(f"render/{what}")


def in_frame(request: Asked) -> bool:
    """Whether a navigation is a frame's and not the page's own."""
    try:
        return request.frame.parent_frame is not None
    except BrowserError:  # a new window's first page has no frame yet
        return True


def passed_on(headers: dict[str, str]) -> dict[str, Any]:
    """The request headers that a page may set."""
    return {
        name: value
        for name, value in headers.items()
        if name not in KEPT_BACK and not name.startswith(("sec-", "proxy-")) and len(value) < LONGEST_HEADER
    }
