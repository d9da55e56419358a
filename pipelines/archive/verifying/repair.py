"""What can be put right without guessing: everything that follows from something that is still there."""

from __future__ import annotations

import os

from sqlite_utils.db import Database

from pipelines.archive import clusters, runs, search, timeline
from pipelines.archive.migrations import rebuild_tallies, restore_triggers
from pipelines.archive.opening import writing
from pipelines.archive.warcs import locate


def repair(db: Database) -> list[str]:
    """Take back dead runs, cut loose WARC ends, rebuild what is derived; returns a line for each thing done."""
    done = []
    if taken := runs.take_back(db):
        done.append(f"took back {taken} leases of dead runs")
    with writing(db):
        loose = db.conn.execute(
            "UPDATE urls SET state = 'queued', leased_at = NULL WHERE state = 'leased' AND run NOT IN"
            " (SELECT id FROM runs WHERE finished IS NULL)"
        ).rowcount
        done += [f"queued {loose} leases without a living run"] * bool(loose)
        done += [f"wrote the trigger {name} again" for name in restore_triggers(db)]
        done += _cut_ends(db)
        articles = [row[0] for row in db.conn.execute("SELECT id FROM articles")]
        for article in articles:
            timeline.arrange(db, article)
        search.rebuild(db.conn)
        rebuild_tallies(db)
        clusters.rebuild(db)
        done.append(f"laid out the versions of {len(articles)} articles, rebuilt search index, tallies and clusters")
        done += _fetch_lost_again(db)
    return done


def _cut_ends(db: Database) -> list[str]:
    done = []
    for name, length in db.conn.execute(
        "SELECT name, length FROM warcs WHERE run IN (SELECT id FROM runs WHERE finished IS NOT NULL)"
    ).fetchall():
        path = locate(db, name)
        if path.exists() and path.stat().st_size > length:
            done.append(f"cut {path.stat().st_size - length} bytes off {name}")
            os.truncate(path, length)
    return done


def _fetch_lost_again(db: Database) -> list[str]:
    """What stood in a WARC file that is gone is fetched again by the next crawl; the rows stay as they are."""
    lost = [row[0] for row in db.conn.execute("SELECT name FROM warcs") if not locate(db, row[0]).exists()]
    count = 0
    for name in lost:
        count += db.conn.execute(
            "UPDATE urls SET state = 'queued', next_due = NULL, etag = NULL, last_modified = NULL"
            " WHERE state IN ('done', 'failed') AND id IN (SELECT url_id FROM captures WHERE warc = ?)",
            (name,),
        ).rowcount
    return [f"queued {count} addresses whose evidence is lost, to be fetched again"] * bool(count)
