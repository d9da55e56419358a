"""How each site fares against its own past: fresh, late, silent, broken layout, blocked, moved, failing. Read only."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median
from typing import Any

from sqlite_utils.db import Database

from crawler.clock import now, stamp
from pipelines.archive.runs import dead_runs
from pipelines.archive.schedule import interval, running

ENDED_WELL = frozenset({"finished", "shutdown", "budget", "outside_hours"})
"""Reasons of an end that say nothing about the site."""
GOOD = frozenset({"archived", "changed", "unchanged", "listed", "duplicate", "part"})
ENDINGS = {
    "blocked": "blocked: the site refused so much that the last run ended",
    "retry_after": "blocked: the site asked for so long a pause that the last run ended",
    "failing": "failing: so many pages failed that the last run ended",
    "died": "failing: the last run died (killed, or the machine went off)",
    "hung": "failing: the last run hung and was killed",
    "archive_error": "failing: the last run could not write into the archive",
}
FIELDS = ("title", "published", "source", "section")
"""Fields that a template either has or has not; reporters and editors come and go with the article."""
HISTORY = 200
"""Articles before the last run that make a site's habit …"""
ENOUGH = 5
"""… and the fewest, on either side, from which anything is concluded."""
USUAL, LOST = 0.8, 0.4
"""A field that USUAL of the earlier articles had and fewer than LOST of the new ones have is lost to a new layout."""
SHORTER = 0.3
"""New articles whose median length falls below this share of the earlier median have lost their body."""
MOSTLY = 0.5
"""Share of a run's pages that decides about blocked, moved and unreadable."""
ALARMS = ("late", "silent", "low", "broken layout", "blocked", "moved", "failing")


@dataclass(slots=True, kw_only=True)
class Health:
    """One site's state; `state` is the gravest of `signs`."""

    site: str
    state: str = "fresh"
    signs: list[str] = field(default_factory=list)
    """`word: detail` for everything that is not as it was."""
    last_run: str | None = None
    last_reason: str | None = None
    next_due: str | None = None
    pages: dict[str, int] = field(default_factory=dict)
    """The last run's pages by outcome."""
    articles: int = 0
    new_day: int = 0
    """Articles first seen in the last 24 hours."""
    newest: str | None = None
    queued: int = 0
    mirrors: dict[str, str] = field(default_factory=dict)
    """Host to the host whose pages it serves."""

    @property
    def alarm(self) -> bool:
        return self.state in ALARMS

    def as_dict(self) -> dict[str, Any]:
        return asdict(self) | {"alarm": self.alarm}


def examine(db: Database, sites: Iterable[tuple[str, str]]) -> list[Health]:
    """The health of each (name, interval), gravest first."""
    dead, busy = set(dead_runs(db)), running(db)
    found = [_examine(db, name, every, dead, busy) for name, every in sites]
    return sorted(found, key=lambda health: (not health.alarm, health.site))


def _examine(db: Database, site: str, every: str, dead: set[int], busy: set[str]) -> Health:
    health = Health(site=site)
    row = db.conn.execute("SELECT count(*), max(first_seen) FROM articles WHERE site = ?", (site,)).fetchone()
    health.articles, health.newest = row
    health.mirrors = dict(
        db.conn.execute("SELECT host, mirror_of FROM hosts WHERE site = ? AND mirror_of IS NOT NULL", (site,)).fetchall()
    )
    health.queued = _one(db, "SELECT count(*) FROM urls WHERE site = ? AND state = 'queued'", site)
    runs = db.conn.execute(
        "SELECT id, started, reason FROM runs WHERE site = ? AND command = 'crawl' AND (finished IS NOT NULL OR id IN"
        f" ({','.join(map(str, dead)) or '0'})) ORDER BY id DESC LIMIT 1", (site,),
    ).fetchall()  # fmt: skip
    if not runs:
        health.state = "running" if site in busy else "never"
        return health
    run, health.last_run, reason = runs[0]
    health.last_reason = reason or "died"
    health.pages = dict(db.conn.execute("SELECT outcome, count(*) FROM outcomes WHERE run = ? GROUP BY 1", (run,)).fetchall())
    started = datetime.fromisoformat(str(health.last_run))
    health.next_due = stamp(started + interval(every))
    health.new_day = _one(db, "SELECT count(*) FROM articles WHERE site = ? AND first_seen >= ?", site, _ago(days=1))
    signs = (
        _run(health),
        _pages(health),
        _layout(db, site, run, str(health.last_run)),
        _habit(db, site),
        _late(started, every, busy, site),
    )
    health.signs = [sign for sign in signs if sign]
    if health.signs:
        health.state = health.signs[0].partition(":")[0]
    return health


def _one(db: Database, sql: str, *values: Any) -> int:
    return int(db.conn.execute(sql, values).fetchone()[0] or 0)


def _ago(**span: float) -> str:
    return stamp(now() - timedelta(**span))


def _run(health: Health) -> str | None:
    reason = str(health.last_reason)
    return None if reason in ENDED_WELL else ENDINGS.get(reason, f"failing: the last run ended with {reason}")


def _pages(health: Health) -> str | None:
    """What most of the last run's pages came to."""
    total = sum(health.pages.values())
    for outcome, word in (("blocked", "blocked"), ("offsite", "moved"), ("failed", "failing"), ("gone", "moved")):
        count = health.pages.get(outcome, 0)
        if total and count / total >= MOSTLY and (count >= ENOUGH or count == total):
            return f"{word}: {count} of {total} pages of the last run were {outcome}"
    if total and not GOOD & health.pages.keys():
        told = ", ".join(f"{count} {outcome}" for outcome, count in health.pages.items())
        return f"failing: none of the last run's pages could be read: {told}"
    return None


def _layout(db: Database, site: str, run: int, started: str) -> str | None:
    """Fields and length of the articles of the last run that brought new ones, against those before."""
    names = ", ".join(FIELDS)
    select = f"SELECT {names}, chars FROM articles WHERE site = ? AND first_seen"
    new = db.conn.execute(f"{select} >= ? ORDER BY first_seen DESC LIMIT ?", (site, started, HISTORY)).fetchall()
    old = db.conn.execute(f"{select} < ? ORDER BY first_seen DESC LIMIT ?", (site, started, HISTORY)).fetchall()
    unreadable = _one(
        db, "SELECT count(*) FROM outcomes WHERE run = ? AND outcome IN ('unreadable', 'dropped')"
        " AND (kind IN ('article', 'empty', 'unknown') OR kind IS NULL)", run,
    )  # fmt: skip
    if len(old) >= ENOUGH and unreadable >= ENOUGH and unreadable > len(new) * (1 / MOSTLY - 1):
        return f"broken layout: {unreadable} pages of the last run could not be read, {len(new)} new ones could"
    if len(old) < ENOUGH or len(new) < ENOUGH:
        return None
    lost = [
        f"{name} {before:.0%} → {after:.0%}"
        for place, name in enumerate(FIELDS)
        if (before := _filled(old, place)) >= USUAL and (after := _filled(new, place)) < LOST
    ]
    long, short = median(row[-1] for row in old), median(row[-1] for row in new)
    if short < long * SHORTER:
        lost.append(f"body {long:.0f} → {short:.0f} characters")
    return f"broken layout: {', '.join(lost)}" if lost else None


def _filled(rows: list[Any], place: int) -> float:
    return sum(row[place] not in (None, "", "[]") for row in rows) / len(rows)


def _habit(db: Database, site: str) -> str | None:
    """Nothing new for longer than the site ever paused, or far less than on this weekday for four weeks."""
    days = [
        (datetime.fromisoformat(day).date(), count)
        for day, count in db.conn.execute(
            "SELECT substr(first_seen, 1, 10), count(*) FROM articles WHERE site = ? AND first_seen >= ? GROUP BY 1 ORDER BY 1",
            (site, _ago(days=60)),
        ).fetchall()
    ]
    if len(days) < ENOUGH:
        return None
    pause = (now().date() - days[-1][0]).days
    longest = max((later[0] - earlier[0]).days for earlier, later in pairwise(days))
    if pause > max(2, longest * 1.5):
        return f"silent: nothing new for {pause} days; the longest pause in 60 days was {longest}"
    yesterday, counts = now().date() - timedelta(days=1), dict(days)
    same = [counts.get(yesterday - timedelta(weeks=back), 0) for back in range(1, 5)]
    if days[0][0] <= yesterday - timedelta(weeks=4) and median(same) >= ENOUGH and counts.get(yesterday, 0) < median(same) * 0.2:
        weekday = yesterday.strftime("%A")
        return f"low: {counts.get(yesterday, 0)} articles yesterday; {median(same):.0f} is usual on a {weekday}"
    return None


def _late(started: datetime, every: str, busy: set[str], site: str) -> str | None:
    waited = now() - started
    if site in busy or waited <= 2 * interval(every) + timedelta(hours=1):
        return None
    return f"late: the last run began {waited.total_seconds() / 3600:.0f} hours ago, due every {every}"


def as_json(found: list[Health]) -> str:
    """All of it for programs; `text` is a line a site for people, under the name by which chat services take a message."""
    text = "\n".join(f"{health.site}: {'; '.join(health.signs) or health.state}" for health in found)
    sites = [health.as_dict() for health in found]
    return json.dumps({"at": stamp(), "text": text, "sites": sites}, ensure_ascii=False, indent=1)
