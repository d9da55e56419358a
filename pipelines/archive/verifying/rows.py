"""Whether the rows agree with each other. Each check is one query whose rows are the faults, so memory stays flat."""

from __future__ import annotations

from collections.abc import Iterator

from sqlite_utils.db import Database

from crawler.items import public_key
from pipelines.archive import runs, timeline
from pipelines.archive.migrations import wrong_triggers
from pipelines.archive.search import is_current

QUERIES = {
    "article {0} says {1} versions, has {2}": "SELECT a.key, a.versions, count(v.id) FROM articles a LEFT JOIN versions v"
    " ON v.article = a.id AND v.superseded IS NULL GROUP BY a.id HAVING a.versions != count(v.id)",
    "article {0} does not show its last version": "SELECT key FROM articles a WHERE digest IS NOT (SELECT digest FROM versions"
    " WHERE article = a.id AND superseded IS NULL ORDER BY number DESC LIMIT 1)",
    "version {1} of article {0} repeats the one before it": "SELECT a.key, v.number FROM versions v JOIN articles a"
    " ON a.id = v.article JOIN versions w ON w.article = v.article AND w.superseded IS NULL AND w.number ="
    " (SELECT max(number) FROM versions WHERE article = v.article AND superseded IS NULL AND number < v.number)"
    " WHERE v.superseded IS NULL AND v.digest = w.digest",
    "version {1} of article {0} names a capture that is not there": "SELECT a.key, v.number FROM versions v JOIN articles a"
    " ON a.id = v.article LEFT JOIN captures c ON c.record = v.capture WHERE v.capture IS NOT NULL AND c.id IS NULL",
    "a sighting of article {0} names a capture that is not there": "SELECT a.key FROM sightings s JOIN articles a"
    " ON a.id = s.article LEFT JOIN captures c ON c.record = s.capture WHERE s.capture IS NOT NULL AND c.id IS NULL",
    "{0} is leased by run {1}, which has ended": "SELECT u.url, u.run FROM urls u LEFT JOIN runs r ON r.id = u.run"
    " WHERE u.state = 'leased' AND (r.id IS NULL OR r.finished IS NOT NULL)",
    "{0} was settled by run {1}, which has no outcome for it": "SELECT u.url, u.run FROM urls u WHERE u.state = 'done'"
    " AND u.fetches > 0 AND u.run IS NOT NULL AND NOT EXISTS (SELECT 1 FROM outcomes o WHERE o.run = u.run AND o.url_id = u.id)",
    "{0} ended as {1} without a capture": "SELECT DISTINCT u.url, o.outcome FROM outcomes o JOIN urls u ON u.id = o.url_id"
    " WHERE o.outcome IN ('archived', 'changed', 'listed') AND NOT EXISTS (SELECT 1 FROM captures c WHERE c.url_id = u.id)",
    "{0} is gone without a tombstone": "SELECT url FROM urls u WHERE state = 'gone' AND NOT EXISTS (SELECT 1 FROM tombstones t"
    " WHERE t.url_id = u.id AND t.proven_at IS NOT NULL AND t.returned_at IS NULL)",
    "article {0} is gone without proof": "SELECT key FROM articles a WHERE gone_at IS NOT NULL AND NOT EXISTS"
    " (SELECT 1 FROM tombstones t WHERE t.article = a.id AND t.proven_at IS NOT NULL AND t.returned_at IS NULL)",
    "capture {0} repeats {1}, which is not there": "SELECT c.record, c.revisit_of FROM captures c LEFT JOIN captures d"
    " ON d.record = c.revisit_of WHERE c.revisit_of IS NOT NULL AND d.id IS NULL",
    "capture {0} lies in {1}, which the archive does not list": "SELECT c.record, c.warc FROM captures c LEFT JOIN warcs w"
    " ON w.name = c.warc WHERE w.name IS NULL",
    "{1} articles counted under {0}, there are {2}": "SELECT 'all', coalesce((SELECT sum(articles) FROM tallies WHERE"
    " dimension = 'all'), 0) AS told, count(*) AS there FROM articles HAVING told != there",
}


def faults(db: Database) -> Iterator[str]:
    """One sentence per fault in the rows."""
    yield from _sqlite(db)
    yield from _keys(db)
    for sentence, query in QUERIES.items():
        for row in db.conn.execute(query):
            yield sentence.format(*row)
    for run in runs.dead_runs(db):
        yield f"run {run} died without being closed; the next crawl or --repair takes back what it held"
    yield from _sightings(db)


def _sqlite(db: Database) -> Iterator[str]:
    for row in db.conn.execute("PRAGMA integrity_check"):
        if row[0] != "ok":
            yield f"SQLite: {row[0]}"
    for row in db.conn.execute("PRAGMA foreign_key_check"):
        yield f"a row of {row[0]} points to a row of {row[2]} that is not there"
    for name in wrong_triggers(db):
        yield f"the trigger {name} is missing or altered; --repair writes it again and rebuilds the search index"
    if not is_current(db.conn):
        yield "the search index was built by another tokeniser; --repair rebuilds it"


def _keys(db: Database) -> Iterator[str]:
    for table in ("urls", "articles"):
        for key, url in db.conn.execute(f"SELECT key, url FROM {table}"):
            if key != public_key(url):
                yield f"{table}: {key} is not the key of {url}"


def _sightings(db: Database) -> Iterator[str]:
    """Versions must be what the sightings come to."""
    for article, key in db.conn.execute("SELECT id, key FROM articles"):
        readings = db.conn.execute("SELECT digest, superseded_by FROM versions WHERE article = ?", (article,))
        replaced = timeline.replacements(tuple(row) for row in readings)
        told = db.conn.execute("SELECT seen, digest FROM sightings WHERE article = ? ORDER BY seen, digest", (article,))
        versions = db.conn.execute(
            "SELECT seen, digest FROM versions WHERE article = ? AND superseded IS NULL ORDER BY number", (article,)
        ).fetchall()
        if timeline.collapsed((tuple(row) for row in told), replaced) != [tuple(row) for row in versions]:
            yield f"the versions of article {key} are not what its sightings come to; --repair lays them out anew"
