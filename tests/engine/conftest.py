"""Several sites on hosts of their own, and a Dask scheduler with workers in processes of their own."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.crawl.running import ROOT
from tests.crawl.server import Handler, Server, article, listing, serve

PAGES = 6

PROFILES = """
from crawler.sites.profile import ListPage, Site

SITES = tuple(
    Site(name=name, title=f"{{name}}新闻网", domains=(host,), sources=(ListPage(url=f"http://{{host}}/xw/"),),
         article_url=(r"/xw/t\\d+_\\d+\\.html$",), every="30m", delay=0.0, concurrency=1, private=True)
    for name, host in {hosts!r}.items()
)
"""


def until(condition: Callable[[], object], seconds: float = 60) -> None:
    """Poll with a deadline."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "did not come to pass in time"
        time.sleep(0.05)


def county(server: Server, name: str) -> None:
    """A list and its articles, each with an ETag that is honoured."""

    def tagged(text: str) -> Callable[[Handler], None]:
        def answer(h: Handler) -> None:
            tag = f'"{hash(text)}"'
            if h.headers.get("If-None-Match") == tag:
                return h.send(status=304, ETag=tag)
            return h.send(text.encode(), type="text/html; charset=utf-8", ETag=tag)

        return answer

    urls = [f"/xw/t20260421_{number}.html" for number in range(PAGES)]
    server.pages["/xw/"] = listing(urls)
    for number, url in enumerate(urls):
        server.pages[url] = tagged(article(f"{name}第{number}处闸门检修完毕", paragraphs=3 + number))


def hold(server: Server, path: str = "/xw/t20260421_3.html") -> threading.Event:
    """Let the server answer this page only once the event is set."""
    gate, answer = threading.Event(), server.pages[path]

    def wait(h: Handler) -> None:
        gate.wait(60)
        answer(h)  # type: ignore[operator]

    server.pages[path] = wait
    return gate


@dataclass
class Counties:
    """A project folder with one more province file, and the servers of its sites."""

    project: Path
    servers: dict[str, Server]

    def asked(self) -> dict[str, dict[str, int]]:
        """How often each address was asked for, robots.txt left out."""
        return {
            name: {path: times for path, times in server.asked.items() if path != "/robots.txt"}
            for name, server in self.servers.items()
        }

    def environment(self, folder: Path, clock: str | None = None) -> dict[str, str]:
        own = {"ARCHIVE": "archive.db", "WARC_DIR": "warc", "HOST_SLOTS": "hosts"}
        env = {**os.environ, "PYTHONPATH": str(self.project), "FANGZHI_WORKERS": "0"}
        env |= {f"FANGZHI_{name}": str(folder / value) for name, value in own.items()}
        return env | ({"FANGZHI_CLOCK": clock} if clock else {})

    def scrapy(self, folder: Path, *arguments: str, clock: str | None = None) -> subprocess.Popen[str]:
        folder.mkdir(parents=True, exist_ok=True)
        return subprocess.Popen(
            [sys.executable, "-m", "scrapy", *arguments], cwd=self.project, env=self.environment(folder, clock), text=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip

    def done(self, folder: Path, *arguments: str, clock: str | None = None) -> str:
        """What a command that ends well prints."""
        process = self.scrapy(folder, *arguments, clock=clock)
        out, error = process.communicate(timeout=120)
        assert process.returncode == 0, error
        return out


@contextmanager
def counties(folder: Path, sites: dict[str, str]) -> Iterator[Counties]:
    """`sites`: host by name; each has a port of its own."""
    with ExitStack() as stack:
        servers = {name: stack.enter_context(serve(host)) for name, host in sites.items()}
        for name, server in servers.items():
            county(server, name)
        project = folder / "project"
        for part in ("crawler", "pipelines"):
            shutil.copytree(ROOT / part, project / part, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(ROOT / "scrapy.cfg", project)
        hosts = {name: f"{host}:{servers[name].server_address[1]}" for name, host in sites.items()}
        (project / "crawler/sites/counties.py").write_text(PROFILES.format(hosts=hosts), encoding="utf-8")
        yield Counties(project, servers)


@dataclass
class Cluster:
    """A scheduler and its workers."""

    address: str
    scheduler: subprocess.Popen[bytes]
    start: Callable[..., subprocess.Popen[bytes]]
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def engine(self) -> str:
        return self.address.replace("tcp://", "dask://").replace("tls://", "dask+tls://")


@contextmanager
def cluster(folder: Path, project: Path, workers: int = 2, threads: int = 1) -> Iterator[Cluster]:
    """Real processes on ports of their own choice, ended by their ids."""
    folder.mkdir(parents=True, exist_ok=True)
    environment = {**os.environ, "PYTHONPATH": str(project), "FANGZHI_WORKERS": "0", "FANGZHI_HOST_SLOTS": str(folder / "hosts")}
    started: list[subprocess.Popen[bytes]] = []

    def start(*command: str) -> subprocess.Popen[bytes]:
        with (folder / f"{len(started)}.log").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "dask", *command, "--no-dashboard"], cwd=folder, env=environment, stdout=log, stderr=log
            )
        started.append(process)
        return process

    def worker(number: int) -> subprocess.Popen[bytes]:
        return start(
            "worker", address, "--no-nanny", "--host", "127.0.0.1", "--nthreads", str(threads), "--memory-limit", "0",
            "--local-directory", str(folder / f"worker{number}"),
        )  # fmt: skip

    try:
        file = folder / "scheduler.json"
        scheduler = start("scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(file))
        until(lambda: file.exists() and file.read_text().rstrip().endswith("}"))
        address = json.loads(file.read_text())["address"]
        yield Cluster(address, scheduler, worker, [worker(number) for number in range(workers)])
    finally:
        for process in started:
            process.send_signal(signal.SIGKILL)
            process.wait()


def children(pid: int) -> list[int]:
    """Process ids of a process's children, those of all its threads."""
    lists = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for found in lists for child in found.read_text().split()]


def rows(folder: Path, sql: str) -> list[tuple[Any, ...]]:
    with sqlite3.connect(f"file:{folder}/archive.db?mode=ro", uri=True) as db:
        return db.execute(sql).fetchall()
