"""List pages of each family: articles with their headlines and dates, channels, the next page, refusals."""

import pytest

from crawler.discovery import discover
from crawler.items import Kind, Lease, Link
from crawler.sites.profile import ListPage, Site
from tests.discovery.pages import document

HOST = "http://www.yunling.example.cn"
SITE = Site(name="yunling", title="云岭网", home=f"{HOST}/", domains=("yunling.example.cn",))


def links(html: str, path: str = "/xw/index.shtml", kind: Kind = Kind.LIST, site: Site | None = SITE) -> list[Link]:
    return discover(document(html, HOST + path), kind=kind, site=site).links


def of(found: list[Link], kind: Kind) -> list[str]:
    return [link.url.removeprefix(HOST) for link in found if link.kind is kind]


def pagers(found: list[Link]) -> list[str]:
    return [link.url.removeprefix(HOST) for link in found if link.rule.startswith("pager")]


def test_entry_gives_headline_date_and_section() -> None:
    html = """<div class="list"><ul>
      <li><a href="./202605/t20260501_1000001.shtml" title="云岭县今年新修水渠三十公里惠及六个乡镇">云岭县今年新修水渠三十公里…</a><span>2026-05-02</span></li>
      <li><a href="./202605/t20260430_1000002.shtml">城东菜市场改造完工迎客</a> [2026年4月30日 08:05]</li></ul></div>"""
    lease = Lease(id=1, url=HOST + "/xw/index.shtml", site="yunling", kind=Kind.LIST, section="要闻")
    first, second = discover(document(html, lease.url), kind=Kind.LIST, site=SITE, lease=lease).links
    assert (first.title, first.date, first.section) == ("云岭县今年新修水渠三十公里惠及六个乡镇", "2026-05-02", "要闻")
    assert (second.title, second.date, second.rule) == ("城东菜市场改造完工迎客", "2026-04-30T08:05", "shape:trs")


@pytest.mark.parametrize(
    ("path", "script", "expected"),
    [
        ("/xw/index.shtml", 'createPageHTML(3, 0, "index", "shtml")', ["/xw/index_1.shtml"]),
        ("/xw/index_1.shtml", 'createPageHTML(3, 1, "index", "shtml")', ["/xw/index_2.shtml"]),
        ("/xw/index_2.shtml", 'createPageHTML(3, 2, "index", "shtml")', []),
        ("/xw/", "createPageHTML(40,0,'xxgk_list','html');", ["/xw/xxgk_list_1.html"]),
        ("/xw/default.htm", 'createPageHTML(2, 0, "default", "htm");', ["/xw/default_1.htm", "/xw/default1.htm"]),
        ("/xw/list.shtml", "createPageHTML('page_div', 9, 1, 'list', 'shtml', 130)", ["/xw/list_2.shtml", "/xw/list_1.shtml"]),
        ("/xw/list_2.shtml", "createPageHTML('page_div', 9, 2, 'list', 'shtml', 130)", ["/xw/list_3.shtml"]),
        ("/xw/list_1.shtml", "createPageHTML('page_div', 9, 2, 'list', 'shtml', 130)", ["/xw/list_2.shtml"]),
        ("/xw/index.html", "var currentPage = 0; var countPage = 25", ["/xw/index_1.html"]),
        ("/xw/index_24.html", "var currentPage = 24; var countPage = 25", []),
        ("/xw/index.html", "var pageCount = 4, pageIndex = 1;", ["/xw/index_2.html", "/xw/index_1.html"]),
        ("/xw/index_3.html", "var pageCount = 4, pageIndex = 3;", ["/xw/index_4.html"]),
        ("/xw/index_4.html", "var pageCount = 4, pageIndex = 4;", []),
        ("/xw/index.html", "var pageCount = 1, pageIndex = 1;", []),
        ("/xw/", "pageCount = 900000; pageIndex = 1", []),
    ],
)
def test_pager_told_to_a_script(path: str, script: str, expected: list[str]) -> None:
    assert pagers(links(f"<body><script>{script}</script></body>", path)) == expected


@pytest.mark.parametrize(
    ("path", "last", "expected"),
    [
        ("/xw/list-1.shtml", "/xw/list-9.shtml", ["/xw/list-2.shtml"]),
        ("/xw/list-9.shtml", "/xw/list-9.shtml", []),
        ("/xw/index.html", "/xw/index_3.html", ["/xw/index_2.html", "/xw/index_1.html"]),
        ("/xw/?page=2", "/xw/?page=7", ["/xw/?page=3"]),
        ("/xw/index.html", "/wh/index_3.html", []),
        ("/xw/index.html", "http://www.example.org/xw/index_3.html", []),
    ],
)
def test_the_last_page_is_the_only_link(path: str, last: str, expected: list[str]) -> None:
    assert pagers(links(f'<body><a href="javascript:turn(2)">下一页</a><a href="{last}">尾页</a></body>', path)) == expected


def test_enorth_archive_runs_from_the_highest_number_down() -> None:
    folder = "/gb/system/count//0002001/001000000000/000/000"
    html = f'<a href="/gb/system/2026/05/01/000123401.shtml">乡镇卫生院添了新设备</a><a href="{folder}/c0002001001000000000_000000002.shtml">更多</a>'
    found = links(html, "/gb/index.shtml")
    assert of(found, Kind.ARTICLE) == ["/gb/system/2026/05/01/000123401.shtml"]
    assert pagers(found) == [f"{folder}/c0002001001000000000_000000002.shtml"]
    assert pagers(links("<body></body>", f"{folder}/c0002001001000000000_000000002.shtml")) == [
        f"{folder}/c0002001001000000000_000000001.shtml"
    ]
    assert pagers(links("<body></body>", f"{folder}/c0002001001000000000_000000001.shtml")) == []


def test_a_pager_carries_the_day_of_the_newest_entry_before_it() -> None:
    """So that a run since a later day does not walk on, and a run without one does."""
    html = """<li><a href="202605/t20260503_1.shtml">新修水渠今日通水惠及百姓</a></li><li><a href="202604/t20260420_2.shtml">卫生院添置新设备</a></li>
      <a href="index_2.shtml">下一页</a>"""
    (pager,) = [link for link in links(html) if link.rule.startswith("pager")]
    assert pager.date == "2026-05-03"


HANWEB = """<div id="5637"><script type="text/xml"><datastore><nextgroup></nextgroup><recordset>
<record><![CDATA[<li><a href='/art/2026/5/1/art_1001_1.html' title='县政府部署夏季防汛'>县政府部署…</a><span>2026-05-01</span></li>]]></record>
<record><![CDATA[<li><a href='/art/2026/4/30/art_1001_2.html'>两条公交线路调整</a><span>2026-04-30</span></li>]]></record>
</recordset></datastore></script></div>
<script>$('#5637').jpage({totalRecord:130, perPage:15, proxyUrl:'/module/web/jpage/dataproxy.jsp',
 ajaxParam:{"col":"1","appid":"1","webid":"27","path":"/","columnid":"1001","sourceContentType":"1","unitid":"5637","webname":"云岭","permissiontype":"0"}})</script>"""


def test_hanweb_records_stand_in_cdata_and_go_on_at_the_proxy() -> None:
    found = links(HANWEB, "/col/col1001/index.html")
    assert [(link.title, link.date) for link in found if link.kind is Kind.ARTICLE] == [
        ("县政府部署夏季防汛", "2026-05-01"), ("两条公交线路调整", "2026-04-30"),
    ]  # fmt: skip
    (page,) = [link for link in found if link.rule.startswith("pager")]
    assert page.kind is Kind.API
    assert "/module/web/jpage/dataproxy.jsp?" in page.url and "startrecord=3" in page.url and "endrecord=47" in page.url
    assert "columnid=1001" in page.url and "unitid=5637" in page.url


def test_hanweb_proxy_answers_until_the_total() -> None:
    record = "<record><![CDATA[<li><a href='/art/2026/4/1/art_1001_{}.html'>某地春耕进度过半</a></li>]]></record>"
    body = "<datastore><totalrecord>100</totalrecord><recordset>{}</recordset></datastore>"
    url = "/module/web/jpage/dataproxy.jsp?startrecord={}&endrecord={}&perpage=15&columnid=1001"
    middle = links(body.format("".join(record.format(n) for n in range(45))), url.format(48, 92), Kind.API)
    assert len(of(middle, Kind.ARTICLE)) == 45
    assert "startrecord=93" in pagers(middle)[0] and "endrecord=100" in pagers(middle)[0]
    last = links(body.format("".join(record.format(n) for n in range(8))), url.format(93, 100), Kind.API)
    assert len(of(last, Kind.ARTICLE)) == 8 and pagers(last) == []


def test_old_epaper_page_names_its_articles_and_the_other_pages_of_the_day() -> None:
    html = """<map><area shape="poly" href="content_2_201.htm" title="麦收进入尾声"><area href="content_2_202.htm"></map>
      <table id="pageLink"><a href="node_2.htm">第01版：要闻</a><a href="./node_3.htm">第02版：县区</a></table>
      <a href="../../2026-04/30/node_2.htm">上一期</a><a href="content_2_201.htm">麦收进入尾声 颗粒归仓</a>"""
    paper = Site(name="ylrb", title="云岭日报", kind="epaper", home=f"{HOST}/", domains=("yunling.example.cn",))
    page = document(html, f"{HOST}/ylrb/html/2026-05/01/node_2.htm")
    result = discover(page, kind=Kind.EDITION, site=paper)
    assert of(result.links, Kind.ARTICLE) == [
        "/ylrb/html/2026-05/01/content_2_201.htm",
        "/ylrb/html/2026-05/01/content_2_202.htm",
    ]
    assert of(result.links, Kind.EDITION) == ["/ylrb/html/2026-05/01/node_3.htm"]
    assert {link.date for link in result.links} == {"2026-05-01"}
    assert result.links[0].title == "麦收进入尾声 颗粒归仓"
    assert result.refused == {"other issue": 1}


def test_new_epaper_page() -> None:
    html = '<div class="layoutlist"><a href="node_02.html">02版</a></div><li><a href="../../../content/202605/01/content_101.html">县里开了运动会</a></li>'
    found = links(html, "/pc/layout/202605/01/node_01.html", Kind.EDITION)
    assert of(found, Kind.ARTICLE) == ["/pc/content/202605/01/content_101.html"]
    assert of(found, Kind.EDITION) == ["/pc/layout/202605/01/node_02.html"]


def test_profile_pages_are_the_last_resort() -> None:
    site = Site(
        name="a", title="甲", domains=("yunling.example.cn",),
        sources=(ListPage(url=f"{HOST}/xw/", pages=f"{HOST}/xw/index_{{}}.htm"),),
    )  # fmt: skip
    assert pagers(links("<p>无翻页</p>", "/xw/", site=site)) == ["/xw/index_2.htm"]
    assert pagers(links("<p>无翻页</p>", "/xw/index_2.htm", site=site)) == ["/xw/index_3.htm"]


@pytest.mark.parametrize(
    ("path", "html", "expected"),
    [
        ("/node_7.htm", '<a href="node_7_2.htm">下一页</a><a href="node_7_9.htm">尾页</a>', ["/node_7_2.htm"]),
        ("/xw/", '<a href="?page=2">2</a><a href="?page=3">3</a>', ["/xw/?page=2"]),
        ("/xw/list_2.html", '<a href="list_1.html">1</a><b>2</b><a href="list_3.html">3</a><a href="list_4.html">4</a>', ["/xw/list_3.html"]),
        ("/zhxw.htm", '<a href="zhxw/9.htm">下页</a><a href="zhxw/1.htm">尾页</a>', ["/zhxw/9.htm"]),
        ("/index.jhtml", '<a href="javascript:location.href=\'index_2.jhtml\'">下一页</a>', ["/index_2.jhtml"]),
        ("/xw/", '<a href="/xw/2026/1.html">下一篇</a>', []),
    ],
)  # fmt: skip
def test_written_pagers(path: str, html: str, expected: list[str]) -> None:
    assert pagers(links(html, path)) == expected


def test_refusals_are_counted_by_reason() -> None:
    html = """<a href="http://www.elsewhere.example.org/2026-05/01/content_1.htm">别处的新闻一则</a><a href="/a/1.jpg">图</a>
      <a href="/about/202001/t20200101_1.shtml">关于我们</a><a href="/search?q=1">搜索</a><a href="/x/y/x/y/x/y/1.html">循环</a>
      <a href="/xw/?date=2026-05-01">一日</a><a href="mailto:a@b.cn">信</a>"""
    result = discover(document(html, HOST + "/xw/"), kind=Kind.LIST, site=SITE)
    assert result.links == []
    assert result.refused == {"offsite": 1, "asset": 1, "service": 1, "action": 1, "repeated": 1, "calendar": 1}


def test_home_page_leads_to_channels_and_declared_feeds() -> None:
    html = """<head><link rel="alternate" type="application/rss+xml" href="/rss.xml"></head>
      <div class="nav"><a href="/yaowen/">要闻</a><a href="/minsheng/index.shtml">民生</a></div>"""
    found = links(html, "/")
    assert of(found, Kind.LIST) == ["/yaowen/", "/minsheng/index.shtml"] and of(found, Kind.FEED) == ["/rss.xml"]
    assert found[0].section == "要闻"


def test_unknown_shapes_are_learned_from_the_page_itself() -> None:
    entries = "".join(f'<li><a href="/wz/p{n}x.html">第{n}批惠民项目在各乡镇陆续开工建设</a></li>' for n in range(100, 106))
    found = links(f'<div><a href="/fuwu/p1x.html">办事</a></div><ul>{entries}</ul>', "/wz/list.html")
    assert len(of(found, Kind.ARTICLE)) == 6 and {link.rule for link in found} == {"learned"}
