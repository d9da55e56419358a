"""Articles and their versions: the current state in one row, every distinct text that was ever seen in another."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from typing import Any

from sqlite_utils.db import Database

from crawler.items import Article, Outcome, public_key
from pipelines.archive.software import software

_PLAIN = (
    "title", "kicker", "subtitle", "original_title", "published", "published_precision", "updated", "source", "sponsor",
    "page_number", "page_name", "region_code", "region", "region_rule", "script", "noise", "body",
)  # fmt: skip
_LISTS = ("reporters", "correspondents", "photographers", "keywords", "section")
_NOT_IN_VERSION = ("url", "title", "body", "blocks", "provenance", "original", "account", "counts", "fingerprint", "digest")


def digest_of(article: Article) -> str:
    """What decides whether a text is new: the fingerprint stage's digest, else the same over title and body as they are."""
    return article.digest or hashlib.sha256(f"{article.title or ''}\n{article.body}".encode()).hexdigest()


def keep(db: Database, article: Article, *, site: str, seen: str, capture: str | None, via_alias: bool) -> tuple[int, Outcome]:
    """Insert the article, add a version, or note that it still stands. Returns its row id and what it came to.

    `via_alias`: the page was asked for under another address than the article's own. Such a page never changes an
    article that the archive knows: a mobile edition would otherwise make versions by turns with the main one.
    """
    digest = digest_of(article)
    row = db.conn.execute("SELECT id, digest FROM articles WHERE key = ?", (public_key(article.url),)).fetchone()
    if row is None:
        return _insert(db, article, site, seen, capture, digest), Outcome.ARCHIVED
    known: int = row["id"]
    if row["digest"] == digest or via_alias:
        db.conn.execute("UPDATE articles SET last_seen = max(last_seen, ?) WHERE id = ?", (seen, known))
        return known, Outcome.DUPLICATE if via_alias else Outcome.UNCHANGED
    columns = _columns(article, digest)
    db.conn.execute(
        f"UPDATE articles SET {', '.join(f'{name} = ?' for name in columns)}, last_seen = max(last_seen, ?),"
        " versions = versions + 1 WHERE id = ?",
        (*columns.values(), seen, known),
    )
    add_version(db, known, article, seen=seen, capture=capture, digest=digest)
    _replace_details(db, known, article)
    return known, Outcome.CHANGED


def add_version(db: Database, article_id: int, article: Article, *, seen: str, capture: str | None, digest: str) -> None:
    """Append the next version row of an article."""
    fields = {name: value for name, value in asdict(article).items() if name not in _NOT_IN_VERSION}
    original = dict(article.original)
    body_original = original.pop("body", article.body)
    db.conn.execute(
        "INSERT INTO versions(article, number, seen, capture, digest, extractor, title, counts, fields, original, account, body,"
        " body_original) VALUES (?, (SELECT coalesce(max(number), 0) + 1 FROM versions WHERE article = ?),"
        " ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (article_id, article_id, seen, capture, digest, software(), article.title, as_json(article.counts), as_json(fields),
         as_json(original), as_json(article.account), article.body, body_original),
    )  # fmt: skip


def as_json(value: Any) -> str:
    """JSON with Chinese left readable (and searchable)."""
    return json.dumps(value, ensure_ascii=False, default=_plain)


def _plain(value: Any) -> Any:
    """Dataclasses (entries of an account) as objects, anything else that JSON lacks as text."""
    return asdict(value) if hasattr(value, "__dataclass_fields__") else str(value)


def _insert(db: Database, article: Article, site: str, seen: str, capture: str | None, digest: str) -> int:
    columns = _columns(article, digest) | {
        "key": public_key(article.url), "url": article.url, "site": site, "first_seen": seen, "last_seen": seen,
    }  # fmt: skip
    cursor = db.conn.execute(
        f"INSERT INTO articles({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})", tuple(columns.values())
    )
    assert cursor.lastrowid is not None
    add_version(db, cursor.lastrowid, article, seen=seen, capture=capture, digest=digest)
    _replace_details(db, cursor.lastrowid, article)
    return cursor.lastrowid


def _columns(article: Article, digest: str) -> dict[str, Any]:
    """The article's own columns; empty lists are NULL, so that facets do not count them."""
    lists = {name: as_json(getattr(article, name)) if getattr(article, name) else None for name in _LISTS}
    chain = [asdict(editor) for editor in article.editors]
    return {name: getattr(article, name) for name in _PLAIN} | lists | {
        "editors": as_json(list(dict.fromkeys(editor.name for editor in article.editors))) if chain else None,
        "editor_chain": as_json(chain) if chain else None,
        "blocks": as_json([asdict(block) for block in article.blocks]),
        "counts": as_json(article.counts), "chars": sum(not char.isspace() for char in article.body), "digest": digest,
    }  # fmt: skip


def _replace_details(db: Database, article_id: int, article: Article) -> None:
    """Provenance, images and fingerprint belong to the current version."""
    for table in ("provenance", "images", "fingerprints"):
        db.conn.execute(f"DELETE FROM {table} WHERE article = ?", (article_id,))
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


def _shown(value: Any) -> str | None:
    """A field's value as the provenance table shows it; the body's beginning is enough."""
    if value is None or value == []:
        return None
    return value[:200] if isinstance(value, str) else as_json(value)
