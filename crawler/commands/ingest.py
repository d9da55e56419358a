"""`scrapy ingest PATH…`: stored pages into the archive, by the same road as crawled ones."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from crawler.command import ProjectCommand
from crawler.commands import complain, open_or_complain, start_process


class Command(ProjectCommand):
    """Takes html, txt, warc, warc.gz, wacz and folders of them."""

    def syntax(self) -> str:
        return "PATH… [--url URL] [--engine dask://HOST:PORT]"

    def short_desc(self) -> str:
        return "Store pages from html, txt, warc and wacz files in the archive"

    def long_desc(self) -> str:
        return (
            "Stores html, txt, warc, warc.gz and wacz files and folders of them. WARC captures keep their own time; saved "
            "files become resource records. Example: scrapy ingest crawl-2024.warc.gz saved-pages/"
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--url", help="address of the page, where one saved page is given")
        parser.add_argument("--engine", metavar="URL", help="read on the machines of a Dask scheduler, dask://HOST:PORT")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        from crawler.engine.address import EngineError
        from crawler.engine.readers import readers
        from crawler.spiders.replay import ReplaySpider

        if not args:
            complain(self, "name at least one file or folder; see scrapy ingest --help", 2)
            return
        self.settings.set("SCHEDULER", "crawler.scheduler.ReplayScheduler", priority="cmdline")
        if not open_or_complain(self):
            return
        try:
            workers = readers(self.settings, opts.engine)
        except EngineError as error:
            complain(self, error)
            return
        process = start_process(self)
        crawler = process.create_crawler(ReplaySpider)
        process.crawl(crawler, paths=[Path(name) for name in args], url=opts.url, workers=workers)
        process.start()
        self.report(crawler)

    def report(self, crawler: Any) -> None:
        from crawler.commands.crawl import show

        stats = crawler.stats.get_stats()
        if self.crawler_process.bootstrap_failed:  # type: ignore[union-attr]
            self.exitcode = 1
        if error := stats.get("archive/error"):
            complain(self, error)
        if (counts := stats.get("archive/summary")) is not None:
            show(self, "ingest", counts)
        for message in getattr(crawler.spider, "unreadable", ()):
            complain(self, message)
