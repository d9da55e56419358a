"""What the archive holds, for the home page."""

from __future__ import annotations

import sqlite3

from pipelines.archive.browse.rows import Row, row, rows
from pipelines.archive.find import CARD


def totals(conn: sqlite3.Connection) -> Row:
    """Articles, sites with articles, first and last day, and when the archive last grew."""
    found = row(
        conn,
        "SELECT (SELECT count(*) FROM articles) AS articles, (SELECT count(*) FROM sites) AS sites,"
        " (SELECT count(*) FROM captures) AS captures, (SELECT min(published) FROM articles) AS first,"
        " (SELECT max(published) FROM articles) AS last, (SELECT max(first_seen) FROM articles) AS grown",
    )
    return found or {}


def newest(conn: sqlite3.Connection, *, limit: int = 12) -> list[Row]:
    """The articles that came into the archive last."""
    return rows(
        conn, f"SELECT {CARD}, substr(a.body, 1, 120) AS body FROM articles a ORDER BY a.first_seen DESC LIMIT ?", (limit,)
    )


def sites(conn: sqlite3.Connection) -> list[Row]:
    """Sites with their number of articles and newest day."""
    return rows(
        conn,
        "SELECT s.name, s.title, s.region, s.region_code, s.kind, n.articles, n.last FROM sites s LEFT JOIN"
        " (SELECT site, count(*) AS articles, max(published) AS last FROM articles GROUP BY site) n ON n.site = s.name"
        " ORDER BY n.articles DESC NULLS LAST, s.name",
    )


def home(conn: sqlite3.Connection) -> Row:
    """Everything the home page shows."""
    return {"totals": totals(conn), "newest": newest(conn), "sites": sites(conn)}
