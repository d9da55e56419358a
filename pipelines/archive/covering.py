"""Which days of a site the archive holds: what its lists named, what was captured, what is missing and why."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlite_utils.db import Database

from crawler.clock import stamp
from pipelines.archive.verifying.certificate import root_digest

CAPTURED = frozenset({"archived", "changed", "unchanged", "duplicate", "part"})
LISTS_REACH = 3
"""Days after a day on which its articles still stand on the first pages of a list: a list read then has seen the day."""


@dataclass(slots=True, kw_only=True)
class Day:
    """One day of a site. `state` tells "not published" from "not captured"."""

    day: str
    state: str = "not observed"
    """`complete`; `gaps`; `nothing listed`: lists were read and named nothing; `not observed`: no list was read in time."""
    listed: int = 0
    fetched: int = 0
    captured: int = 0
    gone: int = 0
    gaps: list[dict[str, str | None]] = field(default_factory=list)
    """Addresses that were listed and are not in the archive, with the reason."""


def days_of(db: Database, site: str, since: str, until: str) -> list[Day]:
    """Every day from `since` to `until` (ISO, both included), whether anything is known of it or not."""
    first, last = date.fromisoformat(since), date.fromisoformat(until)
    days = {d: Day(day=d) for d in ((first + timedelta(days=n)).isoformat() for n in range((last - first).days + 1))}
    rows = db.conn.execute(
        "SELECT substr(date, 1, 10), url, fetches, last_outcome, last_error FROM urls"
        " WHERE site = ? AND date >= ? AND date < ? AND kind NOT IN ('list', 'feed', 'sitemap', 'edition', 'api') ORDER BY url",
        (site, since, (last + timedelta(days=1)).isoformat()),
    )
    for on, url, fetches, outcome, error in rows.fetchall():
        day = days[on]
        day.listed += 1
        day.fetched += bool(fetches)
        day.captured += outcome in CAPTURED
        day.gone += outcome == "gone"
        if outcome not in CAPTURED and outcome != "gone":
            day.gaps.append({"url": url, "outcome": outcome or "waiting", "reason": error})
    seen = _observed(db, site, since, (last + timedelta(days=LISTS_REACH + 1)).isoformat())
    for day in days.values():
        day.state = _state(day, seen)
    return list(days.values())


def _observed(db: Database, site: str, since: str, before: str) -> set[str]:
    """Days on which a list of the site was read."""
    rows = db.conn.execute(
        "SELECT DISTINCT substr(at, 1, 10) FROM outcomes WHERE site = ? AND outcome = 'listed' AND at >= ? AND at < ?",
        (site, since, before),
    )
    return {row[0] for row in rows.fetchall()}


def _state(day: Day, seen: set[str]) -> str:
    if day.listed:
        return "gaps" if day.gaps else "complete"
    on = date.fromisoformat(day.day)
    reach = ((on + timedelta(days=n)).isoformat() for n in range(LISTS_REACH + 1))
    return "nothing listed" if any(later in seen for later in reach) else "not observed"


def coverage_certificate(db: Database, site: str, since: str, until: str) -> dict[str, Any]:
    """The days with the archive's root digest (as `verify` prints it) and a digest over the certificate itself."""
    told: dict[str, Any] = {"site": site, "since": since, "until": until, "at": stamp(), "root": f"sha256:{root_digest(db)}"}
    told["days"] = [asdict(day) for day in days_of(db, site, since, until)]
    canonical = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return told | {"sha256": hashlib.sha256(canonical.encode("utf-8")).hexdigest()}
