"""A run's row in the archive: begun, kept alive and finished by Scrapy's scheduler, whatever the run asks for."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from scrapy.core.scheduler import BaseScheduler
from scrapy.exceptions import CloseSpider
from scrapy.utils.asyncio import create_looping_call

from pipelines.archive import ArchiveError, open_archive, runs

if TYPE_CHECKING:
    from typing import Self

    from scrapy.crawler import Crawler
    from scrapy.utils.asyncio import AsyncioLoopingCall
    from twisted.internet.task import LoopingCall

logger = logging.getLogger(__name__)

HEARTBEAT = 30.0
"""Seconds between two signs of life in the run's row."""
RECORDED = ("ROBOTSTXT_OBEY", "USER_AGENT", "DOWNLOAD_DELAY", "CONCURRENT_REQUESTS_PER_DOMAIN", "DOWNLOAD_MAXSIZE",
            "DOWNLOAD_TIMEOUT", "DOWNLOAD_VERIFY_CERTIFICATES", "DOWNLOAD_TLS_MIN_VERSION")  # fmt: skip
"""Settings that say how the pages came about; kept with the run."""
COUNTED = {"requests": "downloader/request_count", "bytes": "downloader/response_bytes", "retries": "retry/count",
           "queued": "archive/queued", "hints": "hints/compared", "hints_title": "hints/title",
           "hints_date": "hints/date", "hints_section": "hints/section", "unanswered": "requests/unanswered"}  # fmt: skip
"""Scrapy's stats that are kept in the run's row, and by which name."""


class RunScheduler(BaseScheduler):
    """A run's row in the archive: started in `open`, finished in `close`, its counts in the stat `archive/summary`."""

    command = "crawl"

    def __init__(self, crawler: Crawler):
        self.crawler = crawler
        self.beat: AsyncioLoopingCall | LoopingCall | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def open(self, spider: Any) -> None:
        """Raises CloseSpider when the archive cannot be opened; the stat `archive/error` says why."""
        settings, site = self.crawler.settings, spider.site.name if spider.site else None
        try:
            self.db = open_archive(settings["ARCHIVE"])
            recorded = {name: settings[name] for name in RECORDED}
            self.run = runs.start_run(self.db, site=site, command=self.command, settings=recorded)
            self.begin(spider)
        except ArchiveError as error:
            self.stat("archive/error", str(error))
            raise CloseSpider("archive_error") from error
        self.stat("archive/run", self.run)
        self.beat = create_looping_call(self._heartbeat)
        self.beat.start(HEARTBEAT, now=False)

    def close(self, reason: str) -> None:
        if self.beat is None:
            return
        if self.beat.running:
            self.beat.stop()
        try:
            self.end(reason)
            self.stat("archive/summary", runs.finish_run(self.db, self.run, reason, self.counts()))
            self.judge()
        except ArchiveError as error:
            self.stat("archive/error", str(error))
        finally:
            self.db.close()

    def begin(self, spider: Any) -> None:
        """What a run does before its first page."""

    def end(self, reason: str) -> None:
        """What a run does after its last page."""

    def judge(self) -> None:
        """What is to be said of a run once it is finished."""

    def counts(self) -> dict[str, Any]:
        """What the run cost and what is left, kept in its row and printed with --json."""
        found = {name: self.crawler.stats.get_value(stat) for name, stat in COUNTED.items()}
        return {name: value for name, value in found.items() if value is not None}

    def stat(self, name: str, value: Any) -> None:
        self.crawler.stats.set_value(name, value)

    def _heartbeat(self) -> None:
        try:
            runs.heartbeat(self.db, self.run, self.counts())
        except ArchiveError as error:
            logger.warning("no sign of life written: %s", error)
