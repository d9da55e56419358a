"""Scrapy's HTTP/1.1 handler with a bound on what may stand before a body: headers and 1xx answers without end.

Twisted limits one header line to 16 KiB and their number not at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scrapy.core.downloader.handlers.http11 import (
    HTTP11DownloadHandler,
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
    _LenientHTTPClientParser,
)

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

LONGEST_HEAD = 256 * 1024
"""Bytes of status lines and headers; the longest seen in Common Crawl samples are below 64 KiB."""


class BoundedParser(_LenientHTTPClientParser):
    """Takes the class of a parser that exists already, so it may add no `__init__`."""

    head = 0

    def lineReceived(self, line: bytes) -> None:
        self.head += len(line) + 2
        if self.head > LONGEST_HEAD:
            transport: Any = self.transport
            transport.loseConnection()
            return
        super().lineReceived(line)


class BoundedProtocol(_LenientHTTP11ClientProtocol):
    """One connection; every answer on it gets a bounded parser."""

    def request(self, request: Any) -> Any:
        answer = super().request(request)
        if self._parser is not None:
            self._parser.__class__ = BoundedParser
        return answer


class BoundedFactory(_LenientHTTP11ClientFactory):
    def buildProtocol(self, addr: Any) -> BoundedProtocol:
        return BoundedProtocol(self._quiescentCallback)  # type: ignore[no-untyped-call]


class BoundedHandler(HTTP11DownloadHandler):
    """For http and https."""

    def __init__(self, crawler: Crawler):
        super().__init__(crawler)
        self._pool._factory = BoundedFactory
