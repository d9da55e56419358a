"""`python -m tests.crawl.soak [PAGES]`: one long crawl of the sample site; memory and open files of every process on the way.

Exit code 1 when the crawl or a reading process ends with more than 1.2 times the memory that it had after 5,000 pages (after
1,000 or a tenth of a shorter crawl), or with more open files. Reading processes are not replaced here (WORKER_PAGES):
a new process would hide what the old one lost.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tests.bench.crawl import ROOT, children
from tests.bench.report import machine, table
from tests.bench.site import HeavyPages, HeavyServer
from tests.crawl.running import Crawled

GROWTH = 1.2
"""Times the early memory that a process may hold at the end."""
EARLY = 5_000
ROWS = 20
MORE_FILES = 3
"""Connections come and go; this many open files more are no growth."""
READERS = 2

HEAD = """# Soak

Written by `python -m tests.crawl.soak {pages}`; not edited by hand. One crawl of the sample site with that many generated
articles, each different, of 600 to 2,400 characters in 36 KB of furniture, beside the site's broken pages; pages are read
in {readers} processes that are not replaced. Memory is resident memory, the median of all samples since the row above.

Machine: {machine}.

"""


class Unkept(HeavyPages):
    """Heavy articles and the sample site's other pages, broken ones too; every article is built when it is asked for."""

    def __init__(self, base: str, edition: int, articles: int) -> None:
        super().__init__(base, edition, articles)
        self.get = lambda path: self._weighed(path) or self._get(path)  # type: ignore[assignment,method-assign]


class UnkeptServer(HeavyServer):
    pages_of = Unkept


@dataclass(frozen=True, slots=True)
class Row:
    """Medians between two marks; the crawl first, then its reading processes in the order they were started."""

    pages: int
    seconds: float
    memory: tuple[float, ...]
    """MiB."""
    files: tuple[float, ...]


@contextmanager
def served(articles: int) -> Iterator[int]:
    with UnkeptServer(0, articles=articles) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.port
        server.stopping.set()
        server.shutdown()


def look(pids: list[int]) -> tuple[tuple[float, ...], tuple[float, ...]] | None:
    """MiB of resident memory and number of open files of each process; None when one has just ended."""
    try:
        memory = [next(line for line in Path(f"/proc/{pid}/status").read_text().splitlines() if "VmRSS" in line) for pid in pids]
        files = [len(os.listdir(f"/proc/{pid}/fd")) for pid in pids]  # noqa: PTH208
    except (OSError, StopIteration):
        return None
    return tuple(int(line.split()[1]) / 1024 for line in memory), tuple(map(float, files))


def stored(done: Crawled) -> int:
    return int(done.rows("SELECT count(*) FROM outcomes")[0][0]) if done.archive.exists() else 0


def watch(crawl: subprocess.Popen[bytes], archive: Path, pages: int) -> Iterator[Row]:
    """A row whenever another twentieth of the pages is stored."""
    began, seen = time.monotonic(), list[tuple[tuple[float, ...], tuple[float, ...]]]()
    step, mark = max(pages // ROWS, 1), 0
    left = Crawled(archive, 0, "", "")
    while crawl.poll() is None:
        time.sleep(1)
        found = look([crawl.pid, *sorted(children(crawl.pid))])
        if found and len(found[0]) == 1 + READERS:
            seen.append(found)
        count = stored(left)
        if seen and count >= mark + step:
            mark = count // step * step
            memory, files = (tuple(map(median, zip(*column, strict=True))) for column in zip(*seen, strict=True))
            yield Row(count, time.monotonic() - began, memory, files)
            seen.clear()


def told(row: Row) -> list[str]:
    return [f"{row.pages:,}", *(f"{one:.0f}" for one in (*row.memory, *row.files)), f"{row.pages / row.seconds:.1f}"]


def verdict(rows: list[Row], pages: int) -> tuple[str, bool]:
    """A sentence and whether the crawl passed."""
    early = next((row for row in rows if row.pages >= min(EARLY, max(1_000, pages // 10))), None)
    if early is None:
        return "Too early to judge.", False
    last = rows[-1]
    whole = last.pages >= pages * 0.9
    grown = [now / before for now, before in zip(last.memory, early.memory, strict=True)]
    opened = [now - before for now, before in zip(last.files, early.files, strict=True)]
    good = max(grown) <= GROWTH and max(opened) <= MORE_FILES
    names = ["the crawl", *(f"reader {number}" for number in range(1, READERS + 1))]
    times = ", ".join(f"{name} {one:.2f}" for name, one in zip(names, grown, strict=True))
    return (
        f"Memory after {last.pages:,} pages as a multiple of that after {early.pages:,} (at most {GROWTH}): {times}. "
        f"Open files more: {max(opened):.0f}. {('Passed' if good else 'FAILED') if whole else f'Not finished ({pages:,} pages).'}"
    ), good and whole


def write(path: Path | None, pages: int, head: list[str], rows: list[Row]) -> None:
    """After each row: a run of an hour that is cut short has told what it saw."""
    if path:
        text = HEAD.format(pages=pages, readers=READERS, machine=machine()) + table(head, [told(row) for row in rows])
        path.write_text(f"{text}\n{verdict(rows, pages)[0]}\n", encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.crawl.soak", description="Crawl long and watch memory and files.")
    parser.add_argument("pages", type=int, nargs="?", default=50_000)
    parser.add_argument("--write", type=Path, help="write the table there as Markdown, e.g. docs/soak.md")
    given = parser.parse_args()
    names = [f"{name} {who}" for name in ("MiB", "files") for who in ("crawl", *(f"reader {n}" for n in range(1, READERS + 1)))]
    head = ["pages", *names, "pages/s"]
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as folder, served(given.pages) as port:
        environment = {
            "FANGZHI_ARCHIVE": f"{folder}/archive.db", "FANGZHI_WARC_DIR": f"{folder}/warc",
            "FANGZHI_HOST_SLOTS": f"{folder}/hosts", "FANGZHI_SAMPLE_PORT": str(port), "FANGZHI_WORKERS": str(READERS),
            "FANGZHI_CLOCK": "2026-05-02T20:00:00+08:00",
        }  # fmt: skip
        settings = ("AUTOTHROTTLE_ENABLED=False", "CONCURRENT_REQUESTS_PER_DOMAIN=16", "WORKER_PAGES=1000000000")
        command = [sys.executable, "-m", "scrapy", "crawl", "sample", "-L", "ERROR", "-a", f"limit={given.pages}"]
        command += [part for one in settings for part in ("-s", one)]
        print("\t".join(head), flush=True)
        with subprocess.Popen(command, cwd=ROOT, env=os.environ | environment, stdout=subprocess.DEVNULL) as crawl:
            for row in watch(crawl, Path(folder) / "archive.db", given.pages):
                rows.append(row)
                print("\t".join(told(row)), flush=True)
                write(given.write, given.pages, head, rows)
    sentence, good = verdict(rows, given.pages)
    print(sentence)
    write(given.write, given.pages, head, rows)
    return int(not good)


if __name__ == "__main__":
    sys.exit(main())
