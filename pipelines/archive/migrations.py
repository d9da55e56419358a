"""The archive's schema as a numbered list of steps; a step that has shipped is never edited, a new one is added below."""

from __future__ import annotations

from sqlite_utils import Migrations
from sqlite_utils.db import Database

migrations = Migrations("archive")

FTS_COLUMNS = ("body", "title", "kicker", "reporters", "keywords")
"""Body first: FTS5 stores no column marker for column 0, which makes the index a quarter smaller."""


def search_triggers() -> dict[str, str]:
    """CREATE TRIGGER statements that keep `articles_fts` in step with `articles`, by name.

    The index is contentless, so a delete must carry the tokens of the old text.
    """
    columns = ", ".join(FTS_COLUMNS)
    new, old = (", ".join(f"zh_bigrams({row}.{c})" for c in FTS_COLUMNS) for row in ("new", "old"))
    insert = f"INSERT INTO articles_fts(rowid, {columns}) VALUES (new.id, {new});"
    delete = f"INSERT INTO articles_fts(articles_fts, rowid, {columns}) VALUES ('delete', old.id, {old});"
    header = f"CREATE TRIGGER articles_au AFTER UPDATE OF {columns} ON articles"
    changed = " OR ".join(f"old.{c} IS NOT new.{c}" for c in FTS_COLUMNS)
    return {
        "articles_ai": f"CREATE TRIGGER articles_ai AFTER INSERT ON articles BEGIN {insert} END",
        "articles_ad": f"CREATE TRIGGER articles_ad AFTER DELETE ON articles BEGIN {delete} END",
        "articles_au": f"{header} WHEN {changed} BEGIN {delete} {insert} END",
    }


@migrations()
def m001_archive(db: Database) -> None:
    """Sites, frontier, captures, articles with every version, runs with one outcome a leased URL, search index."""
    for statement in SCHEMA_1.strip().split(";\n"):
        db.conn.execute(statement)
    db.conn.execute("INSERT INTO articles_fts(articles_fts, rank) VALUES ('rank', 'bm25(1.0, 8.0, 4.0, 6.0, 4.0)')")
    for trigger in search_triggers().values():
        db.conn.execute(trigger)


# Times are ISO 8601 with offset from crawler.clock; `key` is the hash of the canonical URL and the only public id;
# integer ids are local to one file. Lists are JSON arrays.
SCHEMA_1 = """
CREATE TABLE sites (
  name TEXT PRIMARY KEY, title TEXT NOT NULL, region_code TEXT, region TEXT, kind TEXT NOT NULL, home TEXT,
  domains TEXT NOT NULL, platform TEXT, every TEXT, note TEXT, facts TEXT, as_of TEXT, verified TEXT
) WITHOUT ROWID;
CREATE TABLE runs (
  id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, site TEXT, command TEXT NOT NULL, started TEXT NOT NULL,
  heartbeat TEXT NOT NULL, finished TEXT, reason TEXT, host TEXT NOT NULL, pid INTEGER NOT NULL,
  software TEXT NOT NULL, settings TEXT NOT NULL, counts TEXT
);
CREATE TABLE urls (
  id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, url TEXT NOT NULL, site TEXT NOT NULL, kind TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('queued', 'leased', 'done', 'failed', 'gone', 'refused')),
  priority INTEGER NOT NULL DEFAULT 0, next_due TEXT, run INTEGER REFERENCES runs(id), leased_at TEXT,
  attempts INTEGER NOT NULL DEFAULT 0, fetches INTEGER NOT NULL DEFAULT 0,
  discovered_from INTEGER REFERENCES urls(id), discovered_at TEXT NOT NULL, rule TEXT, title TEXT, date TEXT, section TEXT,
  etag TEXT, last_modified TEXT, last_fetched TEXT, last_outcome TEXT, last_error TEXT
);
CREATE INDEX urls_due ON urls(site, state, priority DESC, date DESC, next_due);
CREATE INDEX urls_run ON urls(run) WHERE state = 'leased';
CREATE TABLE outcomes (
  id INTEGER PRIMARY KEY, run INTEGER NOT NULL REFERENCES runs(id), url_id INTEGER NOT NULL REFERENCES urls(id),
  site TEXT NOT NULL, outcome TEXT NOT NULL, reason TEXT, kind TEXT, status INTEGER, charset TEXT, replaced INTEGER,
  links INTEGER, refused TEXT, at TEXT NOT NULL, UNIQUE (run, url_id)
);
CREATE INDEX outcomes_site_at ON outcomes(site, at);
CREATE TABLE captures (
  id INTEGER PRIMARY KEY, record TEXT NOT NULL UNIQUE, url TEXT NOT NULL, url_id INTEGER REFERENCES urls(id),
  run INTEGER REFERENCES runs(id), at TEXT NOT NULL, purpose TEXT NOT NULL, status INTEGER, mime TEXT,
  payload_digest TEXT, revisit_of TEXT, warc TEXT NOT NULL, offset INTEGER NOT NULL, length INTEGER NOT NULL,
  truncated TEXT, ip TEXT
);
CREATE INDEX captures_url ON captures(url_id, at);
CREATE INDEX captures_warc ON captures(warc, offset);
CREATE TABLE clusters (
  id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, origin INTEGER, size INTEGER NOT NULL, first_seen TEXT NOT NULL
);
CREATE TABLE articles (
  id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, url TEXT NOT NULL, site TEXT NOT NULL,
  title TEXT, kicker TEXT, subtitle TEXT, original_title TEXT, body TEXT NOT NULL, blocks TEXT NOT NULL,
  published TEXT, published_precision TEXT, updated TEXT, source TEXT, reporters TEXT, correspondents TEXT,
  photographers TEXT, editors TEXT, editor_chain TEXT, keywords TEXT, section TEXT, sponsor TEXT,
  page_number TEXT, page_name TEXT, region_code TEXT, region TEXT, region_rule TEXT,
  script TEXT, noise TEXT, counts TEXT NOT NULL, chars INTEGER NOT NULL, digest TEXT NOT NULL,
  first_seen TEXT NOT NULL, last_seen TEXT NOT NULL, gone_at TEXT, versions INTEGER NOT NULL DEFAULT 1,
  cluster INTEGER REFERENCES clusters(id), role TEXT, share REAL
);
CREATE INDEX articles_published ON articles(published);
CREATE INDEX articles_site_published ON articles(site, published);
CREATE INDEX articles_source_published ON articles(source, published);
CREATE INDEX articles_region_published ON articles(region_code, published);
CREATE INDEX articles_first_seen ON articles(first_seen);
CREATE INDEX articles_cluster ON articles(cluster);
CREATE TABLE versions (
  id INTEGER PRIMARY KEY, article INTEGER NOT NULL REFERENCES articles(id), number INTEGER NOT NULL,
  seen TEXT NOT NULL, capture TEXT, digest TEXT NOT NULL, title TEXT, body TEXT NOT NULL, body_original TEXT NOT NULL,
  fields TEXT NOT NULL, original TEXT NOT NULL, account TEXT NOT NULL, counts TEXT NOT NULL, extractor TEXT NOT NULL,
  UNIQUE (article, number)
);
CREATE TABLE provenance (
  article INTEGER NOT NULL REFERENCES articles(id), field TEXT NOT NULL, rule TEXT NOT NULL, value TEXT,
  alternatives TEXT NOT NULL, PRIMARY KEY (article, field)
) WITHOUT ROWID;
CREATE TABLE images (
  article INTEGER NOT NULL REFERENCES articles(id), position INTEGER NOT NULL, url TEXT NOT NULL, caption TEXT,
  PRIMARY KEY (article, position)
) WITHOUT ROWID;
CREATE TABLE fingerprints (article INTEGER PRIMARY KEY REFERENCES articles(id), minhash BLOB NOT NULL);
CREATE TABLE bands (
  band INTEGER NOT NULL, value INTEGER NOT NULL, article INTEGER NOT NULL, PRIMARY KEY (band, value, article)
) WITHOUT ROWID;
CREATE TABLE coverage (
  site TEXT NOT NULL, day TEXT NOT NULL, listed INTEGER NOT NULL DEFAULT 0, fetched INTEGER NOT NULL DEFAULT 0,
  archived INTEGER NOT NULL DEFAULT 0, failed INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (site, day)
) WITHOUT ROWID;
CREATE TABLE furniture (
  site TEXT NOT NULL, template TEXT NOT NULL, key TEXT NOT NULL, sample TEXT NOT NULL, pages INTEGER NOT NULL,
  first_seen TEXT NOT NULL, last_seen TEXT NOT NULL, PRIMARY KEY (site, template, key)
) WITHOUT ROWID;
CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE VIRTUAL TABLE articles_fts USING fts5(
  body, title, kicker, reporters, keywords, content='', tokenize="unicode61 remove_diacritics 2"
)
"""
