"""A real crawl whose reading processes are killed while they work loses no page."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

from tests.bench.crawl import children, command_line
from tests.conftest import ROOT
from tests.sample_site import start_sample_site
from tests.sample_site.__main__ import EVENINGS
from tests.sample_site.truth import truth
from tests.test_road import outcomes

KILLS = 4
ARTICLES = 400


def committed(archive: Path) -> int:
    """Outcomes on disk so far."""
    try:
        with sqlite3.connect(f"file:{archive}?mode=ro", uri=True) as db:
            return int(db.execute("SELECT count(*) FROM outcomes").fetchone()[0])
    except sqlite3.Error:
        return 0


def test_killed_workers_lose_no_page(tmp_path: Path) -> None:
    archive = tmp_path / "archive.db"
    with start_sample_site(articles=ARTICLES) as site:
        environment = {
            **os.environ, "FANGZHI_SAMPLE_PORT": str(site.port), "FANGZHI_CLOCK": EVENINGS[1], "FANGZHI_WORKERS": "2",
            "FANGZHI_ARCHIVE": str(archive), "FANGZHI_WARC_DIR": str(tmp_path / "warc"),
        }  # fmt: skip
        command = [sys.executable, "-m", "scrapy", "crawl", "sample", "-L", "WARNING"]
        with subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True) as crawl:
            killed = 0
            while crawl.poll() is None and killed < KILLS:
                workers = [pid for pid in children(crawl.pid) if b"workers.child" in command_line(pid)]
                # Each time somewhat later in the run, so that the kills meet lists, articles and idle moments.
                # The older one: a page whose second reader is killed as well ends as failed, as it should.
                if len(workers) == 2 and committed(archive) >= killed * 40:
                    os.kill(min(workers), signal.SIGKILL)
                    killed += 1
                time.sleep(0.05)
            _, errors = crawl.communicate()
    assert killed == KILLS and crawl.returncode == 0, errors
    assert "killed by SIGKILL" in errors
    got = outcomes(archive)
    articles = {path for path, told in truth(1, ARTICLES).items() if told.article}
    assert [path for path in articles if got.get(path, "failed") == "failed"] == []
