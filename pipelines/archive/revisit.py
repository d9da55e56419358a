"""When to look at a URL again. Pure: outcome and history in, next due time out; the ledger shows it as `next_due`."""

from __future__ import annotations

from datetime import datetime, timedelta

from crawler.clock import stamp
from crawler.items import LISTING, Kind, Outcome

SOONEST = timedelta(hours=6)
"""Chinese news sites correct and take down most within the first day; sooner would cost a second visit per article and run."""
LATEST = timedelta(days=180)
"""Bound for articles: two looks a year find a purge of old pages within half a year."""
LIST_LATEST = timedelta(days=30)
"""Bound for list pages that bring nothing new. The profile's own lists are visited every run and not by this."""
RETRIES = tuple(timedelta(hours=h) for h in (1, 4, 24, 72, 168, 336, 720, 720, 720))
"""Waits after the first, second … failure in a row; after the last one a URL is left alone until it is found again."""
DISALLOWED = timedelta(days=30)
"""robots.txt may change its mind."""
PROOF = timedelta(days=1)
"""A page that is missing must be missing on another day too."""

_READ = frozenset({Outcome.ARCHIVED, Outcome.CHANGED, Outcome.UNCHANGED, Outcome.DUPLICATE})
_TRY_AGAIN = frozenset({Outcome.FAILED, Outcome.BLOCKED, Outcome.UNREADABLE})


def next_due(
    outcome: Outcome, kind: Kind, *, now: datetime, changed_at: str | None, attempts: int, quiet: int, proven: bool, known: bool
) -> str | None:
    """ISO time of the next visit, or None for never.

    `changed_at`: when the text last changed or was first seen; `attempts`: failures in a row, this one included; `quiet`:
    visits in a row that brought nothing new; `proven`: the page is known to be gone; `known`: an article was archived here.
    """
    wait: timedelta | None = None
    if outcome in _READ and kind not in LISTING:
        # As long again as the text has stood: 6 h, 12 h, 1 d, 2 d … and a change starts it anew.
        age = now - datetime.fromisoformat(changed_at) if changed_at else timedelta()
        wait = min(max(age, SOONEST), LATEST)
    elif outcome is Outcome.LISTED or outcome in _READ:
        wait = min(timedelta() if not quiet else SOONEST * 2 ** min(quiet - 1, 10), LIST_LATEST)
    elif outcome in _TRY_AGAIN:
        wait = RETRIES[attempts - 1] if attempts <= len(RETRIES) else None
    elif outcome is Outcome.GONE:
        wait = PROOF if not proven else LATEST if known else None
    elif outcome is Outcome.DISALLOWED:
        wait = DISALLOWED
    return stamp(now + wait) if wait is not None else None
