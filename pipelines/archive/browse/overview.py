"""What the archive holds: totals, newest articles, sites; from counters that the writer keeps, so size costs nothing."""

from __future__ import annotations

import sqlite3
from datetime import date, timedelta

from pipelines.archive.browse import places, plots
from pipelines.archive.browse.rows import Row, row, rows
from pipelines.archive.find import CARD


def home(conn: sqlite3.Connection) -> Row:
    """What the home page shows beside the sites and their health."""
    return {
        "totals": totals(conn), "newest": newest(conn), "map": places.tiles(conn),
        "days": plots.bars(per_day(conn)), "names": names(conn),
    }  # fmt: skip


def totals(conn: sqlite3.Connection) -> Row:
    """Articles, captures, first and last day of publication, and when the archive last grew."""
    found = row(
        conn,
        "SELECT (SELECT coalesce(sum(articles), 0) FROM tallies WHERE dimension = 'all') AS articles,"
        " (SELECT coalesce(max(id), 0) FROM captures) AS captures,"
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
    """All sites that are known or have articles, with their number of articles and newest day, the fullest first."""
    held = {entry["name"]: entry for entry in rows(
        conn, "SELECT name, sum(articles) AS articles, max(CASE WHEN articles > 0 THEN day END) AS last FROM tallies"
        " WHERE dimension = 'site' GROUP BY name")}  # fmt: skip
    known = {entry["name"]: entry for entry in rows(conn, "SELECT name, title, region, region_code, kind FROM sites")}
    empty = {"title": None, "region": None, "region_code": None, "kind": "web", "articles": 0, "last": None}
    listed = [empty | {"title": name} | known.get(name, {}) | held.get(name, {}) | {"name": name} for name in {**held, **known}]
    return sorted(listed, key=lambda entry: (-entry["articles"], entry["name"]))


def names(conn: sqlite3.Connection) -> dict[str, str]:
    """Site titles by site name."""
    return {found["name"]: found["title"] for found in rows(conn, "SELECT name, title FROM sites")}


def per_day(conn: sqlite3.Connection, dimension: str = "all", name: str = "", *, days: int = 60) -> list[tuple[str, int]]:
    """(day, articles) of the `days` days up to the last one on which anything was published, oldest first."""
    here = (dimension, name)
    newest = row(conn, "SELECT max(day) AS day FROM tallies WHERE dimension = ? AND name = ? AND articles > 0", here)
    if not newest or not newest["day"]:
        return []
    end = date.fromisoformat(newest["day"])
    span = [(end - timedelta(back)).isoformat() for back in reversed(range(days))]
    sql = "SELECT day, articles FROM tallies WHERE dimension = ? AND name = ? AND day BETWEEN ? AND ?"
    held = {entry["day"]: entry["articles"] for entry in rows(conn, sql, (*here, span[0], span[-1]))}
    return [(day, held.get(day, 0)) for day in span]
