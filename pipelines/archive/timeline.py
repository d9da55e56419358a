"""Captures that come in later than newer ones (ingest, merge): their text takes its place among the versions by time."""

from __future__ import annotations

from typing import Any

from sqlite_utils.db import Database

from crawler.items import Outcome

_CONTENT = "digest, extractor, title, counts, fields, original, account, body, body_original"


def place(db: Database, article: int, version: dict[str, Any]) -> Outcome:
    """Put a text that was seen before the article's last sighting where it belongs; the current text stays.

    `version` has the columns of `versions` without `id`, `article` and `number`. A text that the version before it already
    has is nothing new; one that the version after it has only makes that version older.
    """
    seen, digest = version["seen"], version["digest"]
    before = _neighbour(db, article, "seen <= ? ORDER BY number DESC", seen)
    after = _neighbour(db, article, "seen > ? ORDER BY number", seen)
    db.conn.execute("UPDATE articles SET first_seen = min(first_seen, ?) WHERE id = ?", (seen, article))
    if before and before["digest"] == digest:
        return Outcome.UNCHANGED
    if after and after["digest"] == digest:
        values = (seen, version["capture"], after["id"])
        db.conn.execute("UPDATE versions SET seen = ?, capture = coalesce(?, capture) WHERE id = ?", values)
        return Outcome.UNCHANGED
    names = list(version)
    db.conn.execute(
        f"INSERT INTO versions(article, number, {', '.join(names)})"
        f" SELECT ?, max(number) + 1, {', '.join('?' * len(names))} FROM versions WHERE article = ?",
        (article, *version.values(), article),
    )
    if before and not after:  # the current text was there before and is there after: it came back
        db.conn.execute(
            f"INSERT INTO versions(article, number, seen, capture, {_CONTENT})"
            f" SELECT article, (SELECT max(number) + 1 FROM versions WHERE article = ?1),"
            f" (SELECT last_seen FROM articles WHERE id = ?1), capture, {_CONTENT} FROM versions WHERE id = ?2",
            (article, before["id"]),
        )
    renumber(db, article)
    return Outcome.CHANGED


def renumber(db: Database, article: int) -> None:
    """Number an article's versions by the time they were seen, and count them."""
    db.conn.execute("UPDATE versions SET number = -number WHERE article = ?", (article,))
    db.conn.execute(
        "UPDATE versions SET number = place FROM (SELECT id AS version, row_number() OVER (ORDER BY seen, digest) AS place"
        " FROM versions WHERE article = ?1) WHERE article = ?1 AND id = version",
        (article,),
    )
    db.conn.execute("UPDATE articles SET versions = (SELECT count(*) FROM versions WHERE article = ?1) WHERE id = ?1", (article,))


def _neighbour(db: Database, article: int, which: str, seen: str) -> Any:
    return db.conn.execute(f"SELECT id, digest FROM versions WHERE article = ? AND {which} LIMIT 1", (article, seen)).fetchone()
