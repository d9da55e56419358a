"""Articles and their versions: the current state in one row, every distinct text that was ever seen in another."""

from __future__ import annotations

import json
import re
from dataclasses import fields
from functools import cache
from typing import Any

from sqlite_utils.db import Database

from crawler.clock import stamp
from crawler.items import Article, Outcome, public_key
from pipelines.archive import clusters, furniture, nearness, timeline
from pipelines.archive.software import software
from pipelines.text.fingerprint import digest as digest_text

_PLAIN = (
    "title", "kicker", "subtitle", "original_title", "published", "published_precision", "updated", "source", "sponsor",
    "page_number", "page_name", "region_code", "region", "region_rule", "script", "noise", "body",
)  # fmt: skip
_LISTS = ("reporters", "correspondents", "photographers", "keywords", "section")
_EDITS = re.compile(r"^(?!.*(总编|编委)).*编")
"""责任编辑, 责编, 网络编辑 … but not 总编辑 (editor-in-chief) nor 编委 (editorial board)."""
_NOT_IN_VERSION = ("url", "title", "body", "blocks", "provenance", "original", "account", "counts", "fingerprint", "digest")


def digest_of(article: Article) -> str:
    """What decides whether a text is new."""
    return article.digest or digest_text(article.title, article.body)


def keep(db: Database, article: Article, *, site: str, seen: str, capture: str | None, via_alias: bool) -> tuple[int, Outcome]:
    """Insert the article, add a version, or note that it still stands. Returns its row id and what it came to.

    `seen`: when the page was captured; an older capture that comes in later becomes an older version. `via_alias`: the
    page was asked for under another address than the article's own. Such a page never changes an article that the
    archive knows: a mobile edition would otherwise make versions by turns with the main one.
    """
    digest = digest_of(article)
    row = db.conn.execute("SELECT id, digest, last_seen FROM articles WHERE key = ?", (public_key(article.url),)).fetchone()
    if row is None:
        return _insert(db, article, site, seen, capture, digest), Outcome.ARCHIVED
    known: int = row["id"]
    if via_alias:
        return known, Outcome.DUPLICATE
    timeline.sight(db, known, seen, digest, capture)
    if row["digest"] != digest and (version := _same_page(db, known, row["digest"], article)) is not None:
        supersede(db, known, version, article)
        return known, Outcome.UNCHANGED
    if seen < row["last_seen"]:
        return known, _place(db, known, article, seen=seen, capture=capture, digest=digest)
    if row["digest"] == digest:
        db.conn.execute("UPDATE articles SET last_seen = ? WHERE id = ?", (seen, known))
        return known, Outcome.UNCHANGED
    replace_current(db, known, article, digest)
    db.conn.execute("UPDATE articles SET last_seen = ?, versions = versions + 1 WHERE id = ?", (seen, known))
    add_version(db, known, version_of(article, seen=seen, capture=capture, digest=digest))
    return known, Outcome.CHANGED


def still_stands(db: Database, article_id: int, seen: str, capture: str | None) -> None:
    """The server says that nothing changed (304)."""
    row = db.conn.execute("SELECT digest, last_seen FROM articles WHERE id = ?", (article_id,)).fetchone()
    if seen >= row["last_seen"]:
        timeline.sight(db, article_id, seen, row["digest"], capture)
        db.conn.execute("UPDATE articles SET last_seen = ? WHERE id = ?", (seen, article_id))


def replace_current(db: Database, article_id: int, article: Article, digest: str) -> None:
    """The article's row and details show this text from now on."""
    columns = _columns(article, digest)
    assignments = ", ".join(f"{name} = ?" for name in columns)
    db.conn.execute(f"UPDATE articles SET {assignments} WHERE id = ?", (*columns.values(), article_id))
    nearness.unmark(db, article_id)
    for table in ("provenance", "images", "fingerprints"):
        db.conn.execute(f"DELETE FROM {table} WHERE article = ?", (article_id,))
    _add_details(db, article_id, article)


def supersede(db: Database, article_id: int, version: int, article: Article) -> None:
    """A better reading of the same page takes the place of a version row, which stays, marked as superseded."""
    digest = digest_of(article)
    old = db.conn.execute("SELECT seen, capture, digest FROM versions WHERE id = ?", (version,)).fetchone()
    db.conn.execute(
        "UPDATE versions SET superseded = NULL, superseded_by = NULL WHERE article = ? AND digest = ?", (article_id, digest)
    )
    db.conn.execute(
        "UPDATE versions SET superseded = ?, superseded_by = ? WHERE article = ? AND digest = ? AND superseded IS NULL",
        (stamp(), digest, article_id, old["digest"]),
    )
    new = version_of(article, seen=old["seen"], capture=old["capture"], digest=digest)
    timeline.arrange(db, article_id, [new])
    replace_current(db, article_id, article, digest)


def _same_page(db: Database, article_id: int, digest: str, article: Article) -> int | None:
    """The current version's row where its page said the same, and only what is known as furniture has changed since."""
    row = db.conn.execute(
        "SELECT id, title, body_original, original FROM versions WHERE article = ? AND digest = ? AND superseded IS NULL"
        " ORDER BY number DESC LIMIT 1",
        (article_id, digest),
    ).fetchone()
    if row is None or row["title"] != article.title:
        return None
    gone = furniture.lost(json.loads(row["original"])), furniture.lost(article.original)
    same = furniture.same_but(gone[0] | gone[1], row["body_original"], article.original.get("body", article.body))
    return row["id"] if same and gone[0] != gone[1] else None


def add_version(db: Database, article_id: int, version: timeline.Version) -> None:
    """Append the next version row of an article."""
    db.conn.execute(
        f"INSERT INTO versions(article, number, {', '.join(version)}) SELECT ?, coalesce(max(number), 0) + 1,"
        f" {', '.join('?' * len(version))} FROM versions WHERE article = ?",
        (article_id, *version.values(), article_id),
    )


def version_of(article: Article, *, seen: str, capture: str | None, digest: str) -> timeline.Version:
    """The version row of a text."""
    rest = {name: getattr(article, name) for name in _names(Article) if name not in _NOT_IN_VERSION}
    original = dict(article.original)
    body_original = original.pop("body", article.body)
    return {
        "seen": seen, "capture": capture, "digest": digest, "extractor": software(), "superseded": None, "superseded_by": None,
        "title": article.title, "counts": as_json(article.counts), "fields": as_json(rest), "original": as_json(original),
        "account": as_json(article.account), "body": article.body, "body_original": body_original,
    }  # fmt: skip


def _place(db: Database, known: int, article: Article, *, seen: str, capture: str | None, digest: str) -> Outcome:
    """A capture from before the last sighting: its text takes its place in time, the current one stays."""
    before = db.conn.execute("SELECT versions FROM articles WHERE id = ?", (known,)).fetchone()[0]
    timeline.arrange(db, known, [version_of(article, seen=seen, capture=capture, digest=digest)])
    after = db.conn.execute("SELECT versions FROM articles WHERE id = ?", (known,)).fetchone()[0]
    return Outcome.CHANGED if after > before else Outcome.UNCHANGED


def as_json(value: Any) -> str:
    """JSON with Chinese left readable (and searchable)."""
    return _encoder.encode(value)


def _plain(value: Any) -> Any:
    """Dataclasses (blocks, editors, entries of an account) as objects, anything else that JSON lacks as text."""
    names = _names(value.__class__)
    return {name: getattr(value, name) for name in names} if names else str(value)


@cache
def _names(kind: type) -> tuple[str, ...]:
    """A dataclass's fields; none of anything else."""
    return tuple(field.name for field in fields(kind)) if hasattr(kind, "__dataclass_fields__") else ()


_encoder = json.JSONEncoder(ensure_ascii=False, default=_plain)


def _insert(db: Database, article: Article, site: str, seen: str, capture: str | None, digest: str) -> int:
    columns = _columns(article, digest) | {
        "key": public_key(article.url), "url": article.url, "site": site, "first_seen": seen, "last_seen": seen,
    }  # fmt: skip
    cursor = db.conn.execute(
        f"INSERT INTO articles({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})", tuple(columns.values())
    )
    assert cursor.lastrowid is not None
    timeline.sight(db, cursor.lastrowid, seen, digest, capture)
    add_version(db, cursor.lastrowid, version_of(article, seen=seen, capture=capture, digest=digest))
    _add_details(db, cursor.lastrowid, article)
    return cursor.lastrowid


def _columns(article: Article, digest: str) -> dict[str, Any]:
    """The article's own columns; empty lists are NULL, so that facets do not count them."""
    lists = {name: as_json(getattr(article, name)) if getattr(article, name) else None for name in _LISTS}
    editors = list(dict.fromkeys(editor.name for editor in article.editors if _EDITS.search(editor.role)))
    return {name: getattr(article, name) for name in _PLAIN} | lists | {
        "editors": as_json(editors) if editors else None,
        "editor_chain": as_json(article.editors) if article.editors else None,
        "blocks": as_json(article.blocks),
        "counts": as_json(article.counts), "chars": len("".join(article.body.split())), "digest": digest,
    }  # fmt: skip


def _add_details(db: Database, article_id: int, article: Article) -> None:
    """Provenance, images, fingerprint and cluster belong to the current version."""
    db.conn.executemany(
        "INSERT INTO provenance VALUES (?, ?, ?, ?, ?)",
        [
            (article_id, field, found.rule, _shown(getattr(article, field, None)), as_json(found.alternatives))
            for field, found in article.provenance.items()
        ],
    )
    db.conn.executemany(
        "INSERT INTO images VALUES (?, ?, ?, ?)", [(article_id, at, i.url, i.caption) for at, i in enumerate(article.images)]
    )
    if article.fingerprint:
        db.conn.execute("INSERT INTO fingerprints VALUES (?, ?)", (article_id, article.fingerprint))
    clusters.place(db, article_id)


def _shown(value: Any) -> str | None:
    """A field's value as the provenance table shows it; the body's beginning is enough."""
    if value is None or value == []:
        return None
    return value[:200] if isinstance(value, str) else as_json(value)
