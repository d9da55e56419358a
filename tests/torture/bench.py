"""Crawls of the sample site as real processes that can be killed, and what an archive must look like afterwards."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from pipelines.archive import open_archive
from pipelines.archive.verifying import verify
from tests.sample_site import Server

ROOT = Path(__file__).parents[2]
EVENING = datetime.fromisoformat("2026-05-02T20:00:00+08:00")
DEADLINE = 180
"""Seconds after which a crawl counts as hanging."""


@dataclass
class Bench:
    """One archive, the site it is crawled from, and a clock that runs on from process to process."""

    folder: Path
    site: Server
    began: float = field(default_factory=time.monotonic)
    shift: timedelta = timedelta()
    workers: int = 1
    """Reading processes of each crawl."""
    started: list[subprocess.Popen[str]] = field(default_factory=list)

    @property
    def archive(self) -> Path:
        return self.folder / "archive.db"

    @property
    def warc(self) -> Path:
        return self.folder / "warc"

    def start(self, *arguments: str, name: str = "sample", **options: Any) -> subprocess.Popen[str]:
        """A `scrapy crawl` process of its own."""
        now = EVENING + self.shift + timedelta(seconds=time.monotonic() - self.began)
        environment = os.environ | {
            "FANGZHI_ARCHIVE": str(self.archive), "FANGZHI_WARC_DIR": str(self.warc), "FANGZHI_CLOCK": now.isoformat(),
            "FANGZHI_SAMPLE_PORT": str(self.site.port), "FANGZHI_HOST_SLOTS": str(self.folder / "hosts"),
            "FANGZHI_WORKERS": str(self.workers),
        }  # fmt: skip
        command = [sys.executable, "-m", "scrapy", "crawl", name, "-L", "ERROR", "-s", "AUTOTHROTTLE_ENABLED=0", *arguments]
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options
        )
        self.started.append(process)
        return process

    def crawl(self, *arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
        """A whole crawl."""
        return self.finish(self.start(*arguments, **options))

    def finish(self, process: subprocess.Popen[str]) -> subprocess.CompletedProcess[str]:
        """Wait for a crawl and return what it said."""
        out, err = process.communicate(timeout=DEADLINE)
        return subprocess.CompletedProcess(process.args, process.returncode, out, err)

    def wait_for_outcomes(self, count: int, process: subprocess.Popen[str]) -> int:
        """Wait until that many outcomes are committed, or the crawl ended."""
        deadline = time.monotonic() + DEADLINE
        while time.monotonic() < deadline:
            have = self.one("SELECT count(*) FROM outcomes") if self.archive.exists() else 0
            if have >= count or process.poll() is not None:
                return have
            time.sleep(0.02)
        raise TimeoutError(f"no {count} outcomes within {DEADLINE} s")

    def kill(self, process: subprocess.Popen[str], number: signal.Signals = signal.SIGKILL) -> None:
        """A signal to exactly that process, and its end."""
        process.send_signal(number)
        process.communicate(timeout=DEADLINE)

    def close(self) -> None:
        """End what is still running."""
        for process in self.started:
            if process.poll() is None:
                process.kill()
                process.communicate()

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        """Rows of the archive, read beside whoever writes; none while it has no such table yet."""
        import sqlite3

        conn = sqlite3.connect(f"{self.archive.resolve().as_uri()}?mode=ro", uri=True, timeout=30)
        try:
            return conn.execute(sql).fetchall()
        except sqlite3.OperationalError as error:
            if "no such table" in str(error):
                return [(0,)]
            raise
        finally:
            conn.close()

    def one(self, sql: str) -> Any:
        return self.query(sql)[0][0]

    def faults(self, *, deep: bool = True) -> list[str]:
        """What `scrapy verify` would print."""
        db = open_archive(self.archive)
        try:
            found: list[str] = []
            verify(db, quick=not deep, report=found.append)
            return found
        finally:
            db.close()

    def state(self) -> dict[str, Any]:
        """What must be the same however often the crawl was killed: addresses with their last outcome, texts, versions."""
        urls = self.query("SELECT url, state, last_outcome FROM urls")
        articles = self.query("SELECT url, digest, versions FROM articles")
        return {
            "urls": {self._path(url): tuple(rest) for url, *rest in urls},
            "articles": {self._path(url): tuple(rest) for url, *rest in articles},
        }

    def _path(self, url: str) -> str:
        return url.removeprefix(self.site.url)


def differences(told: dict[str, Any], due: dict[str, Any]) -> list[str]:
    """What is lost, added or otherwise, as sentences."""
    out = []
    for what in due:
        for name in sorted(due[what].keys() | told[what].keys()):
            if told[what].get(name) != due[what].get(name):
                out.append(f"{what} {name}: {told[what].get(name)}, undisturbed {due[what].get(name)}")
    return out
