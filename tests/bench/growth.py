"""What an article costs as the archive grows: the writer's time at several sizes, and bytes on disk by part."""

from __future__ import annotations

import re
import sqlite3
import time
from pathlib import Path

from crawler.items import Article, Block, Exchange, Kind, Outcome, Page
from crawler.workers.child import stage_objects
from pipelines.archive import open_archive
from pipelines.archive.runs import start_run
from pipelines.archive.writer import Writer
from tests.bench import bulk
from tests.bench.reading import STAGES
from tests.bench.site import long_story

BATCH = 100
MOMENT = "2026-05-02T20:00:00.000+08:00"
TABLES = {
    "search index": ("articles_fts", "articles_chars"), "text and fields (articles)": ("articles",), "versions": ("versions",),
    "near-duplicates": ("fingerprints", "bands"), "ledger and outcomes": ("urls", "outcomes"), "captures": ("captures",),
}  # fmt: skip


class Library:
    """An archive that grows by generated articles, as cleaned by the pure stages; in a folder that is kept and gone on with."""

    def __init__(self, folder: Path) -> None:
        self.path, self.warc = folder / "archive.db", folder / "warc"
        folder.mkdir(parents=True, exist_ok=True)
        db = open_archive(self.path)
        run = start_run(db, site=None, command="bench", settings={})
        self.articles: int = db.conn.execute("SELECT count(*) FROM articles").fetchone()[0]
        db.conn.close()
        self.writer = Writer(self.path, self.warc, run, {})
        self.stages = stage_objects(STAGES)

    def fill(self, size: int) -> None:
        """Bring the archive to so many articles, where it has fewer."""
        if size > self.articles:
            bulk.grow(self.writer.db, self.writer.run, self.articles, size, article)
            self.articles = size

    def grow(self, batches: int) -> tuple[float, float]:
        """Add so many batches as a run does; gives the writer's milliseconds an article: of the processor, by the clock."""
        writing = passing = 0.0
        for _ in range(batches):
            pages = [self._page(self.articles + n) for n in range(BATCH)]
            started, began = time.process_time(), time.monotonic()
            for page in pages:
                self.writer.add(page)
            self.writer.commit()
            writing += time.process_time() - started
            passing += time.monotonic() - began
            self.articles += BATCH
        added = batches * BATCH / 1000
        return writing / added, passing / added

    def _page(self, index: int) -> Page:
        made = article(index)
        page = Page(
            url=made.url, outcome=Outcome.ARCHIVED, site="bench", kind=Kind.ARTICLE, status=200, captured_at=MOMENT, article=made
        )
        for stage in self.stages:
            page = stage.process_item(page)
        page.exchanges = [Exchange(url=made.url, body=made.body.encode(), captured_at=MOMENT)]
        return page


def article(index: int) -> Article:
    """The generated article with that number, as extraction would give it."""
    story = long_story(index)
    lines = story.paragraphs
    return Article(
        url=f"http://bench.example/202605/t20260502_{index}.shtml", title=story.title, body="\n".join(lines),
        blocks=[Block(kind="p", text=text) for text in lines],
        published=f"{story.day}T08:00:00+08:00", published_precision="minute", source=story.source,
        reporters=list(story.reporters), keywords=list(story.keywords), section=["新闻", "快讯"],
    )  # fmt: skip


def bytes_by_part(archive: Path, warc: Path) -> dict[str, float]:
    """Bytes an article of each part of an archive."""
    with sqlite3.connect(archive) as db:
        (articles,) = db.execute("SELECT count(*) FROM articles").fetchone()
        sizes = dict(db.execute("SELECT name, sum(pgsize) FROM dbstat GROUP BY name"))
        owners = dict(db.execute("SELECT name, tbl_name FROM sqlite_master WHERE type = 'index'"))
    parts = dict.fromkeys((*TABLES, "all else"), 0)
    for name, size in sizes.items():
        table = owners.get(name, name)
        part = next(
            (p for p, tables in TABLES.items() if any(re.fullmatch(rf"{one}(_\w+)?", table) for one in tables)), "all else"
        )
        parts[part] += size
    parts["WARC (evidence, compressed)"] = sum(file.stat().st_size for file in warc.rglob("*") if file.is_file())
    return {name: size / max(articles, 1) for name, size in parts.items()}
