"""`make bench`: measures the road on this machine in one run and writes docs/benchmarks.md."""

from __future__ import annotations

import argparse
import contextlib
import re
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median

from tests.bench import cluster, crawl, extraction, growth, reading
from tests.bench.report import machine, megabytes, spread, table

ROOT = Path(__file__).resolve().parent.parent.parent
LIBRARY = ROOT / "data/bench"
FILE = ROOT / "docs/benchmarks.md"
HEAD = """# Benchmarks

Written by `make bench`; not edited by hand. Pages: generated news of 600 to 2,400 characters in 36 KB of furniture with
320 links, served over HTTP/1.1 on the same machine. Figures are medians of {rounds} rounds in which the ways take turns,
with the smallest and largest beside them. Compare within a table only: everything shares the machine, also with what
else runs on it. Processor time is steadier than clock time. A run of some parts leaves the other tables as they are.

Machine: {machine}.
"""


PROCESSES: dict[str, Callable[[crawl.Cost], float]] = {
    "of it the crawler": lambda cost: cost.own,
    "its readers": lambda cost: cost.readers,
    "its writer": lambda cost: cost.writer,
    "the page server": lambda cost: cost.server,
}
YARDSTICK = """
Scrapy alone runs as it is shipped, with all its middlewares and extensions and its queue in memory; both obey robots.txt,
keep 16 requests under way without a pause and log warnings alone. It is told every address at the start; Fangzhi finds
them on four chains of list pages. Processor time counts the start of every process; rates begin with the run.
"""
ONCE = """
A new process reads test pages of our own untimed, in the shapes of many sites, and then each of these pages once: archives hold
no page twice, and a tool may gain by what it has seen before.
"""


GROWN = 20
"""Batches written at each size of (c) in a round: enough for the search index to merge as in the long run."""
KEPT = 50_000
"""Articles of an archive of (c) that is worth keeping; a smaller one is built in seconds."""


def said(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def part_a(given: argparse.Namespace) -> str:
    """The full crawl beside Scrapy alone; memory and disk of the crawl with it."""
    ways: dict[str, Callable[[crawl.Served, Path], crawl.Cost]] = {
        "Scrapy alone, pages discarded": lambda server, _: crawl.bare(server, given.articles),
        "Fangzhi, reading and writing in processes of their own": lambda server, folder: crawl.full(server, folder),
        "Fangzhi, WORKERS=0": lambda server, folder: crawl.full(server, folder, "0"),
        "Scrapy with trafilatura in the callback": lambda server, _: crawl.bare(server, given.articles, "trafilatura"),
    }
    costs: dict[str, list[crawl.Cost]] = {name: [] for name in ways}
    sizes: dict[str, float] = {}
    with crawl.served(given.articles) as server:
        for number in range(given.rounds):
            for name, way in ways.items():
                with tempfile.TemporaryDirectory() as folder:
                    costs[name].append(way(server, Path(folder)))
                    if name.startswith("Fangzhi") and not sizes:
                        sizes = growth.bytes_by_part(Path(folder) / "archive.db", Path(folder) / "warc")
                said(f"(a) round {number + 1}: {name}: {costs[name][-1].rate:.0f} pages/s")
    first = median(cost.rate for cost in costs["Scrapy alone, pages discarded"])
    rows = [
        [
            name, spread([cost.rate for cost in found]), f"{median(cost.rate for cost in found) / first:.2f}",
            spread([cost.milliseconds(cost.own + cost.readers + cost.writer + cost.server) for cost in found]),
            *(f"{median(cost.milliseconds(part(cost)) for cost in found):.2f}" for part in PROCESSES.values()),
            megabytes(max(cost.memory for cost in found)),
            megabytes(max(cost.child_memory for cost in found)) if name.endswith("own") else "",
        ]
        for name, found in costs.items()
    ]  # fmt: skip
    head = ["way", "pages a second", "ratio", "CPU ms a page", *PROCESSES, "memory, crawler", "memory, another"]
    disk = [[name, f"{size:,.0f}"] for name, size in sizes.items()] + [["all", f"{sum(sizes.values()):,.0f}"]]
    return (
        f"\n## (a) The whole crawl: {given.articles:,} articles, WARC, reading, cleaning, fingerprints, SQLite, index\n\n"
        + table(head, rows) + YARDSTICK + "\n## (f) Bytes on disk for an article\n\n" + table(["part", "bytes"], disk)
    )  # fmt: skip


def part_b(given: argparse.Namespace) -> str:
    """Reading from WARC beside trafilatura, and on more cores."""
    rates: dict[int, list[float]] = {1: [], 2: []}
    text = f"\n## (b) Reading stored pages\n{ONCE}"
    with tempfile.TemporaryDirectory() as folder:
        corpora = reading.corpora(Path(folder), given.pages)
        for held, path in corpora.items():
            said(f"(b) {held}")
            found = reading.compared(path, given.rounds)
            own = median(next(iter(found.values())))
            rows = [[name, spread(ms), f"{1000 / median(ms):.0f}", f"{median(ms) / own:.1f}"] for name, ms in found.items()]
            head = ["way", "CPU ms a page", "pages a second and core", "times Fangzhi's"]
            text += f"\n{held[0].upper()}{held[1:]}:\n\n{table(head, rows)}"
        for _ in range(given.rounds):
            for count in rates:
                rates[count].append(reading.on_cores(next(iter(corpora.values())), count))
    more = [[str(n), spread(rate), f"{median(rate) / median(rates[1]):.2f}"] for n, rate in rates.items()]
    head = ["cores, with a worker process each", "generated pages a second from WARC", "ratio"]
    return f"{text}\n{extraction.apart()}.\n\n{table(head, more)}"


def part_c(given: argparse.Namespace) -> str:
    """The writer at several sizes of the archive, taking turns; each size is an archive of its own."""
    with contextlib.ExitStack() as stack:
        libraries = [library(size, stack) for size in given.sizes]
        held = [one.articles for one in libraries]
        costs = [[one.grow(GROWN) for one in libraries] for _ in range(given.rounds)]
        rows = [
            [f"{articles:,}", *(spread(list(times)) for times in zip(*found, strict=True)), megabytes(one.path.stat().st_size)]
            for one, articles, found in zip(libraries, held, zip(*costs, strict=True), strict=True)
        ]
    head = ["articles held", "CPU ms an article", "ms by the clock", "archive.db"]
    return "\n## (c) Writing into a growing archive\n\n" + table(head, rows)


def library(size: int, stack: contextlib.ExitStack) -> growth.Library:
    """An archive of that size: a large one is kept in data/bench and used again by the next run, with what this one adds."""
    small = size < KEPT
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory())) if small else LIBRARY / str(size)
    found = growth.Library(folder)
    stack.callback(found.writer.close)
    found.fill(size)
    return found


def part_d(given: argparse.Namespace) -> str:
    """Memory as crawls get longer."""
    rows = []
    for size in given.memory:
        with crawl.served(size) as server, tempfile.TemporaryDirectory() as folder:
            cost = crawl.full(server, Path(folder))
        rows.append([f"{cost.pages:,}", megabytes(cost.memory), megabytes(cost.child_memory), f"{cost.rate:.0f}"])
        said(f"(d) {rows[-1]}")
    return "\n## (d) Memory of longer crawls\n\n" + table(
        ["pages", "crawler, most", "another process, most", "pages a second"], rows
    )


def part_e(given: argparse.Namespace) -> str:
    """Start-up."""
    times = [reading.start_up() for _ in range(given.rounds)]
    return f"\n## (e) Start-up\n\n`scrapy extract` on one page, from command to end: {spread(times)} s.\n"


def part_g(given: argparse.Namespace) -> str:
    """More machines, as far as one can show."""
    found: dict[str, list[float]] = {}
    for _ in range(given.rounds):
        with tempfile.TemporaryDirectory() as folder:
            for name, rate in cluster.rates(Path(folder), given.articles).items():
                found.setdefault(name, []).append(rate)
    rows = [[name, spread(rates)] for name, rates in found.items()]
    head = ["stored pages are read by", "pages a second into the archive"]
    return f"\n## (g) Reading on a cluster: `scrapy ingest` of {given.articles:,} generated pages\n\n{table(head, rows)}"


PARTS = {"a": part_a, "b": part_b, "c": part_c, "d": part_d, "e": part_e, "g": part_g}


def sectioned(text: str) -> list[tuple[str, str]]:
    """The letter of each section, and its text."""
    return [(section[4], f"{section.strip()}\n") for section in re.split(r"(?m)^(?=## \()", text)[1:]]


def numbers(text: str) -> list[int]:
    return [int(one.replace("_", "")) for one in text.split(",")]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="Measure, and write docs/benchmarks.md.")
    parser.add_argument("--articles", type=int, default=1500, help="articles of crawl (a)")
    parser.add_argument("--pages", type=int, default=300, help="stored pages of (b)")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--sizes", type=numbers, default=[0, 2000, 10_000], help="archive sizes of (c): 0,100_000,1_000_000")
    parser.add_argument("--memory", type=numbers, default=[1000, 4000], help="crawl lengths of (d): 1000,10_000,100_000")
    parser.add_argument("--parts", default="abcdeg", help="which to run; the others stay in the file as they are")
    given = parser.parse_args()
    found = "".join(PARTS[part](given) for part in given.parts)
    sections = dict(sectioned(FILE.read_text(encoding="utf-8"))) | dict(sectioned(found))
    head = HEAD.format(rounds=given.rounds, machine=machine())
    FILE.write_text("\n".join([head, *(sections[letter] for letter in sorted(sections))]), encoding="utf-8")
    print(found)


if __name__ == "__main__":
    main()
