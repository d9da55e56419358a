"""Why a request was not answered with a page. All are IgnoreRequest: expected, not logged as errors, never retried."""

from __future__ import annotations

from scrapy.exceptions import IgnoreRequest

from crawler.items import Outcome


class Refused(IgnoreRequest):
    """Raised by a middleware; names the outcome of the lease."""

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


class PrivateAddress(Refused):
    """The name leads to a private, loopback or otherwise unroutable address (guard.py)."""

    outcome, reason = Outcome.DROPPED, "private address"
