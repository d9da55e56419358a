"""Lists that are data: JSON APIs by GET and POST, JSONP, nested records."""

import json

import pytest

from crawler.discovery import api_call, discover, sources
from crawler.items import Kind, Lease
from crawler.sites.profile import Api, Site
from tests.discovery.pages import document

HOST = "http://www.yunling.example.cn"


def site(*apis: Api) -> Site:
    return Site(name="yunling", title="云岭网", home=f"{HOST}/", domains=("yunling.example.cn",), sources=apis)


GET = site(
    Api(url=f"{HOST}/info/?pagesize=15&currpage={{}}&channelid=ab", items="infolist", link="link", title="title", date="pubtime")
)
POST = site(
    Api(
        url=f"{HOST}/api/list",
        method="POST",
        body='{"page": {}, "limit": 20}',
        items="data.records[].articles[]",
        link="path",
        title="name",
    )
)


def test_get_list_by_the_profile_s_paths() -> None:
    (seed,) = sources(GET)
    assert seed.url == f"{HOST}/info/?channelid=ab&currpage=1&pagesize=15"
    answer = {
        "infolist": [{"title": "古城墙修缮完工", "link": "/szyw/202605/abc.shtml", "pubtime": "2026-05-01 10:00"}],
        "total": 40,
    }
    article, page = discover(document(json.dumps(answer), seed.url), kind=Kind.API, site=GET).links
    assert (article.title, article.date, article.kind) == ("古城墙修缮完工", "2026-05-01T10:00", Kind.ARTICLE)
    assert page.url == f"{HOST}/info/?channelid=ab&currpage=2&pagesize=15" and page.rule == "pager:api"


def test_an_empty_answer_is_the_end() -> None:
    assert discover(document('{"infolist": [], "total": null}', sources(GET)[0].url), kind=Kind.API, site=GET).links == []


def test_post_list_keeps_its_page_in_the_fragment() -> None:
    (seed,) = sources(POST)
    assert seed.url == f"{HOST}/api/list#list=400ae7&page=1"
    call = api_call(seed.url, POST)
    assert (call.url, call.method, call.body) == (f"{HOST}/api/list", "POST", '{"page": 1, "limit": 20}')
    assert call.headers == (("Content-Type", "application/json; charset=utf-8"),)
    answer = {"data": {"records": [{"articles": [{"name": "海岸线清理行动", "path": "/a/202605/77001.html"}]}]}}
    lease = Lease(id=1, url=seed.url, site="yunling", kind=Kind.API)
    article, page = discover(document(json.dumps(answer), call.url), kind=Kind.API, site=POST, lease=lease).links
    assert article.title == "海岸线清理行动" and page.url == f"{HOST}/api/list#list=400ae7&page=2"


def test_lists_of_one_address_are_told_apart_by_what_is_sent() -> None:
    one, two = (Api(url=f"{HOST}/api", method="POST", body=f'{{"page": {{}}, "code": {code}}}') for code in (1, 2))
    seeds = sources(site(one, two))
    assert len({seed.url for seed in seeds}) == 2
    assert [api_call(seed.url, site(one, two)).body for seed in seeds] == ['{"page": 1, "code": 1}', '{"page": 1, "code": 2}']


def test_an_address_is_built_from_a_record_s_fields_and_moments_are_read() -> None:
    api = Api(url=f"{HOST}/q?page={{}}", items="rows", link=f"{HOST}/page?n={{id}}&s={{to.style}}", title="t", date="at")
    rows = [{"id": 7, "to": {"style": 0}, "t": "水库除险加固", "at": 1777600800}, {"id": 8, "to": {}, "t": "没有样式"}]
    answer = document(json.dumps({"rows": rows}), f"{HOST}/q?page=1")
    first, page = discover(answer, kind=Kind.API, site=site(api)).links
    assert (first.url, first.date) == (f"{HOST}/page?n=7&s=0", "2026-05-01T10:00+08:00")
    assert page.url.endswith("?page=2")


@pytest.mark.parametrize(
    "text",
    [
        'cb({"rows":[{"doctitle":"水库除险加固","docpuburl":"/xw/202605/t20260501_9.html","docpubtime":"2026-05-01"}]});',
        '[{"title":"<em>水库</em>除险加固","url":{"pc":"/xw/202605/t20260501_9.html"},"pubDate":"2026/5/1"}]',
        '{"a":{"b":[{"name":"水库除险加固","shareUrl":"/xw/202605/t20260501_9.html","createTime":"2026-05-01 00:00:00"}]}}',
    ],
)
def test_json_without_a_profile(text: str) -> None:
    (link,) = discover(document(text, f"{HOST}/q.do"), kind=Kind.API, site=site()).links
    assert (link.title, link.date and link.date[:10]) == ("水库除险加固", "2026-05-01") and link.url.endswith("/t20260501_9.html")


@pytest.mark.parametrize("bomb", ["[" * 100_000, '{"a":' * 100_000, '[{"url":' * 50_000])
def test_a_bomb_of_brackets_is_no_list(bomb: str) -> None:
    assert discover(document(bomb, f"{HOST}/q.do"), kind=Kind.API, site=GET).links == []
    page = f"<html><body><script>var list = {bomb}</script></body></html>"
    assert discover(document(page, f"{HOST}/xw/"), kind=Kind.LIST, site=GET).links == []


def test_what_is_no_json_is_counted() -> None:
    assert discover(document("<html>维护中</html>", f"{HOST}/q.do"), kind=Kind.API, site=GET).refused == {"unreadable": 1}


def test_other_addresses_are_plain_requests() -> None:
    assert (api_call(f"{HOST}/x.html#top", POST).url, api_call(f"{HOST}/x.html", None).method) == (f"{HOST}/x.html", "GET")
