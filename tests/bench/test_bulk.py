"""The bulk builder leaves what a run leaves, as far as search, likeness and versions go."""

from __future__ import annotations

from pathlib import Path
from sqlite3 import Connection

from tests.bench.growth import BATCH, Library

SAME = (
    "SELECT id, key, url, site, title, body, blocks, digest, chars, published, source, reporters, keywords, script FROM articles",
    "SELECT article, number, title, body, body_original, digest FROM versions",
    "SELECT article, minhash FROM fingerprints",
    "SELECT band, value, article FROM bands ORDER BY band, value, article",
    "SELECT value, article, start, end FROM passages ORDER BY value, article",
    "SELECT * FROM tallies WHERE dimension NOT IN ('region') ORDER BY dimension, name, day",
    "SELECT id, key, kind, state, fetches, last_outcome, article FROM urls",
    "SELECT rowid FROM articles_fts WHERE articles_fts MATCH '\"水管 管员\"' ORDER BY rowid",
)  # fmt: skip


def told(conn: Connection) -> list[list[tuple[object, ...]]]:
    return [[tuple(row) for row in conn.execute(statement)] for statement in SAME]


def test_bulk_is_what_a_run_leaves_and_a_run_goes_on_from_it(tmp_path: Path) -> None:
    run, bulk = Library(tmp_path / "run"), Library(tmp_path / "bulk")
    run.grow(1)
    bulk.fill(BATCH)
    assert all(told(run.writer.db.conn))
    assert told(bulk.writer.db.conn) == told(run.writer.db.conn)
    bulk.writer.db.conn.execute("INSERT INTO articles_fts(articles_fts) VALUES ('integrity-check')")
    bulk.grow(1)
    assert bulk.writer.db.conn.execute("SELECT count(*) FROM articles").fetchone()[0] == bulk.articles == 2 * BATCH
    bulk.writer.close()
    run.writer.close()
