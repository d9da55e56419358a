"""`scrapy status` names what went wrong with a site within one run, from real crawls and from a made past."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from crawler.clock import CHINA, set_clock, stamp
from pipelines.archive import open_archive, runs
from pipelines.archive.health import Health, examine
from tests.crawl.running import ROOT, crawl
from tests.crawl.server import article, listing, serve

NOW = datetime(2026, 5, 20, 12, 0, tzinfo=CHINA)
ARTICLE = "INSERT INTO articles(key, url, site, title, body, blocks, published, source, section, counts, chars, digest, first_seen, last_seen) VALUES (?, ?, 'a', '题', '文', '[]', '2026-05-01', '清河日报', '[]', '{}', 500, '', ?, ?)"  # noqa: E501


@pytest.fixture
def db(tmp_path: Path):  # type: ignore[no-untyped-def]
    set_clock(NOW.isoformat())
    db = open_archive(tmp_path / "archive.db")
    yield db
    db.close()
    set_clock(None)


def past(db: Any, per_day: dict[int, int]) -> None:
    """Articles first seen so many days ago."""
    for days, count in per_day.items():
        at = stamp(NOW - timedelta(days=days))
        for number in range(count):
            key = f"{days}-{number}"
            db.conn.execute(ARTICLE, (key, f"http://a.cn/{key}", at, at))
    db.conn.commit()


def ran(db: Any, hours_ago: float = 0, reason: str = "finished", **pages: int) -> None:
    set_clock((NOW - timedelta(hours=hours_ago)).isoformat())
    run = runs.start_run(db, site="a", command="crawl", settings={})
    number = 0
    for outcome, count in pages.items():
        for _ in range(count):
            number += 1
            url = db.conn.execute(
                "INSERT INTO urls(key, url, site, kind, state, discovered_at)"
                " VALUES (?, ?, 'a', 'article', 'done', ?) RETURNING id",
                (f"{run}-{number}", f"http://a.cn/{run}/{number}", stamp()),
            ).fetchone()[0]
            db.conn.execute(
                "INSERT INTO outcomes(run, url_id, site, outcome, at) VALUES (?, ?, 'a', ?, ?)", (run, url, outcome, stamp())
            )
    db.conn.commit()
    runs.finish_run(db, run, reason)
    set_clock(NOW.isoformat())


def state(db: Any, every: str = "6h") -> Health:
    return examine(db, [("a", every)])[0]


def test_fresh(db: Any) -> None:
    past(db, dict.fromkeys(range(30), 6))
    ran(db, archived=6, listed=2)
    assert (state(db).state, state(db).alarm) == ("fresh", False)


def test_never(db: Any) -> None:
    assert (state(db).state, state(db).alarm) == ("never", False)


def test_late(db: Any) -> None:
    ran(db, hours_ago=20, archived=6)
    assert state(db).state == "late" and state(db, "1d").state == "fresh"


def test_silent_against_its_own_habit(db: Any) -> None:
    past(db, dict.fromkeys(range(5, 30), 3))
    ran(db, listed=5)
    assert state(db).signs == ["silent: nothing new for 5 days; the longest pause in 60 days was 1"]


def test_a_weekly_is_not_silent_after_five_days(db: Any) -> None:
    past(db, dict.fromkeys(range(5, 60, 7), 3))
    ran(db, listed=5)
    assert state(db).state == "fresh"


def test_low_against_the_same_weekday(db: Any) -> None:
    past(db, dict.fromkeys(range(2, 40), 20) | {1: 1})
    ran(db, listed=5)
    assert state(db).signs[0].startswith("low: 1 articles yesterday; 20 is usual on a Tuesday")


@pytest.mark.parametrize(
    ("pages", "word"),
    [({"blocked": 9, "listed": 1}, "blocked"), ({"offsite": 6, "listed": 2}, "moved"), ({"failed": 8, "listed": 2}, "failing"),
     ({"blocked": 2, "archived": 40}, "fresh")],
)  # fmt: skip
def test_what_most_pages_came_to(db: Any, pages: dict[str, int], word: str) -> None:
    ran(db, **pages)
    assert state(db).state == word


@pytest.mark.parametrize(("reason", "word"), [("died", "failing"), ("hung", "failing"), ("archive_error", "failing"),
                                              ("blocked", "blocked"), ("budget", "fresh")])  # fmt: skip
def test_how_the_last_run_ended(db: Any, reason: str, word: str) -> None:
    ran(db, reason=reason, archived=5)
    assert state(db).state == word


def status(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "FANGZHI_ARCHIVE": str(folder / "archive.db")}
    command = [sys.executable, "-m", "scrapy", "status", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False)


def broken(kind: str, number: int) -> str:
    """A page after the site's relaunch: our rules no longer find what was there."""
    page = article(f"改版之后的第{number}条消息")
    if kind == "fields":
        return page.replace("2026-04-21 08:30 来源：清河日报 记者：林木森", "")
    head = "<head><meta charset='utf-8'><title>清河</title></head>"
    return f"<html>{head}<body><div id='app'></div><script src='/app.js'></script></body></html>"


@pytest.mark.parametrize(("kind", "word"), [("fields", "source"), ("script", "could not be read")])
def test_a_broken_layout_is_named_within_one_run(tmp_path: Path, kind: str, word: str) -> None:
    before = [f"/2026/0421/a{i}.shtml" for i in range(8)]
    after = [f"/2026/0422/b{i}.shtml" for i in range(8)]
    site = {"name": "sample", "article_url": [r"\.shtml$"]}
    with serve() as server:
        site["sources"] = [f"{server.url}/xw/"]
        server.pages |= {path: article(f"改版之前的第{i}条消息") for i, path in enumerate(before)}
        server.pages["/xw/"] = listing(before)
        crawl(tmp_path, site)
        assert status(tmp_path, "sample").returncode == 0
        server.pages |= {path: broken(kind, i) for i, path in enumerate(after)}
        server.pages["/xw/"] = listing(after)
        crawl(tmp_path, site)
        done = status(tmp_path, "sample", "--json", "--hook", f"cat > {tmp_path}/alarm.json")
        (found,) = json.loads(done.stdout)["sites"]
        assert done.returncode == 1 and found["state"] == "broken layout" and word in found["signs"][0], found
        assert json.loads((tmp_path / "alarm.json").read_text())["sites"][0]["site"] == "sample"
        assert "127.0.0.1" in status(tmp_path, "--traffic").stdout


def test_no_archive_is_said(tmp_path: Path) -> None:
    done = status(tmp_path, "sample")
    assert done.returncode == 2 and "Traceback" not in done.stderr and len(done.stderr.splitlines()) == 1
