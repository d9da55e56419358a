"""`scrapy backfill CDX_URL --site NAME`: past captures of a site into the archive, with their own time."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from crawler.command import ProjectCommand
from crawler.commands import complain, console, open_or_complain, start_process

if TYPE_CHECKING:
    from crawler.sites.profile import Site


class Command(ProjectCommand):
    """Works with Common Crawl's index, the Wayback Machine's and pywb's CDX server; a second run goes on where one stopped."""

    def syntax(self) -> str:
        return "CDX_URL --site NAME [--since DAY] [--until DAY] [--limit N]"

    def short_desc(self) -> str:
        return "Store past captures of a site found through a CDX server"

    def long_desc(self) -> str:
        return (
            "Asks a CDX server for captures of a site's articles and stores those the archive lacks, with the time and place "
            "they were captured. CDX_URL is e.g. https://web.archive.org/cdx/search/cdx, "
            "https://index.commoncrawl.org/CC-MAIN-2026-10-index or http://127.0.0.1:8080/COLLECTION/cdx (pywb). "
            "Example: scrapy backfill https://web.archive.org/cdx/search/cdx --site hebei_hebnews --since 2015-01-01 "
            "--until 2015-12-31 -s CONTACT=you@example.org"
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--site", metavar="NAME", help="the site, as in scrapy list")
        parser.add_argument("--since", metavar="DAY", help="first day of capture, 2015-01-01")
        parser.add_argument("--until", metavar="DAY", help="last day of capture")
        parser.add_argument("--limit", metavar="N", type=int, help="captures to store at most")
        parser.add_argument("--replay", metavar="URL", help="where captures are replayed, if not found from CDX_URL")
        parser.add_argument("--warcs", metavar="URL", help="folder of the WARC files that index entries point into")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        from crawler.discovery.cdx import COMMON_CRAWL, COMMON_CRAWL_FILES, replay_base

        try:
            server, target, service = checked(args, opts, self.settings["CONTACT"])
        except (KeyError, ValueError) as error:
            complain(self, error, 2)
            return
        warcs = opts.warcs or (COMMON_CRAWL_FILES if COMMON_CRAWL in server else None)
        replay = opts.replay or replay_base(server)
        if not warcs and not replay:
            complain(self, f"{server} does not tell where captures are read; add --replay URL or --warcs URL", 2)
            return
        if not open_or_complain(self):
            return
        options = {
            "server": server,
            "since": opts.since,
            "until": opts.until,
            "limit": opts.limit,
            "replay": replay,
            "warcs": warcs,
        }
        self.crawl(with_addresses(service, warcs, replay), target, **options)

    def crawl(self, service: Site, target: Site, **arguments: Any) -> None:
        """Run it, and print what came of it."""
        from crawler.commands.crawl import show
        from crawler.spiders.backfill import BackfillSpider

        spider = type("backfill", (BackfillSpider,), {"name": "backfill", "site": service, "target": target})
        self.settings.set("SCHEDULER", "crawler.scheduler.BackfillScheduler", priority="cmdline")
        process = start_process(self)
        crawler = process.create_crawler(spider)
        process.crawl(crawler, **arguments)
        process.start()
        stats = crawler.stats.get_stats()
        if process.bootstrap_failed:
            self.exitcode = 1
        if error := stats.get("archive/error"):
            complain(self, error)
        counts = getattr(crawler.spider, "counts", {})
        console().print("index: " + (", ".join(f"{count:,} {what}" for what, count in counts.items()) or "no captures"))
        if (pages := stats.get("archive/summary")) is not None:
            show(self, f"backfill {target.name} {target.title}", pages)
        for message in getattr(crawler.spider, "unreadable", ()):
            complain(self, message)


def with_addresses(service: Site, *addresses: str | None) -> Site:
    """The service with the further addresses that were named: the guard lets a private one pass only if it was."""
    from dataclasses import replace

    from crawler.discovery import unlisted

    named = [unlisted(address) for address in addresses if address]
    domains = dict.fromkeys((*service.domains, *(domain for site in named for domain in site.domains)))
    return replace(service, domains=tuple(domains), private=service.private or any(site.private for site in named))


def checked(args: list[str], opts: argparse.Namespace, contact: str) -> tuple[str, Site, Site]:
    """(server, site, archive service as a site). Raises UnknownSite or ValueError with a sentence."""
    from dataclasses import replace
    from datetime import date

    from crawler.commands.crawl import no_contact
    from crawler.discovery import unlisted
    from crawler.sites import get_site

    if len(args) != 1 or not opts.site:
        raise ValueError("name a CDX server and a site: scrapy backfill CDX_URL --site NAME; see scrapy backfill --help")
    target, service = get_site(opts.site), unlisted(args[0])
    for name in ("since", "until"):
        try:
            date.fromisoformat(getattr(opts, name) or "2000-01-01")
        except ValueError:
            raise ValueError(f"--{name} {getattr(opts, name)} is no day; write it as 2026-05-01") from None
    if not service.private and not contact:
        raise ValueError(no_contact(service))
    return args[0], target, replace(service, delay=0.0) if service.private else service
