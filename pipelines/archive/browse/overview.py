"""What the archive holds: totals, newest articles, sites; from counters that the writer keeps, so it costs the same at any size."""

from __future__ import annotations

import sqlite3

from pipelines.archive.browse import places, plots
from pipelines.archive.browse.rows import Row, row, rows
from pipelines.archive.find import CARD


def home(conn: sqlite3.Connection) -> Row:
    """Everything the home page shows."""
    by_day = per_day(conn, days=60)
    return {
        "totals": totals(conn), "newest": newest(conn), "sites": sites(conn), "map": places.tiles(conn),
        "days": plots.bars([(day, n) for day, n in by_day]), "names": names(conn),
    }  # fmt: skip


def totals(conn: sqlite3.Connection) -> Row:
    """Articles, sites that have some, captures, first and last day of publication, and when the archive last grew."""
    found = row(
        conn,
        "SELECT (SELECT coalesce(sum(articles), 0) FROM tallies WHERE dimension = 'all') AS articles,"
        " (SELECT count(*) FROM sites) AS sites, (SELECT coalesce(max(id), 0) FROM captures) AS captures,"
        " (SELECT min(day) FROM tallies WHERE dimension = 'all' AND name = '' AND day > '' AND articles > 0) AS first,"
        " (SELECT max(day) FROM tallies WHERE dimension = 'all' AND name = '' AND articles > 0) AS last,"
        " (SELECT max(first_seen) FROM articles) AS grown",
    )
    return found or {}


def newest(conn: sqlite3.Connection, *, limit: int = 10) -> list[Row]:
    """The articles that came into the archive last."""
    return rows(
        conn,
        f"SELECT {CARD}, substr(a.body, 1, 120) AS body FROM articles a ORDER BY a.first_seen DESC, id DESC LIMIT ?",
        (limit,),
    )


def sites(conn: sqlite3.Connection) -> list[Row]:
    """All sites with their number of articles and newest day of publication, the fullest first."""
    return rows(
        conn,
        "SELECT s.name, s.title, s.region, s.region_code, s.kind, coalesce(n.articles, 0) AS articles, n.last FROM sites s"
        " LEFT JOIN (SELECT name, sum(articles) AS articles, max(CASE WHEN articles > 0 THEN day END) AS last FROM tallies"
        " WHERE dimension = 'site' GROUP BY name) n ON n.name = s.name ORDER BY articles DESC, s.name",
    )


def names(conn: sqlite3.Connection) -> dict[str, str]:
    """Site titles by site name."""
    return {found["name"]: found["title"] for found in rows(conn, "SELECT name, title FROM sites")}


def per_day(conn: sqlite3.Connection, dimension: str = "all", name: str = "", *, days: int = 60) -> list[tuple[str, int]]:
    """(day, articles) of the last `days` days on which anything was published, oldest first."""
    found = rows(
        conn,
        "SELECT day, articles FROM tallies WHERE dimension = ? AND name = ? AND day > '' AND articles > 0 ORDER BY day DESC LIMIT ?",
        (dimension, name, days),
    )
    return [(entry["day"], entry["articles"]) for entry in reversed(found)]
