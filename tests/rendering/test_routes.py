"""Routes behind `#`, lists that grow on scrolling and frames, in a real browser; and the commands that only look at pages."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from crawler.discovery import canonical, discover
from crawler.items import Kind
from crawler.sites.profile import ListPage, Site
from tests.crawl.running import ROOT, Crawled, crawl
from tests.crawl.server import Server, serve
from tests.discovery.pages import document
from tests.rendering.routes import EACH, fill, title

browser = pytest.mark.browser
CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
HOST = "http://www.qinghe.example.cn"
ENTRIES = "".join(f'<li><a href="#/article?id={n}">{title(n)}</a></li>' for n in range(8))
INJECTED = """
import json, sys
from crawler.sites import profile, sample
facts = json.loads(sys.argv.pop(1))
facts |= {"domains": tuple(facts["domains"]), "sources": tuple(profile.ListPage(url=url) for url in facts["sources"]),
          "article_url": tuple(facts["article_url"])}
sample.SITES = (profile.Site(**facts),)
from scrapy.cmdline import execute
execute(["scrapy", *sys.argv[1:]])
"""


@pytest.mark.parametrize(
    ("href", "with_routes", "without"),
    [
        ("#/article?type=a&id=7", f"{HOST}/x/#/article?id=7&type=a", f"{HOST}/x/"),
        ("/app.html#!/news/1", f"{HOST}/app.html#!/news/1", f"{HOST}/app.html"),
        ("/xw/1.html#top", f"{HOST}/xw/1.html", f"{HOST}/xw/1.html"),
        ("#", f"{HOST}/x/", f"{HOST}/x/"),
    ],
)
def test_a_route_is_part_of_an_address_where_a_browser_opens_it(href: str, with_routes: str, without: str) -> None:
    assert canonical(href, f"{HOST}/x/#/list", routes=True) == with_routes
    assert canonical(href, f"{HOST}/x/") == without


def test_routes_are_found_for_a_browser_and_counted_without_one() -> None:
    page = document(f"<html><body><ul>{ENTRIES}</ul></body></html>", f"{HOST}/")
    profile = Site(name="a", title="甲", domains=("qinghe.example.cn",), sources=(ListPage(url=f"{HOST}/"),), render=True)
    found = discover(page, kind=Kind.LIST, site=profile)
    assert [link.url for link in found.links] == [f"{HOST}/#/article?id={n}" for n in range(8)]
    assert {link.kind for link in found.links} == {Kind.ARTICLE} and found.refused == {}
    assert discover(page, kind=Kind.LIST).refused == {"route": 8}


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serve() as server:
        fill(server)
        yield server


def facts(server: Server, *paths: str) -> dict[str, Any]:
    return {
        "home": f"{server.url}/", "domains": [server.url.removeprefix("http://")], "render": True, "note": "drawn by a script",
        "sources": [server.url + path for path in paths], "article_url": [r"#/article\?id=\d+$"],
    }  # fmt: skip


@pytest.fixture(scope="module")
def run(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Crawled:
    return crawl(tmp_path_factory.mktemp("routes"), facts(server, "/#/list", "/framed.html"), {"CHROMIUM": CHROMIUM}, timeout=240)


@browser
def test_articles_behind_routes_are_archived_as_far_as_the_list_is_scrolled(run: Crawled) -> None:
    titles = {name for (name,) in run.rows("SELECT title FROM articles WHERE url LIKE '%#/article%'")}
    assert titles == {title(n) for n in range(4 * EACH)}, (run.outcomes(), run.stderr[-2000:])
    assert '"render/scrolled": 3' in run.stdout


@browser
def test_a_list_in_a_frame_is_drawn_as_a_page_of_its_own(run: Crawled) -> None:
    titles = {name for (name,) in run.rows("SELECT title FROM articles WHERE url LIKE '%/2026/0420/%'")}
    assert titles == {f"清河县旧版第{n}条要闻今日重登" for n in (1, 2, 3)}, run.outcomes()
    assert '"render/refused/frame": 1' in run.stdout and '"render/contexts_left": 0' in run.stdout


def command(server: Server, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A command with this site for the sample's profile."""
    site = facts(server, "/#/list") | {"name": "sample", "title": "清河新闻网", "private": True, "delay": 0}
    environment = {**os.environ, "SCRAPY_SETTINGS_MODULE": "crawler.settings", "FANGZHI_CHROMIUM": CHROMIUM, "COLUMNS": "200"}
    return subprocess.run(
        [sys.executable, "-c", INJECTED, json.dumps(site), *arguments], cwd=ROOT, capture_output=True, text=True, timeout=120,
        env=environment, check=False,
    )  # fmt: skip


@browser
def test_checksites_live_draws_the_list_and_its_articles(server: Server) -> None:
    done = command(server, "checksites", "sample", "--live")
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"sample\s*│\s*works\s*│\s*20\s*│\s*3\s*│\s*title published source", done.stdout), done.stdout


@browser
def test_try_and_capture_show_what_was_drawn(server: Server, tmp_path: Path) -> None:
    done = command(server, "try", f"{server.url}/#/article?id=7")
    assert done.returncode == 0 and f"title         {title(7)}" in done.stdout, done.stdout + done.stderr
    done = command(server, "capture", "sample", f"{server.url}/#/article?id=8", "--to", str(tmp_path))
    assert done.returncode == 0, done.stdout + done.stderr
    (case,) = (tmp_path / "sample").iterdir()
    assert json.loads((case / "meta.json").read_text())["url"] == f"{server.url}/#/article?id=8"
    assert json.loads((case / "expected.json").read_text())["title"] == title(8)
    assert title(8) in (case / "page.bin").read_text(encoding="utf-8-sig")
