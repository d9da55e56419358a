"""A large archive in minutes: rows made in processes beside, written by table and not by page; only the search index and the
tallies come from the archive's own triggers. What a run writes one page at a time is measured by `growth` on top of it."""

from __future__ import annotations

import shutil
import time
from collections import deque
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from typing import Any

from sqlite_utils.db import Database

from crawler.items import Article, public_key
from pipelines.archive import search
from pipelines.archive.articles import _columns, version_of
from pipelines.archive.opening import path_of
from pipelines.archive.schema import FTS_COLUMNS
from pipelines.text.fingerprint import bands, digest, fingerprint, passages

BATCH = 2000
WORKERS = 2
BYTES, RATE = 30_000, 400
"""Bytes on disk an article, WARC not counted, and articles a second on two idle cores; as measured."""

Rows = dict[str, list[dict[str, Any]]]


def grow(db: Database, run: int, first: int, end: int, article: Any) -> None:
    """Add the articles `article(first)` to `article(end - 1)`. Says size and time first; stopped, it goes on where it was."""
    path = path_of(db)
    missing = end - first
    print(f"{path}: {first:,} articles there, {missing:,} to build: about {missing * BYTES / 1e9:.1f} GB, "
          f"{missing / RATE / 60:.0f} minutes; it can be stopped and goes on where it was", flush=True)  # fmt: skip
    if shutil.disk_usage(path.parent).free < missing * BYTES * 1.3:
        raise SystemExit(f"not enough room in {path.parent}; free some, or give smaller --sizes")
    tokens: dict[str, str] = {}  # what the triggers ask for
    db.conn.create_function("zh_bigrams", 1, lambda text: tokens.get(text) or search.zh_bigrams(text))
    db.conn.create_function("zh_chars", 1, lambda text: tokens.get(f" {text}") or search.zh_chars(text))
    pragmas = {"synchronous": "OFF", "cache_size": -262144, "wal_autocheckpoint": 20000}
    before = {name: db.conn.execute(f"PRAGMA {name}").fetchone()[0] for name in pragmas}
    for name, value in pragmas.items():
        db.conn.execute(f"PRAGMA {name} = {value}")
    started = time.monotonic()
    for done, (rows, found) in enumerate(_batches(first, end, run, article), 1):
        tokens.update(found)
        db.conn.execute("BEGIN IMMEDIATE")
        for table, lines in rows.items():
            names, values = ", ".join(lines[0]), ", ".join("?" * len(lines[0]))
            db.conn.executemany(f"INSERT INTO {table}({names}) VALUES ({values})", [tuple(line.values()) for line in lines])
        db.conn.execute("COMMIT")
        tokens.clear()
        print(f"\r{min(done * BATCH, missing):,} of {missing:,}, "
              f"{min(done * BATCH, missing) / (time.monotonic() - started):,.0f} a second", end="", flush=True)  # fmt: skip
    print()
    search.register(db.conn)
    for name, value in before.items():
        db.conn.execute(f"PRAGMA {name} = {value}")


def _batches(first: int, end: int, run: int, article: Any) -> Iterator[tuple[Rows, dict[str, str]]]:
    """The rows of each batch with the index tokens of its texts, made ahead by a few batches and no more."""
    starts = range(first, end, BATCH)
    with ProcessPoolExecutor(WORKERS) as workers:
        tasks = (workers.submit(_batch, at, min(at + BATCH, end), run, article) for at in starts)
        begun = deque(islice(tasks, WORKERS + 1))
        while begun:
            yield begun.popleft().result()
            begun.extend(islice(tasks, 1))


def _batch(first: int, end: int, run: int, article: Any) -> tuple[Rows, dict[str, str]]:
    rows: Rows = {}
    tokens: dict[str, str] = {}
    for index in range(first, end):
        made: Article = article(index)
        for table, lines in _rows(made, index + 1, run).items():
            rows.setdefault(table, []).extend(lines)
        columns = rows["articles"][-1]
        texts = [columns[name] or "" for name in FTS_COLUMNS]
        tokens |= {text: search.zh_bigrams(text) for text in texts if text}
        joined = " ".join(texts)
        tokens[f" {joined}"] = search.zh_chars(joined)
    rows["bands"].sort(key=lambda row: (row["band"], row["value"]))  # neighbours in the table are written together
    rows["passages"].sort(key=lambda row: (row["day"], row["value"]))
    return rows, tokens


def _rows(article: Article, number: int, run: int) -> Rows:
    """What a crawl's first sight of an article leaves in each table; article and address have the same number."""
    article.original = {"body": article.body}
    article.script, article.digest = "hans", digest(article.title, article.body)
    article.fingerprint = fingerprint(article.body)
    day = str(article.published)[:10]
    seen, key, record = f"{day}T20:00:00.000+08:00", public_key(article.url), f"<urn:uuid:{number:032x}>"
    url = {"id": number, "key": key, "url": article.url, "site": "bench", "kind": "article", "state": "done", "priority": 50,
           "run": run, "fetches": 1, "discovered_at": seen, "last_fetched": seen, "last_outcome": "archived", "changed_at": seen,
           "date": article.published, "article": number}  # fmt: skip
    outcome = {"run": run, "url_id": number, "site": "bench", "outcome": "archived", "kind": "article", "status": 200, "at": seen}
    capture = {"record": record, "url": article.url, "url_id": number, "run": run, "at": seen, "purpose": "page", "status": 200,
               "payload_digest": f"sha1:{number:032}", "warc": "bench.warc.gz", "offset": number, "length": 1}  # fmt: skip
    own = {"id": number, "key": key, "url": article.url, "site": "bench", "first_seen": seen, "last_seen": seen}
    version = version_of(article, seen=seen, capture=record, digest=article.digest)
    return {
        "urls": [url], "outcomes": [outcome], "captures": [capture], "articles": [own | _columns(article, article.digest)],
        "versions": [{"article": number, "number": 1} | version],
        "sightings": [{"article": number, "seen": seen, "digest": article.digest, "capture": record}],
        "fingerprints": [{"article": number, "minhash": article.fingerprint}],
        "bands": [{"band": n, "value": value, "article": number} for n, value in enumerate(bands(article.fingerprint))],
        "passages": [{"value": value, "day": day, "article": number, "start": start, "end": end}
                     for value, (start, end) in {value: span for value, *span in passages(article.body)}.items()],
    }  # fmt: skip
