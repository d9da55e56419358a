"""Which articles say the same: candidates by fingerprint bands, then the shingles of both texts compared exactly."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from sqlite_utils.db import Database

from pipelines.archive.search import HAN
from pipelines.text.fingerprint import BANDS, bands, grams, passages, similarity

ALIKE = 0.5
"""Share of common shingles (Jaccard) from which two texts are one story: a reprint cut to half of its length reaches it."""
CONTAINED = 0.8
"""Or this much of the shorter text inside the longer one (a brief cut out of a report)."""
_LIKELY = 0.3
"""Estimated likeness below which texts are not compared: three standard errors under what CONTAINED can still mean."""
_SHORTEST = 30
"""Shingles; a shorter text (a caption, a line of weather) is like others by accident."""
_BUCKET = 50
"""Newest articles looked at per band: a template's standing phrases would otherwise fill a bucket with thousands."""
_ESTIMATED = 40
"""Candidates whose fingerprints are compared, those with the most bands in common first."""
_COMPARED = 20
"""Candidates whose texts are compared, the likeliest first."""

_other = re.compile(f"[^{HAN}]+")
_SHARING = " UNION ALL ".join(
    f"SELECT * FROM (SELECT article FROM bands WHERE band = {band} AND value = ?{band + 1} AND article != ?{BANDS + 1}"
    f" ORDER BY article DESC LIMIT {_BUCKET})"
    for band in range(BANDS)
)

_MARKS = "SELECT article, minhash FROM fingerprints WHERE article IN (SELECT value FROM json_each(?))"


@dataclass(frozen=True, slots=True)
class Match:
    """Another article with the same text, and how much of each is in the other, 0 to 1."""

    article: int
    share: float
    """How much of this text is in the other."""
    share_of_other: float


def mark(db: Database, article: int, fingerprint: bytes | None, body: str, day: str) -> None:
    """Write an article's bands, and its passages in place of older ones. `day`: when it was published, or first seen."""
    db.conn.executemany("INSERT INTO bands VALUES (?, ?, ?) ON CONFLICT DO NOTHING", _bands(article, fingerprint))
    db.conn.execute("DELETE FROM passages WHERE article = ?", (article,))
    db.conn.executemany(
        "INSERT INTO passages VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        [(value, day, article, start, end) for value, start, end in passages(body)],
    )


def unmark(db: Database, article: int) -> None:
    """Take an article's bands away, which its fingerprint tells; to be called before that is replaced."""
    row = db.conn.execute("SELECT minhash FROM fingerprints WHERE article = ?", (article,)).fetchone()
    if row is not None:
        db.conn.executemany("DELETE FROM bands WHERE band = ? AND value = ? AND article = ?", _bands(article, row[0]))


def _bands(article: int, fingerprint: bytes | None) -> list[tuple[int, int, int]]:
    return [(number, value, article) for number, value in enumerate(bands(fingerprint or b""))]


def matches(db: Database, article: int, fingerprint: bytes | None, body: str) -> list[Match]:
    """Articles that carry this text, wholly or in good part: the likeliest one of each cluster, and those in none."""
    candidates = _candidates(db, article, fingerprint) if fingerprint else []
    mine = shingles(body) if candidates else frozenset()
    if len(mine) < _SHORTEST:
        return []
    found: list[Match] = []
    met: set[int] = set()
    for other, cluster in candidates:
        if cluster in met:
            continue  # one member is enough to join it; in a mirror farm all candidates are of one cluster
        theirs = shingles(str(db.conn.execute("SELECT body FROM articles WHERE id = ?", (other,)).fetchone()[0]))
        common = len(mine & theirs)
        if not theirs or common < _SHORTEST:
            continue
        if common / len(mine | theirs) >= ALIKE or common / min(len(mine), len(theirs)) >= CONTAINED:
            found.append(Match(other, common / len(mine), common / len(theirs)))
            met |= {cluster} if cluster is not None else set()
    return found


@lru_cache(maxsize=256)  # a story that spreads is compared again with every copy; about 25 MB
def shingles(text: str) -> frozenset[str]:
    """The runs of five Han characters of a text, punctuation and everything else left out."""
    return frozenset(grams(_other.sub("", text)))


def _candidates(db: Database, article: int, fingerprint: bytes) -> list[tuple[int, int | None]]:
    """(article, its cluster) of what is probably alike, the likeliest first."""
    hits = Counter(row[0] for row in db.conn.execute(_SHARING, (*bands(fingerprint), article)))
    if not hits:
        return []
    first = sorted(hits, key=lambda one: (-hits[one], one))[:_ESTIMATED]
    marks = db.conn.execute(_MARKS, (json.dumps(first),)).fetchall()
    likely = sorted((-likeness, other) for other, mark in marks if (likeness := similarity(fingerprint, mark)) >= _LIKELY)
    return [
        (other, db.conn.execute("SELECT cluster FROM articles WHERE id = ?", (other,)).fetchone()[0])
        for _, other in likely[:_COMPARED]
    ]
