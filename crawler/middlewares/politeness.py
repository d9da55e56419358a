"""When the next request to a host may leave: pauses, Crawl-delay, Retry-After, backoff, opening hours, daily budget.

And when none may leave any more: a site that refuses, or fails on page after page, is not asked on and on.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter, deque
from email.utils import parsedate_to_datetime
from pathlib import Path
from time import time
from typing import TYPE_CHECKING, Any

from scrapy import signals
from scrapy.exceptions import CannotResolveHostError, IgnoreRequest
from scrapy.utils.httpobj import urlparse_cached

from crawler.clock import now, stamp
from crawler.items import Outcome
from crawler.middlewares.errors import Halted
from crawler.middlewares.hosts import HostSlots

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

    from crawler.sites.profile import Site

logger = logging.getLogger(__name__)

REFUSALS = frozenset({403, 412, 429})
LONGEST_DELAY = 300.0
"""Seconds of Crawl-delay that are obeyed; more would mean fewer than 300 pages a day and is a slip or a trap."""
LONGEST_WAIT = 600.0
"""Seconds of Retry-After that a run waits for; after a longer one it ends and gives its leases back."""
LONGEST_BACKOFF = 300.0
"""Seconds between two requests to a host that goes on refusing or failing."""

MOST = 0.8
"""Share of the last pages that must be blocked or failed for the run to end; a dead corner of a site has less."""


def retry_after(value: bytes | None) -> float | None:
    """Seconds that a Retry-After header asks for (RFC 9110, 10.2.3: seconds or a date), None when it says nothing."""
    text = (value or b"").decode("latin-1").strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - time())
    except (ValueError, TypeError, OverflowError):
        return None


def backoff(strikes: int, pause: float, longest: float = LONGEST_BACKOFF) -> float:
    """Seconds between requests after so many refusals or server errors in a row: doubles from at least one second."""
    return max(pause, min(longest, max(pause, 1.0) * 2.0 ** min(strikes, 12))) if strikes else pause


class PolitenessMiddleware:
    """Gives every request, robots.txt and retries included, its turn; ends the run when the site wants no more."""

    def __init__(self, crawler: Crawler, slots: HostSlots):
        self.crawler = crawler
        self.site: Site = crawler.spidercls.site  # type: ignore[attr-defined]
        self.stubborn = crawler.settings.getint("POLITENESS_STUBBORN")
        self.longest_backoff = crawler.settings.getfloat("POLITENESS_LONGEST_BACKOFF")
        self.slots = slots
        self.strikes: Counter[str] = Counter()
        self.recent: deque[Outcome] = deque(maxlen=crawler.settings.getint("POLITENESS_PAGES"))
        self.sent: Counter[str] = Counter()
        self.begun = stamp()[:10]
        self.stopping: asyncio.Task[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> PolitenessMiddleware:
        folder = crawler.settings["HOST_SLOTS"] or Path.home() / ".cache" / "fangzhi" / "hosts"
        politeness = cls(crawler, HostSlots(Path(folder)))
        crawler.signals.connect(politeness.page_stored, signals.item_scraped)
        return politeness

    async def process_request(self, request: Request) -> None:
        """Waits for the turn. Raises Halted when the run ends meanwhile."""
        site = self.site
        if not site.open_at(now().time()):
            self.stop("outside_hours")
        elif site.budget and self.spent() >= site.budget:
            self.stop("budget")
        self.sent[stamp()[:10]] += 1
        host = self.host(request)
        await self.wait(self.turn(host, self.pause(request, host, site.delay)))
        if self.halting:
            raise Halted

    def process_response(self, request: Request, response: Response) -> Response:
        host = self.host(request)
        refused = response.status in REFUSALS
        if refused or response.status >= 500:
            self.strikes[host] += 1
            asked = retry_after(response.headers.get(b"Retry-After"))
            self.hold(host, asked or 0.0)
            if asked is not None and asked > LONGEST_WAIT:
                self.stop("retry_after")
            elif refused and self.strikes[host] >= self.stubborn:
                self.stop("blocked")
        elif response.status < 400 and request.meta.get("purpose") != "robots":
            self.strikes[host] = self.strikes[host] // 2
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Counts what was asked and never answered: no capture tells of it. A name without an address was not asked."""
        if not isinstance(exception, (IgnoreRequest, CannotResolveHostError)):
            told = self.crawler.stats.get_value("requests/unanswered") or {}
            key = f"{stamp()[:13]} {urlparse_cached(request).netloc}"
            self.crawler.stats.set_value("requests/unanswered", told | {key: told.get(key, 0) + 1})

    def page_stored(self, item: Any) -> None:
        """Guards' pages that come with status 200, timeouts and dead names are no refusals by status, and as rude to repeat."""
        self.recent.append(item.outcome)
        blocked, failed = self.recent.count(Outcome.BLOCKED), self.recent.count(Outcome.FAILED)
        if blocked + failed and len(self.recent) == self.recent.maxlen and blocked + failed >= MOST * len(self.recent):
            self.stop("blocked" if blocked > failed else "failing")

    def pause(self, request: Request, host: str, least: float) -> float:
        """Seconds that must lie between two requests to the host as things stand."""
        asked = min(request.meta.get("crawl_delay") or 0.0, LONGEST_DELAY)
        slot = self.crawler.engine.downloader.slots.get(host)
        throttled = slot.delay if slot and self.crawler.settings.getbool("AUTOTHROTTLE_ENABLED") else 0.0
        return backoff(self.strikes[host], max(least, asked, throttled), self.longest_backoff)

    def turn(self, host: str, pause: float) -> float:
        try:
            return self.slots.reserve(host, pause)
        except OSError as error:
            logger.warning("%s: turns are not shared with other processes: %s", host, error)
            return pause

    def hold(self, host: str, seconds: float) -> None:
        if seconds:
            logger.warning("%s asks us to wait %.0f seconds", host, seconds)
            try:
                self.slots.hold(host, seconds)
            except OSError as error:
                logger.warning("%s: turns are not shared with other processes: %s", host, error)

    async def wait(self, seconds: float) -> None:
        """In short steps: a run that is being stopped must not sleep on."""
        while seconds > 0 and not self.halting:
            step = min(seconds, 0.5)
            await asyncio.sleep(step)
            seconds -= step

    def stop(self, reason: str) -> None:
        """End the run once; what it has leased goes back to the ledger."""
        if self.stopping is None and not self.halting:
            logger.warning("%s: the run ends (%s); what is left stays in the ledger", self.site.name, reason)
            self.stopping = asyncio.ensure_future(self.crawler.engine.close_spider_async(reason=reason))

    @property
    def halting(self) -> bool:
        engine = self.crawler.engine
        return self.stopping is not None or engine is None or not engine.running

    def spent(self) -> int:
        """Requests to the site today: of this run, and of earlier ones as the scheduler found them when the run began."""
        today = stamp()[:10]
        before = self.crawler.stats.get_value("requests/today", 0) if today == self.begun else 0
        return self.sent[today] + int(before)

    @staticmethod
    def host(request: Request) -> str:
        return urlparse_cached(request).hostname or ""
