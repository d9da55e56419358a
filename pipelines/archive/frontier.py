"""The frontier: a ledger of every URL ever met, leased out in small batches so that memory stays flat."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from sqlite3 import Row

from sqlite_utils.db import Database

from crawler.clock import stamp
from crawler.items import LISTING, Kind, Lease, Link, Outcome, public_key
from pipelines.archive import mirrors
from pipelines.archive.opening import writing

_PRIORITIES = dict.fromkeys(LISTING, 100) | {Kind.ARTICLE: 50, Kind.GALLERY: 50, Kind.VIDEO: 50}


def priority(kind: Kind) -> int:
    """List pages first, then articles (the newest first, by date), then what nobody can tell yet."""
    return _PRIORITIES.get(kind, 20)


def seed(db: Database, site: str, links: Iterable[Link], *, due: str | None = None) -> int:
    """Queue a crawl's starting points, known or not, at once or at the time `due`. Returns how many are queued by it."""
    at, links = stamp(), mirrors.folded(links, mirrors.known(db, site))
    with writing(db):
        return sum(
            db.conn.execute(
                "INSERT INTO urls(key, url, site, kind, state, priority, next_due, discovered_at, rule, title, date, section)"
                " VALUES (?, ?, ?, ?, 'queued', ?, ?, ?, ?, ?, ?, ?) ON CONFLICT(key) DO UPDATE SET"
                " state = 'queued', next_due = excluded.next_due, priority = max(priority, excluded.priority)"
                " WHERE state != 'leased'",
                (public_key(link.url), link.url, site, link.kind, priority(link.kind), due, at, link.rule or "seed",
                 link.title, link.date, link.section),
            ).rowcount
            for link in links
        )  # fmt: skip


def lease(
    db: Database,
    run: int,
    site: str,
    count: int,
    *,
    since: str | None = None,
    until: str | None = None,
    section: str | None = None,
) -> list[Lease]:
    """Hand out up to `count` URLs to a run, the most urgent first. The filters spare list pages and what has no date."""
    if not waiting(db, site, since=since, until=until, section=section):
        return []  # without the lock that a commit may hold
    where, values = _waiting(site, since, until, section)
    with writing(db):
        rows = db.conn.execute(
            "UPDATE urls SET state = 'leased', run = ?, leased_at = ? WHERE id IN"
            f" (SELECT id FROM urls WHERE {where} ORDER BY priority DESC, date DESC LIMIT ?)"
            " RETURNING id, url, site, kind, attempts, title, date, section, etag, last_modified, priority",
            (run, stamp(), *values, count),
        ).fetchall()
    rows.sort(key=lambda row: (row["priority"], row["date"] or ""), reverse=True)
    return [_lease(row) for row in rows]


def waiting(db: Database, site: str, *, since: str | None = None, until: str | None = None, section: str | None = None) -> bool:
    """Whether a lease would find anything."""
    where, values = _waiting(site, since, until, section)
    return db.conn.execute(f"SELECT 1 FROM urls WHERE {where} LIMIT 1", values).fetchone() is not None


def release(db: Database, run: int, leases: Sequence[int]) -> int:
    """Give back leases that were never asked for: queued again, as though never handed out, without an outcome."""
    with writing(db):
        return sum(
            db.conn.execute(
                "UPDATE urls SET state = iif(last_outcome = 'part', 'done', 'queued'), run = NULL, leased_at = NULL"
                " WHERE id = ? AND run = ? AND state = 'leased'",
                (lease_id, run),
            ).rowcount
            for lease_id in leases
        )


def close_leases(db: Database, run: int, reason: str) -> int:
    """End every lease of the run that has no outcome as `failed`; the URL is queued again, for the next run to finish."""
    at = stamp()
    with writing(db):
        db.conn.execute(
            "INSERT INTO outcomes(run, url_id, site, outcome, reason, kind, at)"
            " SELECT run, id, site, ?, ?, kind, ? FROM urls WHERE run = ? AND state = 'leased'"
            " ON CONFLICT(run, url_id) DO NOTHING",
            (Outcome.FAILED, reason, at, run),
        )
        return db.conn.execute(
            "UPDATE urls SET state = 'queued', leased_at = NULL, last_outcome = 'failed', last_error = ?"
            " WHERE run = ? AND state = 'leased'",
            (reason, run),
        ).rowcount


def _lease(row: Row) -> Lease:
    return Lease(
        id=row["id"], url=row["url"], site=row["site"], kind=Kind(row["kind"]), attempts=row["attempts"], title=row["title"],
        date=row["date"], section=row["section"], etag=row["etag"], last_modified=row["last_modified"],
    )  # fmt: skip


def _waiting(site: str, since: str | None, until: str | None, section: str | None) -> tuple[str, list[str | int]]:
    where = "site = ? AND state = 'queued' AND (next_due IS NULL OR next_due <= ?)"
    values: list[str | int] = [site, stamp()]
    listing = f"priority >= {priority(Kind.LIST)} OR "
    if since:
        # A pager's date is the newest entry of the page before it: what it leads to is older still, and stays for later.
        fresh = f"{listing}date IS NULL OR date >= ?"
        where = f"{where} AND ({fresh}) AND NOT (rule LIKE 'pager%' AND coalesce(date, '9999') < ?)"
        values = [*values, since, since]
    if until:  # `2026-05-01` includes that whole day
        where, values = f"{where} AND ({listing}date IS NULL OR substr(date, 1, ?) <= ?)", [*values, len(until), until]
    if section:
        where, values = f"{where} AND ({listing}section IS NULL OR section = ?)", [*values, section]
    return where, values
