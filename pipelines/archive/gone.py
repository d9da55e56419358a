"""Tombstones: a page counts as gone when it was missing on different days, never by one look, a challenge or an outage."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from sqlite3 import Row
from typing import Any

from sqlite_utils.db import Database

from crawler.items import Outcome, Page

_THERE = frozenset({Outcome.ARCHIVED, Outcome.CHANGED, Outcome.UNCHANGED, Outcome.DUPLICATE, Outcome.LISTED, Outcome.PART})


def note(
    db: Database, url: Row, outcome: Outcome, article: int | None, page: Page, record: str | None, seen: str, days_needed: int
) -> bool:
    """Keep the evidence of a missing page, or of its return. Returns whether it is now proven to be gone."""
    if outcome in _THERE:
        if url["missing_since"]:
            _resurrect(db, url["id"], article, seen)
        return False
    if outcome is not Outcome.GONE:
        return str(url["state"]) == "gone"  # a challenge or an outage says nothing either way
    if article is not None and seen < db.conn.execute("SELECT last_seen FROM articles WHERE id = ?", (article,)).fetchone()[0]:
        return False  # an old capture that comes in late: it has been seen since
    sight = {"at": seen, "status": page.status, "kind": page.kind, "record": record}
    stone = db.conn.execute(
        "SELECT id, evidence, proven_at, missing_since FROM tombstones WHERE url_id = ? AND returned_at IS NULL", (url["id"],)
    ).fetchone()
    if stone is None:
        db.conn.execute("UPDATE urls SET missing_since = ? WHERE id = ?", (seen, url["id"]))
        stone = db.conn.execute(
            "INSERT INTO tombstones(article, url_id, missing_since, first_record, evidence) VALUES (?, ?, ?, ?, '[]')"
            " RETURNING id, evidence, proven_at, missing_since",
            (article, url["id"], seen, record),
        ).fetchone()
    evidence, proven = json.loads(stone["evidence"]), bool(stone["proven_at"])
    if seen[:10] not in {old["at"][:10] for old in evidence}:
        evidence.append(sight)
    if not proven and len({old["at"][:10] for old in evidence}) >= days_needed:
        proven = True
        db.conn.execute("UPDATE tombstones SET proven_at = ?, proof_record = ? WHERE id = ?", (seen, record, stone["id"]))
        _bury(db, url["id"], article, stone["missing_since"])
    db.conn.execute("UPDATE tombstones SET evidence = ? WHERE id = ?", (json.dumps(evidence), stone["id"]))
    return proven


def _bury(db: Database, url_id: int, article: int | None, since: str) -> None:
    """The article is gone when no other address still carries it; `gone_at` is when it was first found missing."""
    db.conn.execute(
        "UPDATE articles SET gone_at = ?1 WHERE id = ?2 AND gone_at IS NULL AND NOT EXISTS"
        " (SELECT 1 FROM urls WHERE article = ?2 AND id != ?3 AND fetches > 0 AND state != 'gone')",
        (since, article, url_id),
    )


def _resurrect(db: Database, url_id: int, article: int | None, seen: str) -> None:
    db.conn.execute("UPDATE tombstones SET returned_at = ? WHERE url_id = ? AND returned_at IS NULL", (seen, url_id))
    db.conn.execute("UPDATE urls SET missing_since = NULL WHERE id = ?", (url_id,))
    db.conn.execute("UPDATE articles SET gone_at = NULL WHERE id = ?", (article,))


def lay_out(db: Database, key: str, more: Sequence[Row], days_needed: int = 2) -> None:
    """An address's tombstones anew from all sights of it missing (ours and `more`) and of its article standing.

    What one archive saw may take away another's proof: missing on the 5th and the 9th proves nothing when it stood on the 7th.
    """
    url = db.conn.execute("SELECT id, state, article FROM urls WHERE key = ?", (key,)).fetchone()
    stones = [*db.conn.execute("SELECT * FROM tombstones WHERE url_id = ?", (url["id"],)).fetchall(), *more]
    sights = {sight["at"]: sight for stone in stones for sight in json.loads(stone["evidence"])}
    stood = {stone["returned_at"] for stone in stones if stone["returned_at"]}
    stood |= {row[0] for row in db.conn.execute("SELECT seen FROM sightings WHERE article = ?", (url["article"],))}
    db.conn.execute("DELETE FROM tombstones WHERE url_id = ?", (url["id"],))
    for evidence, returned in _gaps(sights, sorted(stood)):
        days: dict[str, dict[str, Any]] = {}
        for sight in evidence:
            days.setdefault(sight["at"][:10], sight)
        proof = list(days.values())[days_needed - 1] if len(days) >= days_needed else None
        db.conn.execute(
            "INSERT INTO tombstones(article, url_id, missing_since, first_record, proven_at, proof_record, evidence, returned_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (url["article"], url["id"], evidence[0]["at"], evidence[0]["record"], proof and proof["at"],
             proof and proof["record"], json.dumps(evidence), returned),
        )  # fmt: skip
    _agree(db, url["id"], url["article"])


def _gaps(sights: dict[str, dict[str, Any]], stood: list[str]) -> Iterator[tuple[list[dict[str, Any]], str | None]]:
    """Runs of sights with nothing seen standing in between, each with the time of the return."""
    run: list[dict[str, Any]] = []
    bound: str | None = None
    for at in sorted(sights):
        upper = next((time for time in stood if time > at), None)
        if run and upper != bound:
            yield run, bound
            run = []
        run.append(sights[at])
        bound = upper
    if run:
        yield run, bound


def _agree(db: Database, url_id: int, article: int | None) -> None:
    """Bring the ledger and the article in line with the tombstones."""
    still = "SELECT min(missing_since) FROM tombstones WHERE returned_at IS NULL AND "
    missing, proven = db.conn.execute(
        f"SELECT ({still} url_id = ?1), ({still} url_id = ?1 AND proven_at IS NOT NULL)", (url_id,)
    ).fetchone()
    db.conn.execute("UPDATE urls SET missing_since = ? WHERE id = ?", (missing, url_id))
    if proven:
        db.conn.execute("UPDATE urls SET state = 'gone' WHERE id = ? AND state NOT IN ('leased', 'queued')", (url_id,))
    else:
        db.conn.execute("UPDATE urls SET state = 'done' WHERE id = ? AND state = 'gone'", (url_id,))
    if article is not None:
        db.conn.execute("UPDATE articles SET gone_at = NULL WHERE id = ?", (article,))
        if proven:
            _bury(db, url_id, article, proven)
