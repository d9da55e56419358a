"""What an archive holds, in numbers and in one digest over everything that was captured and read."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from sqlite_utils.db import Database

from crawler.clock import stamp
from pipelines.archive.opening import path_of
from pipelines.archive.software import software

COUNTED = (
    "sites",
    "runs",
    "urls",
    "outcomes",
    "captures",
    "warcs",
    "articles",
    "versions",
    "sightings",
    "tombstones",
    "clusters",
)

_ROOT = (
    "SELECT record || ' ' || payload_digest FROM captures ORDER BY record",
    "SELECT a.key || ' ' || s.seen || ' ' || s.digest FROM sightings s JOIN articles a ON a.id = s.article"
    " ORDER BY a.key, s.seen, s.digest",
    "SELECT a.key || ' ' || v.number || ' ' || v.seen || ' ' || v.digest || ' ' || v.extractor FROM versions v"
    " JOIN articles a ON a.id = v.article ORDER BY a.key, v.number",
    "SELECT r.key || ' ' || u.key || ' ' || o.outcome FROM outcomes o JOIN runs r ON r.id = o.run JOIN urls u ON u.id = o.url_id"
    " ORDER BY r.key, u.key",
)


@dataclass(frozen=True, slots=True)
class Certificate:
    """Printed by `scrapy verify`; keep it apart from the archive, and later changes cannot hide."""

    archive: str
    at: str
    software: str
    counts: dict[str, int]
    root: str
    """SHA-256 over captures with their payload digests, sightings, versions and outcomes, each in the order of its keys;
    local row ids and file names are not in it, so two archives with the same content have the same root."""
    faults: int


def certify(db: Database, faults: int) -> Certificate:
    """The certificate of an archive in which `faults` faults were found. Streams the rows."""
    counts = {table: int(db.conn.execute(f"SELECT count(*) FROM {table}").fetchone()[0]) for table in COUNTED}
    return Certificate(str(path_of(db)), stamp(), software(), counts, root_digest(db), faults)


def root_digest(db: Database) -> str:
    """The digest that two archives with the same content share."""
    digest = hashlib.sha256()
    for query in _ROOT:
        digest.update(b"\n\n")
        for row in db.conn.execute(query):
            digest.update(row[0].encode("utf-8") + b"\n")
    return digest.hexdigest()
