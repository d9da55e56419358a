"""`python -m tests.crawl.soak [PAGES]`: a long crawl of generated pages; memory and open files on the way, as a table.

Exit code 1 when a process ends with more than 1.2 times the memory that it had after a tenth of the pages, or with more
open files. 50,000 pages take about an hour on two cores.
"""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.crawl.running import ROOT
from tests.crawl.server import Handler, article, listing, serve

LISTS = 20
"""List pages on the front list; discovery takes a couple of dozen from one page for lists."""
GROWTH = 1.2


class Generated(dict[str, Any]):
    """Pages made when they are asked for."""

    def __init__(self, pages: int):
        self.each = pages // LISTS + 1

    def get(self, path: str, default: Any = None) -> Any:
        name = path.rpartition("/")[2]
        if path == "/robots.txt":
            return robots
        if path.startswith("/yaowen/2"):
            return article(f"第{name}号消息，河道清淤进入第{len(name)}标段", paragraphs=3 + sum(map(ord, name)) % 12)
        if path == "/yaowen/index.shtml":
            return listing([f"/yaowen/index_{number}.shtml" for number in range(1, LISTS + 1)])
        number = int("".join(filter(str.isdigit, name)) or 0)
        return listing([f"/yaowen/202605/t20260501_{number * self.each + k:08}.shtml" for k in range(self.each)])


def robots(h: Handler) -> None:
    h.send(b"User-agent: *\nAllow: /\n", type="text/plain")


def family(pid: int) -> list[int]:
    """A process and those that it started."""
    children = [child for task in Path(f"/proc/{pid}/task").iterdir() for child in (task / "children").read_text().split()]
    return [pid, *(below for child in children for below in family(int(child)))]


def sample(pid: int) -> tuple[int, int, int]:
    """KiB of memory of the process itself and of those it started, and its open files."""

    def kib(one: int) -> int:
        status = Path(f"/proc/{one}/status").read_text()
        return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS")))

    own, *others = family(pid)
    return kib(own), sum(map(kib, others)), len(os.listdir(f"/proc/{own}/fd"))  # noqa: PTH208


def stored(archive: Path) -> int:
    try:
        with sqlite3.connect(f"file:{archive}?mode=ro", uri=True, timeout=10) as db:
            return int(db.execute("SELECT count(*) FROM outcomes").fetchone()[0])
    except sqlite3.OperationalError:
        return 0


def main(pages: int) -> int:
    step, samples = max(pages // 20, 100), list[tuple[int, int, int, int]]()
    with tempfile.TemporaryDirectory() as folder, serve() as server:
        server.pages = Generated(pages)
        archive = Path(folder) / "archive.db"
        environment = {
            "FANGZHI_ARCHIVE": str(archive),
            "FANGZHI_WARC_DIR": f"{folder}/warc",
            "FANGZHI_HOST_SLOTS": f"{folder}/hosts",
            "FANGZHI_SAMPLE_PORT": str(server.server_address[1]),
        }
        command = [sys.executable, "-m", "scrapy", "crawl", "sample", "-L", "ERROR", "-a", f"limit={pages}"]
        began = time.monotonic()
        with subprocess.Popen(command, cwd=ROOT, env=os.environ | environment) as crawl:
            print(f"{'pages':>8} {'crawl MiB':>10} {'readers MiB':>12} {'files':>6} {'pages/s':>8}")
            while crawl.poll() is None:
                time.sleep(0.5)
                count = stored(archive)
                if count >= step * (len(samples) + 1):
                    try:
                        own, others, files = sample(crawl.pid)
                    except (OSError, StopIteration):  # it has just ended
                        break
                    samples.append((count, own, others, files))
                    rate = count / (time.monotonic() - began)
                    print(f"{count:>8} {own / 1024:>10.0f} {others / 1024:>12.0f} {files:>6} {rate:>8.1f}", flush=True)
                server.log.clear(), server.seen.clear(), server.asked.clear()
    return judge(samples)


def judge(samples: list[tuple[int, int, int, int]]) -> int:
    if len(samples) < 3:
        print("too short to judge")
        return 1
    early, last = samples[len(samples) // 10], samples[-1]
    grown = last[1] / early[1]
    print(f"memory {grown:.2f} times that after {early[0]} pages (at most {GROWTH}); open files {early[3]} → {last[3]}")
    return int(grown > GROWTH or last[3] > early[3] + 3)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 50_000))
