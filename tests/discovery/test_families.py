"""Every web family: recognised from its pages, its pager walked, its articles' parts and its "gone" page known."""

import pytest

from crawler.discovery import discover, recognise
from crawler.items import Kind, Lease, Outcome, RawPage
from crawler.reading import read
from crawler.sites.platforms import FAMILIES
from crawler.sites.profile import PLATFORMS
from tests.discovery.pages import document
from tests.discovery.replica.portals import portals

HOST = "http://www.yunling.example.cn"
NAMES = {"trs-records": "trs", "frames": "powereasy", "literal": None, "feeds": None}
PARAGRAPHS = "".join(
    f"<p>第{n}段说的是同一件事的另一面，写得足够长，好让它看起来像是一段真正的新闻正文，而不是一行导航。</p>" for n in range(6)
)


def test_every_platform_a_profile_may_name_is_described() -> None:
    assert {family.name for family in FAMILIES} == PLATFORMS


@pytest.mark.parametrize("family", sorted(name for name in portals() if NAMES.get(name, name)))
def test_the_family_is_recognised_from_a_list(family: str) -> None:
    replica = portals()[family]()
    lists = [
        path
        for path, body in replica.pages.items()
        if path not in ("/", "/menu.html", "/main.html") and path not in replica.articles
    ]
    found = recognise(document(str(replica.pages[lists[0]]), HOST + lists[0]))
    assert found and found[0].platform == (NAMES.get(family) or family), found[:3]


def test_friends_links_and_service_pages_say_nothing_of_the_family() -> None:
    body = "".join(f'<a href="http://www.example.org/2026-05/01/content_{n}.htm">友情链接{n}</a>' for n in range(9))
    body += '<a href="/about/202001/t20200101_1.shtml">关于我们</a><a href="/system/2026/05/01/000123401.shtml">乡镇卫生院添了新设备</a>'
    assert [found.platform for found in recognise(document(f"<body>{body}</body>", f"{HOST}/xw/"))] == ["enorth"]


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("ucap", f"<ucapcontent>{PARAGRAPHS}</ucapcontent>"),
        ("gkmlpt", f'<div id="zoomcon">{PARAGRAPHS}</div><script src="/gkmlpt/js/a.js"></script>'),
        ("vsb", f'<div id="vsb_content">{PARAGRAPHS}</div><script>_showDynClicks("wbnews", 1, 2)</script>'),
        ("people", f'<div id="rwb_zw">{PARAGRAPHS}</div><div id="rwb_navpath"></div>'),
        ("discuz", f'<td id="article_content">{PARAGRAPHS}</td><p>Powered by Discuz! X3.4</p>'),
        ("hanweb", f"<!--<$[信息内容]>begin-->{PARAGRAPHS}<!--<$[信息内容]>end-->"),
    ],
)
def test_the_family_is_recognised_from_an_article_s_source(name: str, body: str) -> None:
    assert recognise(document(f"<html><body>{body}</body></html>", f"{HOST}/x/y"))[0].platform == name


@pytest.mark.parametrize(
    ("family", "first", "second", "link"),
    [
        ("trs", "/xw/202605/t20260501_77.html", "/xw/202605/t20260501_77_1.html", '<script>createPageHTML(2,0,"t20260501_77","html")</script>'),
        ("enorth", "/system/2026/05/01/000123401.shtml", "/system/2026/05/01/000123401_01.shtml",
         '<div id="news_more_page_div_id"><a href="000123401_01.shtml">ÏÂÒ»Ò³</a></div>'),
        ("founder-web", "/2026-05/01/content_95389.htm", "/2026-05/01/content_95389_2.htm", '<center><a href="content_95389_2.htm">下一页</a></center>'),
        ("people", "/n2/2026/0501/c34-40123456.html", "/n2/2026/0501/c34-40123456-2.html", '<a href="c34-40123456-2.html">【2】</a>'),
        ("discuz", "/article-77-1.html", "/article-77-2.html", '<div class="pg"><strong>1</strong><a href="article-77-2.html">2</a></div>'),
        ("dedecms", "/a/xw/20260501/77.html", "/a/xw/20260501/77_2.html", '<a href="77_2.html">2</a><a href="77_2.html">下一页</a>'),
        ("phpcms", "/2026/0501/123.shtml", "/2026/0501/123_2.shtml", '<a href="123_2.shtml">下一页</a><a class="page-all" href="123_0.shtml">全文</a>'),
        ("jeecms", "/xw/12345.jhtml", "/xw/12345_2.jhtml", '<a href="12345_2.jhtml">下一页</a>'),
        ("query", "/show.aspx?id=7", "/show.aspx?id=7&page=2", '<a href="?id=7&amp;page=2">下一页</a>'),
    ],
)  # fmt: skip
def test_parts_of_an_article(family: str, first: str, second: str, link: str) -> None:
    other = '<a href="/xw/202605/t20260501_78.html">下一篇</a><a href="000123402.shtml">下一条</a><a href="content_95390.htm">下一页</a>'
    lease = Lease(id=1, url=HOST + first, site="a", kind=Kind.ARTICLE)
    found = discover(
        document(f"<html><body>{PARAGRAPHS}{link}{other}</body></html>", HOST + first), kind=Kind.ARTICLE, lease=lease
    )
    assert found.next_part == HOST + second
    last = discover(document(f"<html><body>{PARAGRAPHS}{other}</body></html>", HOST + second), kind=Kind.ARTICLE, lease=lease)
    assert last.next_part is None


@pytest.mark.parametrize("family", [family for family in FAMILIES if family.gone], ids=lambda family: family.name)
def test_a_gone_page_of_the_family_is_no_article(family: object) -> None:
    for text in family.gone:  # type: ignore[attr-defined]
        body = f"<html><head><title>{text}</title></head><body><p>{text}</p></body></html>".encode()
        page = read(RawPage(url=f"{HOST}/system/2026/05/01/000123401.shtml", body=body))
        assert page.outcome is Outcome.GONE and page.article is None and page.links == []
