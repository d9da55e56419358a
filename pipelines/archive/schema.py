"""The tables of the first schema, and the triggers that keep search index and tallies in step with the articles."""

from __future__ import annotations

FTS_COLUMNS = ("body", "title", "kicker", "reporters", "keywords")
"""Body first: FTS5 stores no column marker for column 0, which makes the index a quarter smaller."""

COUNTED = ("site", "region_code", "source", "noise", "script", "published", "reporters", "keywords")
"""Columns of `articles` that the tallies depend on."""

DIMENSIONS = (("site", "site"), ("region", "region_code"), ("source", "source"), ("noise", "noise"), ("script", "script"))
LIST_DIMENSIONS = (("reporter", "reporters"), ("keyword", "keywords"))
"""Tallies by (name, column of `articles`); those of lists are kept without a day."""


def triggers() -> dict[str, str]:
    """Every CREATE TRIGGER statement of the archive, by name."""
    return _search_triggers() | _tally_triggers()


def _search_triggers() -> dict[str, str]:
    """Both indexes are contentless, so a delete must carry the tokens of the old text. See `search.Together` for what waits."""
    columns = ", ".join(FTS_COLUMNS)

    def index(row: str, delete: bool) -> str:
        tokens = ", ".join(f"zh_bigrams({row}.{column})" for column in FTS_COLUMNS)
        chars = "zh_chars(" + " || ' ' || ".join(f"coalesce({row}.{column}, '')" for column in FTS_COLUMNS) + ")"
        command, word = ("{0}, ", "'delete', ") if delete else ("", "")
        return (
            f"INSERT INTO articles_fts({command.format('articles_fts')}rowid, {columns}) VALUES ({word}{row}.id, {tokens}); "
            f"INSERT INTO articles_chars({command.format('articles_chars')}rowid, chars) VALUES ({word}{row}.id, {chars});"
        )

    changed = " OR ".join(f"old.{column} IS NOT new.{column}" for column in FTS_COLUMNS)
    return {
        "articles_ai": f"CREATE TRIGGER articles_ai AFTER INSERT ON articles WHEN NOT index_later(new.id, 1) "
        f"BEGIN {index('new', False)} END",
        "articles_ad": f"CREATE TRIGGER articles_ad AFTER DELETE ON articles WHEN NOT index_later(old.id, 0) "
        f"BEGIN {index('old', True)} END",
        "articles_au": f"CREATE TRIGGER articles_au AFTER UPDATE OF {columns} ON articles "
        f"WHEN ({changed}) AND NOT index_later(old.id, 0) BEGIN {index('old', True)} {index('new', False)} END",
    }


def _tally_triggers() -> dict[str, str]:
    changed = " OR ".join(f"old.{column} IS NOT new.{column}" for column in COUNTED)
    return {
        "tallies_ai": f"CREATE TRIGGER tallies_ai AFTER INSERT ON articles BEGIN {_tally('new', 1)} END",
        "tallies_ad": f"CREATE TRIGGER tallies_ad AFTER DELETE ON articles BEGIN {_tally('old', -1)} END",
        "tallies_au": f"CREATE TRIGGER tallies_au AFTER UPDATE OF {', '.join(COUNTED)} ON articles WHEN {changed} "
        f"BEGIN {_tally('old', -1)} {_tally('new', 1)} END",
    }


def _tally(row: str, step: int) -> str:
    """Statements that add `step` to every tally the article `row` belongs to."""
    day = f"coalesce(substr({row}.published, 1, 10), '')"
    named = " UNION ALL ".join(f"SELECT '{name}', {row}.{column}" for name, column in DIMENSIONS)
    merge = f"ON CONFLICT DO UPDATE SET articles = articles + {step};"
    lists = " ".join(
        f"INSERT INTO tallies SELECT DISTINCT '{name}', value, '', {step} FROM json_each(coalesce({row}.{column}, '[]')) "
        f"WHERE true {merge}"
        for name, column in LIST_DIMENSIONS
    )
    return (
        f"INSERT INTO tallies SELECT column1, column2, {day}, {step} FROM (SELECT 'all' AS column1, '' AS column2 "
        f"UNION ALL {named}) WHERE column2 IS NOT NULL {merge} {lists}"
    )


# Times are ISO 8601 with offset from crawler.clock; `key` is the hash of the canonical URL and the only public id;
# integer ids are local to one file. Lists are JSON arrays. Long columns stand last: a filter that reads past an inline
# body would walk its overflow pages.
TABLES = """
CREATE TABLE sites (
  name TEXT PRIMARY KEY, title TEXT NOT NULL, region_code TEXT, region TEXT, kind TEXT NOT NULL, home TEXT,
  domains TEXT NOT NULL, platform TEXT, every TEXT, note TEXT, facts TEXT, as_of TEXT, verified TEXT
) WITHOUT ROWID;
CREATE TABLE runs (
  id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, site TEXT, command TEXT NOT NULL, started TEXT NOT NULL,
  heartbeat TEXT NOT NULL, finished TEXT, reason TEXT, host TEXT NOT NULL, pid INTEGER NOT NULL, process TEXT NOT NULL,
  software TEXT NOT NULL, settings TEXT NOT NULL, counts TEXT
);
CREATE INDEX runs_open ON runs(id) WHERE finished IS NULL;
CREATE TABLE urls (
  id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, url TEXT NOT NULL, site TEXT NOT NULL, kind TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('queued', 'leased', 'done', 'failed', 'gone', 'refused')),
  priority INTEGER NOT NULL DEFAULT 0, next_due TEXT, run INTEGER REFERENCES runs(id), leased_at TEXT,
  attempts INTEGER NOT NULL DEFAULT 0, fetches INTEGER NOT NULL DEFAULT 0, quiet INTEGER NOT NULL DEFAULT 0,
  discovered_from INTEGER REFERENCES urls(id), discovered_at TEXT NOT NULL, rule TEXT, title TEXT, date TEXT, section TEXT,
  etag TEXT, last_modified TEXT, last_fetched TEXT, last_outcome TEXT, last_error TEXT, changed_at TEXT,
  missing_since TEXT, article INTEGER REFERENCES articles(id)
);
CREATE INDEX urls_due ON urls(site, state, priority DESC, date DESC, next_due);
CREATE INDEX urls_run ON urls(run) WHERE state = 'leased';
CREATE INDEX urls_wake ON urls(site, next_due) WHERE next_due IS NOT NULL AND state IN ('done', 'failed', 'gone', 'refused');
CREATE INDEX urls_article ON urls(article) WHERE article IS NOT NULL;
CREATE TABLE outcomes (
  id INTEGER PRIMARY KEY, run INTEGER NOT NULL REFERENCES runs(id), url_id INTEGER NOT NULL REFERENCES urls(id),
  site TEXT NOT NULL, outcome TEXT NOT NULL, reason TEXT, kind TEXT, status INTEGER, charset TEXT, replaced INTEGER,
  links INTEGER, fresh INTEGER, refused TEXT, at TEXT NOT NULL, UNIQUE (run, url_id)
);
CREATE INDEX outcomes_site_at ON outcomes(site, at);
CREATE TABLE warcs (
  name TEXT PRIMARY KEY, folder TEXT NOT NULL, run INTEGER REFERENCES runs(id), length INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE captures (
  id INTEGER PRIMARY KEY, record TEXT NOT NULL UNIQUE, url TEXT NOT NULL, url_id INTEGER REFERENCES urls(id),
  run INTEGER REFERENCES runs(id), at TEXT NOT NULL, purpose TEXT NOT NULL, status INTEGER, mime TEXT,
  payload_digest TEXT, revisit_of TEXT, warc TEXT NOT NULL, offset INTEGER NOT NULL, length INTEGER NOT NULL,
  truncated TEXT, ip TEXT
);
CREATE INDEX captures_url ON captures(url_id, at);
CREATE INDEX captures_warc ON captures(warc, offset);
CREATE INDEX captures_original ON captures(url, payload_digest);
CREATE TABLE clusters (
  id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, origin INTEGER, size INTEGER NOT NULL, first_seen TEXT NOT NULL
);
CREATE TABLE articles (
  id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, url TEXT NOT NULL, site TEXT NOT NULL,
  title TEXT, kicker TEXT, subtitle TEXT, original_title TEXT,
  published TEXT, published_precision TEXT, updated TEXT, source TEXT, reporters TEXT, correspondents TEXT,
  photographers TEXT, editors TEXT, keywords TEXT, section TEXT, sponsor TEXT,
  page_number TEXT, page_name TEXT, region_code TEXT, region TEXT, region_rule TEXT,
  script TEXT, noise TEXT, chars INTEGER NOT NULL, digest TEXT NOT NULL,
  first_seen TEXT NOT NULL, last_seen TEXT NOT NULL, gone_at TEXT, versions INTEGER NOT NULL DEFAULT 1,
  cluster INTEGER REFERENCES clusters(id), role TEXT, share REAL,
  counts TEXT NOT NULL, editor_chain TEXT, blocks TEXT NOT NULL, body TEXT NOT NULL
);
CREATE INDEX articles_published ON articles(published);
CREATE INDEX articles_site_published ON articles(site, published);
CREATE INDEX articles_source_published ON articles(source, published);
CREATE INDEX articles_region_published ON articles(region_code, published);
CREATE INDEX articles_noise_published ON articles(noise, published);
CREATE INDEX articles_first_seen ON articles(first_seen);
CREATE INDEX articles_cluster ON articles(cluster);
CREATE TABLE versions (
  id INTEGER PRIMARY KEY, article INTEGER NOT NULL REFERENCES articles(id), number INTEGER NOT NULL,
  seen TEXT NOT NULL, capture TEXT, digest TEXT NOT NULL, extractor TEXT NOT NULL, superseded TEXT, superseded_by TEXT,
  title TEXT,
  counts TEXT NOT NULL, fields TEXT NOT NULL, original TEXT NOT NULL, account TEXT NOT NULL,
  body TEXT NOT NULL, body_original TEXT NOT NULL, UNIQUE (article, number)
);
CREATE TABLE sightings (
  article INTEGER NOT NULL REFERENCES articles(id), seen TEXT NOT NULL, digest TEXT NOT NULL, capture TEXT,
  PRIMARY KEY (article, seen, digest)
) WITHOUT ROWID;
CREATE TABLE tombstones (
  id INTEGER PRIMARY KEY, article INTEGER REFERENCES articles(id), url_id INTEGER NOT NULL REFERENCES urls(id),
  missing_since TEXT NOT NULL, first_record TEXT, proven_at TEXT, proof_record TEXT, evidence TEXT NOT NULL, returned_at TEXT
);
CREATE INDEX tombstones_url ON tombstones(url_id);
CREATE INDEX tombstones_article ON tombstones(article);
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
CREATE TABLE tallies (
  dimension TEXT NOT NULL, name TEXT NOT NULL, day TEXT NOT NULL, articles INTEGER NOT NULL,
  PRIMARY KEY (dimension, name, day)
) WITHOUT ROWID;
CREATE VIRTUAL TABLE articles_fts USING fts5(
  body, title, kicker, reporters, keywords, content='', tokenize="unicode61 remove_diacritics 2"
);
CREATE VIRTUAL TABLE articles_chars USING fts5(chars, content='', detail=none, columnsize=0)
"""

_SHARED_PASSAGES = """\
CREATE VIEW shared_passages AS
  SELECT p.article AS article, q.article AS other, p.day AS day, count(*) AS passages, sum(p.end - p.start) AS chars
  FROM passages p JOIN passages q ON q.value = p.value AND q.day = p.day AND q.article != p.article
  JOIN articles a ON a.id = p.article JOIN articles b ON b.id = q.article AND b.site != a.site
  GROUP BY p.article, q.article"""

# Two articles share a passage when a whole sentence is the same on the same day; `shared_passages` counts it across sites.
PASSAGES = f"""
CREATE TABLE passages (
  value INTEGER NOT NULL, day TEXT NOT NULL, article INTEGER NOT NULL REFERENCES articles(id), start INTEGER NOT NULL,
  end INTEGER NOT NULL, PRIMARY KEY (value, day, article)
) WITHOUT ROWID;
CREATE INDEX passages_article ON passages(article);
CREATE INDEX bands_article ON bands(article);
{_SHARED_PASSAGES}
"""

# By day first: a run's articles are of few days, so their sentences come to stand on few pages of the file. An article's bands
# are found by its fingerprint, without an index.
PASSAGES_BY_DAY = f"""
DROP VIEW shared_passages;
ALTER TABLE passages RENAME TO passages_by_value;
DROP INDEX passages_article;
CREATE TABLE passages (
  value INTEGER NOT NULL, day TEXT NOT NULL, article INTEGER NOT NULL REFERENCES articles(id), start INTEGER NOT NULL,
  end INTEGER NOT NULL, PRIMARY KEY (day, value, article)
) WITHOUT ROWID;
INSERT INTO passages SELECT * FROM passages_by_value ORDER BY day, value, article;
DROP TABLE passages_by_value;
CREATE INDEX passages_article ON passages(article);
DROP INDEX bands_article;
{_SHARED_PASSAGES}
"""

# A host that mirrors another is folded into it (mirrors.py); `host_pages` is the proof, its digest NULL where texts differ.
HOSTS = """
CREATE TABLE hosts (
  site TEXT NOT NULL, host TEXT NOT NULL, root TEXT NOT NULL, first_seen TEXT NOT NULL, mirror_of TEXT, since TEXT, rule TEXT,
  PRIMARY KEY (site, host)
) WITHOUT ROWID;
CREATE TABLE host_pages (
  site TEXT NOT NULL, host TEXT NOT NULL, other TEXT NOT NULL, path TEXT NOT NULL, digest TEXT, seen TEXT NOT NULL,
  PRIMARY KEY (site, host, other, path)
) WITHOUT ROWID
"""

# The crawl's own decision is made in code; this shows the same: last start plus the profile's `every` (30m, 6h, 1d).
SCHEDULE = """
CREATE VIEW schedule AS
  SELECT s.name AS site, s.every, max(r.started) AS last_started,
    (SELECT reason FROM runs x WHERE x.site = s.name ORDER BY x.id DESC LIMIT 1) AS last_reason,
    strftime('%Y-%m-%dT%H:%M:%S+08:00', substr(max(r.started), 1, 19), '+' || (CAST(s.every AS INTEGER)
      * CASE substr(s.every, -1) WHEN 'm' THEN 1 WHEN 'h' THEN 60 ELSE 1440 END) || ' minutes') AS next_due
  FROM sites s LEFT JOIN runs r ON r.site = s.name AND r.command = 'crawl' GROUP BY s.name
"""
