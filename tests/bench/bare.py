"""Scrapy alone on the bench pages: fetched and thrown away, or handed to trafilatura in the callback. The yardstick of (a)."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import CrawlerProcess

from tests.bench.site import HeavyPages

SETTINGS = {
    "CONCURRENT_REQUESTS": 16, "CONCURRENT_REQUESTS_PER_DOMAIN": 16, "DOWNLOAD_DELAY": 0, "LOG_LEVEL": "ERROR",
    "STATS_DUMP": False, "TELNETCONSOLE_ENABLED": False, "REMOTE_CONTROL_ENABLED": False, "COOKIES_ENABLED": False,
    "RETRY_ENABLED": False, "ROBOTSTXT_OBEY": False, "HTTPERROR_ALLOW_ALL": True,
}  # fmt: skip


class Bare(Spider):
    """Arguments: `base`, `articles`, `how` (`discard` or `trafilatura`)."""

    name = "bare"

    async def start(self) -> Any:
        for path in HeavyPages(self.base, 1, int(self.articles)).paths:  # type: ignore[attr-defined]
            yield Request(self.base + path)  # type: ignore[attr-defined]

    def parse(self, response: Any) -> None:
        if self.how == "trafilatura":  # type: ignore[attr-defined]
            import trafilatura

            trafilatura.bare_extraction(response.body, url=response.url, with_metadata=True)

    def closed(self, reason: str) -> None:
        stats = self.crawler.stats.get_stats()  # type: ignore[union-attr]
        seconds = (datetime.now(UTC) - stats["start_time"]).total_seconds()
        print(json.dumps({"pages": stats["response_received_count"], "seconds": seconds}))


if __name__ == "__main__":
    process = CrawlerProcess(SETTINGS)
    process.crawl(Bare, base=sys.argv[1], articles=sys.argv[2], how=sys.argv[3])
    process.start()
