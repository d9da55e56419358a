"""What crawling so many sites for so long costs, by arithmetic from measured figures (docs/benchmarks.md). Pure."""

from __future__ import annotations

from dataclasses import dataclass

DAY = 86_400
"""Seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """A site of the usual kind; every figure may be given to `scrapy plan`."""

    articles: float = 60
    """New articles a day."""
    runs: float = 4
    """Crawls a day (`every`: 6 h)."""
    lists: float = 12
    """List pages a run."""
    revisits: float = 3
    """Times an article is asked for again, over its life."""
    delay: float = 2.0
    """Seconds between two requests to the site."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Costs:
    """One machine's figures, as `make bench` measures them; the defaults are those of docs/benchmarks.md, rounded up."""

    article: float = 0.025
    """Processor seconds for an article, from request to index."""
    list_page: float = 0.015
    """Processor seconds for a list page, or for an article asked for again."""
    start: float = 3.0
    """Processor seconds to start a run and its reading process."""
    crawler: float = 210e6
    """Bytes of memory of a run."""
    worker: float = 120e6
    """Bytes of memory of its reading process."""
    row: float = 31e3
    """Bytes of the database for an article."""
    capture: float = 9e3
    """Bytes of WARC for a page of 36 KB."""
    wire: float = 36e3
    """Bytes of a page as servers send it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What it comes to."""

    sites: int
    days: int
    articles: float
    """In the archive at the end."""
    requests_per_host: float
    """A day."""
    requests: float
    """A day, all sites."""
    traffic: float
    """Bytes a day received."""
    database: float
    """Bytes at the end."""
    warc: float
    """Bytes at the end."""
    cores: float
    """Busy on average; have half as many again."""
    at_once: float
    """Runs under way on average: a run waits for its site's delay most of the time."""
    memory: float
    """Bytes of those runs."""
    busiest: float
    """Share of the day a host is asked something."""


def plan(sites: int, days: int, habits: Habits, costs: Costs) -> Plan:
    """Raises ValueError for numbers that cannot be."""
    if sites < 1 or days < 1 or min(habits.articles, habits.runs, habits.lists, habits.revisits, habits.delay) < 0:
        raise ValueError("sites and days start at 1, and nothing can be negative")
    again = habits.runs * habits.lists + habits.articles * habits.revisits
    per_host = again + habits.articles
    seconds = per_host * habits.delay
    work = habits.articles * costs.article + again * costs.list_page + habits.runs * costs.start
    at_once = sites * seconds / DAY
    articles = sites * days * habits.articles
    return Plan(
        sites=sites, days=days, articles=articles, requests_per_host=per_host, requests=sites * per_host,
        traffic=sites * per_host * costs.wire, database=articles * costs.row,
        # A page asked for again and unchanged leaves a revisit record of about a kilobyte; list pages change every time.
        warc=articles * (costs.capture + habits.revisits * 1e3) + sites * days * habits.runs * habits.lists * costs.capture,
        cores=sites * work / DAY, at_once=at_once, memory=at_once * (costs.crawler + costs.worker), busiest=seconds / DAY,
    )  # fmt: skip
