"""Articles of another archive: sightings and versions are united, the current text is that of the last sighting."""

from __future__ import annotations

import json
from sqlite3 import Row
from typing import Any

from sqlite_utils.db import Database

from pipelines.archive import clusters, nearness, timeline
from pipelines.text.fingerprint import fingerprint

_LOCAL = ("id", "cluster", "role", "share")
_TEXT = (
    "title", "kicker", "subtitle", "original_title", "published", "published_precision", "updated", "source", "reporters",
    "correspondents", "photographers", "editors", "keywords", "section", "sponsor", "page_number", "page_name", "region_code",
    "region", "region_rule", "script", "noise", "chars", "digest", "counts", "editor_chain", "blocks", "body",
)  # fmt: skip
"""What the article's row shows of its current text."""
_DETAILS = ("provenance", "images", "fingerprints")


def take_article(db: Database, theirs: Database, row: Row) -> int:
    """1 for an article that is new here."""
    ours = db.conn.execute("SELECT * FROM articles WHERE key = ?", (row["key"],)).fetchone()
    if ours is None:
        article = _insert(db, row)
        _take_details(db, theirs, article, row["id"])
    else:
        article = ours["id"]
    before = _picture(db, article)
    for seen, digest, capture in theirs.conn.execute(
        "SELECT seen, digest, capture FROM sightings WHERE article = ?", (row["id"],)
    ):
        timeline.sight(db, article, seen, digest, capture)
        db.conn.execute(
            "UPDATE sightings SET capture = min(coalesce(capture, ?1), coalesce(?1, capture)) WHERE article = ?2 AND seen = ?3"
            " AND digest = ?4",
            (capture, article, seen, digest),
        )
    last = timeline.arrange(db, article, timeline.versions_of(theirs, row["id"]))
    if ours is not None:
        _choose(db, theirs, ours, row, last)
    if ours is None or _picture(db, article) != before:
        clusters.place(db, article)
    return int(ours is None)


def _choose(db: Database, theirs: Database, ours: Row, row: Row, last: str) -> None:
    """Show the text that stood last, from the archive that has it; of two readings with one digest the greater."""
    site = min((ours["first_seen"], ours["site"], ours["url"]), (row["first_seen"], row["site"], row["url"]))
    db.conn.execute("UPDATE articles SET site = ?, url = ? WHERE id = ?", (*site[1:], ours["id"]))
    have = [found for found in (ours, row) if found["digest"] == last and found["blocks"]]  # a slice has rows without a text
    if not have:
        _show_version(db, ours["id"], last)
    elif max(have, key=_content) is row and _content(row) != _content(ours):
        assignments = ", ".join(f"{name} = ?" for name in _TEXT)
        db.conn.execute(f"UPDATE articles SET {assignments} WHERE id = ?", (*(row[name] for name in _TEXT), ours["id"]))
        _take_details(db, theirs, ours["id"], row["id"])


def _show_version(db: Database, article: int, digest: str) -> None:
    """Neither archive shows the reading that counts (one read a page anew that the other saw last): show its version."""
    version = db.conn.execute(
        "SELECT * FROM versions WHERE article = ? AND digest = ? AND superseded IS NULL ORDER BY number DESC", (article, digest)
    ).fetchone()
    fields = json.loads(version["fields"])
    values: dict[str, Any] = {name: fields[name] for name in _TEXT if name in fields}
    values = {
        name: json.dumps(value, ensure_ascii=False) if isinstance(value, list) and value else value or None
        for name, value in values.items()
        if name not in ("editors", "counts")
    }
    paragraphs = [{"kind": "p", "text": line} for line in version["body"].split("\n")]
    values |= {
        "title": version["title"], "body": version["body"], "digest": digest, "counts": version["counts"],
        "blocks": json.dumps(paragraphs, ensure_ascii=False), "chars": sum(not char.isspace() for char in version["body"]),
    }  # fmt: skip
    assignments = ", ".join(f"{name} = ?" for name in values)
    db.conn.execute(f"UPDATE articles SET {assignments} WHERE id = ?", (*values.values(), article))
    nearness.unmark(db, article)
    db.conn.execute("INSERT OR REPLACE INTO fingerprints VALUES (?, ?)", (article, fingerprint(version["body"])))


def _insert(db: Database, row: Row) -> int:
    values = {name: row[name] for name in row.keys() if name not in _LOCAL}  # noqa: SIM118
    cursor = db.conn.execute(
        f"INSERT INTO articles({', '.join(values)}) VALUES ({', '.join('?' * len(values))})", tuple(values.values())
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def _take_details(db: Database, theirs: Database, article: int, their_article: int) -> None:
    nearness.unmark(db, article)
    for table in _DETAILS:
        db.conn.execute(f"DELETE FROM {table} WHERE article = ?", (article,))
        for row in theirs.conn.execute(f"SELECT * FROM {table} WHERE article = ?", (their_article,)).fetchall():
            values = {name: row[name] for name in row.keys()} | {"article": article}  # noqa: SIM118
            marks = ", ".join("?" * len(values))
            db.conn.execute(f"INSERT INTO {table}({', '.join(values)}) VALUES ({marks})", tuple(values.values()))


def _picture(db: Database, article: int) -> tuple[Any, ...]:
    """What the article's place among the clusters depends on."""
    return tuple(
        db.conn.execute(
            "SELECT digest, published, first_seen, source, noise, site FROM articles WHERE id = ?", (article,)
        ).fetchone()
    )


def _content(row: Row) -> tuple[str, ...]:
    return tuple("" if row[name] is None else f"={row[name]}" for name in _TEXT)
