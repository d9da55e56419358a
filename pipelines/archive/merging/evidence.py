"""WARC files, captures and tombstones of another archive."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from sqlite3 import Row

from sqlite_utils.db import Database

from pipelines.archive import gone
from pipelines.archive.errors import ArchiveError, plainly
from pipelines.archive.merging.ledger import run_id, url_id
from pipelines.archive.warcs import folder_as_kept, locate


def take_warc(db: Database, theirs: Database, row: Row, copy_to: Path | None) -> int:
    """Refer to a file where it lies, or copy it. Raises ArchiveError when it is not there."""
    known = db.conn.execute("SELECT length FROM warcs WHERE name = ?", (row["name"],)).fetchone()
    if known is not None and known["length"] >= row["length"]:
        return 0
    path = locate(theirs, row["name"])
    if not path.exists():
        raise ArchiveError(
            f"{path} is missing; `scrapy verify` on the other archive says what it held. Put it back and merge again"
        )
    if copy_to is not None:
        with plainly(copy_to):
            copy_to.mkdir(parents=True, exist_ok=True, mode=0o700)
            if not (copy_to / row["name"]).exists() or (copy_to / row["name"]).stat().st_size < row["length"]:
                _copy(path, copy_to / row["name"])
    folder = folder_as_kept(db, copy_to or path.parent)
    db.conn.execute(
        "INSERT INTO warcs VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET length = excluded.length",
        (row["name"], folder, run_id(db, row["run_key"]), row["length"]),
    )
    return int(known is None)


def _copy(path: Path, target: Path) -> None:
    """On the disk before a row points to it, as when it was written first."""
    shutil.copyfile(path, target)
    target.chmod(0o600)
    for written in (target, target.parent):
        handle = os.open(written, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def take_capture(db: Database, row: Row) -> int:
    """One a record id, wherever it comes from."""
    values = {name: row[name] for name in row.keys() if name not in ("id", "run_key", "url_key")}  # noqa: SIM118
    values |= {"run": run_id(db, row["run_key"]), "url_id": url_id(db, row["url_key"])}
    return db.conn.execute(
        f"INSERT OR IGNORE INTO captures({', '.join(values)}) VALUES ({', '.join('?' * len(values))})", tuple(values.values())
    ).rowcount


def take_tombstones(db: Database, theirs: Database, key: str, gone_after_days: int) -> int:
    """Unite what both know of an address going missing, and see anew what that proves."""
    query = "SELECT t.* FROM tombstones t JOIN urls u ON u.id = t.url_id WHERE u.key = ?"
    gone.lay_out(db, key, theirs.conn.execute(query, (key,)).fetchall(), gone_after_days)
    return 0


def lay_out_tombstones_of_article(db: Database, article_key: str, gone_after_days: int) -> int:
    """The other archive may have seen the article while it was missing here."""
    rows = db.conn.execute(
        "SELECT DISTINCT u.key FROM tombstones t JOIN urls u ON u.id = t.url_id JOIN articles a ON a.id = t.article"
        " WHERE a.key = ?",
        (article_key,),
    )
    for row in rows.fetchall():
        gone.lay_out(db, row[0], [], gone_after_days)
    return 0
