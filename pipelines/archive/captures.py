"""Capture rows: one per HTTP exchange, pointing into a WARC file."""

from __future__ import annotations

from collections.abc import Iterable

from sqlite_utils.db import Database

from crawler.items import Exchange
from pipelines.archive.records import Original, Written

Evidence = list[tuple[Exchange, Written]]
"""Exchanges with the place where each was written, in the order of the wire."""


def original_of(db: Database, exchange: Exchange, digest: str) -> Original | None:
    """The earlier capture of the same address that holds this very payload, or that a 304 answer refers to.

    `digest`: the body's, as `records.payload_digest` gives it.
    """
    if exchange.truncated or exchange.method != "GET":
        return None
    if exchange.status == 304:
        row = db.conn.execute(  # what stood there last, which may itself be a revisit of something older
            "SELECT record, url, at FROM captures WHERE record = (SELECT coalesce(revisit_of, record) FROM captures WHERE url = ?"
            " AND status = 200 AND truncated IS NULL AND at <= ? ORDER BY at DESC LIMIT 1)",
            (exchange.url, exchange.captured_at),
        ).fetchone()
    elif exchange.status == 200 and exchange.body:
        row = db.conn.execute(
            "SELECT record, url, at FROM captures WHERE payload_digest = ? AND url = ? AND revisit_of IS NULL"
            " AND truncated IS NULL AND status = 200 AND at <= ? ORDER BY at LIMIT 1",
            (digest, exchange.url, exchange.captured_at),
        ).fetchone()
    else:
        return None
    return Original(*row) if row else None


def is_kept(db: Database, exchange: Exchange, digest: str) -> bool:
    """Whether the archive has this very exchange already (the same file ingested twice)."""
    row = db.conn.execute(
        "SELECT 1 FROM captures WHERE url = ? AND payload_digest = ? AND at = ? AND status IS ? AND truncated IS ?",
        (exchange.url, digest, exchange.captured_at, exchange.status, exchange.truncated),
    ).fetchone()
    return row is not None


def insert_captures(db: Database, run: int, url_id: int | None, evidence: Iterable[tuple[Exchange, Written]]) -> None:
    """One row per exchange, inside the caller's transaction."""
    db.conn.executemany(
        "INSERT INTO captures(record, url, url_id, run, at, purpose, status, mime, payload_digest, revisit_of, warc, offset,"
        " length, truncated, ip) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (w.record, e.url, url_id, run, e.captured_at, e.purpose, e.status, w.mime, w.payload_digest, w.revisit_of, w.warc,
             w.offset, w.length, e.truncated, e.ip)
            for e, w in evidence
        ],
    )  # fmt: skip


def main_record(evidence: Evidence) -> str | None:
    """The record that carries the page itself: the last `page` exchange, else the last of all."""
    chosen = [w.record for e, w in evidence if e.purpose == "page"] or [w.record for _, w in evidence]
    return chosen[-1] if chosen else None
