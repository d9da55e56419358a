"""Requests that the archive's runs have made, by site and by host and hour; read from captures and the runs' counts."""

from __future__ import annotations

from typing import Any

from sqlite_utils.db import Database

UNANSWERED = (
    "SELECT runs.site, substr(told.key, 1, 13) AS hour, substr(told.key, 15) AS host, told.value AS requests"
    " FROM runs, json_each(runs.counts, '$.unanswered') AS told"
    " WHERE runs.command = 'crawl' AND (runs.finished IS NULL OR runs.finished >= :since) AND told.key >= substr(:since, 1, 13)"
)
"""Requests without any answer, by `hour host` in the run's counts: there is no capture of what did not come."""


def requests_since(db: Database, site: str, moment: str) -> int:
    """Requests of a site's runs since an ISO time or day, robots.txt, retries and unanswered ones included."""
    row = db.conn.execute(
        "SELECT count(*) + (SELECT coalesce(sum(requests), 0) FROM (" + UNANSWERED + ") WHERE site = :site) FROM captures"
        " WHERE at >= :since AND status <> 0 AND run IN (SELECT id FROM runs WHERE site = :site AND command = 'crawl')",
        {"site": site, "since": moment},
    ).fetchone()
    return int(row[0])


def queued(db: Database, site: str) -> int:
    """Addresses of a site that wait to be fetched, those that a run has in hand included."""
    waiting = "SELECT count(*) FROM urls WHERE site = ? AND state IN ('queued', 'leased')"
    return int(db.conn.execute(waiting, (site,)).fetchone()[0])


def by_host_and_hour(db: Database, moment: str) -> list[dict[str, Any]]:
    """Requests, refusals, server errors and unanswered requests of each host in each hour since then, the busiest first."""
    rest = "substr(url, instr(url, '://') + 3)"
    authority = f"substr({rest}, 1, instr({rest} || '/', '/') - 1)"
    names = ("host", "hour", "requests", "refused", "errors", "unanswered")
    rows = db.conn.execute(
        "SELECT host, hour, sum(requests) AS asked, sum(refused), sum(errors), sum(unanswered) FROM ("
        f" SELECT {authority} AS host, substr(at, 1, 13) AS hour, 1 AS requests, status IN (403, 412, 429) AS refused,"
        "  status >= 500 AS errors, 0 AS unanswered FROM captures"
        "  WHERE at >= :since AND status <> 0 AND run IN (SELECT id FROM runs WHERE command = 'crawl')"
        f" UNION ALL SELECT host, hour, requests, 0, 0, requests FROM ({UNANSWERED})"
        ") GROUP BY host, hour ORDER BY asked DESC",
        {"since": moment},
    ).fetchall()
    return [dict(zip(names, row, strict=True)) for row in rows]
