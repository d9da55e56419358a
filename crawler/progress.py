"""What a run is doing: a live display for people at a terminal, a plain line a minute in logs."""

from __future__ import annotations

import logging
import sys
from collections import Counter
from time import monotonic
from typing import TYPE_CHECKING, Any

from scrapy import signals
from scrapy.utils.asyncio import create_looping_call

from crawler.items import Outcome

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

logger = logging.getLogger(__name__)

LIVE, PLAIN = 0.5, 60.0
"""Seconds between two refreshes of the display, and between two lines in a log."""
Handlers = list["logging.StreamHandler[Any]"]
ARTICLES = frozenset({Outcome.ARCHIVED, Outcome.CHANGED, Outcome.UNCHANGED})


def at_terminal() -> bool:
    """Whether somebody looks on. Crawls under `due` have no terminal to themselves: their standard input is closed."""
    return sys.stderr.isatty() and sys.stdin.isatty()


class Progress:
    """Extension. Counts what the archive has stored; the queue's length comes from the stat `archive/queued`."""

    def __init__(self, crawler: Crawler):
        self.crawler = crawler
        self.began = monotonic()
        self.outcomes: Counter[str] = Counter()
        self.live: Any = None
        self.handlers: Handlers = []

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Progress:
        progress = cls(crawler)
        crawler.signals.connect(progress.opened, signals.spider_opened)
        crawler.signals.connect(progress.stored, signals.item_scraped)
        crawler.signals.connect(progress.closed, signals.spider_closed)
        return progress

    def opened(self) -> None:
        self.began = monotonic()
        if at_terminal():
            from rich.console import Console
            from rich.live import Live

            self.live = Live(console=Console(stderr=True), auto_refresh=False, transient=True)
            root = logging.getLogger().handlers
            self.handlers = [one for one in root if isinstance(one, logging.StreamHandler) and one.stream is sys.stderr]
            self.live.start()  # sys.stderr now writes above the display
            self.redirect()
        self.beat = create_looping_call(self.show)
        self.beat.start(LIVE if self.live else PLAIN, now=False)

    def stored(self, item: Any) -> None:
        self.outcomes[item.outcome] += 1

    @property
    def name(self) -> str:
        return self.crawler.spider.name if self.crawler.spider else "crawl"

    @property
    def queued(self) -> int:
        return int(self.crawler.stats.get_value("archive/queued", 0)) if self.crawler.stats else 0

    @property
    def a_minute(self) -> float:
        return self.outcomes.total() / max(monotonic() - self.began, 1.0) * 60

    def line(self) -> str:
        """`hebei_hebnews: 1,204 pages, 960 articles, 41 a minute, 310 queued; archived 950, gone 3, listed 40`."""
        articles = sum(self.outcomes[name] for name in ARTICLES)
        text = f"{self.name}: {self.outcomes.total():,} pages, {articles:,} articles, {self.a_minute:,.0f} a minute"
        told = ", ".join(f"{outcome} {count:,}" for outcome, count in sorted(self.outcomes.items()))
        return f"{text}, {self.queued:,} queued" + (f"; {told}" if told else "")

    def display(self) -> Any:
        """Two lines: how far the run is, and how its pages ended."""
        from rich.console import Group
        from rich.progress_bar import ProgressBar
        from rich.table import Table
        from rich.text import Text

        pages, queued = self.outcomes.total(), self.queued
        left = f", {clock(queued / self.a_minute * 60)} left" if pages and queued else ""
        head = Table.grid(padding=(0, 1))
        head.add_row(
            Text(self.name, "bold"), ProgressBar(total=max(pages + queued, 1), completed=pages, width=30),
            f"{pages:,} pages, {queued:,} queued, {self.a_minute:,.0f} a minute, {clock(monotonic() - self.began)}{left}",
        )  # fmt: skip
        ended = Text("  ").join(
            Text(f"{outcome} {count:,}", "green" if outcome in ARTICLES else "") for outcome, count in self.outcomes.most_common()
        )
        return Group(head, ended)

    def show(self) -> None:
        if self.live:
            self.live.update(self.display(), refresh=True)
        else:
            logger.info(self.line())

    def closed(self) -> None:
        if self.beat.running:
            self.beat.stop()
        if self.live:
            self.live.stop()
            self.redirect()

    def redirect(self) -> None:
        """The log goes where standard error goes now."""
        for handler in self.handlers:
            handler.setStream(sys.stderr)


def clock(seconds: float) -> str:
    """`2:05` minutes and seconds, `3:02:05` with hours."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
