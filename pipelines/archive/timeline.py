"""Versions follow from sightings: each run of equal texts in time is one version, in whatever order captures come in.

A sighting says that an article stood with a certain text at a certain time. Late captures (ingest) and other archives
(merge) only add sightings; the versions are then laid out anew, so the order of arrival cannot matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlite_utils.db import Database

Version = dict[str, Any]
"""Columns of `versions` without `id`, `article` and `number`."""


def sight(db: Database, article: int, seen: str, digest: str, capture: str | None) -> None:
    """Note that the article stood so at that time."""
    db.conn.execute("INSERT INTO sightings VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING", (article, seen, digest, capture))


def arrange(db: Database, article: int, more: Iterable[Version] = ()) -> str:
    """Lay out an article's versions by its sightings; returns the digest of the text that stood last.

    `more` are contents that no version row holds yet. Readings that a later extractor replaced stay as they are, before
    the reading that replaced them; sightings of theirs count as sightings of the new one.
    """
    rows = [*versions_of(db, article), *more]
    replaced = replacements((row["digest"], row["superseded_by"]) for row in rows)
    contents = {row["digest"]: row for row in sorted(rows, key=_rank)}
    stood: list[Version] = []
    seen = db.conn.execute("SELECT seen, digest, capture FROM sightings WHERE article = ? ORDER BY seen, digest", (article,))
    for at, digest, capture in seen.fetchall():
        final = _followed(replaced, digest)
        if not stood or stood[-1]["digest"] != final:
            stood.append(contents[final] | {"seen": at, "capture": capture, "superseded": None, "superseded_by": None})
    kept = {(row["seen"], row["digest"], row["superseded"]): row for row in rows if row["superseded_by"]}
    _write(db, article, [*kept.values(), *stood])
    return str(stood[-1]["digest"])


def replacements(readings: Iterable[tuple[str, str | None]]) -> dict[str, str]:
    """Old digest → new, of (digest, superseded_by). A reading whose text stayed the same (only fields changed) is no entry."""
    return {digest: later for digest, later in readings if later and later != digest}


def collapsed(sightings: Iterable[tuple[str, str]], replaced: Mapping[str, str]) -> list[tuple[str, str]]:
    """(first seen, digest) of each version that these (seen, digest) in order of time come to."""
    out: list[tuple[str, str]] = []
    for at, digest in sightings:
        final = _followed(replaced, digest)
        if not out or out[-1][1] != final:
            out.append((at, final))
    return out


def _followed(replaced: Mapping[str, str], digest: str) -> str:
    """The reading that finally replaced this one; a ring (an extractor that went back) ends where it began."""
    met = {digest}
    while digest in replaced and replaced[digest] not in met:
        digest = replaced[digest]
        met.add(digest)
    return digest


def _rank(row: Version) -> tuple[Any, ...]:
    """Of several rows with one text the same is chosen everywhere: the last of these."""
    return row["superseded_by"] is None, row["extractor"], row["fields"], row["counts"]


def versions_of(db: Database, article: int) -> list[Version]:
    """An article's version rows, without what is local to this file."""
    rows = db.conn.execute("SELECT * FROM versions WHERE article = ?", (article,)).fetchall()
    return [{name: row[name] for name in row.keys() if name not in ("id", "article", "number")} for row in rows]  # noqa: SIM118


def _write(db: Database, article: int, rows: list[Version]) -> None:
    db.conn.execute("DELETE FROM versions WHERE article = ?", (article,))
    ordered = sorted(rows, key=lambda row: (row["seen"], row["superseded"] is None, row["superseded"] or "", row["digest"]))
    for number, row in enumerate(ordered, 1):
        db.conn.execute(
            f"INSERT INTO versions(article, number, {', '.join(row)}) VALUES (?, ?, {', '.join('?' * len(row))})",
            (article, number, *row.values()),
        )
    db.conn.execute(
        "UPDATE articles SET versions = (SELECT count(*) FROM versions WHERE article = ?1 AND superseded IS NULL),"
        " first_seen = (SELECT min(seen) FROM sightings WHERE article = ?1),"
        " last_seen = (SELECT max(seen) FROM sightings WHERE article = ?1) WHERE id = ?1",
        (article,),
    )
