"""Links found on a page become rows of the frontier, in the page's own transaction."""

from __future__ import annotations

import json
from sqlite3 import Row

from sqlite_utils.db import Database

from crawler.items import Link, Page, public_key
from pipelines.archive.frontier import priority


def insert(db: Database, run: int, page: Page, url: Row, at: str) -> int:
    """Add what is new; returns how many addresses (pagers not counted) the ledger had not known.

    A link whose rule begins with `pager` leads to a further page of the same list. It is followed only while the list
    brings something that the ledger did not know before this run, or on the first visit: that is how a first crawl
    walks a list to its end and a later one stops where the known begins. Known list pages are left to their due times.
    """
    found = {public_key(link.url): link for link in page.links}
    if not found:
        return 0
    pagers = {key: link for key, link in found.items() if link.rule.startswith("pager")}
    entries = {key: link for key, link in found.items() if key not in pagers}
    fresh = sum(_insert(db, key, link, url, at) for key, link in entries.items())
    if fresh or not url["fetches"] or _new_this_run(db, run, list(entries)):
        for key, link in pagers.items():
            if not _insert(db, key, link, url, at):
                _follow_again(db, run, key)
    elif pagers:
        page.refused["nothing_new"] = page.refused.get("nothing_new", 0) + len(pagers)
    return fresh


def _insert(db: Database, key: str, link: Link, url: Row, at: str) -> int:
    """1 for a new row. A known one only learns what it lacked."""
    values = (link.title, link.date, link.section)
    new = db.conn.execute(
        "INSERT INTO urls(key, url, site, kind, state, priority, discovered_from, discovered_at, rule, title, date, section)"
        " VALUES (?, ?, ?, ?, 'queued', ?, ?, ?, ?, ?, ?, ?) ON CONFLICT(key) DO NOTHING",
        (key, link.url, url["site"], link.kind, priority(link.kind), url["id"], at, link.rule, *values),
    ).rowcount
    if not new and any(values):
        db.conn.execute(
            "UPDATE urls SET title = coalesce(title, ?1), date = coalesce(date, ?2), section = coalesce(section, ?3)"
            " WHERE key = ?4 AND (iif(title IS NULL, ?1, NULL) IS NOT NULL OR iif(date IS NULL, ?2, NULL) IS NOT NULL"
            " OR iif(section IS NULL, ?3, NULL) IS NOT NULL)",
            (*values, key),
        )
    return new


def _new_this_run(db: Database, run: int, keys: list[str]) -> bool:
    """Another page of this run may have named the new entries first (the home page names them all)."""
    return bool(
        db.conn.execute(
            "SELECT 1 FROM json_each(?) JOIN urls ON urls.key = value"
            " WHERE discovered_at >= (SELECT started FROM runs WHERE id = ?) LIMIT 1",
            (json.dumps(keys), run),
        ).fetchone()
    )


def _follow_again(db: Database, run: int, key: str) -> None:
    """Queue a known further page, unless this run has been there."""
    db.conn.execute(
        "UPDATE urls SET state = 'queued', next_due = NULL WHERE key = ? AND state IN ('done', 'failed')"
        " AND NOT EXISTS (SELECT 1 FROM outcomes WHERE outcomes.run = ? AND url_id = urls.id)",
        (key, run),
    )
