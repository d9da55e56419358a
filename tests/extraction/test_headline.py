"""Headlines beside what systems set around them: badges, addresses for a `<title>`; lines that lead to an app or a page."""

import pytest

from crawler.extraction import extract_article, open_document
from crawler.items import Article, RawPage
from tests.pages.stories import CANAL, HEAD

URL = "http://www.x.example/yw/202605/t20260506_1.html"


def read(headline: str, title: str = f"{HEAD}_云岭网", before: str = "", lead: str = "") -> Article:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in CANAL)
    page = (
        f"<html><head><meta charset=utf-8><title>{title}</title></head><body>{before}{headline}"
        f"<div class=info>2026-05-06 09:20 来源：云岭日报</div><div class=content>{lead}{text}</div></body></html>"
    )
    raw = RawPage(url=URL, body=page.encode(), headers={"content-type": "text/html"})
    return extract_article(open_document(raw), site=None, lease=None)


@pytest.mark.parametrize(
    "headline",
    [
        f'<h1><span class="tag">原创</span>{HEAD}</h1>',
        f"<h1><i>【图集】</i> {HEAD}</h1>",
        f"<h1>{HEAD}<em>置顶</em></h1>",
        f"<div class=title><b>快讯</b>{HEAD}</div>",
    ],
)
def test_a_badge_is_no_part_of_the_headline(headline: str) -> None:
    article = read(headline)
    assert article.title == HEAD
    assert article.body.splitlines() == list(CANAL)


def test_a_word_that_the_title_says_too_stays() -> None:
    said = f"视频丨{HEAD}"
    assert read(f"<h1><span>视频</span>丨{HEAD}</h1>", f"{said}_云岭网").title == said


def test_the_first_word_of_a_headline_set_apart_is_no_badge() -> None:
    assert read("<h1><span>原创</span>歌剧在青禾县首演</h1>", "原创歌剧在青禾县首演_云岭网").title == "原创歌剧在青禾县首演"


@pytest.mark.parametrize("title", ["blog.example.com", "www.x.example", "http://www.x.example/"])
def test_a_host_name_is_no_headline(title: str) -> None:
    logo = f"<div class=logo>{title}</div>"
    assert read(f"<h2>{HEAD}</h2>", title, logo).title == HEAD


def test_a_host_name_is_better_than_no_headline() -> None:
    assert read("", "blog.example.com").title == "blog.example.com"


@pytest.mark.parametrize(
    "lead",
    [
        "<p>安装云岭客户端第一时间接收新闻推送→【下载地址】</p>",
        '<p><a href="/app.html">下载云岭新闻客户端</a></p>',
        '<p>点击下载“云岭新闻”APP <a href="/app.html">安卓版</a></p>',
        "<p>【点击下载云岭新闻APP】&gt;&gt;</p>",
        "<p><a href=1.html>第一页</a> &lt;&lt; 上一页 | <a href=2.html>下一页</a> &gt;&gt; <a href=9.html>尾页</a></p>",
    ],
)
def test_a_line_that_leads_elsewhere_is_no_text(lead: str) -> None:
    article = read(f"<h1>{HEAD}</h1>", lead=lead)
    assert article.body.splitlines() == list(CANAL) and article.section == []


@pytest.mark.parametrize(
    "told",
    [
        "下载云岭客户端的市民已有三万人，社区志愿者在广场上教老人安装。",
        "安装“国家反诈中心”APP → 打开来电预警，民警一户一户地教，到月底已经教会了六百多户居民。",
        "下载客户端的三点提醒",
    ],
)
def test_a_sentence_about_an_app_stays(told: str) -> None:
    assert told in read(f"<h1>{HEAD}</h1>", lead=f"<p>{told}</p>").body.splitlines()
