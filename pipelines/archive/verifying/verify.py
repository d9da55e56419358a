"""The whole check, on one snapshot of the archive: a crawl may go on meanwhile."""

from __future__ import annotations

from collections.abc import Callable

from sqlite_utils.db import Database

from pipelines.archive.verifying import evidence, index, rows
from pipelines.archive.verifying.certificate import Certificate, certify


def verify(db: Database, *, quick: bool = False, report: Callable[[str], None]) -> Certificate:
    """Hand each fault, as one sentence, to `report`; returns the certificate. `quick`: do not re-read records and tokens.

    Memory stays flat; the write-ahead log grows by what is written while it runs.
    """
    count = 0

    def found(fault: str) -> None:
        nonlocal count
        count += 1
        report(fault)

    for fault in () if quick else index.unsound(db):
        found(fault)
    sound = not count
    db.conn.execute("BEGIN")
    try:
        for fault in rows.faults(db):
            found(fault)
        for fault in index.faults(db) if sound and not quick else ():
            found(fault)
        for fault in evidence.faults(db, read=not quick):
            found(fault)
        return certify(db, count)
    finally:
        db.conn.rollback()
