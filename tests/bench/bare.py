"""Scrapy alone on the bench pages: fetched and thrown away, or handed to trafilatura in the callback. The yardstick of (a).

Everything is as Scrapy ships it (all its middlewares and extensions, its queue and dupefilter in memory), but for the
concurrency, which is the crawl's, robots.txt, which both obey, and the log level: a line a page is no part of fetching.
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import CrawlerProcess

from tests.bench.site import HeavyPages

SETTINGS = {
    "CONCURRENT_REQUESTS": 16, "CONCURRENT_REQUESTS_PER_DOMAIN": 16, "ROBOTSTXT_OBEY": True, "LOG_LEVEL": "WARNING",
    "STATS_DUMP": False,
}  # fmt: skip


class Bare(Spider):
    """Arguments: `base`, `articles`, `how` (`discard` or `trafilatura`)."""

    name = "bare"

    def __init__(self, base: str, articles: str, how: str, **arguments: Any) -> None:
        super().__init__(**arguments)
        self.base, self.how = base, how
        self.paths = HeavyPages(base, 1, int(articles)).paths
        if how == "trafilatura":
            import trafilatura

            self.extract = trafilatura.bare_extraction

    async def start(self) -> Any:
        for path in self.paths:
            yield Request(self.base + path)

    def parse(self, response: Any) -> None:
        if self.how == "trafilatura":
            self.extract(response.body, url=response.url, with_metadata=True)

    def closed(self, reason: str) -> None:
        stats = self.crawler.stats.get_stats()  # type: ignore[union-attr]
        seconds = (datetime.now(UTC) - stats["start_time"]).total_seconds()
        # robots.txt is a response, too
        print(json.dumps({"pages": stats["response_received_count"] - 1, "seconds": seconds}))


if __name__ == "__main__":
    process = CrawlerProcess(SETTINGS)
    process.crawl(Bare, base=sys.argv[1], articles=sys.argv[2], how=sys.argv[3])
    process.start()
