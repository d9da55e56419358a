"""Opening: private files, one schema, and one clear sentence for everything that can be in the way."""

import multiprocessing
import sqlite3
import stat
from pathlib import Path

import pytest

from pipelines.archive import ArchiveError, open_archive, writing
from pipelines.archive.errors import ArchiveLocked, NewerSchema, NoArchive
from pipelines.archive.migrations import wrong_triggers


def test_new_archive_is_private_and_write_ahead_logged(tmp_path: Path) -> None:
    db = open_archive(tmp_path / "new" / "archive.db")
    assert db.conn.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    assert stat.S_IMODE((tmp_path / "new" / "archive.db").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o700
    assert wrong_triggers(db) == []


def _open(path: Path) -> None:
    open_archive(path).close()


def test_eight_starters_at_once_make_one_schema(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    starters = [context.Process(target=_open, args=(tmp_path / "a.db",)) for _ in range(8)]
    for starter in starters:
        starter.start()
    for starter in starters:
        starter.join(60)
    assert [starter.exitcode for starter in starters] == [0] * 8
    applied = open_archive(tmp_path / "a.db").conn.execute("SELECT count(*) FROM _sqlite_migrations WHERE name = 'm001_archive'")
    assert applied.fetchone()[0] == 1


def test_missing_archive_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(NoArchive, match="scrapy crawl"):
        open_archive(tmp_path / "none.db", create=False)
    with pytest.raises(NoArchive, match="scrapy crawl"):
        open_archive(tmp_path / "none.db", read_only=True)
    assert not (tmp_path / "none.db").exists()


def test_a_file_that_is_no_archive(tmp_path: Path) -> None:
    (tmp_path / "text.db").write_text("not a database, but long enough to be looked at" * 50, encoding="utf-8")
    with pytest.raises(NoArchive, match="is no SQLite file"):
        open_archive(tmp_path / "text.db")


def test_a_later_schema_is_refused(tmp_path: Path) -> None:
    db = open_archive(tmp_path / "a.db")
    db.conn.execute("INSERT INTO _sqlite_migrations(migration_set, name, applied_at) VALUES ('archive', 'm999_future', '')")
    db.close()
    with pytest.raises(NewerSchema, match=r"m999_future.*update the software"):
        open_archive(tmp_path / "a.db")


def test_a_lock_held_too_long_is_told_and_nothing_is_written(tmp_path: Path) -> None:
    db = open_archive(tmp_path / "a.db")
    db.conn.execute("PRAGMA busy_timeout = 10")
    other = sqlite3.connect(tmp_path / "a.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(ArchiveLocked, match="locked by another process; wait"), writing(db, patience=0.2):
        pass
    other.rollback()
    with writing(db, patience=0.2):
        db.conn.execute("INSERT INTO facts VALUES ('a', 'b')")


def test_a_fault_of_our_own_is_not_called_an_archive_error(tmp_path: Path) -> None:
    db = open_archive(tmp_path / "a.db")
    with pytest.raises(sqlite3.OperationalError), writing(db):
        db.conn.execute("SELECT nothing FROM nowhere")
    assert not db.conn.in_transaction


def test_read_only_reads_and_does_not_write(tmp_path: Path) -> None:
    open_archive(tmp_path / "a.db").close()
    db = open_archive(tmp_path / "a.db", read_only=True)
    assert db.conn.execute("SELECT count(*) FROM articles").fetchone()[0] == 0
    with pytest.raises(ArchiveError, match="may not be written"), writing(db):
        db.conn.execute("INSERT INTO facts VALUES ('a', 'b')")


def test_dropped_triggers_are_restored_and_the_indexes_rebuilt(tmp_path: Path) -> None:
    db = open_archive(tmp_path / "a.db")
    columns = "key, url, site, title, counts, blocks, body, chars, digest, first_seen, last_seen"
    insert = f"INSERT INTO articles({columns}) VALUES (?, ?, 's', ?, '{{}}', '[]', ?, 1, '', '', '')"
    db.conn.execute(insert, ("1", "u1", "一", "前文"))
    db["articles"].transform(types={"share": float})  # what the trap is: sqlite-utils drops the table's triggers
    assert wrong_triggers(db) != []
    db.conn.execute(insert, ("2", "u2", "二", "滨海新区"))
    db.conn.execute("DELETE FROM _sqlite_migrations")
    db.conn.execute("INSERT INTO _sqlite_migrations(migration_set, name, applied_at) VALUES ('archive', 'm001_archive', '')")
    from pipelines.archive.migrations import restore_triggers

    assert set(restore_triggers(db)) == {"articles_ai", "articles_ad", "articles_au", "tallies_ai", "tallies_ad", "tallies_au"}
    hits = db.conn.execute("SELECT rowid FROM articles_fts WHERE articles_fts MATCH ?", ('"滨海 海新 新区"',)).fetchall()
    assert [row[0] for row in hits] == [2]
    assert db.conn.execute("SELECT articles FROM tallies WHERE dimension = 'all'").fetchone()[0] == 2
