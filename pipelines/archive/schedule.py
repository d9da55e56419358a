"""When each site was crawled last and whether it is due; what a run that hung is called."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlite_utils.db import Database

from crawler.clock import now, stamp
from pipelines.archive.opening import writing
from pipelines.archive.runs import dead_runs, take_back

UNITS = {"m": "minutes", "h": "hours", "d": "days"}


def interval(every: str) -> timedelta:
    """`30m`, `6h`, `1d` as a time span. Raises ValueError."""
    match = re.fullmatch(r"(\d+)([mhd])", every)
    if match is None:
        raise ValueError(f"{every!r} is no interval such as 30m, 6h, 1d")
    return timedelta(**{UNITS[match[2]]: int(match[1])})


@dataclass(slots=True, frozen=True)
class Turn:
    """A site whose crawl is due."""

    site: str
    last: str | None
    """Start of its last run; None when it never ran."""


def followed(db: Database) -> list[str]:
    """Sites that were crawled at least once: what is followed is what somebody began."""
    rows = db.conn.execute("SELECT DISTINCT site FROM runs WHERE command = 'crawl' AND site IS NOT NULL ORDER BY site")
    return [row[0] for row in rows.fetchall()]


def running(db: Database) -> set[str]:
    """Sites that a living run is at work on."""
    dead = set(dead_runs(db))
    rows = db.conn.execute("SELECT id, site FROM runs WHERE finished IS NULL AND site IS NOT NULL").fetchall()
    return {site for run, site in rows if run not in dead}


def due(db: Database, sites: Iterable[tuple[str, str]]) -> list[Turn]:
    """Those of `sites` (name, interval) whose time has come, the longest waiting first.

    A site that missed several runs is due once. A last run in the future means that the clock was set back: due.
    """
    rows = db.conn.execute("SELECT site, max(started) FROM runs WHERE command = 'crawl' AND site IS NOT NULL GROUP BY site")
    last: dict[str, str] = dict(rows.fetchall())
    moment, busy = now(), running(db)
    turns = [Turn(name, last.get(name)) for name, every in sites if name not in busy and _is_due(last.get(name), every, moment)]
    return sorted(turns, key=lambda turn: turn.last or "")


def _is_due(last: str | None, every: str, moment: datetime) -> bool:
    if last is None:
        return True
    started = datetime.fromisoformat(last)
    return started + interval(every) <= moment or started > moment + timedelta(minutes=5)


def close_hung(db: Database, site: str) -> None:
    """Take back the leases of a run that was killed for hanging, and call its end by that name."""
    dead = dead_runs(db)
    take_back(db)
    with writing(db):
        for run in dead:
            db.conn.execute("UPDATE runs SET reason = 'hung', finished = ? WHERE id = ? AND site = ?", (stamp(), run, site))
