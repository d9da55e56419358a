"""Reading captures anew: which to read, what a new reading changes, and taking it over with the old one kept."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from sqlite3 import Row
from typing import Any

from sqlite_utils.db import Database

from crawler.items import Article, Kind, Lease
from pipelines.archive import articles
from pipelines.archive.diff import Segment, segments
from pipelines.archive.opening import writing
from pipelines.archive.warcs import locate

Place = tuple[Path, int]
"""WARC file and byte at which a record stands."""

BATCH = 500
"""Articles looked up at once."""


@dataclass(frozen=True, slots=True)
class Due:
    """One article's current text, and where the bytes lie that it was read from."""

    article: int
    key: str
    url: str
    site: str
    version: int
    lease: Lease
    """As when it was fetched: what the list said of the page helps to read it."""
    place: Place | None
    """None when the text came without a capture."""
    parts: Mapping[str, Place]
    """Records of the article's further pages, by address."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a new reading makes of an article."""

    fields: dict[str, tuple[Any, Any]]
    """Field → (old, new), the body left out."""
    text: list[Segment]
    """Differences of the body; empty when it is the same."""


def due(db: Database, *, site: str | None = None, since: str | None = None) -> Iterator[Due]:
    """The articles, by key; `since`: only texts first seen from that ISO day on."""
    last = ""
    while True:
        rows = db.conn.execute(
            "SELECT a.id AS article, a.key, a.url, a.site, v.id AS version, v.capture FROM articles a JOIN versions v"
            " ON v.article = a.id AND v.superseded IS NULL AND v.number = (SELECT max(number) FROM versions WHERE article = a.id"
            " AND superseded IS NULL) WHERE a.key > ? AND (?2 IS NULL OR a.site = ?2) AND (?3 IS NULL OR v.seen >= ?3)"
            " ORDER BY a.key LIMIT ?4",
            (last, site, since, BATCH),
        ).fetchall()
        if not rows:
            return
        for row in rows:
            yield _due(db, row)
        last = rows[-1]["key"]


def compare(db: Database, wanted: Due, article: Article) -> Change | None:
    """What the reading changes, or None."""
    old = db.conn.execute("SELECT title, body, fields FROM versions WHERE id = ?", (wanted.version,)).fetchone()
    new = articles.version_of(article, seen="", capture=None, digest="")
    before = json.loads(old["fields"]) | {"title": old["title"]}
    after = json.loads(new["fields"]) | {"title": new["title"]}
    fields = {name: (before.get(name), value) for name, value in after.items() if before.get(name) != value}
    text = [] if old["body"] == new["body"] else segments(old["body"], new["body"])
    return Change(fields, text) if fields or text else None


def take_over(db: Database, wanted: Due, article: Article) -> None:
    """The new reading becomes the article's current text and version; the old one stays, marked as superseded.

    Sightings of the old reading count for the new one, so that the next visit finds nothing changed.
    """
    with writing(db):
        articles.supersede(db, wanted.article, wanted.version, article)


def _due(db: Database, row: Row) -> Due:
    capture = db.conn.execute("SELECT * FROM captures WHERE record = ?", (row["capture"],)).fetchone()
    url = db.conn.execute("SELECT * FROM urls WHERE id = ?", (capture["url_id"],)).fetchone() if capture else None
    lease = Lease(
        id=url["id"] if url else 0, url=url["url"] if url else row["url"], site=row["site"],
        kind=Kind(url["kind"]) if url else Kind.ARTICLE, title=url["title"] if url else None,
        date=url["date"] if url else None, section=url["section"] if url else None,
    )  # fmt: skip
    return Due(
        row["article"], row["key"], row["url"], row["site"], row["version"], lease,
        _place(db, capture) if capture else None, _parts(db, capture) if capture else {},
    )  # fmt: skip


def _parts(db: Database, capture: Row) -> dict[str, Place]:
    rows = db.conn.execute(
        "SELECT * FROM captures WHERE url_id = ? AND run = ? AND purpose = 'part' ORDER BY id",
        (capture["url_id"], capture["run"]),
    )
    return {part["url"]: _place(db, part) for part in rows.fetchall()}


def _place(db: Database, capture: Row) -> Place:
    """Where the payload stands: a revisit record has none of its own."""
    if capture["revisit_of"]:
        capture = db.conn.execute("SELECT * FROM captures WHERE record = ?", (capture["revisit_of"],)).fetchone()
    return locate(db, capture["warc"]), capture["offset"]
