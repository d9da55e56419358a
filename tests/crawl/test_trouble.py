"""A run whose pages turn bad says so itself: it ends where asking on would be rude, and its summary and exit code name it."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from crawler.clock import set_clock
from pipelines.archive.browse import sites as reading_room
from tests.crawl.running import ROOT, crawl
from tests.crawl.server import Answer, Handler, article, listing, serve
from tests.crawl.test_commands import scrapy
from tests.sample_site.answer import Answer as SampleAnswer
from tests.sample_site.channels import CHANNELS
from tests.sample_site.generator import generated
from tests.sample_site.pages import Pages, entry
from tests.sample_site.server import start_sample_site

GUARD = (
    b"<html><head><meta charset='utf-8'></head><body><script>var _0x=['a'];document.cookie='__jsl_clearance=1';"
    b"location.href=location.pathname</script></body></html>"
)
PATHS = [f"/2026/0421/n{number}.shtml" for number in range(60)]
SETTINGS = {"POLITENESS_PAGES": 20, "RETRY_TIMES": 0}


def cut(h: Handler) -> None:
    h.close_connection = True


@pytest.mark.parametrize(
    ("answer", "reason"),
    [(lambda h: h.send(GUARD, type="text/html; charset=utf-8"), "blocked"), (cut, "failing")],
    ids=["a guard's page with status 200", "no answer at all"],
)
def test_a_run_that_gets_nowhere_ends(tmp_path: Path, answer: Answer, reason: str) -> None:
    with serve() as server:
        server.pages |= dict.fromkeys(PATHS, answer) | {"/xw/": listing(PATHS)}
        site = {"sources": [f"{server.url}/xw/"], "article_url": [r"\.shtml$"], "delay": 0.1}  # what is under way still comes
        done = crawl(tmp_path, site, SETTINGS)
        assert done.rows("SELECT reason FROM runs") == [(reason,)]
        assert 19 <= sum(server.asked[path] for path in PATHS) < 55
    assert done.rows("SELECT count(*) FROM urls WHERE state = 'leased'") == [(0,)]
    assert done.rows("SELECT count(*) FROM urls WHERE state = 'queued'")[0][0] > 5


def test_a_dead_corner_ends_no_run(tmp_path: Path) -> None:
    """Two pages in five fail, and the others are still fetched."""
    with serve() as server:
        server.pages |= {path: cut if number % 5 < 2 else article(f"第{number}条") for number, path in enumerate(PATHS)}
        server.pages["/xw/"] = listing(PATHS)
        done = crawl(tmp_path, {"sources": [f"{server.url}/xw/"], "article_url": [r"\.shtml$"]}, SETTINGS)
    assert done.rows("SELECT reason FROM runs") == [("finished",)]
    assert done.rows("SELECT count(*) FROM articles") == [(36,)]


class Before(Pages):
    """The sample site before its 30 newest generated articles."""

    def _generated_list(self, number: int) -> SampleAnswer | None:
        items = [entry(generated(index)) for index in range(30, 60)]
        return self.render("list.html", channel=CHANNELS["gen"], items=items, pager="")


class Relaunched(Pages):
    """The sample site after a relaunch: what was above an article has gone."""

    def article(self, *given: object, **values: object) -> SampleAnswer:
        answer = super().article(*given, **values)  # type: ignore[arg-type]
        body = re.sub(rb'<div class="(info|crumbs|title_o)">.*?</div>', b"", answer.body)
        return SampleAnswer(body=re.sub(rb'<meta name="[A-Z]\w+" [^>]*>', b"", body), headers={})


def test_a_relaunch_of_the_sample_site_is_named_by_the_very_run(tmp_path: Path) -> None:
    archive = tmp_path / "archive.db"
    with start_sample_site(articles=60) as site:
        site.pages_of = Before
        site.edition = 1
        given = {"FANGZHI_SAMPLE_PORT": str(site.port), "FANGZHI_HOST_SLOTS": str(tmp_path / "hosts")}
        command = ("crawl", "sample", "--json", "-L", "ERROR", "-s", "POLITENESS_LONGEST_BACKOFF=0")
        first = scrapy(*command, archive=archive, FANGZHI_CLOCK="2026-05-02T20:00:00+08:00", **given)
        assert (first.returncode, first.stderr, json.loads(first.stdout)["signs"]) == (0, "", [])
        site.pages_of = Relaunched
        site.edition = 2
        second = scrapy(*command, archive=archive, FANGZHI_CLOCK="2026-05-03T20:00:00+08:00", **given)
    told = json.loads(second.stdout)
    assert second.returncode == 3 and told["reason"] == "finished"
    (sign,) = told["signs"]
    assert sign.startswith("broken layout: ") and " → 0%" in sign and "source" in sign and sign in second.stderr
    assert "Traceback" not in second.stderr
    later = scrapy("status", "--json", archive=archive, FANGZHI_CLOCK="2026-05-03T21:00:00+08:00")
    assert later.returncode == 1 and json.loads(later.stdout)["sites"][0]["signs"] == [sign]
    set_clock("2026-05-03T21:00:00+08:00")
    with sqlite3.connect(archive) as conn:
        (shown,) = reading_room.health(conn)["sites"]
    set_clock(None)
    assert (shown["state"], shown["signs"]) == ("broken layout", [sign])


def test_a_killed_run_is_noticed_from_outside(tmp_path: Path) -> None:
    def slowly(h: Handler) -> None:
        time.sleep(0.2)
        h.send(article(f"慢慢来的{h.path}").encode(), type="text/html; charset=utf-8")

    pages = [f"/yaowen/202605/t20260501_{900000 + number}.shtml" for number in range(40)]
    with serve() as server:
        server.pages |= dict.fromkeys(pages, slowly) | {"/yaowen/index.shtml": listing(pages)}
        given = {"FANGZHI_SAMPLE_PORT": str(server.server_address[1]), "FANGZHI_ARCHIVE": str(tmp_path / "archive.db"),
                 "FANGZHI_WARC_DIR": str(tmp_path / "warc"), "FANGZHI_HOST_SLOTS": str(tmp_path / "hosts")}  # fmt: skip
        command = [sys.executable, "-m", "scrapy", "crawl", "sample", "-L", "ERROR"]
        with subprocess.Popen(command, cwd=ROOT, env=os.environ | given) as run:
            end = time.monotonic() + 40
            while not any(server.asked[path] for path in pages):
                assert time.monotonic() < end and run.poll() is None
                time.sleep(0.02)
            assert scrapy("status", archive=tmp_path / "archive.db").returncode == 0  # it is at work
            run.kill()
    done = scrapy("status", archive=tmp_path / "archive.db")
    assert done.returncode == 1 and "the last run died" in " ".join(done.stdout.split())
