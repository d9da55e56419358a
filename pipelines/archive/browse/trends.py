"""What people would rather look at than read: text shared between outlets, places named most."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import chain

from pipelines.archive.browse import plots
from pipelines.archive.browse.places import GRID
from pipelines.archive.browse.rows import Row, rows
from pipelines.text.places import gazetteer

DAYS = "SELECT day FROM tallies WHERE dimension = 'all' AND name = '' AND day > '' AND articles > 0 ORDER BY day DESC LIMIT ?"
OF_DAY = "a.published >= :day AND a.published < :day || 'U'"
"""U stands above every time of that day."""


def shared(conn: sqlite3.Connection, *, days: int = 31, limit: int = 12, seconds: float = 0.4) -> Row:
    """What outlets shared on the last days with articles, as far back as `seconds` reach.

    `days`: articles a day of which another site ran the same text at any time, or a whole sentence on the same day;
    `pairs`: two sites and the articles of either that they share.
    """
    until = time.monotonic() + seconds
    by_day: dict[str, int] = {}
    pairs: Counter[tuple[str, str]] = Counter()
    for found in rows(conn, DAYS, (days,)):
        if time.monotonic() > until:
            break
        partners = _partners(conn, found["day"])
        by_day[found["day"]] = sum(1 for _, others in partners if others)
        pairs.update((min(site, other), max(site, other)) for site, others in partners for other in others)
    told = [{"a": a, "b": b, "articles": n} for (a, b), n in pairs.most_common(limit)]
    return {"days": plots.bars(sorted(by_day.items()) if any(by_day.values()) else []), "pairs": told}


def _partners(conn: sqlite3.Connection, day: str) -> list[tuple[str, set[str]]]:
    """The day's articles in clusters or with passages: each one's site, and the other sites that share its text."""
    sentences = conn.execute(
        f"SELECT a.id, a.site, p.value FROM articles a JOIN passages p ON p.article = a.id WHERE {OF_DAY} AND p.day = :day",
        {"day": day},
    ).fetchall()
    whole = conn.execute(f"SELECT a.id, a.site, -a.cluster FROM articles a WHERE {OF_DAY} AND a.cluster > 0", {"day": day})
    # Named, because statistics of an archive with few clusters make SQLite read all articles instead.
    carriers = conn.execute(
        "SELECT DISTINCT -cluster, site FROM articles INDEXED BY articles_cluster WHERE cluster IN"
        f" (SELECT a.cluster FROM articles a WHERE {OF_DAY} AND a.cluster > 0)",
        {"day": day},
    )
    sites: defaultdict[int, set[str]] = defaultdict(set)  # by hash of a sentence; by the negative number of a cluster
    for text, site in chain(((row[2], row[1]) for row in sentences), carriers):
        sites[text].add(site)
    partners: defaultdict[tuple[int, str], set[str]] = defaultdict(set)
    for article, site, text in chain(sentences, whole):
        partners[article, site] |= sites[text] - {site}
    return [(site, others) for (_, site), others in partners.items()]


@dataclass(slots=True)
class _Counted:
    """What is known of one file's places: counts, and the names that still wait."""

    since: float
    counts: dict[str, int] = field(default_factory=dict)
    waiting: list[str] = field(default_factory=lambda: _short_names()[::-1])


_places: dict[str, _Counted] = {}
_counting = threading.Lock()


def named_places(conn: sqlite3.Connection, *, limit: int = 30, seconds: float = 0.4) -> tuple[list[tuple[str, int]], int]:
    """(place, articles naming it) for provinces and prefectures, and how many of these wait to be counted.

    Counted in the index, some on each call, and remembered for ten minutes. Short names that mean other things as well
    (朝阳, 和平) are districts and not among these.
    """
    path = next((row[2] for row in conn.execute("PRAGMA database_list") if row[1] == "main"), "")
    known = _places.get(path)
    if known is None or (not known.waiting and time.monotonic() - known.since > 600):
        known = _places[path] = _Counted(time.monotonic())
    until = time.monotonic() + seconds
    sql = "SELECT count(*) FROM articles_fts WHERE articles_fts MATCH ?"
    with _counting:
        while known.waiting and time.monotonic() < until:
            name = known.waiting[-1]
            known.counts[name] = int(conn.execute(sql, (f'"{name}"',)).fetchone()[0])
            known.waiting.pop()
    held = sorted(((name, n) for name, n in known.counts.items() if n), key=lambda pair: (-pair[1], pair[0]))
    return held[:limit], len(known.waiting)


def _short_names() -> list[str]:
    """Two-character names of provinces, then of prefectures: each is one token of the index."""
    named: dict[str, int] = {}
    for name, found in gazetteer().by_name.items():
        level = min(place.level for place in found)
        if len(name) == 2 and (level == 2 or any(place.code in GRID for place in found)):
            named[name] = level
    return sorted(named, key=lambda name: (named[name], name))
