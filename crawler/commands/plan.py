"""`scrapy plan`: what so many sites for so many days will cost in pages, bytes, cores, memory and requests a host."""

from __future__ import annotations

import argparse
from dataclasses import fields
from typing import Any

from crawler.capacity import Costs, Habits, Plan, plan
from crawler.command import ProjectCommand
from crawler.commands import complain, console

SITES = (100, 1000, 3000)


class Command(ProjectCommand):
    """Arithmetic only: nothing is fetched, no archive is opened."""

    def syntax(self) -> str:
        return "[--sites N] [--days D]"

    def short_desc(self) -> str:
        return "Tell what a number of sites will cost: pages, bytes, cores, memory, requests a host"

    def long_desc(self) -> str:
        return (
            "Computes from measured figures (docs/benchmarks.md) what crawling costs; without --sites for 100, 1,000 and "
            "3,000 sites. Example: scrapy plan --sites 400 --days 365 --articles 30"
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--sites", type=int, help="how many; without it three columns")
        parser.add_argument("--days", type=int, default=365, help="for how long (default 365)")
        told = {"articles": "new articles a site and day", "runs": "crawls a site and day", "lists": "list pages a run",
                "revisits": "times an article is asked for again", "delay": "seconds between requests to a site"}  # fmt: skip
        for entry in fields(Habits):
            parser.add_argument(
                f"--{entry.name}", type=float, default=entry.default, help=f"{told[entry.name]} (default {entry.default:g})"
            )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        habits = Habits(**{entry.name: getattr(opts, entry.name) for entry in fields(Habits)})
        try:
            plans = [plan(sites, opts.days, habits, Costs()) for sites in ([opts.sites] if opts.sites is not None else SITES)]
        except ValueError as error:
            complain(self, error, 2)
            return
        console().print(table(plans))
        if plans[0].busiest > 1:
            complain(self, "a site cannot be asked that often at this delay: fewer runs or list pages, or a shorter delay")


def size(number: float) -> str:
    """`1.84 TB`."""
    units = iter(("B", "kB", "MB", "GB", "TB", "PB"))
    unit = next(units)
    while number >= 1000 and unit != "PB":
        number, unit = number / 1000, next(units)
    return f"{number:,.3g} {unit}"


def table(plans: list[Plan]) -> Any:
    """Rows of what is needed, a column for each number of sites."""
    from rich.table import Table

    rows = {
        "articles in the archive": [f"{p.articles:,.0f}" for p in plans],
        "requests a day": [f"{p.requests:,.0f}" for p in plans],
        "requests a host and day": [f"{p.requests_per_host:,.0f}" for p in plans],
        "share of the day a host is asked": [f"{p.busiest:.1%}" for p in plans],
        "received a day": [size(p.traffic) for p in plans],
        "database at the end": [size(p.database) for p in plans],
        "WARC at the end": [size(p.warc) for p in plans],
        "cores busy, on average": [f"{p.cores:.2f}" for p in plans],
        "runs at once, on average": [f"{p.at_once:.1f}" for p in plans],
        "memory of these runs": [size(p.memory) for p in plans],
    }
    made = Table(title=f"{plans[0].days} days", title_justify="left")
    made.add_column("")
    for one in plans:
        made.add_column(f"{one.sites:,} sites", justify="right")
    for name, cells in rows.items():
        made.add_row(name, *cells)
    return made
