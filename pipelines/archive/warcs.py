"""WARC files of the archive: where they lie, how they grow, and how a torn end is cut off."""

from __future__ import annotations

import os
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

from sqlite_utils.db import Database

from crawler.items import Exchange
from pipelines.archive import records
from pipelines.archive.errors import ArchiveError, plainly
from pipelines.archive.opening import path_of, writing

FULL = 1_000_000_000
"""Bytes after which a new file is begun."""


def folder_as_kept(db: Database, folder: Path) -> str:
    """A folder beside the archive is kept as a relative path, so that both can be moved together."""
    folder, home = folder.resolve(), path_of(db).resolve().parent
    return folder.relative_to(home).as_posix() if folder.is_relative_to(home) else str(folder)


def locate(db: Database, name: str) -> Path:
    """Where the WARC file of that name lies. Raises ArchiveError when the archive does not know it."""
    row = db.conn.execute("SELECT folder FROM warcs WHERE name = ?", (name,)).fetchone()
    if row is None:
        raise ArchiveError(f"the archive knows no WARC file {name}; run `scrapy verify`")
    folder: str = row[0]
    return path_of(db).resolve().parent / folder / name


def cut_torn_ends(db: Database, run: int) -> list[str]:
    """Cut a dead run's files back to the last byte that a committed capture needs; returns what was done, a line each.

    Runs inside the caller's transaction. A file that holds nothing committed is removed.
    """
    done = []
    for name, length in db.conn.execute("SELECT name, length FROM warcs WHERE run = ?", (run,)).fetchall():
        path = locate(db, name)
        size = path.stat().st_size if path.exists() else 0
        if length == 0:
            path.unlink(missing_ok=True)
            db.conn.execute("DELETE FROM warcs WHERE name = ?", (name,))
        elif size > length:
            os.truncate(path, length)
        if size > length:
            done.append(f"{name}: cut {size - length} bytes that no committed capture needs")
    return done


class WarcFiles:
    """The WARC files of one run, one after the other.

    `append` gathers records in memory, `sync` brings them onto the disk, `keep` says that rows now point to them, `undo`
    takes back what no row points to.
    """

    def __init__(self, db: Database, folder: Path, run: int, info: Mapping[str, str], *, full: int = FULL) -> None:
        self._db, self._folder, self._run, self._info, self._full = db, folder, run, info, full
        key, site = db.conn.execute("SELECT key, coalesce(site, 'ingest') FROM runs WHERE id = ?", (run,)).fetchone()
        self._stem = f"fangzhi-{site}-{key}"
        self._number = 0
        self._file: int | None = None
        self._kept = 0  # length of the open file that committed rows reach
        self._batch = BytesIO()

    @property
    def name(self) -> str:
        """The open file's name."""
        return f"{self._stem}-{self._number:05d}.warc.gz"

    @property
    def path(self) -> Path:
        """The open file."""
        return self._folder / self.name

    def append(self, exchange: Exchange, digest: str, original: records.Original | None) -> records.Written:
        """Add response (or revisit) and request record; returns where they will stand. Not on disk before `sync`.

        `digest`: the body's, as `records.payload_digest` gives it.
        """
        if self._file is None or (self._kept >= self._full and not self._batch.tell()):
            self._begin()
        return records.write(self._batch, self.name, exchange, digest, original, base=self._kept)

    def sync(self) -> int:
        """Bring what was appended onto the disk and return the file's length. Raises ArchiveError when that cannot be."""
        if self._file is None:
            return 0
        with plainly(self.path):
            rest = self._batch.getbuffer()
            while rest:
                rest = rest[os.write(self._file, rest) :]
            os.fsync(self._file)
            if not self.path.exists() or not os.path.samestat(self.path.stat(), os.fstat(self._file)):
                raise ArchiveError(f"{self.path} was moved or removed while it was written; put it back and run again")
            return os.fstat(self._file).st_size

    def keep(self) -> None:
        """The transaction that points to all that was synced is committed."""
        if self._file is not None:
            self._kept = os.fstat(self._file).st_size
            self._batch = BytesIO()

    def undo(self) -> None:
        """Forget, on disk too, what was appended since the last `keep`."""
        self._batch = BytesIO()
        if self._file is not None:
            os.ftruncate(self._file, self._kept)
            os.lseek(self._file, self._kept, os.SEEK_SET)
            if not self._kept:
                records.write_warcinfo(self._batch, self.name, self._info)

    def close(self) -> None:
        """Close the open file; one that holds nothing committed is removed."""
        if self._file is not None:
            os.close(self._file)
            self._file = None
            if not self._kept:
                self.path.unlink(missing_ok=True)
                with writing(self._db):
                    self._db.conn.execute("DELETE FROM warcs WHERE name = ?", (self.name,))

    def _begin(self) -> None:
        """The row comes before the file, so that the next start finds the file of a run that dies right here."""
        if self._file is not None:
            os.close(self._file)
            self._file = None
        self._number += 1
        with writing(self._db):
            self._db.conn.execute(
                "INSERT INTO warcs(name, folder, run, length) VALUES (?, ?, ?, 0)",
                (self.name, folder_as_kept(self._db, self._folder), self._run),
            )
        with plainly(self.path):
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._file = os.open(self.path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
            _sync_folder(self._folder)  # the new name itself must outlive a power cut
        self._kept, self._batch = 0, BytesIO()
        records.write_warcinfo(self._batch, self.name, self._info)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
