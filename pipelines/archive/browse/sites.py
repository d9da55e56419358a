"""Sites: one with its facts and its state, all with their health."""

from __future__ import annotations

import sqlite3
from collections import Counter
from datetime import timedelta

from crawler.clock import now, stamp
from pipelines.archive.browse import calendar, overview, plots
from pipelines.archive.browse.places import trail
from pipelines.archive.browse.rows import Row, row, rows, unpacked
from pipelines.archive.find import CARD

FAILED = ("failed", "blocked", "unreadable", "disallowed")
"""Outcomes that say something is wrong."""
STATES = ("fresh", "running", "late", "failing", "never")


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
        "next_due": (row(conn, "SELECT next_due FROM schedule WHERE site = ?", (name,)) or {}).get("next_due"),
        "mirrors": rows(conn, "SELECT host, mirror_of FROM hosts WHERE site = ? AND mirror_of IS NOT NULL ORDER BY 1", (name,)),
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
    """Every site: when it was last crawled and is due again, its newest article, how the last week's pages ended."""
    runs = {
        entry["site"]: entry | {"started": entry["last_started"]}
        for entry in rows(conn, "SELECT * FROM schedule WHERE last_started > ''")
    }
    alive = stamp(now() - timedelta(minutes=5))
    busy = {e["site"] for e in rows(conn, "SELECT site FROM runs WHERE finished IS NULL AND heartbeat >= ?", (alive,))}
    listed = overview.sites(conn)
    for entry in listed:
        counts = {found["outcome"]: found["pages"] for found in outcomes(conn, entry["name"])}
        entry |= {
            "run": runs.get(entry["name"]),
            "pages": sum(counts.values()),
            "wrong": sum(counts.get(name, 0) for name in FAILED),
        }
        entry["state"] = "running" if entry["name"] in busy else _state(entry)
    held = Counter(entry["state"] for entry in listed)
    return {"sites": listed, "states": {state: held[state] for state in STATES if held[state] or state != "running"}}


def _state(entry: Row) -> str:
    """`never` was not crawled yet, `failing` when half of the week's pages went wrong, `late` a day after a run was due."""
    if entry["run"] is None:
        return "never"
    if entry["pages"] and entry["wrong"] * 2 >= entry["pages"]:
        return "failing"
    due = entry["run"]["next_due"] or entry["run"]["started"]
    return "fresh" if due >= stamp(now() - timedelta(1)) else "late"
