"""`scrapy try`, `scrapy checksites` and `scrapy capture` against the sample site, as a user calls them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from crawler.discovery import suggest
from crawler.items import Kind, Link
from tests.sample_site import Server
from tests.sites.test_captured import differences

ROOT = Path(__file__).resolve().parents[2]


def scrapy(*arguments: str, port: str = "8765", folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own."""
    environment = {**os.environ, "FANGZHI_SAMPLE_PORT": port, "FANGZHI_CLOCK": "2026-05-02T20:00:00+08:00", "COLUMNS": "200"}
    command = [sys.executable, "-m", "scrapy", *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=120)


@pytest.fixture
def port(sample_site: Server) -> str:
    return str(urlsplit(sample_site.url).port)


def test_try_a_list(sample_site: Server, port: str) -> None:
    done = scrapy("try", f"{sample_site.url}/yaowen/index.shtml", port=port)
    assert done.returncode == 0, done.stderr
    assert "platform  trs" in done.stdout and "index_1.shtml" in done.stdout and "<- pager:trs" in done.stdout
    assert "charset   utf-8" in done.stdout and "kind      list" in done.stdout


def test_try_an_article_shows_every_field_with_its_rule(sample_site: Server, port: str) -> None:
    done = scrapy("try", f"{sample_site.url}/yaowen/202605/t20260501_100101.shtml", port=port)
    lines = done.stdout.splitlines()
    for field in ("title", "published", "source", "reporters", "editors", "keywords"):
        assert any(line.startswith(field) for line in lines), field
    assert any(line.startswith("source") and "<- label" in line for line in lines)


def test_try_a_saved_file_of_an_unlisted_site_prints_a_profile(tmp_path: Path) -> None:
    entries = "".join(
        f'<li><a href="/xw/202605/t202605{n:02}_77{n}.html">第{n}批帮扶物资送到山区学校</a></li>' for n in range(1, 9)
    )
    saved = tmp_path / "list.html"
    saved.write_text(
        f"<html><head><title>要闻_清河新闻网</title></head><body><ul>{entries}</ul><a href='/xw/index_1.html'>下一页</a></body></html>"
    )
    done = scrapy("try", str(saved), "--url", "https://www.qinghe-news.example.cn/xw/index.html")
    assert done.returncode == 0, done.stderr
    profile = done.stdout.partition("a profile to paste:")[2]
    assert r'article_url=(r"/xw/\d{6}/t\d{8}_\d+\.html$",)' in profile
    assert 'title="清河新闻网"' in profile and 'platform="trs"' in profile


@pytest.mark.parametrize(
    ("url", "title", "found", "line"),
    [
        ("http://a.cn/rss.xml", None, Link(url="http://a.cn/1.html", kind=Kind.ARTICLE), 'Feed(url="http://a.cn/rss.xml")'),
        (
            "http://a.cn/gkmlpt/index",
            "甲",
            Link(url="http://a.cn/x?page=1", kind=Kind.API),
            'ListPage(url="http://a.cn/gkmlpt/index")',
        ),
        ("http://a.cn/xw/", "要闻", Link(url="http://a.cn/1.html", kind=Kind.ARTICLE), 'title="<the site\'s name>"'),
        ("http://a.cn/", "清河新闻网", Link(url="http://a.cn/1.html", kind=Kind.ARTICLE), 'title="清河新闻网"'),
    ],
)
def test_a_suggested_profile_says_what_the_page_is_and_no_more(url: str, title: str | None, found: Link, line: str) -> None:
    assert line in suggest(url, title, [found], None)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("try", "nothing-here.html"), "no address and no file"),
        (("try", "https://www.example.cn/"), "CONTACT"),
        (("capture", "sampel", "http://127.0.0.1/"), "did you mean sample"),
        (("capture", "sample", "http://www.example.cn/"), "no address of sample"),
        (("checksites", "hebei_hebnew"), "did you mean hebei_hebnews"),
        (("checksites", "hebei_hebnews", "--live"), "CONTACT"),
    ],
)
def test_one_sentence_and_an_exit_code(arguments: tuple[str, ...], sentence: str) -> None:
    done = scrapy(*arguments)
    assert done.returncode != 0 and sentence in done.stderr and "Traceback" not in done.stderr


def test_checksites_finds_all_profiles_sound() -> None:
    done = scrapy("checksites")
    assert done.returncode == 0, done.stderr
    assert ", 0 problems" in done.stdout


def test_checksites_live_reads_a_list_and_articles_and_stores_nothing(sample_site: Server, port: str, tmp_path: Path) -> None:
    done = scrapy(
        "checksites", "sample", "--live", "-s", f"ARCHIVE={tmp_path}/a.db", "-s", f"WARC_DIR={tmp_path}/warc", port=port
    )
    assert done.returncode == 0, done.stderr
    assert "works" in done.stdout and not list(tmp_path.iterdir())
    asked = [request.path for request in sample_site.requests if "robots" not in request.path]
    assert asked[0] == "/yaowen/index.shtml" and len(asked) == 4


def test_checksites_live_tells_a_site_that_no_longer_answers() -> None:
    done = scrapy("checksites", "sample", "--live", port="9")
    assert done.returncode == 1 and "list not read" in done.stderr


def test_capture_keeps_a_case_that_holds(sample_site: Server, port: str, tmp_path: Path) -> None:
    url = f"{sample_site.url}/gb/system/2026/05/01/000123401.shtml"
    done = scrapy("capture", "sample", url, "--to", str(tmp_path), port=port)
    assert done.returncode == 0, done.stderr
    (case,) = (tmp_path / "sample").iterdir()
    assert json.loads((case / "meta.json").read_text())["url"] == url
    assert (case / "page.bin").read_bytes().decode("gb18030")
    assert differences(case) == {}
    expected = json.loads((case / "expected.json").read_text())
    (case / "expected.json").write_text(json.dumps({**expected, "title": "另一个标题"}))
    assert list(differences(case)) == ["title"]
