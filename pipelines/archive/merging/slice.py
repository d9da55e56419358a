"""A site's slice of an archive: what a crawl elsewhere reads so that nothing is fetched again, and what it changed of it.

A slice is an archive file with the same row ids. It has no article texts but those that a page due now is compared with,
and no search index: the archive that takes the changes in writes its own.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import timedelta
from pathlib import Path

from sqlite_utils.db import Database

from crawler.clock import now, stamp
from pipelines.archive.opening import open_archive, path_of
from pipelines.archive.schema import triggers

AHEAD = timedelta(days=1)
"""A crawl may begin this long after its slice was cut and still find the texts of what has come due."""

# In this order; `whole` is the archive, bare names are the slice so far.
_CUT = (
    "INSERT INTO sites SELECT * FROM whole.sites WHERE name = :site",
    "INSERT INTO urls SELECT u.* FROM json_each(:sites) JOIN whole.urls u ON u.site = value",
    # A run under way is not the slice's to close.
    "INSERT INTO runs SELECT * FROM whole.runs WHERE finished IS NOT NULL AND (site = :site OR id IN (SELECT run FROM urls))",
    "INSERT INTO furniture SELECT * FROM whole.furniture WHERE site = :site",
    "INSERT INTO hosts SELECT * FROM whole.hosts WHERE site = :site",
    "INSERT INTO host_pages SELECT * FROM whole.host_pages WHERE site = :site",
    "INSERT INTO tombstones SELECT * FROM whole.tombstones WHERE url_id IN (SELECT id FROM urls)",
    # What a revisit or a 304 may refer to: the captures that hold a payload, and the last look at each address.
    "INSERT INTO captures SELECT c.* FROM urls u JOIN whole.captures c ON c.url_id = u.id WHERE c.status = 200 AND"
    " (c.revisit_of IS NULL OR c.at = (SELECT max(at) FROM whole.captures l WHERE l.url = c.url AND l.status = 200))",
    # What counts for today's budget, and the last robots.txt, which belongs to no address.
    "INSERT OR IGNORE INTO captures SELECT c.* FROM whole.warcs w JOIN whole.captures c ON c.warc = w.name WHERE w.run IN"
    " (SELECT id FROM runs WHERE site = :site AND command = 'crawl' AND"
    " (finished >= :today OR id = (SELECT max(id) FROM runs WHERE site = :site AND command = 'crawl')))",
    "INSERT OR IGNORE INTO captures SELECT * FROM whole.captures WHERE record IN (SELECT revisit_of FROM captures)",
    "INSERT INTO articles(id, key, url, site, digest, first_seen, last_seen, gone_at, versions, chars, counts, blocks, body)"
    " SELECT id, key, url, site, digest, first_seen, last_seen, gone_at, versions, chars, '', '', '' FROM whole.articles"
    " WHERE id IN (SELECT article FROM urls)",
    "INSERT INTO versions SELECT * FROM whole.versions WHERE superseded IS NULL AND article IN"
    " (SELECT article FROM urls WHERE site = :site AND (state = 'queued' OR next_due <= :soon))",
)  # fmt: skip

# A slice has no sightings: an article that has one now was looked at.
_UNCHANGED = (
    "DELETE FROM urls WHERE id IN (SELECT id FROM (SELECT * FROM urls INTERSECT SELECT * FROM slice.urls))",
    "DELETE FROM captures WHERE id IN (SELECT id FROM slice.captures)",
    "DELETE FROM tombstones WHERE id IN (SELECT id FROM (SELECT * FROM tombstones INTERSECT SELECT * FROM slice.tombstones))",
    "DELETE FROM articles WHERE id NOT IN"
    " (SELECT article FROM sightings UNION SELECT article FROM urls WHERE article IS NOT NULL)",
    "DELETE FROM versions WHERE article NOT IN (SELECT id FROM articles)",
    "INSERT INTO furniture SELECT site, template, key, sample, 0, first_seen, last_seen FROM slice.furniture WHERE"
    " (site, template, key) NOT IN (SELECT site, template, key FROM furniture)",
    "DELETE FROM furniture WHERE (site, template, key) IN"
    " (SELECT site, template, key FROM (SELECT * FROM furniture INTERSECT SELECT * FROM slice.furniture))",
)


def cut(db: Database, path: Path, site: str, others: Collection[str] = ()) -> None:
    """Write the slice for a crawl of `site` to the new file `path`. `others`: sites that may know addresses of its hosts.

    Raises ArchiveError. The slice is cut of one state of the archive, however many crawls write to it.
    """
    part = open_archive(path)
    try:
        for name in triggers():
            part.conn.execute(f"DROP TRIGGER {name}")
        part.conn.execute("ATTACH ? AS whole", (f"{path_of(db).resolve().as_uri()}?mode=ro",))
        names = json.dumps([site, *others])
        values = {"site": site, "sites": names, "today": stamp()[:10], "soon": stamp(now() + AHEAD)}
        part.conn.execute("BEGIN")
        for statement in _CUT:
            part.conn.execute(statement, values)
        part.conn.execute("COMMIT")
    finally:
        part.close()


def keep_changes(shard: Path, slice: Path) -> None:
    """Leave in `shard`, which began as a copy of `slice`, what has changed since; furniture that was forgotten has 0 pages."""
    db = open_archive(shard, create=False)
    try:
        db.conn.execute("ATTACH ? AS slice", (f"{slice.resolve().as_uri()}?mode=ro",))
        db.conn.execute("BEGIN")
        for statement in _UNCHANGED:
            db.conn.execute(statement)
        db.conn.execute("COMMIT")
        db.conn.execute("DETACH slice")
        db.conn.execute("VACUUM")
    finally:
        db.close()
