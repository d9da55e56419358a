"""One line an event worth reading, in fields; no article text in the log, no stack trace for an expected failure."""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING, Any

from scrapy.logformatter import LogFormatter

if TYPE_CHECKING:
    from scrapy.logformatter import LogFormatterResult


def fields(**values: Any) -> str:
    """`outcome=gone site=hebei_hebnews url=http://… reason="status 404"`: what is None is left out, what has blanks quoted."""
    return " ".join(f"{name}={_plain(str(value))}" for name, value in values.items() if value is not None)


def _plain(text: str) -> str:
    """Nothing that a server wrote may begin a line of its own or steer a terminal."""
    if not text.isprintable():
        return json.dumps(text)
    if text.startswith(("http://", "https://")) or (text and not any(mark in text for mark in ' "=')):
        return text
    return json.dumps(text, ensure_ascii=False)


class QuietFormatter(LogFormatter):
    """Scrapy's formatter without the item dumps and with expected failures at DEBUG; the outcome carries their reason."""

    def scraped(self, item: Any, response: Any, spider: Any) -> LogFormatterResult:
        told = fields(outcome=item.outcome, site=item.site, kind=item.kind, status=item.status, url=item.url, reason=item.reason)
        return {"level": logging.INFO, "msg": "%(told)s", "args": {"told": told}}

    def download_error(self, failure: Any, request: Any, spider: Any, errmsg: str | None = None) -> LogFormatterResult:
        return {**super().download_error(failure, request, spider, errmsg), "level": logging.DEBUG}

    def dropped(self, item: Any, exception: BaseException, response: Any, spider: Any) -> LogFormatterResult:
        """The archive could not be written, which has been said once; every page that waited for it is fetched again."""
        return {**self.item_error(item, exception, response, spider), "level": logging.INFO}

    def item_error(self, item: Any, exception: BaseException, response: Any, spider: Any) -> LogFormatterResult:
        told = fields(site=item.site, url=item.url, error=exception)
        return {"level": logging.ERROR, "msg": "page not stored: %(told)s", "args": {"told": told}}
