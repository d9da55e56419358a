"""Whether the WARC files hold what the capture rows say, byte for byte; files are streamed, rows come along in order."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from sqlite3 import Row
from typing import Any

from sqlite_utils.db import Database
from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from pipelines.archive.warcs import locate

_CAPTURES = frozenset({"response", "revisit", "resource"})


def faults(db: Database, *, read: bool = True) -> Iterator[str]:
    """One sentence per record without a row, row without a record, and digest that is not that of its bytes.

    Without `read` only the files' presence and lengths are looked at.
    """
    for name, length, open_run in db.conn.execute(
        "SELECT name, length, run IS NOT NULL AND (SELECT finished IS NULL FROM runs WHERE id = run) FROM warcs ORDER BY name"
    ).fetchall():
        path = locate(db, name)
        size = path.stat().st_size if path.exists() else None
        if size is None and not length:
            continue  # a run that ended before its first commit
        if size is None:
            yield f"{path} is gone with {_count(db, name)} captures; put it back from a copy"
        elif size < length:
            yield f"{path} has {size} bytes, {length} were committed: its end is lost; put it back from a copy"
        elif size > length and not open_run:
            yield f"{path} has {size - length} bytes after its last committed record; --repair cuts them off"
        if size and read:
            yield from _compare(db, name, path, min(length, size))
    yield from _strangers(db)


def _compare(db: Database, name: str, path: Path, length: int) -> Iterator[str]:
    rows = db.conn.execute(
        "SELECT record, offset, length, payload_digest, revisit_of, status FROM captures WHERE warc = ? ORDER BY offset", (name,)
    )
    due: Row | None = rows.fetchone()
    try:
        for offset, end, record in _records(path, length):
            if record.rec_type not in _CAPTURES:
                continue
            while due is not None and due["offset"] < offset:
                yield f"{name}: nothing stands at byte {due['offset']}, where capture {due['record']} should"
                due = rows.fetchone()
            if due is None or due["offset"] > offset:
                yield f"{name}: the record at byte {offset} ({record.rec_headers.get_header('WARC-Target-URI')}) has no row"
                continue
            yield from _differences(name, offset, end, record, due)
            due = rows.fetchone()
    except (ArchiveLoadFailed, EOFError, OSError) as error:
        yield f"{name} cannot be read to its end ({error}); put it back from a copy"
    while due is not None:
        yield f"{name}: nothing stands at byte {due['offset']}, where capture {due['record']} should"
        due = rows.fetchone()


def _records(path: Path, length: int) -> Iterator[tuple[int, int, Any]]:
    """(offset, end, record) of the first `length` bytes; a record's block digest is known once it was read."""
    with path.open("rb") as file:
        records = ArchiveIterator(file, check_digests=True)
        for record in records:
            offset = records.get_record_offset()
            if offset >= length:
                return
            while record.raw_stream.read(1 << 16):
                pass
            yield offset, offset + records.get_record_length(), record


def _differences(name: str, offset: int, end: int, record: Any, row: Row) -> Iterator[str]:
    where = f"{name}: the record at byte {offset}"
    if record.rec_headers.get_header("WARC-Record-ID") != row["record"]:
        yield f"{where} is not {row['record']}, as its row says"
    if end - offset != row["length"]:
        yield f"{where} has {end - offset} bytes, its row says {row['length']}"
    if record.digest_checker.passed is False:
        yield f"{where} is damaged: {'; '.join(record.digest_checker.problems)}"
    told = record.rec_headers.get_header("WARC-Payload-Digest")
    if told is not None and told != row["payload_digest"]:
        yield f"{where} has another payload digest than its row"


def _strangers(db: Database) -> Iterator[str]:
    """WARC files beside ours that no row knows."""
    known = {row[0] for row in db.conn.execute("SELECT name FROM warcs")}
    for folder in {locate(db, name).parent for name in known}:
        for path in sorted(folder.glob("*.warc.gz")):
            if path.name not in known:
                yield f"{path} is in no row; take it in with `scrapy ingest {path}` or move it away"


def _count(db: Database, name: str) -> int:
    return int(db.conn.execute("SELECT count(*) FROM captures WHERE warc = ?", (name,)).fetchone()[0])
