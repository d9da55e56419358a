"""Pages as Datasette serves them over the small library."""

import asyncio
import json
import sqlite3
import urllib.parse
from pathlib import Path

import pytest
from datasette.app import Datasette

from crawler.items import public_key
from pipelines.archive import find as finding
from tests.browsing import library
from tests.browsing.conftest import Room, configured, serve

FIRST = public_key(library.FIRST)


def test_home_lists_what_is_there(room: Room) -> None:
    page = room.get("/")
    assert page.status == 200
    for words in ("滨海新区与唐山港共建北方航运枢纽", "唐山晨报数字报", "<b>5</b>"):
        assert words in page.text


def test_article_page_reads_as_an_article(room: Room) -> None:
    page = room.get(f"/article/{FIRST}")
    assert page.status == 200
    expected = """
        <p class="kicker">携手向海图强</p>
        <h1>滨海新区与唐山港共建北方航运枢纽</h1>
        首批二十个合作项目落地
        2018年9月7日 09:41
        王浩 李晓岚
        责任编辑：周敏
        <p>双方将共建航运枢纽，2018年内开通3条航线。</p>
    """
    for words in expected.strip().splitlines():
        assert words.strip() in page.text


@pytest.mark.parametrize("path", ["/article/00000000000000000000", "/archive/articles/999"])
def test_what_is_not_there_says_so(room: Room, path: str) -> None:
    assert room.get(path).status == 404


@pytest.mark.parametrize(
    ("asked", "titles"),
    [
        ("滨海新区", 2),
        ("唐", 3),
        ("滨", 2),
        ("唐山 AND 天津", 1),
        ("滨海新区 NOT 班列", 1),
        ("濱海新區", 2),
        ("标题:班列", 1),
        ("2018", 1),
        ("5G", 1),
        ("12018", 1),
        ("會(huì)議(yì)", 1),
        ("记者:王浩", 1),
        ("“渔船竞发” OR 冷链班列", 2),
        ("王浩 日期:2019", 0),
    ],
)
def test_search_page(room: Room, asked: str, titles: int) -> None:
    page = room.get("/search", q=asked)
    assert page.status == 200
    assert page.text.count('<article class="card">') == titles


@pytest.mark.parametrize(
    ("asked", "hits"), [("滨海新区", 2), ("唐", 3), ("唐山 AND 天津", 1), ("濱海新區", 2), ("5G", 1), ("12018", 1)]
)
def test_stock_search_box(room: Room, asked: str, hits: int) -> None:
    page = room.get("/archive/articles", _search=asked)
    assert page.status == 200
    assert page.text.count('<article class="card">') == hits


@pytest.mark.parametrize(
    ("asked", "hits"),
    [
        ("滨海新区 站点:天津网", 0),
        ("滨海新区 日期:2018-09", 2),
        ("站点:hebei_yanzhao", 2),
        ("滨海新区 地区:天津市", 1),
        ("唐山 自:2018-09-07 至:2018-09-07", 2),
    ],
)
def test_stock_search_box_takes_typed_filters(room: Room, asked: str, hits: int) -> None:
    """The same hits as on the search page, and the filters stand in the form to be changed."""
    page = room.get("/archive/articles", _search=asked)
    assert page.status == 200
    assert page.text.count('<article class="card">') == hits
    assert page.text.count('<article class="card">') == room.get("/search", q=asked).text.count('<article class="card">')
    assert 'name="_filter_value_1"' in page.text
    assert len(json.loads(room.get("/archive/articles.json", _search=asked, _shape="array").body)) == hits


def test_stock_search_box_leads_heavy_words_to_the_search_page(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    """Over a real Datasette with a lower cap: heavy words move to the page that can show them, with filters as typed."""
    monkeypatch.setattr(finding, "RANKED", 2)
    served = Datasette([], config_dir=room.data)

    async def location(query: str) -> str:
        await served.invoke_startup()
        answer = await served.client.get("/archive/articles?" + query)
        return urllib.parse.unquote(answer.headers.get("location", ""))

    in_2018 = "&published__gte=2018-01-01&published__lt=2018-12-31U"
    asked = {
        "_search=唐": "/search?q=唐",
        "_search=滨海新区": "",
        "_search=唐 站点:天津网": "/search?q=唐+站点:天津网",
        "_search=滨海新区 日期:2018": f"/archive/articles?_search=滨海新区{in_2018}",
        "_search=唐&site=hebei_yanzhao": "/search?q=唐&site=hebei_yanzhao",
        "_search=唐&noise=readings": "",
    }
    assert {query: asyncio.run(location(query)) for query in asked} == asked


def test_tables_are_counted_and_the_index_is_not(room: Room) -> None:
    page = room.get("/archive").text
    assert "<code>articles</code></span><span>5</span>" in page
    shown = {table["name"]: table["count"] for table in json.loads(room.get("/archive.json").body)["tables"]}
    assert shown["articles"] == 5 and shown["articles_fts_data"] is None


def test_stock_search_box_says_what_it_could_not_read(room: Room) -> None:
    assert "不是日期" in room.get("/archive/articles", _search="唐山 日期:昨天").text


def test_stock_field_search_and_facets(room: Room) -> None:
    assert room.get("/archive/articles", _search_title="班列").text.count('<article class="card">') == 1
    facets = room.get("/archive/articles").text
    assert "facets-timed-out" not in facets
    assert "tianjin_jinbao" in facets


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/search?q=唐山",
        f"/article/{FIRST}",
        "/archive",
        "/archive/articles",
        "/archive/articles/1",
        "/nothing",
        "/-/plugins",
    ],
)
def test_every_page_forbids_scripts_and_foreign_requests(room: Room, path: str) -> None:
    answer = room.get(path)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "script-src 'none'" in policy
    assert "<script" not in answer.text
    assert answer.headers["x-robots-tag"].startswith("noindex")


def test_robots_are_kept_out(room: Room) -> None:
    assert room.get("/robots.txt").text == "User-agent: *\nDisallow: /\n"


def test_an_empty_folder_says_what_to_do(tmp_path: Path) -> None:
    for empty in serve(configured(tmp_path / "data")):
        page = empty.get("/")
        assert page.status == 503
        assert "make crawl" in page.text


def test_bad_back_address_stays_here(room: Room) -> None:
    for back in ("//evil.example", "/\\evil.example", "https://evil.example"):
        assert room.get("/choose", lang="en", back=back).status == 200


def test_an_archive_of_an_older_schema_says_what_to_do(tmp_path: Path) -> None:
    data = configured(tmp_path / "data")
    library.small_library(data / "archive.db")
    db = sqlite3.connect(data / "archive.db")
    db.execute("DROP TABLE hosts")
    db.close()
    for older in serve(data):
        page = older.get("/site/hebei_yanzhao")
        assert page.status == 503 and "scrapy verify --quick" in page.text
        assert older.get(f"/article/{FIRST}").status == 200


def test_site_and_health_pages_tell_due_times_and_mirrors(tmp_path: Path) -> None:
    data = configured(tmp_path / "data")
    library.small_library(data / "archive.db")
    db = sqlite3.connect(data / "archive.db")
    db.execute("UPDATE sites SET every = '6h'")
    db.execute("UPDATE runs SET started = '2026-05-01T08:00:00.000+08:00'")
    db.execute(
        "INSERT INTO hosts VALUES ('hebei_yanzhao', 'm.example.cn', 'm', '2026-05-01', 'www.example.cn', '2026-05-02', 'x')"
    )
    db.commit()
    db.close()
    for room in serve(data):
        page = room.get("/site/hebei_yanzhao").text
        for words in ("每 6 小时", "下次 2026年5月1日 14:00", "m.example.cn"):
            assert words in page
        health = room.get("/health").text
        assert "2026年5月1日 14:00" in health and "迟了" in health
        assert "<dd>6 hours" in room.get("/site/hebei_yanzhao", cookie="lang=en").text
        assert "2026-05-01T14:00" in room.get("/archive/schedule").text
        assert "迟了 1" in room.get("/").text
