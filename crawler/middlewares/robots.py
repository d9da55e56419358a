"""robots.txt by RFC 9309, one fetch a host however many requests wait for it.

Scrapy 2.19 lets waiting requests share one Deferred, whose result only the first waiter gets: the others see None, which
means "no rules". It also reads "unreachable" as "allowed", where the RFC demands the opposite.
"""

from __future__ import annotations

import asyncio
import logging
from time import monotonic
from typing import TYPE_CHECKING

from protego import Protego
from scrapy import Request
from scrapy.exceptions import NotConfigured
from scrapy.http.request import NO_CALLBACK
from scrapy.utils.httpobj import urlparse_cached

from crawler.middlewares.errors import DOWNLOAD_ERRORS, Disallowed, RedirectLoop, Refused, RobotsUnreachable, judge_failure

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response

logger = logging.getLogger(__name__)

LONGEST = 512 * 1024
"""Bytes that are parsed; the RFC asks for at least 500 KiB."""
WILDCARDS = 6
KEPT = 24 * 3600.0
"""Seconds that rules hold (RFC 9309, 2.4) …"""
KEPT_AFTER_FAILURE = 300.0
"""… and that an unreachable host is left alone."""


class RobotsMiddleware:
    """Asks once a host, makes everyone wait for the answer, and refuses what it forbids."""

    def __init__(self, crawler: Crawler, token: str):
        self.crawler = crawler
        self.token = token
        self.answers: dict[str, tuple[float, asyncio.Future[Protego | None]]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RobotsMiddleware:
        if not crawler.settings.getbool("ROBOTSTXT_OBEY"):
            raise NotConfigured
        return cls(crawler, crawler.settings["ROBOTSTXT_USER_AGENT"])

    async def process_request(self, request: Request) -> None:
        if request.meta.get("purpose") == "robots":
            return
        rules = await self.rules(request)
        if rules is None:
            return
        if not rules.can_fetch(request.url, self.token):
            raise Disallowed()
        request.meta["crawl_delay"] = rules.crawl_delay(self.token)  # politeness.py keeps it

    async def rules(self, request: Request) -> Protego | None:
        """The host's rules, None where it has none. Raises RobotsUnreachable."""
        url = urlparse_cached(request)
        host = f"{url.scheme}://{url.netloc}"
        until, answer = self.answers.get(host, (0.0, None))
        if answer is None or (answer.done() and monotonic() > until):
            answer = asyncio.ensure_future(self.ask(host))
            self.answers[host] = monotonic() + KEPT, answer
        try:
            return await asyncio.shield(answer)
        except Refused:
            self.answers[host] = min(self.answers[host][0], monotonic() + KEPT_AFTER_FAILURE), answer
            raise

    async def ask(self, host: str) -> Protego | None:
        meta = {"purpose": "robots", "download_maxsize": 0}
        request = Request(f"{host}/robots.txt", callback=NO_CALLBACK, meta=meta, priority=1000, dont_filter=True)
        try:
            response: Response = await self.crawler.engine.download_async(request)
        except RedirectLoop:
            return None  # 2.3.1.2: more than five hops count as unavailable
        except DOWNLOAD_ERRORS as error:
            if isinstance(error, Refused):
                raise
            reason = judge_failure(error)[1]
            logger.warning("%s/robots.txt cannot be read, so nothing there is fetched: %s", host, reason)
            raise RobotsUnreachable(reason) from error
        if response.status >= 500 or response.status == 429:
            raise RobotsUnreachable(f"status {response.status}")
        if response.status >= 300:
            return None  # 2.3.1.3: unavailable means no rules
        return Protego.parse(tame(response.body[:LONGEST].decode("utf-8-sig", "ignore")))


def tame(text: str) -> str:
    """The rules with at most `WILDCARDS` wildcards each: every one multiplies the time that matching an address takes.

    A longer Disallow is cut, which forbids more than it says, and a longer Allow is left out.
    """
    lines = []
    for line in text.splitlines():
        if line.count("*") > WILDCARDS:
            name, _, value = line.partition(":")
            if name.strip().lower() == "allow":
                continue
            line = f"{name}: {'*'.join(value.split('*')[: WILDCARDS + 1])}"
        lines.append(line)
    return "\n".join(lines)
