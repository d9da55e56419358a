"""`scrapy crawl NAME`: one run of one site into the archive."""

from __future__ import annotations

import argparse
import os
from json import dumps
from typing import TYPE_CHECKING, Any

from scrapy.commands import BaseRunSpiderCommand

from crawler.commands import browser_or_complain, complain, console, open_or_complain, start_process

if TYPE_CHECKING:
    from scrapy.settings import Settings

    from crawler.sites.profile import Site
    from crawler.spiders.news import NewsSpider

PLANNED = frozenset({"budget", "outside_hours"})
"""Reasons of an end that the profile itself gives."""


class Command(BaseRunSpiderCommand):
    """Scrapy's own command with clear errors and a table at the end.

    Exit code 0: done; 1: ended early or could not write; 2: the question was wrong; 3: done, but the site is not as it was.
    """

    requires_project = True
    requires_crawler_process = False
    settings: Settings  # set in scrapy.cmdline before anything here runs

    def syntax(self) -> str:
        return "NAME [-a since=2026-05-01] [-a until=…] [-a section=…] [-a limit=100] | page -a url=URL"

    def short_desc(self) -> str:
        return "Crawl a site (or any page) into the archive"

    def long_desc(self) -> str:
        return (
            "Crawls one site of `scrapy list`, incrementally, or any page with `page -a url=…`. "
            "Example: scrapy crawl hebei_hebnews -s CONTACT=you@example.org -a since=2026-05-01"
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--json", action="store_true", help="one line of JSON about the run instead of the table")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        from crawler.progress import at_terminal

        if len(args) != 1:
            complain(self, "name one site; `scrapy list` shows them, `page -a url=…` takes any page", 2)
            return
        try:
            spider = spider_class(args[0], opts.spargs)
            check_arguments(opts.spargs)
        except (KeyError, ValueError) as error:
            complain(self, error, 2)
            return
        if not spider.site.private and not self.settings["CONTACT"]:
            complain(self, no_contact(spider.site), 2)
            return
        if not (browser_or_complain(self, spider.site) and open_or_complain(self)):
            return
        if at_terminal() and not (opts.loglevel or os.environ.get("FANGZHI_LOG_LEVEL")):
            self.settings.set("LOG_LEVEL", "WARNING", priority="cmdline")  # the display says the rest
        process = start_process(self)
        crawler = process.create_crawler(spider)
        process.crawl(crawler, **opts.spargs)
        process.start()
        self.report(crawler, json=opts.json)

    def report(self, crawler: Any, json: bool = False) -> None:
        """The table (or the JSON) at the end, and the exit code."""
        stats = crawler.stats.get_stats()
        if self.crawler_process is None or self.crawler_process.bootstrap_failed:
            self.exitcode = 1
        if error := stats.get("archive/error"):
            complain(self, error)
        reason, queued = stats.get("finish_reason"), stats.get("archive/queued", 0)
        if (counts := stats.get("archive/summary")) is not None:
            site = crawler.spidercls.site
            told = {"site": site.name, "run": stats.get("archive/run"), "reason": reason, "pages": counts, "queued": queued}
            told["seconds"] = round(stats.get("elapsed_time_seconds", 0.0), 1)
            told |= {"requests": stats.get("downloader/request_count", 0), "bytes": stats.get("downloader/response_bytes", 0)}
            told["signs"] = signs = stats.get("archive/signs", [])
            show(self, f"{site.name} {site.title}", counts) if not json else print(dumps(told, ensure_ascii=False))
            for sign in signs if reason == "finished" else ():
                complain(self, sign, 3)
        if reason != "finished" and not error:
            left = f"{queued:,} addresses are left; " if queued else ""
            sentence = f"the run ended early ({reason}); {left}the same command goes on where it stopped"
            complain(self, sentence, 0 if reason in PLANNED else 1)


def spider_class(name: str, arguments: dict[str, str]) -> type[NewsSpider]:
    """The spider of that name; for `page` one made for its address. Raises UnknownSite or ValueError with a sentence."""
    from crawler.spiderloader import SiteLoader

    if name != "page":
        return SiteLoader().load(name)  # type: ignore[return-value]
    if not arguments.get("url"):
        raise ValueError("page needs an address: scrapy crawl page -a url=https://…")
    from crawler.spiders.page import PageSpider

    return PageSpider.for_url(arguments["url"])


def check_arguments(arguments: dict[str, str]) -> None:
    """Raises ValueError with a sentence for an argument that no spider takes or a value that cannot be."""
    from datetime import date

    for name, value in arguments.items():
        if name not in ("since", "until", "section", "limit", "url"):
            raise ValueError(f"-a {name}= is unknown; there are since, until, section, limit, url")
        if name in ("since", "until"):
            try:
                date.fromisoformat(value)
            except ValueError:
                raise ValueError(f"-a {name}={value} is no day; write it as 2026-05-01") from None
        if name == "limit" and not (value.isascii() and value.isdigit() and int(value)):
            raise ValueError(f"-a limit={value} is no number of pages; write e.g. limit=100")


def no_contact(site: Site) -> str:
    return (
        f"{site.name} is a live site and must be able to reach you: add -s CONTACT=you@example.org (make: CONTACT=…; a page "
        "that says who you are will do, too), or set FANGZHI_CONTACT; it goes into the user agent and the captures' warcinfo"
    )


def show(command: Any, title: str, counts: dict[str, int]) -> None:
    """The table that a person reads after a crawl, and where to go from there."""
    from rich.table import Table

    table = Table(title=title, title_justify="left")
    table.add_column("outcome")
    table.add_column("pages", justify="right")
    for outcome, pages in sorted(counts.items(), key=lambda row: -row[1]):
        table.add_row(outcome, f"{pages:,}")
    articles = sum(counts.get(name, 0) for name in ("archived", "changed", "unchanged"))
    table.add_section()
    table.add_row("articles, of which new", f"{articles:,}, {counts.get('archived', 0):,}")
    out = console()
    out.print(table)
    out.print(f"archive: {command.settings['ARCHIVE']}\nbrowse:  make browse", highlight=False)
