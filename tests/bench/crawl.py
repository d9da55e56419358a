"""Crawls of the bench site as separate processes: the full road, Scrapy alone, and what each costs."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import resource
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tests.bench.site import HeavyPages

ROOT = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True, slots=True)
class Cost:
    """What one crawl took."""

    pages: int
    seconds: float
    cpu: float
    """Seconds of processor time, all processes of the crawl."""
    memory: int
    """Most bytes the crawler's own process held."""
    worker_memory: int = 0
    """Most bytes a reading process held."""

    @property
    def rate(self) -> float:
        return self.pages / self.seconds


@contextlib.contextmanager
def served(articles: int) -> Iterator[int]:
    """The bench site in a process of its own, every page built beforehand; gives its port."""
    command = [sys.executable, "-m", "tests.bench.serve", str(articles)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        port = int(process.stdout.readline())
        connection = http.client.HTTPConnection("127.0.0.1", port)
        for path in HeavyPages("", 1, articles).paths:
            connection.request("GET", path)
            connection.getresponse().read()
        try:
            yield port
        finally:
            process.terminate()


def _most(pid: int) -> int:
    """Most bytes a process has held so far; 0 when it is gone."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM"))
    except (OSError, StopIteration):
        return 0


def children(pid: int) -> list[int]:
    """Process ids of its child processes."""
    try:
        return [int(one) for path in Path(f"/proc/{pid}/task").glob("*/children") for one in path.read_text("ascii").split()]
    except OSError:
        return []


def _run(command: list[str], environment: dict[str, str]) -> tuple[str, float, tuple[int, int]]:
    """Output, processor seconds of all its processes, and most memory of the command and of one of its children."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    own = of_child = 0
    with subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, **environment}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        done = threading.Event()

        def watch() -> None:
            nonlocal own, of_child
            while not done.wait(0.2):
                own = max(own, _most(process.pid))
                of_child = max([of_child, *map(_most, children(process.pid))])

        watcher = threading.Thread(target=watch)
        watcher.start()
        output, errors = process.communicate()
        done.set()
        watcher.join()
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} failed: {errors[-2000:]}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return output, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, (own, of_child)


def bare(port: int, articles: int, how: str = "discard") -> Cost:
    """Scrapy alone; `how`: `discard` or `trafilatura`."""
    command = [sys.executable, "-m", "tests.bench.bare", f"http://127.0.0.1:{port}", str(articles), how]
    output, cpu, memory = _run(command, {})
    told = json.loads(output)
    return Cost(told["pages"], told["seconds"], cpu, *memory)


def full(port: int, folder: Path, workers: str = "auto") -> Cost:
    """`scrapy crawl sample` into an archive in `folder`, with no pause between requests."""
    environment = {
        "FANGZHI_SAMPLE_PORT": str(port), "FANGZHI_ARCHIVE": str(folder / "archive.db"), "FANGZHI_WARC_DIR": str(folder / "warc"),
        "FANGZHI_WORKERS": workers, "FANGZHI_CLOCK": "2026-05-02T20:00:00+08:00",
    }  # fmt: skip
    fast = ["AUTOTHROTTLE_ENABLED=False", "CONCURRENT_REQUESTS_PER_DOMAIN=16"]
    command = [
        sys.executable,
        "-m",
        "scrapy",
        "crawl",
        "sample",
        "-L",
        "WARNING",
        *(part for one in fast for part in ("-s", one)),
    ]
    _, cpu, memory = _run(command, environment)
    with sqlite3.connect(folder / "archive.db") as db:
        started, finished = db.execute("SELECT started, finished FROM runs ORDER BY id DESC").fetchone()
        (pages,) = db.execute("SELECT count(*) FROM outcomes WHERE outcome IN ('archived', 'listed')").fetchone()
    seconds = (datetime.fromisoformat(finished) - datetime.fromisoformat(started)).total_seconds()
    return Cost(pages, seconds, cpu, *memory)
