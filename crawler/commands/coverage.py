"""`scrapy coverage SITE`: a certificate of what the archive holds of a site, day by day, with its gaps."""

from __future__ import annotations

import argparse
import json
from typing import Any

from crawler.command import ProjectCommand
from crawler.commands import complain, console


class Command(ProjectCommand):
    """Tells "nothing was published" from "nothing was captured"."""

    def syntax(self) -> str:
        return "SITE --since DAY [--until DAY] [--json]"

    def short_desc(self) -> str:
        return "Certify what the archive holds of a site, day by day, and what is missing"

    def long_desc(self) -> str:
        return (
            "Each day is complete, has gaps (listed with reasons), had nothing listed, or was not observed. With --json it "
            "carries the archive's root digest. Example: scrapy coverage hebei_hebnews --since 2026-05-01 --json > may.json"
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--since", metavar="DAY", help="first day, as 2026-05-01")
        parser.add_argument("--until", metavar="DAY", help="last day, included (default: today)")
        parser.add_argument("--json", action="store_true", help="the whole certificate, to keep or publish")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        from datetime import date

        from crawler.clock import now
        from pipelines.archive import ArchiveError, open_archive
        from pipelines.archive.covering import coverage_certificate

        until = opts.until or now().date().isoformat()
        try:
            if len(args) != 1 or not opts.since:
                raise ValueError("name one site and --since DAY; see scrapy coverage --help")
            if date.fromisoformat(opts.since) > date.fromisoformat(until):
                raise ValueError(f"--since {opts.since} lies after {until}")
            db = open_archive(self.settings["ARCHIVE"], create=False, read_only=True)
        except (ArchiveError, ValueError) as error:
            complain(self, error, 2)
            return
        told = coverage_certificate(db, args[0], opts.since, until)
        print(json.dumps(told, ensure_ascii=False, indent=1)) if opts.json else console().print(table(told))


def table(told: dict[str, Any]) -> Any:
    from rich.table import Table

    out = Table(title=f"{told['site']}: {told['since']} to {told['until']}", title_justify="left", caption=told["root"])
    for name in ("day", "state", "listed", "fetched", "captured", "gone", "gaps"):
        out.add_column(name, justify="left" if name in ("day", "state") else "right")
    for day in told["days"]:
        counts = [str(day[name]) for name in ("listed", "fetched", "captured", "gone")]
        out.add_row(day["day"], day["state"], *counts, str(len(day["gaps"])))
    return out
