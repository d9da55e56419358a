"""What people would rather look at than read: text shared between outlets, places named most."""

from __future__ import annotations

import sqlite3
import time
from collections import Counter

from pipelines.archive.browse import plots
from pipelines.archive.browse.places import GRID
from pipelines.archive.browse.rows import Row, rows
from pipelines.text.places import gazetteer

_SINCE = (
    "(SELECT min(day) FROM (SELECT day FROM tallies WHERE dimension = 'all' AND name = '' AND day > '' AND articles > 0"
    " ORDER BY day DESC LIMIT ?))"
)


MOST = 100_000
"""Articles of the last days that are looked at."""


def shared(conn: sqlite3.Connection, *, days: int = 31, limit: int = 12) -> Row:
    """What outlets shared in the last days: `days`, articles a day whose text another site ran too; `pairs` of sites."""
    found = rows(
        conn,
        f"SELECT cluster, site, substr(published, 1, 10) AS day FROM articles WHERE published >= {_SINCE} AND cluster IS NOT NULL"
        " LIMIT ?",
        (days, MOST),
    )
    together: dict[int, set[str]] = {}
    for entry in found:
        together.setdefault(entry["cluster"], set()).add(entry["site"])
    by_day = Counter(entry["day"] for entry in found if len(together[entry["cluster"]]) > 1)
    pairs: Counter[tuple[str, str]] = Counter()
    for sites in together.values():
        ordered = sorted(sites)[:20]
        pairs.update((a, b) for at, a in enumerate(ordered) for b in ordered[at + 1 :])
    told = [{"a": a, "b": b, "articles": n} for (a, b), n in pairs.most_common(limit)]
    return {"days": plots.bars(sorted(by_day.items())), "pairs": told}


_places: dict[str, tuple[float, list[tuple[str, int]]]] = {}


def named_places(conn: sqlite3.Connection, *, limit: int = 30, seconds: float = 0.8) -> list[tuple[str, int]]:
    """(place, articles naming it) for provinces and prefectures; counted in the index, remembered for ten minutes.

    Short names that mean other things as well (朝阳, 和平) are districts and not among these.
    """
    path = next((row[2] for row in conn.execute("PRAGMA database_list") if row[1] == "main"), "")
    counted_at, held = _places.get(path, (0.0, []))
    if held and time.monotonic() - counted_at < 600:
        return held[:limit]
    until, counts = time.monotonic() + seconds, []
    sql = "SELECT count(*) FROM articles_fts WHERE articles_fts MATCH ?"
    for name in _short_names():
        counts.append((name, int(conn.execute(sql, (f'"{name}"',)).fetchone()[0])))
        if time.monotonic() > until:
            break
    held = sorted(((name, n) for name, n in counts if n), key=lambda pair: (-pair[1], pair[0]))
    _places[path] = (time.monotonic(), held)
    return held[:limit]


def _short_names() -> list[str]:
    """Two-character names of provinces, then of prefectures: each is one token of the index."""
    named: dict[str, int] = {}
    for name, found in gazetteer().by_name.items():
        level = min(place.level for place in found)
        if len(name) == 2 and (level == 2 or any(place.code in GRID for place in found)):
            named[name] = level
    return sorted(named, key=lambda name: (named[name], name))
