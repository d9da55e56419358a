"""The dialects of CDX servers: questions asked, answers read."""

import json
from urllib.parse import parse_qs, urlsplit

import pytest

from crawler.discovery.cdx import CdxError, number_of_pages, question, replay_base, snapshots

WAYBACK = json.dumps([
    ["urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length"],
    ["cn,example)/xw/1.html", "20150301020304", "http://www.example.cn/xw/1.html", "text/html", "200", "AAAA", "5012"],
    ["cn,example)/a.jpg", "20150301020304", "http://www.example.cn/a.jpg", "image/jpeg", "200", "BBBB", "99"],
    ["cn,example)/xw/1.html", "20160301020304", "http://www.example.cn/xw/1.html", "warc/revisit", "-", "AAAA", "300"],
])  # fmt: skip
COMMON_CRAWL = json.dumps({
    "urlkey": "cn,example)/xw/1.html", "timestamp": "20260301020304", "url": "http://www.example.cn/xw/1.html", "mime": "text/html",
    "mime-detected": "text/html", "status": "200", "digest": "AAAA", "length": "6012", "offset": "77", "filename": "crawl-data/x.warc.gz",
})  # fmt: skip


def test_a_table_with_a_header_row() -> None:
    page, picture, revisit = snapshots(WAYBACK, "s")
    assert (page.url, page.at, page.is_page) == ("http://www.example.cn/xw/1.html", "2015-03-01T10:03:04.000+08:00", True)
    assert not picture.is_page and not revisit.is_page


def test_json_lines_and_cdxj() -> None:
    (one,) = snapshots(COMMON_CRAWL, "s")
    assert (one.filename, one.offset, one.length, one.digest) == ("crawl-data/x.warc.gz", 77, 6012, "AAAA")
    record = json.loads(COMMON_CRAWL)
    del record["timestamp"]
    (cdxj,) = snapshots(f"cn,example)/xw/1.html 20260301020304 {json.dumps(record)}", "s")
    assert cdxj == one


@pytest.mark.parametrize("empty", ["", "[]", " \n"])
def test_no_captures(empty: str) -> None:
    assert list(snapshots(empty, "s")) == []


def test_what_is_no_cdx_answer_is_named() -> None:
    with pytest.raises(CdxError, match=r"http://a\.cn/ does not answer like a CDX server"):
        list(snapshots("<html>Not here</html>", "http://a.cn/"))


@pytest.mark.parametrize(
    ("text", "pages"), [("7\n", 7), ('{"pages": 3, "pageSize": 5, "blocks": 14}', 3), (COMMON_CRAWL, None), ("", None)]
)
def test_number_of_pages(text: str, pages: int | None) -> None:
    assert number_of_pages(text) == pages


@pytest.mark.parametrize(("domain", "match"), [("hebnews.cn", "domain"), ("127.0.0.1:8765", "host"), ("60.11.44.37", "host")])
def test_question(domain: str, match: str) -> None:
    asked = parse_qs(urlsplit(question("http://s/cdx", domain, "2015-01-01", "2015-12-31")).query)
    assert asked == {"url": [domain], "matchType": [match], "from": ["20141231"], "to": ["20151231"], "output": ["json"]}


@pytest.mark.parametrize(
    ("server", "base"),
    [
        ("https://web.archive.org/cdx/search/cdx", "https://web.archive.org/web/"),
        ("http://127.0.0.1:8080/coll/cdx", "http://127.0.0.1:8080/coll/"),
        ("https://index.commoncrawl.org/CC-MAIN-2026-10-index", None),
    ],
)
def test_replay_base(server: str, base: str | None) -> None:
    assert replay_base(server) == base
