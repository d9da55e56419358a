"""`scrapy crawl page -a url=…` on a site that nobody described, over real HTTP into a real archive; and again, incrementally."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

from tests.discovery.replica.server import serving
from tests.discovery.replica.stories import Story, article_page, entry
from tests.discovery.replica.unseen import static_pages

ROOT = Path(__file__).resolve().parents[2]


def crawl(url: str, folder: Path, clock: str, *arguments: str) -> None:
    environment = {
        **os.environ,
        "FANGZHI_ARCHIVE": f"{folder}/a.db",
        "FANGZHI_WARC_DIR": f"{folder}/warc",
        "FANGZHI_CLOCK": clock,
    }
    command = [
        sys.executable,
        "-m",
        "scrapy",
        "crawl",
        "page",
        "-a",
        f"url={url}/",
        "-L",
        "WARNING",
        "-s",
        "DOWNLOAD_DELAY=0",
        *arguments,
    ]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=240)
    assert done.returncode == 0, done.stderr


def rows(folder: Path, query: str) -> list[tuple[str, ...]]:
    connection = sqlite3.connect(folder / "a.db")
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def test_an_unlisted_site_is_archived_and_a_second_run_fetches_what_is_new(tmp_path: Path) -> None:
    with serving(static_pages()) as replica:
        crawl(replica.url, tmp_path, "2026-05-21T08:00:00+08:00", "-a", "limit=400", "-a", "since=2026-05-10")
        archived = {url.removeprefix(replica.url) for (url,) in rows(tmp_path, "SELECT url FROM articles")}
        recent = {path for path in replica.articles if path.split("/")[2] >= "20260510"}
        assert archived == recent, "days before `since` are not fetched, all others are"
        crawl(replica.url, tmp_path, "2026-05-21T09:00:00+08:00", "-a", "limit=400")
        archived = {url.removeprefix(replica.url) for (url,) in rows(tmp_path, "SELECT url FROM articles")}
        assert archived == replica.articles, "what the first run left out is found by the second"
        others = rows(tmp_path, "SELECT url FROM urls WHERE kind = 'article' AND last_outcome NOT IN ('archived', 'unchanged')")
        assert others == []

        story, path = Story(900, 0), "/staticpages/20260521/newgxaaaabbbb-29999999.shtml"
        replica.pages[path] = article_page(story, None, None)
        replica.pages["/"] = str(replica.pages["/"]).replace("<ul>", f"<ul>{entry(story, path)}", 1)
        replica.asked.clear()
        crawl(replica.url, tmp_path, "2026-05-21T13:00:00+08:00", "-a", "limit=400")
    asked = [address for address in replica.asked if "/staticpages/" in address]
    assert asked == [path], "nothing else is due on the same afternoon"
