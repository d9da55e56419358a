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
from typing import Any

from tests.bench.site import HeavyPages

ROOT = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True, slots=True)
class Cost:
    """What one crawl took."""

    pages: int
    seconds: float
    own: float
    """Seconds of processor time of the crawler's own process …"""
    readers: float
    """… of its reading processes …"""
    writer: float
    """… of the one that writes …"""
    server: float
    """… and of the page server meanwhile. All count their start."""
    memory: int
    """Most bytes the crawler's own process held."""
    child_memory: int
    """Most bytes one of its other processes held."""

    @property
    def rate(self) -> float:
        return self.pages / self.seconds

    def milliseconds(self, seconds: float) -> float:
        """Of processor time, for one page."""
        return seconds / self.pages * 1000


@dataclass(frozen=True, slots=True)
class Served:
    """The page server's process."""

    port: int
    pid: int


@contextlib.contextmanager
def served(articles: int) -> Iterator[Served]:
    """The bench site in a process of its own, every page built beforehand."""
    command = [sys.executable, "-m", "tests.bench.serve", str(articles)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        port = int(process.stdout.readline())
        connection = http.client.HTTPConnection("127.0.0.1", port)
        for path in HeavyPages("", 1, articles).paths:
            connection.request("GET", path)
            connection.getresponse().read()
        try:
            yield Served(port, process.pid)
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


def command_line(pid: int) -> bytes:
    """Of a process; nothing when it is gone."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def _processor(pid: int) -> float:
    """Seconds of processor time a process has used so far, its children's not counted; 0 when it is gone."""
    try:
        numbers = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(numbers[11]) + int(numbers[12])) / os.sysconf("SC_CLK_TCK")


def _run(command: list[str], environment: dict[str, str], server: Served, *, alone: bool) -> tuple[str, dict[str, Any]]:
    """Output, and of a Cost what can be seen from outside."""
    before, served_before = resource.getrusage(resource.RUSAGE_CHILDREN), _processor(server.pid)
    own = of_child = 0
    used = writing = 0.0
    with subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, **environment}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        done = threading.Event()

        def watch() -> None:
            nonlocal own, of_child, used, writing
            while not done.wait(0.1):
                own, used = max(own, _most(process.pid)), max(used, _processor(process.pid))
                others = children(process.pid)
                of_child = max([of_child, *map(_most, others)])
                writing = max([writing, *(_processor(pid) for pid in others if b"archive.apart" in command_line(pid))])

        watcher = threading.Thread(target=watch)
        watcher.start()
        output, errors = process.communicate()
        done.set()
        watcher.join()
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} failed: {errors[-2000:]}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    whole = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return output, {
        "own": whole if alone else used, "readers": 0.0 if alone else whole - used - writing, "writer": writing,
        "server": _processor(server.pid) - served_before, "memory": own, "child_memory": of_child,
    }  # fmt: skip


def bare(server: Served, articles: int, how: str = "discard") -> Cost:
    """Scrapy alone; `how`: `discard` or `trafilatura`."""
    command = [sys.executable, "-m", "tests.bench.bare", f"http://127.0.0.1:{server.port}", str(articles), how]
    output, seen = _run(command, {}, server, alone=True)
    return Cost(**json.loads(output), **seen)


def full(server: Served, folder: Path, workers: str = "auto") -> Cost:
    """`scrapy crawl sample` into an archive in `folder`, with no pause between requests."""
    environment = {
        "FANGZHI_SAMPLE_PORT": str(server.port), "FANGZHI_HOST_SLOTS": str(folder / "hosts"), "FANGZHI_WORKERS": workers,
        "FANGZHI_ARCHIVE": str(folder / "archive.db"), "FANGZHI_WARC_DIR": str(folder / "warc"),
        "FANGZHI_CLOCK": "2026-05-02T20:00:00+08:00",
    }  # fmt: skip
    fast = ["AUTOTHROTTLE_ENABLED=False", "CONCURRENT_REQUESTS_PER_DOMAIN=16"]
    options = [part for one in fast for part in ("-s", one)]
    command = [sys.executable, "-m", "scrapy", "crawl", "sample", "-L", "WARNING", *options]
    _, seen = _run(command, environment, server, alone=workers == "0")
    with sqlite3.connect(folder / "archive.db") as db:
        started, finished = db.execute("SELECT started, finished FROM runs ORDER BY id DESC").fetchone()
        (pages,) = db.execute("SELECT count(*) FROM outcomes WHERE outcome IN ('archived', 'listed')").fetchone()
    seconds = (datetime.fromisoformat(finished) - datetime.fromisoformat(started)).total_seconds()
    return Cost(pages, seconds, **seen)
