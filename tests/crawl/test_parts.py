"""Articles over several pages, in the way of each system: one real crawl, one article each, in order, every part captured."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest

from tests.crawl.running import Crawled, crawl
from tests.crawl.server import Server, listing, serve

PLACES = ("城北泵站", "东关码头", "西河大堤", "南桥粮库", "柳湾村口", "石门水库", "青禾中学", "白塔公园")
MORE = '<a href="/2026/0421/t20260421_999.shtml">下一篇：无关的另一篇</a>'


def paragraph(number: int, way: str) -> str:
    place = PLACES[number % len(PLACES)]
    return f"记者第{number}站来到{place}，看到{way}一段的施工已经收尾，工人们正在清理场地，县里说这里五月初就能用上。"


def page(way: str, numbers: range, pager: str, end: str = "") -> str:
    """A page with paragraphs of these numbers, each page under the same headline and with the same short sub-headline."""
    body = "".join(f"<p>　　{paragraph(number, way)}</p>" for number in numbers)
    return (
        f"<html><head><meta charset='utf-8'><title>{way}沿线走访_清河新闻网</title></head><body><div><a href='/'>首页</a></div>"
        f"<h1>{way}沿线走访</h1><div class='info'>2026-04-21 08:30 来源：清河日报</div><div class='content'>"
        f"<p><strong>走访手记</strong></p>"
        f"{body}{end}<div class='page'>{pager}</div></div><div>{MORE}</div></body></html>"
    )


def link(path: str, words: str) -> str:
    return f'<a href="{path.rpartition("/")[2]}">{words}</a>'


def rows(paths: list[str], words: str = "下一页") -> list[str]:
    """The pager of each page: its number, links to the others, and the link onward."""
    numbered = [
        " ".join(f"[{n}]" if n == here else link(path, str(n)) for n, path in enumerate(paths, 1))
        for here in range(1, len(paths) + 1)
    ]
    onward = [link(after, words) for _, after in pairwise(paths)] + ["<span>下一页</span>"]
    return [f"{row} {more}" for row, more in zip(numbered, onward, strict=True)]


def trs(paths: list[str]) -> list[str]:
    name = paths[0].rpartition("/")[2].partition(".")[0]
    return [f'<script>createPageHTML({len(paths)}, {n}, "{name}", "shtml");</script>' for n in range(len(paths))]


TRS = ["/xw/202604/t20260421_3001.shtml", "/xw/202604/t20260421_3001_1.shtml", "/xw/202604/t20260421_3001_2.shtml"]
ENORTH = ["/system/2026/04/21/016054009.shtml", *(f"/system/2026/04/21/016054009_{n:02}.shtml" for n in range(1, 7))]
FOUNDER = ["/2026-04/21/content_95389.htm", "/2026-04/21/content_95389_2.htm"]
DISCUZ = ["/article-77-1.html", "/article-77-2.html", "/article-77-3.html"]
NEXT = ["/2026/0421/12345.html", "/2026/0421/12345_2.html", "/2026/0421/12345_3.html"]
REST = ["/show.php?id=7001", "/show.php?id=7001&page=2"]
WAYS = {
    "TRS": (TRS, trs(TRS)),
    "enorth": (ENORTH, rows(ENORTH)),
    "Founder": (FOUNDER, rows(FOUNDER)),
    "Discuz": (DISCUZ, rows(DISCUZ)),
    "下一页": (NEXT, rows(NEXT, "下一页&gt;&gt;")),
    "余下全文": (REST, rows(REST, "余下全文")),
}
EACH = 3
"""Paragraphs of a page."""
WHOLE = {
    "阅读全文": ("/2026/0421/22345.html", "/2026/0421/22345_all.html"),
    "在本页阅读全文": ("/2026/0421/32345.html", "/2026/0421/32345.html?page=all"),
}
"""A first page that breaks off in mid-paragraph, and the whole text."""


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Crawled]]:
    with serve() as server:
        for way, (paths, pagers) in WAYS.items():
            for place, (path, pager) in enumerate(zip(paths, pagers, strict=True)):
                server.pages[path] = page(way, range(EACH * place, EACH * place + EACH), pager)
        for words, (first, whole) in WHOLE.items():
            cut = f"<p>　　{paragraph(2, words)[:30]}……</p>"
            server.pages[first] = page(words, range(2), f'<a href="{whole}">[{words}]</a>', cut)
            server.pages[whole] = page(words, range(6), link(first, "分页阅读"))
        starts = [paths[0] for paths, _ in WAYS.values()] + [first for first, _ in WHOLE.values()]
        server.pages["/xw/"] = listing(starts)
        site = {"sources": [f"{server.url}/xw/"], "article_url": [r"\.s?html?$", r"show\.php\?id=\d+$"]}
        yield server, crawl(tmp_path_factory.mktemp("parts"), site)


def body_of(crawled: Crawled, url: str) -> list[str]:
    found = crawled.rows("SELECT body FROM articles WHERE url = ?", url)
    assert len(found) == 1, (url, crawled.outcomes(), crawled.stderr[-2000:])
    return [line.strip() for line in str(found[0][0]).splitlines()]


@pytest.mark.parametrize("way", WAYS)
def test_one_article_in_order(crawled: tuple[Server, Crawled], way: str) -> None:
    server, done = crawled
    paths = WAYS[way][0]
    text = body_of(done, server.url + paths[0])
    assert text == ["走访手记", *(paragraph(number, way) for number in range(EACH * len(paths)))]


@pytest.mark.parametrize("words", WHOLE)
def test_a_full_text_stands_for_the_first_page(crawled: tuple[Server, Crawled], words: str) -> None:
    server, done = crawled
    text = body_of(done, server.url + WHOLE[words][0])
    assert text == ["走访手记", *(paragraph(number, words) for number in range(6))]


def test_every_part_is_captured_once_and_none_is_an_article_of_its_own(crawled: tuple[Server, Crawled]) -> None:
    server, done = crawled
    further = [path for paths, _ in WAYS.values() for path in paths[1:]] + [whole for _, whole in WHOLE.values()]
    captured = [url for (url,) in done.rows("SELECT url FROM captures WHERE purpose = 'part' AND status = 200 ORDER BY url")]
    assert captured == sorted(server.url + path for path in further)
    assert done.rows("SELECT count(*) FROM articles") == [(len(WAYS) + len(WHOLE),)]
