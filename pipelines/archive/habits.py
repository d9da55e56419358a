"""A site's own past: which fields its articles have, how long they are, on which days they come; and what departs from it."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median
from typing import Any

from sqlite_utils.db import Database

from crawler.clock import now, stamp

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


def layout(db: Database, site: str, run: int, started: str) -> str | None:
    """Fields and length of the articles of the last run that brought new ones, against those before."""
    names = ", ".join(FIELDS)
    select = f"SELECT {names}, chars FROM articles WHERE site = ? AND first_seen"
    new = db.conn.execute(f"{select} >= ? ORDER BY first_seen DESC LIMIT ?", (site, started, HISTORY)).fetchall()
    old = db.conn.execute(f"{select} < ? ORDER BY first_seen DESC LIMIT ?", (site, started, HISTORY)).fetchall()
    unreadable: int = db.conn.execute(
        "SELECT count(*) FROM outcomes WHERE run = ? AND outcome IN ('unreadable', 'dropped')"
        " AND (kind IN ('article', 'empty', 'unknown') OR kind IS NULL)", (run,),
    ).fetchone()[0]  # fmt: skip
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


def habit(db: Database, site: str) -> str | None:
    """Nothing new for longer than the site ever paused, or far less than on this weekday for four weeks."""
    days = [
        (datetime.fromisoformat(day).date(), count)
        for day, count in db.conn.execute(
            "SELECT substr(first_seen, 1, 10), count(*) FROM articles WHERE site = ? AND first_seen >= ? GROUP BY 1 ORDER BY 1",
            (site, stamp(now() - timedelta(days=60))),
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
