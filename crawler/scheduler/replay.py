"""Runs that ask for nothing: their pages come out of files or out of other archives."""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING, Any

from crawler.items import public_key
from crawler.scheduler.run import RunScheduler
from pipelines.archive import furniture

if TYPE_CHECKING:
    from scrapy import Request


class ReplayScheduler(RunScheduler):
    """A run that requests nothing; its pages come out of files."""

    command = "ingest"

    def begin(self, spider: Any) -> None:
        spider.furniture = cache(partial(furniture.known, self.db))

    def has_pending_requests(self) -> bool:
        return False

    def enqueue_request(self, request: Request) -> bool:
        return False

    def next_request(self) -> Request | None:
        return None


class BackfillScheduler(ReplayScheduler):
    """A run whose pages come out of other archives; the spider may ask what this archive has already."""

    command = "backfill"

    def begin(self, spider: Any) -> None:
        super().begin(spider)
        spider.known = self._known

    def _known(self, url: str, at: str) -> bool:
        """Is there a capture of the page at that very second?"""
        second = at[:19]
        row = self.db.conn.execute(
            "SELECT 1 FROM captures WHERE url_id = (SELECT id FROM urls WHERE key = ?) AND at >= ? AND at < ? || '~' LIMIT 1",
            (public_key(url), second, second),
        ).fetchone()
        return row is not None
