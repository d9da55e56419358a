"""One line an event worth reading: no article text in the log, no stack trace for an expected failure."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from scrapy.logformatter import LogFormatter

if TYPE_CHECKING:
    from scrapy.logformatter import LogFormatterResult


class QuietFormatter(LogFormatter):
    """Scrapy's formatter without the item dumps and with expected failures at DEBUG; the outcome carries their reason."""

    def scraped(self, item: Any, response: Any, spider: Any) -> LogFormatterResult:
        message = "%(outcome)s %(url)s%(reason)s"
        reason = f" ({item.reason})" if item.reason else ""
        return {"level": logging.INFO, "msg": message, "args": {"outcome": item.outcome, "url": item.url, "reason": reason}}

    def download_error(self, failure: Any, request: Any, spider: Any, errmsg: str | None = None) -> LogFormatterResult:
        return {**super().download_error(failure, request, spider, errmsg), "level": logging.DEBUG}

    def item_error(self, item: Any, exception: BaseException, response: Any, spider: Any) -> LogFormatterResult:
        args = {"url": item.url, "error": exception}
        return {"level": logging.ERROR, "msg": "page not stored: %(url)s: %(error)s", "args": args}
