"""Requests that the archive's runs have made, by site and by host and hour; read from the captures."""

from __future__ import annotations

from typing import Any

from sqlite_utils.db import Database


def requests_since(db: Database, site: str, moment: str) -> int:
    """Answered requests of a site's runs since an ISO time or day, robots.txt and retries included."""
    row = db.conn.execute(
        "SELECT count(*) FROM captures WHERE at >= ? AND status <> 0"
        " AND run IN (SELECT id FROM runs WHERE site = ? AND command = 'crawl')",
        (moment, site),
    ).fetchone()
    return int(row[0])


def queued(db: Database, site: str) -> int:
    """Addresses of a site that wait to be fetched."""
    return int(db.conn.execute("SELECT count(*) FROM urls WHERE site = ? AND state = 'queued'", (site,)).fetchone()[0])


def by_host_and_hour(db: Database, moment: str) -> list[dict[str, Any]]:
    """Requests, refusals and server errors of each host in each hour since then, the busiest first."""
    host = "substr(url, instr(url, '://') + 3)"
    names = ("host", "hour", "requests", "refused", "errors")
    rows = db.conn.execute(
        f"SELECT substr({host}, 1, instr({host} || '/', '/') - 1), substr(at, 1, 13), count(*),"
        " sum(status IN (403, 412, 429)), sum(status >= 500) FROM captures"
        " WHERE at >= ? AND status <> 0 AND run IN (SELECT id FROM runs WHERE command = 'crawl') GROUP BY 1, 2 ORDER BY 3 DESC",
        (moment,),
    ).fetchall()
    return [dict(zip(names, row, strict=True)) for row in rows]
