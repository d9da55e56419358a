"""`scrapy furniture SITE`: what was learned as furniture of a site's pages, and a way to forget it."""

from __future__ import annotations

import argparse

from crawler.command import ProjectCommand
from crawler.commands import complain


class Command(ProjectCommand):
    """Shows, and with --reset forgets."""

    def syntax(self) -> str:
        return "SITE [--reset]"

    def short_desc(self) -> str:
        return "Show the texts learned as furniture of a site's pages; --reset forgets them"

    def long_desc(self) -> str:
        return (
            "Shows the texts that stand on page after page of a site and are taken off its articles: pages, address shape, text. "
            "With --reset they are forgotten and learned anew from new articles; scrapy reextract --site SITE --apply then puts "
            "the text back into the archived ones. Example: scrapy furniture hebei_hebnews"
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--reset", action="store_true", help="forget what was learned and counted")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        from pipelines.archive import ArchiveError, furniture, open_archive

        if len(args) != 1:
            complain(self, "name one site; see scrapy furniture --help", 2)
            return
        (site,) = args
        try:
            db = open_archive(self.settings["ARCHIVE"], create=False, read_only=not opts.reset)
            if opts.reset:
                print(f"{furniture.reset(db, site)} texts of {site} forgotten")
            else:
                for row in (rows := furniture.learned(db, site)):
                    print(row["pages"], row["template"], row["sample"], sep="\t")
                print(f"{len(rows)} texts are known as furniture of {site}")
            db.close()
        except ArchiveError as error:
            complain(self, error)
