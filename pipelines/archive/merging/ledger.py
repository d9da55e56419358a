"""Sites, runs, URLs, outcomes and furniture of another archive."""

from __future__ import annotations

from sqlite3 import Row
from typing import Any

from sqlite_utils.db import Database

_VISIT = (
    "last_fetched", "state", "kind", "priority", "next_due", "attempts", "quiet", "etag", "last_modified", "last_outcome",
    "last_error", "changed_at", "missing_since",
)  # fmt: skip
"""What the last visit left; taken together from the archive that visited last."""
_LEARNT = ("title", "date", "section")


def take_site(db: Database, row: Row) -> int:
    """The later known facts win; between equals the greater text, so that the order cannot matter."""
    ours = db.conn.execute("SELECT * FROM sites WHERE name = ?", (row["name"],)).fetchone()
    if ours is None or _greater(row, ours, ("as_of", "verified", *row.keys())):
        _insert(db, "sites", dict(row), replace=True)
    return int(ours is None)


def take_run(db: Database, row: Row) -> int:
    """A run that one archive saw end has ended."""
    values = {name: row[name] for name in row.keys() if name != "id"}  # noqa: SIM118
    new = _insert(db, "runs", values)
    if not new and row["finished"]:
        db.conn.execute(
            "UPDATE runs SET finished = ?, reason = ?, counts = ?, heartbeat = ? WHERE key = ? AND finished IS NULL",
            (row["finished"], row["reason"], row["counts"], row["heartbeat"], row["key"]),
        )
    return new


def take_url(db: Database, row: Row, later: bool) -> int:
    """Unite two ledger rows of one address; without where it was found, which needs all rows to be there.

    The state after the last visit counts. `later`: theirs does unless ours was visited since.
    """
    theirs = dict(row) | {"state": "queued" if row["state"] == "leased" else row["state"]}
    ours = db.conn.execute(
        "SELECT u.*, r.key AS run_key FROM urls u LEFT JOIN runs r ON r.id = u.run WHERE u.key = ?", (row["key"],)
    )
    known = ours.fetchone()
    if known is None:
        values = {name: theirs[name] for name in (*_VISIT, *_LEARNT, "key", "url", "site", "fetches", "discovered_at", "rule")}
        return _insert(db, "urls", values | {"run": run_id(db, row["run_key"])})
    earlier = _found(theirs) < _found(dict(known))
    first, second = (theirs, dict(known)) if earlier else (dict(known), theirs)
    values = {name: first[name] if first[name] is not None else second[name] for name in _LEARNT}
    values |= {"url": first["url"], "site": first["site"], "fetches": max(theirs["fetches"], known["fetches"])}
    newer = later and (theirs["last_fetched"] or "") >= (known["last_fetched"] or "")
    if known["state"] != "leased" and (newer or _greater(theirs, known, (*_VISIT, "run_key"))):
        values |= {name: theirs[name] for name in _VISIT} | {"run": run_id(db, row["run_key"])}
    _update(db, "urls", known["id"], values)
    return 0


def take_discovery(db: Database, row: Row) -> int:
    """Where an address was found first."""
    ours = db.conn.execute(
        "SELECT u.*, f.key AS from_key FROM urls u LEFT JOIN urls f ON f.id = u.discovered_from WHERE u.key = ?", (row["key"],)
    ).fetchone()
    mine, theirs = ((*_found(dict(found)), found["from_key"] or "~") for found in (ours, row))
    if theirs < mine:
        values = {"discovered_at": row["discovered_at"], "rule": row["rule"], "discovered_from": url_id(db, row["from_key"])}
        _update(db, "urls", ours["id"], values)
    return 0


def take_outcome(db: Database, row: Row) -> int:
    """One a run and address, wherever it comes from."""
    values = {name: row[name] for name in row.keys() if name not in ("id", "run_key", "url_key")}  # noqa: SIM118
    return _insert(db, "outcomes", values | {"run": run_id(db, row["run_key"]), "url_id": url_id(db, row["url_key"])})


def take_article_of_url(db: Database, row: Row) -> int:
    """Which article an address leads to."""
    db.conn.execute(
        "UPDATE urls SET article = (SELECT id FROM articles WHERE key = ?) WHERE key = ? AND article IS NULL",
        (row["article_key"], row["key"]),
    )
    return 0


def take_furniture(db: Database, row: Row) -> int:
    """What repeats on a site's pages; counts of pages cannot be added, they may be of the same pages. 0: forgotten."""
    if not row["pages"]:
        return -db.conn.execute("DELETE FROM furniture WHERE (site, template, key) = (?, ?, ?)", tuple(row)[:3]).rowcount
    return db.conn.execute(
        "INSERT INTO furniture VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET pages = max(pages, excluded.pages),"
        " sample = min(sample, excluded.sample), first_seen = min(first_seen, excluded.first_seen),"
        " last_seen = max(last_seen, excluded.last_seen)",
        tuple(row),
    ).rowcount


def take_host(db: Database, row: Row) -> int:
    """A site's host: seen first where it was seen first; of two judgements the later one holds."""
    names = ("mirror_of", "since", "rule")
    ours = db.conn.execute("SELECT * FROM hosts WHERE site = ? AND host = ?", (row["site"], row["host"])).fetchone()
    if ours is None:
        return _insert(db, "hosts", dict(row))
    first = min(ours, row, key=lambda one: (one["first_seen"], one["root"]))
    last = row if _greater(row, ours, ("since", *names)) else ours
    values = {name: first[name] for name in ("first_seen", "root")} | {name: last[name] for name in names}
    db.conn.execute(
        f"UPDATE hosts SET {', '.join(f'{name} = ?' for name in values)} WHERE site = ? AND host = ?",
        (*values.values(), row["site"], row["host"]),
    )
    return 0


def take_host_page(db: Database, row: Row) -> int:
    """A page compared under two hosts; of two comparisons the earlier one stays."""
    ours = db.conn.execute(
        "SELECT * FROM host_pages WHERE site = ? AND host = ? AND other = ? AND path = ?",
        tuple(row[name] for name in ("site", "host", "other", "path")),
    ).fetchone()
    if ours is None or _greater(ours, row, ("seen", "digest")):
        _insert(db, "host_pages", dict(row), replace=True)
    return int(ours is None)


def count_coverage(db: Database, site: str, day: str) -> int:
    """Coverage of a site's day follows from its outcomes."""
    values = {"site": site, "day": day}
    db.conn.execute("DELETE FROM coverage WHERE site = :site AND day = :day", values)
    db.conn.execute(
        "INSERT INTO coverage SELECT site, :day,"
        " sum(iif(kind IN ('list', 'feed', 'sitemap', 'edition', 'api'), coalesce(fresh, 0), 0)),"
        " sum(outcome NOT IN ('disallowed', 'offsite')), sum(outcome IN ('archived', 'changed')),"
        " sum(outcome IN ('failed', 'blocked', 'unreadable')) FROM outcomes"
        " WHERE site = :site AND at >= :day AND at < :day || '~' GROUP BY site",
        values,
    )
    return 0


def run_id(db: Database, key: str | None) -> int | None:
    """The local id of a run."""
    row = db.conn.execute("SELECT id FROM runs WHERE key = ?", (key,)).fetchone()
    return row[0] if row else None


def url_id(db: Database, key: str | None) -> int | None:
    """The local id of an address."""
    row = db.conn.execute("SELECT id FROM urls WHERE key = ?", (key,)).fetchone()
    return row[0] if row else None


def _found(row: dict[str, Any]) -> tuple[str, ...]:
    return row["discovered_at"], row["rule"] or "", row["url"], row["site"]


def _greater(one: Any, other: Any, names: tuple[str, ...]) -> bool:
    """Compare two rows column by column as text, nothing before something."""
    left, right = ([("" if row[name] is None else f"={row[name]}") for name in names] for row in (one, other))
    return left > right


def _insert(db: Database, table: str, values: dict[str, Any], *, replace: bool = False) -> int:
    verb = "INSERT OR REPLACE" if replace else "INSERT OR IGNORE"
    marks = ", ".join("?" * len(values))
    return db.conn.execute(f"{verb} INTO {table}({', '.join(values)}) VALUES ({marks})", tuple(values.values())).rowcount


def _update(db: Database, table: str, row_id: int, values: dict[str, Any]) -> None:
    assignments = ", ".join(f"{name} = ?" for name in values)
    db.conn.execute(f"UPDATE {table} SET {assignments} WHERE id = ?", (*values.values(), row_id))
