"""A real archive in a temporary folder, pages as the road hands them over, and a clock that can be set."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils.db import Database

from crawler import clock
from crawler.items import Article, Exchange, Kind, Lease, Link, Outcome, Page
from pipelines.archive import frontier, open_archive, runs
from pipelines.archive.writer import Writer

HOST = "http://news.example.cn"


@dataclass
class Archive:
    """One archive on disk and the steps a crawl takes on it."""

    path: Path
    db: Database
    warc: Path = field(init=False)

    def __post_init__(self) -> None:
        self.warc = self.path.parent / "warc"

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in self.db.conn.execute(sql, values)]

    def one(self, sql: str, *values: Any) -> Any:
        (row,) = self.rows(sql, *values)
        return row[0] if len(row) == 1 else row

    def start(self, site: str = "test_site") -> int:
        return runs.start_run(self.db, site=site, command="crawl", settings={})

    def visit(self, *answers: Callable[[Lease], Page] | Page, site: str = "test_site", **options: Any) -> list[Outcome]:
        """One whole run: lease what waits, answer each lease by the page made for its address, settle."""
        run = self.start(site)
        writer = Writer(self.path, self.warc, run, {"robots": "obey"}, **options)
        by_url = {page.url: page for page in answers if isinstance(page, Page)}
        frontier.seed(self.db, site, [Link(url=url, kind=page.kind) for url, page in by_url.items()])
        outcomes = []
        for lease in frontier.lease(self.db, run, site, 1000):
            if lease.url in by_url:
                page = by_url[lease.url]
                page.lease, page.site = lease, site
                writer.add(page)
                outcomes += writer.commit()
        writer.close()
        frontier.release(
            self.db, run, [row[0] for row in self.rows("SELECT id FROM urls WHERE run = ? AND state = 'leased'", run)]
        )
        runs.finish_run(self.db, run, "finished")
        return outcomes


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    path = tmp_path / "archive.db"
    db = open_archive(path)
    yield Archive(path, db)
    db.close()


@pytest.fixture
def at() -> Iterator[Callable[[str], None]]:
    """Set the one clock: `at("2026-05-01T08:00:00+08:00")`."""
    yield clock.set_clock
    clock.set_clock(None)


def exchange(url: str, body: bytes = b"<html></html>", **changes: Any) -> Exchange:
    values: dict[str, Any] = {
        "url": url, "request_headers": ((b"User-Agent", b"test"),), "headers": ((b"Content-Type", b"text/html; charset=gbk"),),
        "body": body, "captured_at": clock.stamp(),
    }  # fmt: skip
    return Exchange(**values | changes)


@pytest.fixture
def capture() -> Callable[..., Exchange]:
    return exchange


@pytest.fixture
def page() -> Callable[..., Page]:
    """A page item: `page("/a.html", "正文。")` is an article, `page("/", links=["/a.html"])` a list page."""

    def make(
        path: str,
        body: str | None = None,
        *,
        title: str = "标题",
        links: tuple[str | Link, ...] = (),
        raw: bytes = b"",
        **changes: Any,
    ) -> Page:
        url = path if path.startswith("http") else HOST + path
        found = [
            link if isinstance(link, Link) else Link(url=HOST + link, kind=Kind.ARTICLE, rule="article_url") for link in links
        ]
        values: dict[str, Any] = {
            "url": url, "kind": Kind.LIST if body is None else Kind.ARTICLE, "links": found, "status": 200,
            "outcome": Outcome.LISTED if body is None else Outcome.ARCHIVED, "captured_at": clock.stamp(),
            "exchanges": [exchange(url, raw or (body or path).encode("gbk"))],
        }  # fmt: skip
        if body is not None:
            values["article"] = Article(url=url, title=title, body=body, reporters=["王浩"], original={"body": body})
        return Page(**values | changes)

    return make
