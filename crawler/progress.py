"""What a run is doing: a live line for people at a terminal, a plain line a minute in logs."""

from __future__ import annotations

import logging
import sys
from time import monotonic
from typing import TYPE_CHECKING, Any

from scrapy import signals
from scrapy.utils.asyncio import create_looping_call

from crawler.items import Outcome

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

logger = logging.getLogger(__name__)

LIVE, PLAIN = 0.5, 60.0
"""Seconds between two refreshes of the live line, and between two lines in a log."""


class Progress:
    """Extension. Counts what the archive has stored; the queue's length comes from the stat `archive/queued`."""

    def __init__(self, crawler: Crawler):
        self.crawler = crawler
        self.began = monotonic()
        self.pages = self.articles = 0
        self.bad: dict[str, int] = {}
        self.live: Any = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Progress:
        progress = cls(crawler)
        crawler.signals.connect(progress.opened, signals.spider_opened)
        crawler.signals.connect(progress.stored, signals.item_scraped)
        crawler.signals.connect(progress.closed, signals.spider_closed)
        return progress

    def opened(self) -> None:
        self.began = monotonic()
        if sys.stderr.isatty():
            from rich.console import Console
            from rich.live import Live

            self.live = Live(console=Console(stderr=True), auto_refresh=False, transient=True)
            self.live.start()
        self.beat = create_looping_call(self.show)
        self.beat.start(LIVE if self.live else PLAIN, now=False)

    def stored(self, item: Any) -> None:
        self.pages += 1
        if item.outcome in (Outcome.ARCHIVED, Outcome.CHANGED, Outcome.UNCHANGED):
            self.articles += 1
        elif item.outcome not in (Outcome.LISTED, Outcome.PART, Outcome.DUPLICATE):
            self.bad[item.outcome] = self.bad.get(item.outcome, 0) + 1

    def line(self) -> str:
        """`hebei_hebnews: 1,204 pages, 960 articles, 41 a minute, 310 queued; gone 3, blocked 1`."""
        seconds = max(monotonic() - self.began, 1.0)
        queued = self.crawler.stats.get_value("archive/queued") if self.crawler.stats else None
        name = self.crawler.spider.name if self.crawler.spider else "crawl"
        text = f"{name}: {self.pages:,} pages, {self.articles:,} articles, {self.pages / seconds * 60:,.0f} a minute"
        text += f", {queued:,} queued" if queued is not None else ""
        return text + "".join(f"{';' if place == 0 else ','} {o} {n}" for place, (o, n) in enumerate(sorted(self.bad.items())))

    def show(self) -> None:
        if self.live:
            self.live.update(self.line(), refresh=True)
        else:
            logger.info(self.line())

    def closed(self) -> None:
        if self.beat.running:
            self.beat.stop()
        if self.live:
            self.live.stop()
