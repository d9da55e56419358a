"""Whatever a page holds, discovery answers; hypothesis writes the pages."""

from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.discovery import discover, kind_of_url, recognise
from crawler.discovery.traps import trap
from crawler.items import Kind
from tests.discovery.pages import document

SCRAPS = st.sampled_from([
    "<a href='", "' title='", "'>", "</a>", "<area href=//", "<base href=http://[>", "<frame src='?'>", "<li>", "2026-13-45", "2026年5月1日 25:61",
    "createPageHTML(99999999999999999999,0,'a','b')", 'createPageHTML(3, 0, "index", "shtml")', "<record><![CDATA[", "]]></record>", "[{", "}]",
    '[{"title":"x","url":"', "<script>", "</script>", "<meta http-equiv=refresh content='0;url=", "下一页", "http://[::1", "http://本报讯/", "\x00",
    "<?xml version='1.0' encoding='gbk'?>", "<urlset><url><loc>", "</loc></url></urlset>", "<rss><channel><item><link>", "javascript:open('", "&amp;",
    "/../../..", "/system/count//0/c1_000000000.shtml", "totalRecord:9", "\ud83d".encode("utf-16", "surrogatepass").decode("utf-16", "replace"),
])  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(SCRAPS | st.text(max_size=6), max_size=14).map("".join), st.sampled_from(Kind))
def test_discover_never_raises(text: str, kind: Kind) -> None:
    page = document("<html><body>" + text, "http://www.yunling.example.cn/xw/index.html")
    found = discover(page, kind=kind)
    assert all(link.url.startswith(("http://", "https://")) for link in found.links)
    assert all(count > 0 for count in found.refused.values())
    recognise(page)


@settings(deadline=None)
@given(st.text(max_size=80))
def test_addresses_of_any_text(text: str) -> None:
    kind_of_url("http://a.cn/" + text)
    trap("http://a.cn/" + text)
