"""Opening an archive file: private, write-ahead logged, migrated under one lock, with the search functions at hand."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils.db import Database

from pipelines.archive import search
from pipelines.archive.errors import ArchiveLocked, NewerSchema, NoArchive, ReadOnlyArchive, from_sqlite, plainly
from pipelines.archive.migrations import migrations, restore_triggers

BUSY_SECONDS = 10.0
"""How long SQLite itself waits for a lock before it says so."""
PATIENCE_SECONDS = 180.0
"""How long a writer keeps asking before the user hears of a lock; another crawl's commit takes well under one second."""

CHECKPOINT = 4000
"""Pages (16 MB) that the log gathers before they are copied into the file: several commits change the same ones."""


def open_archive(path: Path | str, *, create: bool = True, read_only: bool = False) -> Database:
    """The archive at `path`, brought to the present schema. Times out and fails as ArchiveError with one sentence.

    A new file and its folder are readable by their owner alone. `read_only` neither creates nor migrates.
    """
    path = Path(path)
    if not path.exists() and (read_only or not create):
        raise NoArchive(f"there is no archive at {path}; make one with `scrapy crawl NAME`, or give another path")
    with plainly(path):
        if not read_only:
            _create_private(path)
        conn = sqlite3.connect(
            _uri(path, read_only), uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
        )
        conn.row_factory = sqlite3.Row
        try:
            search.register(conn)
            db = Database(conn)
            _prepare(db, path, read_only)
        except BaseException:
            conn.close()
            raise
    return db


def path_of(db: Database) -> Path:
    """The file behind an open archive."""
    return Path(next(row[2] for row in db.conn.execute("PRAGMA database_list") if row[1] == "main"))


@contextmanager
def reading(db: Database) -> Iterator[None]:
    """One transaction for many short questions: each alone would take the file's locks and look whether it has changed."""
    db.conn.execute("BEGIN")
    try:
        yield
    finally:
        db.conn.rollback()


@contextmanager
def writing(db: Database, patience: float = PATIENCE_SECONDS) -> Iterator[None]:
    """One short BEGIN IMMEDIATE transaction. A lock held by another process is waited for quietly, up to `patience` seconds."""
    path = path_of(db)
    with plainly(path):
        _patiently(db.conn, "BEGIN IMMEDIATE", path, patience)
        try:
            yield
            db.conn.execute("COMMIT")
        except BaseException:
            if db.conn.in_transaction:
                db.conn.rollback()
            raise


def _create_private(path: Path) -> None:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    elif not os.access(path, os.W_OK) or not os.access(path.parent, os.W_OK):
        raise ReadOnlyArchive(f"{path} may not be written; check the owner and mode of the file and its folder")


def _uri(path: Path, read_only: bool) -> str:
    """A file in a folder we may not write needs `immutable`: SQLite could not make its shared-memory file there."""
    if not read_only:
        return f"{path.resolve().as_uri()}?mode=rw"
    lasting = not os.access(path.parent, os.W_OK) and not Path(f"{path}-wal").exists()
    return f"{path.resolve().as_uri()}?mode=ro" + ("&immutable=1" if lasting else "")


def _prepare(db: Database, path: Path, read_only: bool) -> None:
    unknown = {step.name for step in migrations.applied(db)} - {step.name for step in migrations._migrations}
    if unknown:
        raise NewerSchema(f"{path} was written by a later version ({', '.join(sorted(unknown))}); update the software")
    pending = migrations.pending(db)
    if read_only:
        if pending:
            raise NoArchive(f"{path} is no archive of this version; open it once for writing, e.g. `scrapy verify --repair`")
        return
    if db.conn.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        _patiently(db.conn, "PRAGMA journal_mode = WAL", path, PATIENCE_SECONDS)
    db.conn.execute("PRAGMA synchronous = NORMAL")  # FULL costs 22-27 % and guards only against losing the last commits
    db.conn.execute(f"PRAGMA wal_autocheckpoint = {CHECKPOINT}")
    if pending or not search.is_current(db.conn):
        _migrate(db)


def _migrate(db: Database) -> None:
    """Two starters cannot collide: who comes second finds nothing pending."""
    with writing(db):
        migrations.apply(db)
        restore_triggers(db)
        if not search.is_current(db.conn):
            search.rebuild(db.conn)


def _patiently(conn: sqlite3.Connection, statement: str, path: Path, patience: float) -> None:
    deadline = time.monotonic() + patience
    while True:
        try:
            conn.execute(statement)
            return
        except sqlite3.OperationalError as error:
            told = from_sqlite(error, path)
            if not isinstance(told, ArchiveLocked) or time.monotonic() > deadline:
                raise
            time.sleep(0.05)
