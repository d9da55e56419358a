"""Whatever the bytes: a clear kind, bounded work, no exception; found by fuzzing and by what attackers send."""

import os
import re
import resource

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawler.extraction import extract_article, open_document, page_kind
from crawler.extraction.document import MAX_CHARS
from crawler.items import Article, Kind, RawPage
from tests.extraction.test_pages import CASES
from tests.pages.stories import CANAL, HEAD

TEXT = f"<h1>{HEAD}</h1>" + "".join(f"<p>{text}</p>" for text in CANAL)


def read(body: bytes, content_type: str = "text/html", status: int = 200) -> tuple[Kind, Article]:
    document = open_document(
        RawPage(
            url="http://x.example/a/202605/t20260506_1.html", body=body, status=status, headers={"content-type": content_type}
        )
    )
    kind, _ = page_kind(document, site=None, lease=None)
    return kind, extract_article(document, site=None, lease=None)


HOSTILE = {
    "empty": b"",
    "nul": b"\0" * 100_000,
    "binary": os.urandom(0) + bytes(range(256)) * 2000,
    "png": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 500,
    "one tag": b"<",
    "unclosed": b"<html><body><p",
    "only script": b"<script>" + b"a=1;" * 50_000 + b"</script>",
    "comment never closed": b"<html><!-- " + b"x" * 100_000,
    "entities": b"<p>" + b"&#20013;&#22269;&nope;&#x110000;&#0;" * 5000 + b"</p>",
    "nested blocks": b"<div>" * 200_000,
    "nested inline": b"<b><i><font>" * 60_000 + b"x",
    "nested tables": b"<table><tr><td>" * 5000 + b"x",
    "attributes": b"<html><body><p " + b" ".join(b"a%d=1" % i for i in range(100_000)) + b">x</p>",
    "one long attribute": b"<p title='" + b"x" * 3_000_000 + b"'>y</p>",
    "long line": ("中" * 2_000_000).encode(),
    "digits": b"<p>" + b"1" * 80 + "页".encode() + b"</p>" + b"<p>" + b"-" * 110 + "首页".encode() + b"</p>",
    "separators": ("<p>" + "首页>" * 25 + "</p><p>" + "- > " * 25 + "正文</p>").encode() * 50,
    "labels": ("<p>" + "来源：作者：编辑：" * 30 + "</p>").encode() * 200,
    "brackets": ("<p>" + "（记者" * 100 + "</p><p>" + "张三、" * 300 + "</p>").encode() * 20,
    "many lines": b"<p>x</p>" * 100_000,
    "many links": b"<a href=/a>link text here</a>" * 60_000,
    "utf-16": "<p>中文内容</p>".encode("utf-16"),
    "charset that is no charset": b"<meta charset=hex><p>\xd6\xd0\xce\xc4</p>",
    "xml bomb": b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><l>&b;</l>',
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_bytes(name: str) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF)
    kind, article = read(HOSTILE[name])
    after = resource.getrusage(resource.RUSAGE_SELF)
    assert isinstance(kind, Kind)
    assert article.title is None or article.title.strip()
    # CPU seconds, not wall-clock: a pattern that runs away takes minutes.
    assert after.ru_utime - before.ru_utime < 20


def test_fifty_megabytes_are_cut_not_refused() -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    body = (
        f"<html><head><title>{HEAD}</title></head><body>{TEXT}".encode() + "<p>填充的段落，一直写下去。</p>".encode() * 1_300_000
    )
    kind, article = read(body)
    assert (kind, article.title) == (Kind.ARTICLE, HEAD)
    assert len(article.body) < MAX_CHARS
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 1_500_000  # KB


def test_text_after_a_stray_end_of_page_is_kept() -> None:
    _, article = read(f"<html><body><h1>{HEAD}</h1><p>{CANAL[0]}</p></body></html><p>{CANAL[1]}</p><p>{CANAL[2]}</p>".encode())
    assert article.body.splitlines() == list(CANAL[:3])


def test_text_below_too_deep_a_nest_is_kept() -> None:
    _, article = read(
        f"<html><head><title>{HEAD}</title></head><body>{'<div>' * 5000}x{'</div>' * 5000}{TEXT}</body></html>".encode()
    )
    assert article.body.splitlines()[-1] == CANAL[-1]


def test_a_page_that_begins_with_a_script_keeps_its_text() -> None:
    _, article = read(f"<script>var a;</script><html><head><title>{HEAD}</title></head><body>{TEXT}</body></html>".encode())
    assert article.body.splitlines() == list(CANAL)


def test_control_characters_are_taken_out_and_counted() -> None:
    polluted = TEXT.replace("，", "\x05\x06，")
    document = open_document(RawPage(url="http://x.example/a", body=polluted.encode(), headers={"content-type": "text/html"}))
    assert document.controls == 2 * TEXT.count("，")
    assert not re.search("[\x00-\x08]", document.text)


def test_hidden_decoys_are_not_text() -> None:
    decoy = (
        '<div class="pl_css_ganrao" style="display: none;"><td><xmp>'
        + "<rt>干扰文字，到处都是。</rt>" * 200
        + "</xmp></td></div>"
    )
    _, article = read(f"<html><body>{decoy}{TEXT}{decoy}</body></html>".encode())
    assert "干扰文字" not in article.body
    assert article.body.splitlines()[-1] == CANAL[-1]


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.binary(max_size=3000))
def test_any_bytes(body: bytes) -> None:
    read(body)


TAGS = ("p", "div", "td", "table", "br", "a", "h1", "li", "ul", "title")
MARKUP = [*(f"<{tag}>" for tag in TAGS), *(f"</{tag}>" for tag in TAGS), "<!--", "-->", "&nbsp;"]
WORDS = [
    "来源：",
    "作者：",
    "责任编辑：",
    "2026-05-06",
    "10:30",
    "（记者",
    "）",
    "王平",
    "新华社",
    "。",
    "，",
    "首页>",
    "相关新闻",
    "會(huì)",
]
SIGNS = [
    "□",
    "第01版：要闻",
    "\x1f",
    "\u3000",
    ":",
    "|",
    "/",
    " ",
    "<img src='a.jpg'>",
    "编辑 刘晓阳 校对 李铭",
    CANAL[0],
    CANAL[2],
    HEAD,
]
PIECES = st.sampled_from([*MARKUP, *WORDS, *SIGNS])


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(PIECES, max_size=60))
def test_any_markup(pieces: list[str]) -> None:
    _, article = read("".join(pieces).encode())
    assert article.published is None or "2026-05-06" in article.published
    assert all(name.strip() for name in article.reporters + article.correspondents + article.photographers)
    assert all(editor.name and editor.role for editor in article.editors)
    assert article.body == "\n".join(block.text for block in article.blocks if block.kind != "image" and block.text)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(sorted(CASES)), st.data())
def test_a_page_cut_or_damaged_anywhere(name: str, data: st.DataObject) -> None:
    body = bytearray(CASES[name].body)
    for _ in range(data.draw(st.integers(1, 8))):
        body[data.draw(st.integers(0, len(body) - 1))] = data.draw(st.integers(0, 255))
    read(bytes(body[: data.draw(st.integers(0, len(body)))]))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400))
def test_any_plain_text(text: str) -> None:
    read(text.encode("utf-8", "replace"), "text/plain")
