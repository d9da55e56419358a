"""Sites: one with its facts and its state, all with their health."""

from __future__ import annotations

import sqlite3
from datetime import timedelta

from crawler.clock import now, stamp
from pipelines.archive.browse import calendar, overview, plots
from pipelines.archive.browse.places import trail
from pipelines.archive.browse.rows import Row, row, rows, unpacked
from pipelines.archive.find import CARD

FAILED = ("failed", "blocked", "unreadable", "disallowed")
"""Outcomes that say something is wrong."""


def site(conn: sqlite3.Connection, name: str, month: str | None) -> Row | None:
    """One site's page; None when the archive has neither such a site nor articles of it."""
    facts = row(conn, "SELECT * FROM sites WHERE name = ?", (name,))
    held = row(conn, "SELECT sum(articles) AS n FROM tallies WHERE dimension = 'site' AND name = ?", (name,))
    if facts is None and not (held and held["n"]):
        return None
    facts = facts or {"name": name, "title": name, "kind": "web"}
    return {
        "site": {**facts, "domains": unpacked(facts.get("domains"))}, "articles": (held or {}).get("n") or 0,
        "trail": trail(facts["region_code"]) if facts.get("region_code") else [],
        "coverage": calendar.coverage(conn, name, month), "days": plots.bars(overview.per_day(conn, "site", name)),
        "week": outcomes(conn, name), "last_run": row(conn, "SELECT * FROM runs WHERE site = ? ORDER BY started DESC", (name,)),
        "newest": rows(
            conn,
            f"SELECT {CARD}, substr(a.body, 1, 120) AS body FROM articles a WHERE a.site = ? ORDER BY a.published DESC LIMIT 20",
            (name,),
        ),
    }  # fmt: skip


def outcomes(conn: sqlite3.Connection, name: str, *, days: int = 7) -> list[Row]:
    """How the site's pages ended in the last days, most first."""
    since = stamp(now() - timedelta(days))
    return rows(
        conn, "SELECT outcome, count(*) AS pages FROM outcomes WHERE site = ? AND at >= ? GROUP BY outcome ORDER BY pages DESC",
        (name, since),
    )  # fmt: skip


def health(conn: sqlite3.Connection) -> Row:
    """Every site: when it was last crawled, when its newest article is from, how the last week's pages ended."""
    last = {r["site"]: r for r in rows(
        conn, "SELECT site, max(started) AS started FROM runs WHERE site IS NOT NULL GROUP BY site")}  # fmt: skip
    listed = overview.sites(conn)
    for entry in listed:
        counts = {found["outcome"]: found["pages"] for found in outcomes(conn, entry["name"])}
        entry |= {
            "run": last.get(entry["name"]),
            "pages": sum(counts.values()),
            "wrong": sum(counts.get(name, 0) for name in FAILED),
        }
        entry["state"] = _state(entry)
    return {"sites": listed, "states": {s: sum(e["state"] == s for e in listed) for s in ("fresh", "late", "failing", "silent")}}


def _state(entry: Row) -> str:
    """`silent` was never crawled, `failing` when half of the week's pages went wrong, `late` without a run for two days."""
    if entry["run"] is None:
        return "silent"
    if entry["pages"] and entry["wrong"] * 2 >= entry["pages"]:
        return "failing"
    return "fresh" if entry["run"]["started"] >= stamp(now() - timedelta(2)) else "late"
