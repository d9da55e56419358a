"""The archive's schema as a numbered list of steps; a step that has shipped is never edited, a new one is added below."""

from __future__ import annotations

from sqlite_utils import Migrations
from sqlite_utils.db import Database

from pipelines.archive import clusters, search
from pipelines.archive.schema import DIMENSIONS, HOSTS, LIST_DIMENSIONS, PASSAGES, PASSAGES_BY_DAY, SCHEDULE, TABLES, triggers

migrations = Migrations("archive")


@migrations()
def m001_archive(db: Database) -> None:
    """Sites, frontier, captures, articles with every version, runs with one outcome a leased URL, search index, tallies."""
    for statement in TABLES.strip().split(";\n"):
        db.conn.execute(statement)
    db.conn.execute("INSERT INTO articles_fts(articles_fts, rank) VALUES ('rank', 'bm25(1.0, 8.0, 4.0, 6.0, 4.0)')")
    for trigger in triggers().values():
        db.conn.execute(trigger)
    search.note_version(db.conn)


@migrations()
def m002_passages(db: Database) -> None:
    """Sentences by hash and day, so that shared passages are found between articles that otherwise differ."""
    for statement in PASSAGES.strip().split(";\n"):
        db.conn.execute(statement)
    clusters.rebuild(db)


@migrations()
def m003_schedule(db: Database) -> None:
    """When each site's next crawl is due, for people to see."""
    db.conn.execute(SCHEDULE)


@migrations()
def m004_hosts(db: Database) -> None:
    """Hosts of a site that serve the same pages, and the pages that prove it."""
    for statement in HOSTS.strip().split(";\n"):
        db.conn.execute(statement)


@migrations()
def m005_newest(db: Database) -> None:
    """A site's newest articles without a walk over all of them: each crawl ends with a look at them."""
    db.conn.execute("CREATE INDEX articles_site_first_seen ON articles(site, first_seen)")


@migrations()
def m006_together(db: Database) -> None:
    """The search index takes new articles at the end of a transaction; it holds the same, so it need not be built again."""
    for name in ("articles_ai", "articles_ad", "articles_au"):
        db.conn.execute(f"DROP TRIGGER {name}")
        db.conn.execute(triggers()[name])


@migrations()
def m007_passages_by_day(db: Database) -> None:
    """Sentences stand by day, and bands have no index by article: a new article touches a quarter of the pages."""
    for statement in PASSAGES_BY_DAY.strip().split(";\n"):
        db.conn.execute(statement)


def wrong_triggers(db: Database) -> list[str]:
    """Names of triggers that are missing or differ from what this version of the software writes."""
    there = dict(db.conn.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall())
    return [name for name, sql in triggers().items() if there.get(name) != sql]


def restore_triggers(db: Database) -> list[str]:
    """Write again what is missing or differs (sqlite-utils' `transform()` drops a table's triggers without a word).

    What changed while they were away is not in the indexes, so these are rebuilt. Runs inside the caller's transaction.
    """
    wrong = wrong_triggers(db)
    for name in wrong:
        db.conn.execute(f"DROP TRIGGER IF EXISTS {name}")
        db.conn.execute(triggers()[name])
    if wrong:
        search.rebuild(db.conn)
        rebuild_tallies(db)
    return wrong


def rebuild_tallies(db: Database) -> None:
    """Count all tallies afresh."""
    db.conn.execute("DELETE FROM tallies")
    day = "coalesce(substr(published, 1, 10), '')"
    single = "".join(f" UNION ALL SELECT '{name}', {column}, {day} FROM articles" for name, column in DIMENSIONS)
    lists = "".join(
        f" UNION ALL SELECT '{name}', value, '' FROM"
        f" (SELECT DISTINCT articles.id, value FROM articles, json_each(coalesce({column}, '[]')))"
        for name, column in LIST_DIMENSIONS
    )
    db.conn.execute(
        "INSERT INTO tallies SELECT dimension, name, day, count(*) FROM ("
        f"SELECT 'all' AS dimension, '' AS name, {day} AS day FROM articles{single}{lists}"
        ") WHERE name IS NOT NULL GROUP BY 1, 2, 3"
    )
