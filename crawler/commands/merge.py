"""`scrapy merge OTHER.db…`: unites archives, as often and in whatever order you like."""

from __future__ import annotations

import argparse
from pathlib import Path

from crawler.command import ProjectCommand
from crawler.commands import complain


class Command(ProjectCommand):
    """Takes other archives into this one."""

    def syntax(self) -> str:
        return "OTHER.db… [--copy]"

    def short_desc(self) -> str:
        return "Unite other archives with this one; doing it twice changes nothing"

    def long_desc(self) -> str:
        return (
            "Takes over pages, versions, captures and outcomes of other archives. Their WARC files are referred to where they "
            "lie, or copied beside this archive with --copy. Example: scrapy merge /media/library/archive.db --copy"
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--copy", action="store_true", help="copy the WARC files into this archive's folder")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        from pipelines.archive import ArchiveError, open_archive
        from pipelines.archive.merging import merge

        if not args:
            complain(self, "name at least one other archive; see scrapy merge --help", 2)
            return
        settings = self.settings
        try:
            db = open_archive(settings["ARCHIVE"])
            for other in args:
                folder = Path(settings["WARC_DIR"]) if opts.copy else None
                new = merge(db, Path(other), copy_to=folder, gone_after_days=settings.getint("GONE_AFTER_DAYS"))
                told = ", ".join(f"{count} {table}" for table, count in new.items() if table and count)
                print(f"{other}: {told or 'nothing new'}")
            db.close()
        except ArchiveError as error:
            complain(self, error)
