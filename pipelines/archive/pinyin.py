"""Names that a reader may mean by pinyin: `tangshan`, `wang hao`, `wh`. Names come from the archive and the gazetteer."""

from __future__ import annotations

import re
import sqlite3
import time
from collections import defaultdict
from functools import lru_cache

from pypinyin import Style, pinyin

from pipelines.archive.query import phrase
from pipelines.text.places import gazetteer

NAMES = 20_000
"""Most reporters and most keywords that are kept in mind."""
STALE = 600.0
"""Seconds after which the names are read again."""
_LATIN = re.compile(r"[a-z][a-z'\s]{0,39}", re.IGNORECASE)
_READINGS = 8
"""Most readings of one name (it grows with each character that has several)."""

Index = dict[str, tuple[str, ...]]


def candidates(conn: sqlite3.Connection, text: str, *, limit: int = 8) -> list[tuple[str, int]]:
    """(name, articles that hold it) for names spelt or abbreviated so, the most frequent first; none for other text."""
    if not _LATIN.fullmatch(text.strip()):
        return []
    spelt = re.sub(r"[^a-z]", "", text.lower())
    if len(spelt) < 2:
        return []
    names = _index(conn).get(spelt, ())[:60]
    held = [(name, _articles(conn, name)) for name in names]
    return sorted(((n, c) for n, c in held if c), key=lambda pair: (-pair[1], pair[0]))[:limit]


def _articles(conn: sqlite3.Connection, name: str, most: int = 10_000) -> int:
    sql = "SELECT count(*) FROM (SELECT 1 FROM articles_fts WHERE articles_fts MATCH ? LIMIT ?)"
    return int(conn.execute(sql, (phrase(name), most)).fetchone()[0])


@lru_cache(maxsize=100_000)
def spellings_of(name: str) -> tuple[str, ...]:
    """All ways to type a name: each reading in full, and the initials. 重庆 → chongqing, zhongqing, cq, zq."""
    ways = {("", "")}
    for readings in pinyin(name, style=Style.NORMAL, heteronym=True):
        kept = [reading.replace("ü", "v") for reading in readings[:3]]
        ways = {(full + r, short + r[:1]) for full, short in ways for r in kept}
        if len(ways) > _READINGS:
            ways = set(sorted(ways)[:_READINGS])
    return tuple(sorted({way for pair in ways for way in pair if len(way) > 1}))


_kept: dict[str, tuple[float, Index]] = {}


def _index(conn: sqlite3.Connection) -> Index:
    """Names by spelling, per archive file; read again when stale."""
    path = next((row[2] for row in conn.execute("PRAGMA database_list") if row[1] == "main"), "")
    read_at, index = _kept.get(path, (0.0, {}))
    if not index or time.monotonic() - read_at > STALE:
        index = _read(conn)
        _kept[path] = (time.monotonic(), index)
    return index


def _read(conn: sqlite3.Connection) -> Index:
    names: dict[str, None] = dict.fromkeys(name for name in gazetteer().by_name if 2 <= len(name) <= 4)
    for dimension in ("reporter", "keyword"):
        found = conn.execute(
            "SELECT name FROM tallies WHERE dimension = ? AND articles > 0 ORDER BY articles DESC LIMIT ?", (dimension, NAMES)
        )
        names |= dict.fromkeys(str(row[0]) for row in found if 2 <= len(str(row[0])) <= 8)
    index: defaultdict[str, list[str]] = defaultdict(list)
    for name in names:
        for spelling in spellings_of(name):
            index[spelling].append(name)
    return {spelling: tuple(found) for spelling, found in index.items()}
