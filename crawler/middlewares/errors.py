"""Why a request was not answered with a page, and the outcome that each reason means."""

from __future__ import annotations

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)
from twisted.internet.error import ConnectError, ConnectionClosed

from crawler.items import Outcome

DOWNLOAD_ERRORS = (
    IgnoreRequest, CannotResolveHostError, DownloadCancelledError, DownloadConnectionRefusedError, DownloadFailedError,
    DownloadTimeoutError, ResponseDataLossError, UnsupportedURLSchemeError, ConnectError, ConnectionClosed,
)  # fmt: skip
"""What a download may raise; anything else is a fault of ours."""


class Refused(IgnoreRequest):
    """Raised by a middleware; names the outcome of the lease. IgnoreRequest: expected, no error in the log, never retried."""

    outcome = Outcome.FAILED
    reason = "refused"

    def __init__(self, detail: str = ""):
        super().__init__(f"{self.reason}: {detail}" if detail else self.reason)


class OffSite(Refused):
    """A redirect leaves the site's domains (redirect.py)."""

    outcome, reason = Outcome.OFFSITE, "redirect"


class RedirectLoop(Refused):
    """A redirect leads back or the chain is too long (redirect.py)."""

    reason = "redirect loop"


class Disallowed(Refused):
    """robots.txt forbids the address (robots.py)."""

    outcome, reason = Outcome.DISALLOWED, "robots.txt"


class RobotsUnreachable(Refused):
    """robots.txt could not be read, so nothing may be fetched: RFC 9309, 2.3.1.4 (robots.py)."""

    reason = "robots.txt unreachable"


class Halted(Refused):
    """The run is ending; the lease gets no outcome here and goes back to the ledger (politeness.py)."""

    reason = "stopped"


class PrivateAddress(Refused):
    """The name leads to a private, loopback or otherwise unroutable address (guard.py)."""

    outcome, reason = Outcome.DROPPED, "private address"


class Unrendered(Refused):
    """The browser could not draw the page (rendering/renderer.py)."""

    reason = "render"


def judge_failure(error: BaseException) -> tuple[Outcome, str]:
    """Outcome and reason of a request that got no page."""
    if isinstance(error, Refused):
        return error.outcome, str(error)
    names = {DownloadTimeoutError: "timeout", DownloadConnectionRefusedError: "connection refused", CannotResolveHostError: "dns"}
    for kind, reason in names.items():
        if isinstance(error, kind):
            return Outcome.FAILED, reason
    text = "".join(mark if mark.isprintable() else " " for mark in str(error))
    if "SSL" in text or "certificate" in text or "VerificationError" in text:
        return Outcome.FAILED, f"tls: {text[:200]}"
    if isinstance(error, IgnoreRequest):
        return Outcome.DROPPED, text[:200] or "ignored"
    return Outcome.FAILED, f"connection: {type(error).__name__}: {text[:200]}"
