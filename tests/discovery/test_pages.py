"""Articles in parts, redirect stubs, feeds and sitemaps."""

import gzip

import pytest

from crawler.discovery import discover
from crawler.items import Kind, Lease
from crawler.sites.profile import Site
from tests.discovery.pages import document

HOST = "http://www.yunling.example.cn"
SITE = Site(name="yunling", title="云岭网", home=f"{HOST}/", domains=("yunling.example.cn",))


@pytest.mark.parametrize(
    ("path", "html", "expected"),
    [
        ("/t20260501_100.shtml", '<script>createPageHTML(3,0,"t20260501_100","shtml")</script>', "/t20260501_100_1.shtml"),
        ("/t20260501_100_1.shtml", '<script>createPageHTML(3,1,"t20260501_100","shtml")</script>', "/t20260501_100_2.shtml"),
        ("/t20260501_100_2.shtml", '<script>createPageHTML(3,2,"t20260501_100","shtml")</script>', None),
        ("/t20260501_100.shtml", '<script>createPageHTML(1, 0, "t20260501_100", "shtml");</script>', None),
        ("/system/2026/05/01/016054009.shtml", '<a href="016054009_01.shtml">2</a><a href="016054009_02.shtml">3</a>', "/system/2026/05/01/016054009_01.shtml"),
        ("/system/2026/05/01/016054009_01.shtml", '<a href="016054009.shtml">1</a><a href="016054009_02.shtml">下一页</a>', "/system/2026/05/01/016054009_02.shtml"),
        ("/2026-05/01/content_95389.htm", '<div id="displaypagenum"><a href="content_95389_2.htm">下一页</a></div>', "/2026-05/01/content_95389_2.htm"),
        ("/2026-05/01/content_95389.htm", '<a href="content_95390.htm">下一篇</a>', None),
        ("/html/2026-05/01/content_2_201.htm", '<a href="content_2_202.htm">下一篇</a>', None),
        ("/article-77-1.html", '<a href="article-77-2.html">下一页</a>', "/article-77-2.html"),
        ("/show.php?id=7", '<a href="show.php?id=7&page=2">余下全文</a>', "/show.php?id=7&page=2"),
        ("/show.php?id=7", '<a href="show.php?id=8">下一页</a>', None),
        ("/xw/77.html", '<a href="77_all.html">[余下全文]</a>', "/xw/77_all.html"),
        ("/xw/77.html", '<a href="77_0.html">阅读全文</a><a href="77_0.html#pl">评论</a>', "/xw/77_0.html"),
        ("/xw/77.html", '<a href="77_0.html">打印全文</a><a href="78_all.html">余下全文</a>', None),
        ("/xw/77.html", '<a href="77_2.html">2</a><a href="77_all.html">余下全文</a>', "/xw/77_2.html"),
        ("/xw/77.html", '<a href="?full=1">在本页阅读全文</a>', "/xw/77.html?full=1"),
        ("/xw/77_all.html", '<a href="77.html">分页阅读</a><a href="77_all.html">阅读全文</a>', None),
        ("/n2/2026/0501/c3-40123456.html", '<div class="zdfy"><a href="c3-40123456-2.html">[2]</a></div>', "/n2/2026/0501/c3-40123456-2.html"),
        ("/show.php?id=7", "<a href=?id=7&page=2>2</a>", "/show.php?id=7&page=2"),
        ("/show.php?id=7", "<a href='?PageNo=2&amp;id=7'>2</a>", "/show.php?PageNo=2&id=7"),
        ("/a/55.html", "<a href='55.html?page=2'>2</a>", "/a/55.html?page=2"),
        ("/a/55.html", '<a href="/a/55%5F2.html">2</a>', "/a/55_2.html"),
        ("/a/55.html", '<script>if (x == "?page=2") y("/a/55_2.html")</script><a href="/a/56.html">2</a>', None),
        ("/55/", '<a href="?page=2">2</a>', "/55/?page=2"),
    ],
)  # fmt: skip
def test_next_part(path: str, html: str, expected: str | None) -> None:
    first = path.replace("_100_1", "_100").replace("_100_2", "_100").replace("_01.", ".")
    lease = Lease(id=1, url=HOST + first, site="yunling", kind=Kind.ARTICLE)
    found = discover(document(f"<body>{html}</body>", HOST + path), kind=Kind.ARTICLE, site=SITE, lease=lease)
    assert found.next_part == (HOST + expected if expected else None) and found.links == []


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<script>window.location="./xxx/"</script>', "/a/xxx/"),
        ('<meta http-equiv="refresh" content="0;url=/b/1.html">', "/b/1.html"),
        ("<META HTTP-EQUIV=REFRESH CONTENT=\"1; URL='node_2.htm'\">", "/a/node_2.htm"),
        ('<script>var a="/c/2.html"; document.location = a;</script>', "/c/2.html"),
        ('<script>location.replace("/d/")</script>', "/d/"),
        ("<script>var x=1;href='/system/2026/05/01/1234567.shtml';</script>", "/system/2026/05/01/1234567.shtml"),
        ('<script>window.location="./xxx/"</script><a href="/">首页</a>', None),
        ('<script>window.location="./xxx/"</script>' + "<p>正文</p>" * 2000, None),
        ('<meta http-equiv="refresh" content="300">', None),
    ],
)
def test_redirect_stub(html: str, expected: str | None) -> None:
    found = discover(document(f"<html><head></head><body>{html}</body></html>", HOST + "/a/"), kind=Kind.STUB, site=SITE)
    assert [link.url for link in found.links] == ([HOST + expected] if expected else [])
    assert all(link.rule == "stub" for link in found.links)


def test_stub_that_leaves_the_site_is_refused() -> None:
    found = discover(
        document('<script>location.href="http://evil.example.org/"</script>', HOST + "/a/"), kind=Kind.STUB, site=SITE
    )
    assert found.links == [] and found.refused == {"offsite": 1}


RSS = f"""<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>要闻</title>
<item><title>山区公路全线贯通</title><link>{HOST}/yw/202605/t20260501_7.shtml</link><pubDate>Fri, 01 May 2026 00:30:00 GMT</pubDate><category>交通</category></item>
<item><title>早市开张</title><link>{HOST}/yw/x.html</link><pubDate>2026-05-01 09:10:00</pubDate></item></channel></rss>"""


def test_feed_entries_carry_title_and_local_time() -> None:
    first, second = discover(document(RSS.encode(), HOST + "/rss.xml"), kind=Kind.FEED, site=SITE).links
    assert (first.title, first.date, first.kind) == ("山区公路全线贯通", "2026-05-01T08:30:00+08:00", Kind.ARTICLE)
    assert (second.date, second.kind) == ("2026-05-01T09:10:00", Kind.ARTICLE)


def test_broken_feed_gives_what_it_holds() -> None:
    assert (
        len(discover(document(RSS[:-20].replace("早市", "早&市").encode(), HOST + "/rss.xml"), kind=Kind.FEED, site=SITE).links)
        == 2
    )


def test_sitemap_index_news_and_gzip() -> None:
    index = f"<sitemapindex><sitemap><loc>{HOST}/sitemap-1.xml.gz</loc></sitemap></sitemapindex>"
    (further,) = discover(document(index.encode(), HOST + "/sitemap.xml"), kind=Kind.SITEMAP, site=SITE).links
    assert further.kind is Kind.SITEMAP
    news = f"""<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
      <url><loc>{HOST}/p/abc.html</loc><news:news><news:publication_date>2026-05-01T08:00:00+08:00</news:publication_date><news:title>龙舟赛开桨</news:title></news:news></url>
      <url><loc>{HOST}/yw/</loc></url><url><loc>{HOST}/yw/202605/t20260501_8.shtml</loc><lastmod>2026-05-02</lastmod></url><url><loc>{HOST}/logo.png</loc></url></urlset>"""
    found = discover(document(gzip.compress(news.encode()), HOST + "/sitemap-1.xml.gz"), kind=Kind.SITEMAP, site=SITE)
    assert [(link.kind, link.title, link.date) for link in found.links] == [
        (Kind.ARTICLE, "龙舟赛开桨", "2026-05-01T08:00:00+08:00"), (Kind.LIST, None, None), (Kind.ARTICLE, None, "2026-05-02"),
    ]  # fmt: skip
    assert found.refused == {"asset": 1}


def test_robots_txt_names_sitemaps() -> None:
    text = f"User-agent: *\nDisallow: /x/\nSitemap: {HOST}/sm.xml\n"
    (link,) = discover(document(text.encode(), HOST + "/robots.txt"), kind=Kind.SITEMAP, site=SITE).links
    assert (link.url, link.kind) == (HOST + "/sm.xml", Kind.SITEMAP)
