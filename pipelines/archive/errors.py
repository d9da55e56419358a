"""What can go wrong with an archive: SQLite's and the system's errors as sentences that say what to do."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class ArchiveError(Exception):
    """The archive cannot be read or written; `str()` is the sentence for the user."""


class NoArchive(ArchiveError):
    """Raised on opening: there is no file, or the file is no archive."""


class NewerSchema(ArchiveError):
    """Raised on opening: a later version of the software wrote the file."""


class ReadOnlyArchive(ArchiveError):
    """Raised on opening or writing: the file or its folder may not be written."""


class ArchiveLocked(ArchiveError):
    """Raised on writing: another process kept the write lock longer than our patience."""


class DiskFull(ArchiveError):
    """Raised on writing: no space left, or a file-size limit or quota was reached. Nothing is half-written."""


class DamagedArchive(ArchiveError):
    """Raised anywhere: SQLite finds the file malformed, or a WARC file is not what the rows say."""


_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_READ_ONLY = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})


def from_system(error: OSError, path: Path | str) -> ArchiveError:
    """The ArchiveError for a failed file operation on `path`."""
    if error.errno in _FULL:
        return DiskFull(f"no space left to write {path}; free some and run the same command again, nothing is half-written")
    if error.errno in _READ_ONLY:
        return ReadOnlyArchive(f"{path} may not be written; check the owner and mode of the file and its folder")
    return ArchiveError(f"{path} cannot be written ({error.strerror or error}); put the file or folder back and run again")


def from_sqlite(error: sqlite3.Error, path: Path | str) -> ArchiveError:
    """The ArchiveError for a failed statement on the archive at `path`."""
    name = getattr(error, "sqlite_errorname", "") or ""
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return ArchiveLocked(f"{path} is locked by another process; wait until it has finished, or end it, and run again")
    if name.startswith("SQLITE_READONLY"):
        return ReadOnlyArchive(f"{path} may not be written; check the owner and mode of the file and its folder")
    if name in ("SQLITE_FULL", "SQLITE_IOERR_WRITE", "SQLITE_IOERR_FSYNC", "SQLITE_IOERR_TRUNCATE", "SQLITE_IOERR_SHMSIZE"):
        return DiskFull(f"no space left to write {path}; free some and run the same command again, nothing is half-written")
    if name.startswith("SQLITE_CANTOPEN"):
        return NoArchive(f"{path} cannot be opened; check that the folder exists and may be written")
    if name == "SQLITE_NOTADB":
        return NoArchive(f"{path} is no SQLite file; give the path of an archive, or move this file away")
    if name.startswith("SQLITE_CORRUPT"):
        return DamagedArchive(f"{path} is damaged ({error}); keep a copy, then run `scrapy verify` or restore a backup")
    return ArchiveError(f"{path}: {error}")


@contextmanager
def plainly(path: Path | str) -> Iterator[None]:
    """SQLite's operational errors and the system's come out as ArchiveError; faults of our own SQL stay as they are."""
    try:
        yield
    except OSError as error:
        raise from_system(error, path) from error
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.IntegrityError | sqlite3.ProgrammingError):
            raise
        if getattr(error, "sqlite_errorname", None) == "SQLITE_ERROR":
            raise
        raise from_sqlite(error, path) from error
