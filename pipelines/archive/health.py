"""How each site fares against its own past: fresh, late, silent, broken layout, blocked, moved, failing. Read only."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlite_utils.db import Database

from crawler.clock import now, stamp
from pipelines.archive.habits import ENOUGH, MOSTLY, habit, layout
from pipelines.archive.opening import writing
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
ALARMS = ("late", "silent", "low", "broken layout", "blocked", "moved", "failing")


@dataclass(slots=True, kw_only=True)
class Health:
    """One site's state; `state` is the gravest of `signs`."""

    site: str
    state: str = "fresh"
    signs: list[str] = field(default_factory=list)
    """`word: detail` for everything that is not as it was."""
    run: int | None = None
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
    health.run = run
    health.last_reason = reason or "died"
    health.pages = dict(db.conn.execute("SELECT outcome, count(*) FROM outcomes WHERE run = ? GROUP BY 1", (run,)).fetchall())
    started = datetime.fromisoformat(str(health.last_run))
    health.next_due = stamp(started + interval(every))
    health.new_day = _one(db, "SELECT count(*) FROM articles WHERE site = ? AND first_seen >= ?", site, _ago(days=1))
    signs = (
        ending(health.last_reason),
        _pages(health),
        layout(db, site, run, str(health.last_run)),
        habit(db, site),
        None if site in busy else _late(started, every),
    )
    health.signs = [sign for sign in signs if sign]
    if health.signs:
        health.state = health.signs[0].partition(":")[0]
    return health


def _one(db: Database, sql: str, *values: Any) -> int:
    return int(db.conn.execute(sql, values).fetchone()[0] or 0)


def _ago(**span: float) -> str:
    return stamp(now() - timedelta(**span))


def ending(reason: str | None) -> str | None:
    """What a run's end says of its site; None where it says nothing."""
    told = reason or "died"
    return None if told in ENDED_WELL else ENDINGS.get(told, f"failing: the last run ended with {told}")


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


def is_late(started: datetime, every: str) -> bool:
    """Whether a site whose last run began then should have been crawled again by now."""
    return now() - started > 2 * interval(every) + timedelta(hours=1)


def _late(started: datetime, every: str) -> str | None:
    hours = (now() - started).total_seconds() / 3600
    return f"late: the last run began {hours:.0f} hours ago, due every {every}" if is_late(started, every) else None


def note(db: Database, site: str, every: str) -> list[str]:
    """Keep the signs of the run of a site that has just ended in its row, where the reading room finds them; returns them."""
    health = examine(db, [(site, every)])[0]
    if health.run is not None:
        told = json.dumps(health.signs, ensure_ascii=False)
        with writing(db):
            db.conn.execute("UPDATE runs SET counts = json_set(counts, '$.signs', json(?)) WHERE id = ?", (told, health.run))
    return health.signs


def as_json(found: list[Health]) -> str:
    """All of it for programs; `text` is a line a site for people, under the name by which chat services take a message."""
    text = "\n".join(f"{health.site}: {'; '.join(health.signs) or health.state}" for health in found)
    sites = [health.as_dict() for health in found]
    return json.dumps({"at": stamp(), "text": text, "sites": sites}, ensure_ascii=False, indent=1)
