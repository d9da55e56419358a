"""What reading decides beside extraction and discovery: the address an article is known by."""

import pytest

from crawler.items import RawPage
from crawler.reading import read
from crawler.sites import get_site

PAGE = (
    "<html><head><meta charset='utf-8'><title>清沅河下闸蓄水_云岭新闻网</title>{head}</head><body><h1>清沅河下闸蓄水</h1>"
    "<div class='info'>2026-05-01 08:30　来源：云岭日报</div><div class='content'>"
    "<p>清沅河水利枢纽工程昨日下闸蓄水。上午十时许，随着最后一道闸门缓缓落下，河水沿着新修的护岸慢慢抬升，两岸的人们久久不愿离去。</p>"
    "<p>据市水务局负责人介绍，工程总投资四亿二千万元，历时三年零两个月，建成后可灌溉沿岸十一万亩农田，明年秋天全部完成。</p>"
    "</div></body></html>"
)
OWN = "/zt/202605/t20260501_100101.shtml"


@pytest.mark.parametrize(
    ("told", "address"),
    [
        ("{home}yaowen/202605/t20260501_100101.shtml", "yaowen/202605/t20260501_100101.shtml"),
        ("/yaowen/202605/t20260501_100101.shtml", "yaowen/202605/t20260501_100101.shtml"),
        ("{home}", OWN[1:]),
        ("{home}yaowen/index.shtml", OWN[1:]),
        ("http://elsewhere.example.cn/yaowen/202605/t20260501_100101.shtml", OWN[1:]),
        ("javascript:void(0)", OWN[1:]),
        (None, OWN[1:]),
    ],
)
def test_an_article_is_known_by_the_address_it_gives_itself_where_that_can_be_believed(told: str | None, address: str) -> None:
    site = get_site("sample")
    head = f"<link rel='canonical' href='{told.format(home=site.home)}'>" if told else ""
    page = read(RawPage(url=site.home.rstrip("/") + OWN, body=PAGE.format(head=head).encode()), site=site)
    assert page.article is not None
    assert page.article.url == site.home + address
