"""`scrapy extract PATH…`: what the road makes of pages at hand, one JSON line each; nothing is stored."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scrapy.commands import ScrapyCommand

from crawler.commands import complain

if TYPE_CHECKING:
    from crawler.items import Page
    from crawler.spiders.stored import Stored
    from pipelines.stage import Stage


class Command(ScrapyCommand):
    """Reads html, txt, warc, warc.gz and wacz."""

    requires_project = True
    requires_crawler_process = False

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
        from crawler.spiders.stored import Unreadable, files_under, stored_pages

        try:
            jobs = read_manifest(Path(opts.manifest)) if opts.manifest else []
        except (OSError, ValueError) as error:
            complain(self, error)
            return
        jobs += [(Path(name), opts.url) for name in args]
        if not jobs:
            complain(self, "name at least one file, folder or --manifest; see scrapy extract --help", 2)
            return
        stages = pure_stages(self.settings)
        sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
        for given, url in jobs:
            try:
                for path in files_under([given]):
                    for stored in stored_pages(path, url):
                        print(json.dumps(line(read_stored(stored, stages), stored), ensure_ascii=False))
            except Unreadable as error:
                complain(self, error)


def read_manifest(path: Path) -> list[tuple[Path, str | None]]:
    """(file, address) of each row. Raises ValueError with a sentence when the columns are missing."""
    import csv

    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)
        if not {"path", "url"} <= set(rows.fieldnames or ()):
            raise ValueError(f"{path}: the first line must name the columns path and url, separated by a tab")
        return [(path.parent / row["path"], row["url"] or None) for row in rows]


def pure_stages(settings: Any) -> list[Stage]:
    """The stages of ITEM_PIPELINES that clean and do not store, in their order."""
    from scrapy.utils.misc import load_object

    from pipelines.stage import Stage

    ordered = sorted(settings.getdict("ITEM_PIPELINES").items(), key=lambda entry: entry[1])
    classes = [load_object(name) for name, _ in ordered]
    return [found() for found in classes if issubclass(found, Stage)]


def read_stored(stored: Stored, stages: list[Stage]) -> Page:
    """One stored page through reading and the pure stages."""
    from crawler.reading import read
    from crawler.spiders.judging import settle
    from crawler.spiders.stored import site_of

    page = settle(read(stored.raw, site=site_of(stored.raw.url)), stored.raw, stored.broken)
    for stage in stages:
        page = stage.process_item(page)
    return page


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
