"""The steps of a merge, each in short transactions: a merge that is interrupted is simply run again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from sqlite3 import Row

from sqlite_utils.db import Database

from pipelines.archive.errors import ArchiveError
from pipelines.archive.merging import evidence, ledger, texts
from pipelines.archive.opening import open_archive, path_of, writing

BATCH = 200
"""Rows a transaction: other crawls wait less than a second."""


def merge(
    db: Database, other: Path | str, *, copy_to: Path | None = None, gone_after_days: int = 2, later: bool = False
) -> Counter[str]:
    """Take everything of the archive at `other` into `db`; returns how many rows were new, by table.

    The other's WARC files are referred to where they lie, or copied into the folder `copy_to`. `later`: the other began as
    a slice of `db`, so what it says of an address that nobody visited since is the newer state. Raises ArchiveError.
    """
    if Path(other).resolve() == path_of(db).resolve():
        raise ArchiveError(f"{other} is this archive itself; name another one")
    theirs = open_archive(other, create=False, read_only=True)
    theirs.conn.execute("BEGIN")  # one snapshot: a crawl may be writing there
    new: Counter[str] = Counter()
    try:
        for table, query, take in _steps(db, theirs, copy_to, gone_after_days, later):
            for batch in _batches(theirs, query):
                with writing(db):
                    new[table] += sum(take(row) for row in batch)
    finally:
        theirs.close()
    return new


def _steps(
    db: Database, theirs: Database, copy_to: Path | None, gone_after_days: int, later: bool
) -> Iterator[tuple[str, str, Callable[[Row], int]]]:
    """(table, the other's rows, what to do with one). The order matters: rows come after those they point to."""
    yield "sites", "SELECT * FROM sites ORDER BY name", lambda row: ledger.take_site(db, row)
    yield "runs", "SELECT * FROM runs ORDER BY key", lambda row: ledger.take_run(db, row)
    urls = (
        "SELECT u.*, r.key AS run_key, f.key AS from_key, f.url AS from_url FROM urls u LEFT JOIN runs r ON r.id = u.run"
        " LEFT JOIN urls f ON f.id = u.discovered_from ORDER BY u.id"
    )
    yield "urls", urls, lambda row: ledger.take_url(db, row, later)
    yield "", urls, lambda row: ledger.take_discovery(db, row)
    yield (
        "outcomes",
        "SELECT o.*, r.key AS run_key, u.key AS url_key FROM outcomes o JOIN runs r ON r.id = o.run"
        " JOIN urls u ON u.id = o.url_id",
        lambda row: ledger.take_outcome(db, row),
    )
    yield (
        "warcs", "SELECT w.*, r.key AS run_key FROM warcs w LEFT JOIN runs r ON r.id = w.run",
        lambda row: evidence.take_warc(db, theirs, row, copy_to),
    )  # fmt: skip
    yield (
        "captures",
        "SELECT c.*, r.key AS run_key, u.key AS url_key FROM captures c LEFT JOIN runs r ON r.id = c.run"
        " LEFT JOIN urls u ON u.id = c.url_id",
        lambda row: evidence.take_capture(db, row),
    )
    yield "articles", "SELECT * FROM articles ORDER BY key", lambda row: texts.take_article(db, theirs, row)
    yield (
        "", "SELECT u.key, a.key AS article_key FROM urls u JOIN articles a ON a.id = u.article",
        lambda row: ledger.take_article_of_url(db, row),
    )  # fmt: skip
    yield (
        "", "SELECT DISTINCT u.key FROM tombstones t JOIN urls u ON u.id = t.url_id ORDER BY u.key",
        lambda row: evidence.take_tombstones(db, theirs, row["key"], gone_after_days),
    )  # fmt: skip
    yield (
        "", "SELECT DISTINCT key FROM articles ORDER BY key",
        lambda row: evidence.lay_out_tombstones_of_article(db, row["key"], gone_after_days),
    )  # fmt: skip
    yield "furniture", "SELECT * FROM furniture", lambda row: ledger.take_furniture(db, row)
    yield "hosts", "SELECT * FROM hosts", lambda row: ledger.take_host(db, row)
    yield "host_pages", "SELECT * FROM host_pages", lambda row: ledger.take_host_page(db, row)
    yield (
        "", "SELECT DISTINCT site, substr(at, 1, 10) AS day FROM outcomes",
        lambda row: ledger.count_coverage(db, row["site"], row["day"]),
    )  # fmt: skip


def _batches(theirs: Database, query: str) -> Iterator[list[Row]]:
    rows = theirs.conn.execute(query)
    while batch := rows.fetchmany(BATCH):
        yield batch
