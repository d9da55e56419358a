"""From Scrapy's responses and failures to raw pages and outcomes; also what replay says of a stored status."""

from __future__ import annotations

import logging
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any

from crawler.clock import stamp
from crawler.items import LISTING, Kind, Lease, Outcome, Page, RawPage
from crawler.workers import WorkerLost

if TYPE_CHECKING:
    from scrapy.http import Response

logger = logging.getLogger(__name__)

GONE = frozenset({404, 410})
REFUSED = frozenset({401, 402, 403, 405, 406, 407, 412, 418, 421, 423, 429, 451, 999})
"""The server is there and will not serve us: 412 and 405 are what two Chinese guards answer with their script page."""
END_OF_PAGE = 1024
"""Bytes at the end of a cut body in which `</html>` proves that only the length was wrong."""


def raw_page(response: Response) -> RawPage:
    """A live response as the raw page that the road reads."""
    headers = {name.decode("latin-1").lower(): values[0].decode("latin-1") for name, values in response.headers.items() if values}
    meta: dict[str, Any] = response.meta
    return RawPage(
        url=response.url, body=response.body, status=response.status, headers=headers, captured_at=stamp(),
        truncated=meta.get("truncated"),
    )  # fmt: skip


def unread(lease: Lease, outcome: Outcome, reason: str, raw: RawPage | None = None) -> Page:
    """A page item for a lease whose page was not read."""
    return Page(
        url=lease.url, site=lease.site, lease=lease, outcome=outcome, reason=reason, captured_at=stamp(),
        final_url=raw.url if raw else None, status=raw.status if raw else None,
    )  # fmt: skip


def unchanged(lease: Lease, raw: RawPage) -> Page:
    """304: the server says that what we have still holds."""
    page = unread(lease, Outcome.UNCHANGED, "304", raw)
    page.kind, page.etag, page.last_modified = lease.kind, lease.etag, lease.last_modified
    return page


def settle(page: Page, raw: RawPage, broken: str | None = None) -> Page:
    """What status, decoding and a cut body say against what reading saw. Changes and returns `page`."""
    overloaded = raw.status >= 500 and page.reason == f"status {raw.status}"  # nothing but the status speaks for a guard
    if page.kind is Kind.CHALLENGE and not overloaded:
        page.outcome = Outcome.BLOCKED
    elif raw.status in GONE:
        page.outcome, page.reason = Outcome.GONE, str(raw.status)
    elif raw.status in REFUSED:
        page.outcome, page.reason = Outcome.BLOCKED, f"status {raw.status}"
    elif raw.status >= 300:
        page.outcome, page.reason = Outcome.FAILED, f"status {raw.status}"
    elif broken:
        page.outcome, page.reason = Outcome.UNREADABLE, broken
    elif raw.truncated and page.kind not in LISTING and b"</html>" not in raw.body[-END_OF_PAGE:].lower():
        page.outcome, page.reason = Outcome.UNREADABLE, f"cut: {raw.truncated}"
    if page.outcome not in (Outcome.ARCHIVED, Outcome.LISTED):
        page.article, page.next_part = None, None
    if page.outcome in (Outcome.GONE, Outcome.BLOCKED, Outcome.FAILED):
        page.links = []  # the furniture of an error page leads nowhere
    return page


def replayed(reading: Future[Page], raw: RawPage, broken: str | None = None) -> Page:
    """The page item of a stored page, whatever became of its reading, which has ended."""
    error = reading.exception()
    if error is None:
        return settle(reading.result(), raw, broken)
    if not isinstance(error, WorkerLost):
        logger.error("%s: reading failed", raw.url, exc_info=error)
    how = f"worker: {error}" if isinstance(error, WorkerLost) else f"error: {type(error).__name__}: {error}"
    return Page(url=raw.url, outcome=Outcome.FAILED, reason=how, status=raw.status, captured_at=raw.captured_at)
