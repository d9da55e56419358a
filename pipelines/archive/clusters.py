"""Clusters: articles that carry one text. Nothing is deleted for being a duplicate; each member has its role and share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from sqlite3 import Row

from sqlite_utils.db import Database

from pipelines.archive import nearness

FAITHFUL = 0.9
"""From this share on, both ways, a reprint counts as unedited: a byline, a place line or a copyright line may differ."""


def place(db: Database, article: int) -> None:
    """Find the article's place among the clusters, after its text is new or has changed. Runs inside a transaction."""
    row = db.conn.execute(
        "SELECT body, cluster, coalesce(published, first_seen) AS day, minhash FROM articles LEFT JOIN fingerprints"
        " ON article = id WHERE id = ?",
        (article,),
    ).fetchone()
    nearness.mark(db, article, row["minhash"], row["body"], row["day"][:10])
    if row["cluster"] is not None:
        _leave(db, article, row["cluster"])
    found = nearness.matches(db, article, row["minhash"], row["body"])
    if found:
        _join(db, [article, *(match.article for match in found)])


def rebuild(db: Database) -> None:
    """All clusters afresh, the same whatever the order in which the articles came in."""
    db.conn.execute("UPDATE articles SET cluster = NULL, role = NULL, share = NULL WHERE cluster IS NOT NULL")
    for table in ("clusters", "bands", "passages"):
        db.conn.execute(f"DELETE FROM {table}")
    for row in db.conn.execute("SELECT id FROM articles ORDER BY key").fetchall():
        place(db, row[0])


def _join(db: Database, articles: list[int]) -> None:
    """Put these articles, and all that their clusters hold, into one cluster."""
    marks = ", ".join("?" * len(articles))
    rows = db.conn.execute(f"SELECT DISTINCT cluster FROM articles WHERE id IN ({marks}) AND cluster IS NOT NULL", articles)
    clusters = sorted(row[0] for row in rows)
    if not clusters:
        row = db.conn.execute(f"SELECT min(key), min(first_seen) FROM articles WHERE id IN ({marks})", articles).fetchone()
        made = db.conn.execute("INSERT INTO clusters(key, size, first_seen) VALUES (?, 0, ?)", tuple(row)).lastrowid
        assert made is not None
        clusters = [made]
    into = clusters[0]
    for other in clusters[1:]:
        db.conn.execute("UPDATE articles SET cluster = ?, role = NULL WHERE cluster = ?", (into, other))
        db.conn.execute("DELETE FROM clusters WHERE id = ?", (other,))
    db.conn.execute(
        f"UPDATE articles SET cluster = ?, role = NULL WHERE id IN ({marks}) AND cluster IS NOT ?", (into, *articles, into)
    )
    _settle(db, into)


def _leave(db: Database, article: int, cluster: int) -> None:
    db.conn.execute("UPDATE articles SET cluster = NULL, role = NULL, share = NULL WHERE id = ?", (article,))
    _settle(db, cluster)


def _settle(db: Database, cluster: int) -> None:
    """Origin, roles, shares and size of a cluster. Only members without a role are compared, unless the origin changed."""
    members = db.conn.execute(
        "SELECT a.id, a.key, a.site, a.source, a.published, a.first_seen, a.noise, a.role, coalesce(s.title, a.site) AS outlet"
        " FROM articles a LEFT JOIN sites s ON s.name = a.site WHERE a.cluster = ?",
        (cluster,),
    ).fetchall()
    if len(members) < 2:
        db.conn.execute("UPDATE articles SET cluster = NULL, role = NULL, share = NULL WHERE cluster = ?", (cluster,))
        db.conn.execute("DELETE FROM clusters WHERE id = ?", (cluster,))
        return
    origin = origin_of(members)
    former = db.conn.execute("SELECT origin FROM clusters WHERE id = ?", (cluster,)).fetchone()[0]
    db.conn.execute(
        "UPDATE clusters SET key = ?, origin = ?, size = ?, first_seen = ? WHERE id = ?",
        (min(m["key"] for m in members), origin["id"], len(members), min(m["first_seen"] for m in members), cluster),
    )
    text = nearness.shingles(_body(db, origin["id"]))
    for member in members:
        if member["role"] is None or former != origin["id"]:
            role, share = _role(db, member, origin, text)
            db.conn.execute("UPDATE articles SET role = ?, share = ? WHERE id = ?", (role, share, member["id"]))


def origin_of(members: Iterable[Row]) -> Row:
    """The member whose outlet the others credit as their source (来源), most often first; else the earliest."""
    members = list(members)
    credits = Counter(m["source"].strip() for m in members if m["source"] and m["source"].strip() != m["outlet"])
    credited = [m for m in members if credits[m["outlet"]]]
    return min(credited or members, key=lambda m: (-credits[m["outlet"]], *_time(m), m["key"]))


def _time(member: Row) -> tuple[str, str, str]:
    """By day; within a day a stated time comes before none, and what was seen first before the rest."""
    published = member["published"] or member["first_seen"]
    return published[:10], published[11:] if member["published"] and len(published) > 10 else "~", member["first_seen"]


def _role(db: Database, member: Row, origin: Row, text: frozenset[str]) -> tuple[str, float]:
    """`original`; `mirror`: the same text on the same site, or on a mirror farm; `reprint`; `edited reprint`."""
    if member["id"] == origin["id"]:
        return "original", 1.0
    own = nearness.shingles(_body(db, member["id"]))
    common = len(own & text)
    share = round(common / len(own), 4) if own else 0.0
    faithful = min(share, common / len(text) if text else 0.0) >= FAITHFUL
    if member["noise"] in ("polluted", "spun") or (faithful and member["site"] == origin["site"]):
        return "mirror", share
    return ("reprint" if faithful else "edited reprint"), share


def _body(db: Database, article: int) -> str:
    return str(db.conn.execute("SELECT body FROM articles WHERE id = ?", (article,)).fetchone()[0])
