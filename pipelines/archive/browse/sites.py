"""Sites: one with its facts and its state, all with their health."""

from __future__ import annotations

import sqlite3
from collections import Counter
from datetime import datetime, timedelta

from crawler.clock import now, stamp
from pipelines.archive.browse import calendar, overview, plots
from pipelines.archive.browse.places import trail
from pipelines.archive.browse.rows import Row, row, rows, unpacked
from pipelines.archive.find import CARD
from pipelines.archive.health import ENDINGS, ending, is_late

FAILED = ("failed", "blocked", "unreadable", "disallowed")
"""Outcomes that say something is wrong."""
CALM = ("fresh", "running", "never")
"""States that ask for nothing."""


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
    """Every site with the state that `scrapy status` gives it, its due times, and how the last week's pages ended."""
    due = {entry["site"]: entry | {"started": entry["last_started"]} for entry in rows(
        conn, "SELECT * FROM schedule WHERE last_started > ''")}  # fmt: skip
    last = {entry["site"]: entry for entry in rows(
        conn, "SELECT site, started, finished, heartbeat, reason, counts FROM runs WHERE id IN"
        " (SELECT max(id) FROM runs WHERE command = 'crawl' AND site IS NOT NULL GROUP BY site)")}  # fmt: skip
    listed = overview.sites(conn)
    for entry in listed:
        counts = {found["outcome"]: found["pages"] for found in outcomes(conn, entry["name"])}
        entry |= {"run": due.get(entry["name"]), "pages": sum(counts.values()), "wrong": sum(counts.get(o, 0) for o in FAILED)}
        entry["signs"] = _signs(last.get(entry["name"]), (entry["run"] or {}).get("every") or "6h")
        entry["state"] = entry["signs"][0].partition(":")[0] if entry["signs"] else "fresh"
    held = Counter(entry["state"] for entry in listed)
    order = sorted(held, key=lambda state: (state in CALM, state))
    return {"sites": listed, "states": {"fresh": held["fresh"]} | {state: held[state] for state in order}}


def _signs(run: Row | None, every: str) -> list[str]:
    """`word: detail` of the site's last run as the run itself noted it, and of what can only be said later."""
    if run is None:
        return ["never"]
    if run["finished"] is None:
        alive = run["heartbeat"] >= stamp(now() - timedelta(minutes=5))
        return ["running"] if alive else [ENDINGS["died"]]
    noted = unpacked(run["counts"]) or {}
    found = list(noted.get("signs", [])) or [sign for sign in [ending(run["reason"])] if sign]
    late = is_late(datetime.fromisoformat(run["started"]), every)
    return [*found, "late: the last run began more than twice its interval ago"] if late else found
