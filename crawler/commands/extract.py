"""`scrapy extract PATH…`: what the road makes of pages at hand, one JSON line each; nothing is stored."""

from __future__ import annotations

import argparse
import json
import sys
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, wait
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crawler.command import ProjectCommand
from crawler.commands import complain

if TYPE_CHECKING:
    from crawler.items import Page
    from crawler.spiders.stored import Stored

FEW = 16
"""Pages that are read sooner than processes are started for them."""


class Command(ProjectCommand):
    """Reads html, txt, warc, warc.gz and wacz."""

    def syntax(self) -> str:
        return "PATH… [--url URL] [--manifest TSV]"

    def short_desc(self) -> str:
        return "Print what extraction and cleaning make of stored pages, as JSON lines"

    def long_desc(self) -> str:
        return (
            "Reads html, txt, warc, warc.gz and wacz files (folders too) by the same road as a crawl and stores nothing. "
            "Example: scrapy extract page.html --url http://www.example.cn/2026/t20260501_1.html"
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--url", help="address of the page, where one saved page is given")
        parser.add_argument("--manifest", metavar="TSV", help="table with the columns path and url; paths count from its folder")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        from crawler.workers.configured import WorkersError

        try:
            jobs = read_manifest(Path(opts.manifest)) if opts.manifest else []
        except (OSError, ValueError) as error:
            complain(self, error)
            return
        jobs += [(Path(name), opts.url) for name in args]
        if not jobs:
            complain(self, "name at least one file, folder or --manifest; see scrapy extract --help", 2)
            return
        sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
        try:
            for stored, page in read_all(self.stored(jobs), self.settings):
                print(json.dumps(line(page, stored), ensure_ascii=False))
        except WorkersError as error:
            complain(self, error, 2)

    def stored(self, jobs: list[tuple[Path, str | None]]) -> Iterator[Stored]:
        """Every page of every file; what cannot be read is said and passed over."""
        from crawler.spiders.stored import Unreadable, files_under, stored_pages

        for given, url in jobs:
            try:
                for path in files_under([given]):
                    yield from stored_pages(path, url)
            except Unreadable as error:
                complain(self, error)


def read_all(pages: Iterator[Stored], settings: Any) -> Iterator[tuple[Stored, Page]]:
    """Each page through reading and the pure stages, in order: a few here and now, many in a process for each core."""
    from crawler.spiders.judging import replayed
    from crawler.spiders.stored import site_of
    from crawler.workers import Job, Workers, configured
    from crawler.workers.child import stage_objects

    first = list(islice(pages, FEW))
    workers = configured(settings)
    if len(first) < FEW:
        workers = Workers(0, workers.stages)
    stages = stage_objects(workers.stages)

    def finished(stored: Stored, reading: Future[Page]) -> tuple[Stored, Page]:
        wait([reading])
        page = replayed(reading, stored.raw, stored.broken)
        for stage in stages:  # a first page of several was left as read
            page = stage.process_item(page)
        return stored, page

    waiting: deque[tuple[Stored, Future[Page]]] = deque()
    try:
        for stored in chain(first, pages):
            waiting.append((stored, workers.submit(Job(stored.raw, site_of(stored.raw.url)))))
            if len(waiting) > workers.under_way:
                yield finished(*waiting.popleft())
        while waiting:
            yield finished(*waiting.popleft())
    finally:
        workers.close()


def read_manifest(path: Path) -> list[tuple[Path, str | None]]:
    """(file, address) of each row. Raises ValueError with a sentence when the columns are missing."""
    import csv

    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)
        if not {"path", "url"} <= set(rows.fieldnames or ()):
            raise ValueError(f"{path}: the first line must name the columns path and url, separated by a tab")
        return [(path.parent / row["path"], row["url"] or None) for row in rows]


def line(page: Page, stored: Stored) -> dict[str, Any]:
    """The JSON object of one page; fields that are not known are null, never empty strings."""
    from crawler.extraction import editor_names, markdown

    article = page.article
    out: dict[str, Any] = {
        "path": str(stored.path),
        "url": page.url,
        "kind": page.kind,
        "charset": page.charset,
        "replaced": page.replaced,
    }
    names = ("title", "kicker", "subtitle", "body", "published", "source", "keywords", "sponsor", "script", "counts",
             "region", "region_code", "region_rule", "published_precision", "noise", "original_title", "updated",
             "correspondents", "photographers", "page_number", "page_name", "reporters")  # fmt: skip
    for name in names:
        value = getattr(article, name, None)
        out[name] = None if value == "" else value
    for name in ("keywords", "reporters", "correspondents", "photographers"):
        out[name] = out[name] or []
    out["body_original"] = (article.original.get("body") or article.body or None) if article else None
    out["editors"] = editor_names(article.editors) if article else []
    out["editor_chain"] = [[editor.role, editor.name] for editor in article.editors] if article else []
    out["section"] = (" > ".join(article.section) or None) if article else None
    out["counts"] = out["counts"] or {}
    out["images"] = [{"url": image.url, "caption": image.caption} for image in article.images] if article else []
    out["markdown"] = (markdown(article.blocks) or None) if article else None
    provenance = article.provenance if article else {}
    out["provenance"] = {name: {"rule": p.rule, "alternatives": p.alternatives} for name, p in provenance.items()}
    return out | {"outcome": page.outcome, "reason": page.reason, "links": len(page.links)}
