"""What an article costs as the archive grows: the writer's time a page at several sizes, and bytes on disk by part."""

from __future__ import annotations

import os
import re
import sqlite3
import time
from pathlib import Path

from crawler.items import Exchange, Page, RawPage
from crawler.workers.child import Job, perform, stage_objects
from pipelines.archive import open_archive
from pipelines.archive.runs import start_run
from pipelines.archive.writer import Writer
from tests.bench.reading import STAGES
from tests.bench.site import HeavyPages, long_story
from tests.sample_site.channels import address

BATCH = 100
TABLES = {
    "search index": ("articles_fts", "articles_chars"), "text and fields (articles)": ("articles",), "versions": ("versions",),
    "near-duplicates": ("fingerprints", "bands"), "ledger and outcomes": ("urls", "outcomes"), "captures": ("captures",),
}  # fmt: skip


class Library:
    """An archive that grows by bench pages, each read by the whole road and written by the one writer."""

    def __init__(self, folder: Path, most: int) -> None:
        self.path, self.warc = folder / "archive.db", folder / "warc"
        db = open_archive(self.path)
        run = start_run(db, site=None, command="bench", settings={})
        db.conn.close()
        self.writer = Writer(self.path, self.warc, run, {})
        self.site = HeavyPages("http://bench.example", 1, most)
        self.stages = stage_objects(STAGES)
        self.articles = 0
        self.writing = 0.0
        """Seconds spent in the writer."""

    def grow(self, count: int) -> float:
        """Add so many articles; gives the writer's milliseconds an article."""
        before = self.writing
        for _ in range(0, count, BATCH):
            pages = [self._page(self.articles + n) for n in range(BATCH)]
            started = time.process_time()
            for page in pages:
                self.writer.add(page)
            self.writer.commit()
            self.writing += time.process_time() - started
            self.articles += BATCH
        return (self.writing - before) / count * 1000

    def _page(self, index: int) -> Page:
        where = address(long_story(index))
        answer = self.site._weighed(where)
        assert answer
        url, moment = self.site.base + where, "2026-05-02T20:00:00.000+08:00"
        page = perform(Job(RawPage(url=url, body=answer.body, captured_at=moment)), self.stages)
        headers = ((b"Content-Type", b"text/html; charset=utf-8"),)
        page.exchanges = [Exchange(url=url, status=200, headers=headers, body=answer.body, captured_at=moment)]
        return page


def bytes_by_part(archive: Path, warc: Path) -> tuple[int, dict[str, float]]:
    """How many articles, and bytes an article of each part of the archive."""
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
    return articles, {name: size / max(articles, 1) for name, size in parts.items()}


def resident() -> int:
    """Bytes this process holds."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGESIZE")
