"""Cuts a body that is too long or drips too slowly, and keeps what came: Scrapy's own limits throw it away."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

from scrapy import signals
from scrapy.exceptions import StopDownload

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler


class BodyLimits:
    """Extension on the download's own signals; the reason of a cut rides in `request.meta["stopped"]`."""

    def __init__(self, longest: int, seconds: float):
        self.longest = longest
        self.seconds = seconds

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> BodyLimits:
        settings = crawler.settings
        limits = cls(settings.getint("DOWNLOAD_MAXSIZE"), settings.getfloat("DOWNLOAD_BODY_TIME"))
        crawler.signals.connect(limits.begin, signals.headers_received)
        crawler.signals.connect(limits.count, signals.bytes_received)
        return limits

    def begin(self, request: Request) -> None:
        """The headers are in: a body begins, of a first try as of a retry."""
        request.meta["received"], request.meta["began"] = 0, monotonic()

    def count(self, request: Request, data: bytes) -> None:
        meta = request.meta
        meta["received"] += len(data)
        if meta["received"] > self.longest:
            meta["stopped"] = "length"
        elif monotonic() - meta["began"] > self.seconds:
            meta["stopped"] = "time"
        else:
            return
        raise StopDownload(fail=False)
