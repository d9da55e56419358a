"""Page kinds on a small labelled set of our own, with the confusion table measured, and each guard's sign by itself."""

# ruff: noqa: E501 - a page is one line of markup

from collections import Counter

import pytest

from crawler.extraction import open_document, page_kind
from crawler.items import Kind, Lease, RawPage
from tests.extraction.test_pages import CASES
from tests.pages.mainland import FOOT, NAV, SIDE, html
from tests.pages.stories import CANAL, HEAD, LINKS

IMAGES = "".join(f'<p><img src="/{i}.jpg"></p><p>第{i}张：茶园的早晨</p>' for i in range(1, 6))
ITEMS = "".join(
    f'<li><a href="/2026/0506/{i}.shtml">第{i}条新闻的标题写在这里供人点开阅读</a><span>2026-05-06</span></li>' for i in range(40)
)


def page(
    body: str,
    *,
    url: str = "http://x.example/a/202605/t20260506_1.html",
    status: int = 200,
    lease: Kind | None = None,
    **headers: str,
) -> Kind:
    raw = RawPage(url=url, body=body.encode(), status=status, headers={"content-type": "text/html", **headers})
    wanted = Lease(id=1, url=url, site="x", kind=lease) if lease else None
    return page_kind(open_document(raw), site=None, lease=wanted)[0]


INDEX = "http://x.example/xw/index.shtml"
LABELLED: list[tuple[Kind, Kind]] = [
    *((Kind.ARTICLE, page(case.html, url=case.url)) for case in CASES.values()),
    (Kind.ARTICLE, page(html(HEAD, f"{NAV}<h1>{HEAD}</h1><p>{CANAL[2]}</p>{SIDE}{FOOT}"), lease=Kind.ARTICLE)),
    (Kind.ARTICLE, page(html(HEAD, f"<h1>{HEAD}</h1><p>今日停水通知：城南片区八时起停水。</p>{SIDE}{FOOT}"), lease=Kind.ARTICLE)),
    (Kind.LIST, page(html("要闻_云岭网", f"{NAV}<ul>{ITEMS}</ul>{FOOT}"), url=INDEX)),
    (Kind.LIST, page(html("要闻_云岭网", f"{NAV}<ul>{ITEMS}</ul>{FOOT}"), url=INDEX, lease=Kind.LIST)),
    (Kind.LIST, page(html("云岭网", f"{NAV}{SIDE}<ul>{LINKS}</ul>{ITEMS}{FOOT}"), url="http://x.example/")),
    (Kind.LIST, page(html("云岭网", f"{NAV}<ul>{ITEMS}</ul>"), url="http://y.example/", lease=Kind.UNKNOWN)),
    (Kind.GALLERY, page(html("组图：茶季", f"{NAV}<h1>组图：茶季</h1>{IMAGES}{SIDE}{FOOT}"), lease=Kind.ARTICLE)),
    (Kind.VIDEO, page(html("视频：一分钟看茶季", f'<h1>视频：一分钟看茶季</h1><video src="/v.mp4"></video>{FOOT}'), lease=Kind.ARTICLE)),
    (Kind.STUB, page('<script>window.location="./xw/"</script>')),
    (Kind.STUB, page('<html><head><meta http-equiv="refresh" content="0;url=/new/1.shtml"></head><body></body></html>')),
    (Kind.STUB, page('<script>var a="http://x.example/2.html"; document.location = a;</script>')),
    (Kind.CHALLENGE, page("<script>/* */</script>", status=412)),
    (Kind.CHALLENGE, page("<script>document.cookie='__jsl_clearance=1'</script>", status=521)),
    (Kind.CHALLENGE, page("<script src='/_guard/auto.js'></script><body></body>")),
    (Kind.CHALLENGE, page("<script>var x='security_session_verify'</script>")),
    (Kind.CHALLENGE, page("<html><title>403</title><body>请求被拦截</body></html>", status=403)),
    (Kind.CHALLENGE, page("<html></html>", status=405, **{"wzws-ray": "1"})),
    (Kind.SOFT_404, page(html("页面没有找到", f"{NAV}<p>页面没有找到</p>{SIDE}{FOOT}"))),
    (Kind.SOFT_404, page(html("云岭网", f"{NAV}<div>您访问的页面不存在或已删除</div>"))),
    (Kind.SOFT_404, page(html("数字报", "<div>该日期没有报纸</div>"))),
    (Kind.LOGIN, page(html(HEAD, f"<h1>{HEAD}</h1><p>{CANAL[2]}</p><div>阅读全文，请先登录。</div>{FOOT}"), lease=Kind.ARTICLE)),
    (Kind.EMPTY, page("")),
    (Kind.EMPTY, page("<html><body></body></html>")),
    (Kind.EDITION, page(html("云岭日报", f"<div>第01版：要闻</div><ul>{LINKS}</ul>"), url="http://e.example/html/2026-05/06/node_2.htm")),
    (Kind.FEED, page('<?xml version="1.0"?><rss version="2.0"><channel><item><title>甲</title></item></channel></rss>')),
    (Kind.SITEMAP, page('<?xml version="1.0"?><urlset><url><loc>http://x.example/1.html</loc></url></urlset>')),
    (Kind.SITEMAP, page("User-agent: *\nSitemap: http://x.example/s.xml", lease=Kind.SITEMAP, **{"content-type": "text/plain"})),
    (Kind.API, page('{"data": [{"title": "甲", "url": "/1.html"}]}', **{"content-type": "application/json"})),
]  # fmt: skip


def test_confusion_table() -> None:
    table = Counter(pair for pair in LABELLED)
    wrong = {f"{wanted} taken for {got}": count for (wanted, got), count in table.items() if wanted is not got}
    assert wrong == {}


def test_junk_never_becomes_an_article() -> None:
    junk = {Kind.CHALLENGE, Kind.SOFT_404, Kind.STUB, Kind.LOGIN, Kind.EMPTY}
    assert not [got for wanted, got in LABELLED if wanted in junk and got in (Kind.ARTICLE, Kind.GALLERY, Kind.VIDEO)]


def test_an_article_about_guards_and_lost_pages_stays_one() -> None:
    text = "".join(f"<p>{line}网站提示页面不存在，或者要求安全验证，让不少老人犯了难。</p>" for line in CANAL)
    assert page(html("当网页说“页面不存在”", f"<h1>老人上网遇到安全验证怎么办</h1>{text}")) is not Kind.CHALLENGE
    assert page(html("老人上网遇到难题", f"<h1>老人上网遇到难题</h1>{text}")) is Kind.ARTICLE


@pytest.mark.parametrize("status", [404, 410])
def test_a_status_that_says_gone(status: int) -> None:
    assert page(html("404", "<h1>404 Not Found</h1>"), status=status) is Kind.SOFT_404
