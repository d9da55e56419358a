"""The walk over a page: every text a reader sees stands on one line, in order; what is asked of a line is counted right."""

import re

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from crawler.extraction import open_document
from crawler.extraction.line import han_characters
from crawler.extraction.lines import page_lines
from crawler.items import RawPage

TEXT = st.sampled_from(["云岭", "水库，", " ", "\n", "A 1", "通水。", ""])
LEAF = st.sampled_from(
    ["<br>", "<img src=a.jpg>", "<i></i>", "<script>var 乙;</script>", "<p></p>", "<select><option>丙</select>"]
)
TAGS = st.sampled_from(["div", "p", "span", "b", "li", "h2", "blockquote"])


def nested(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    element = st.builds(lambda tag, held: f"<{tag}>{''.join(held)}</{tag}>", TAGS, st.lists(inner, max_size=4))
    return st.builds(lambda *parts: "".join(parts), TEXT, element, TEXT)


MARKUP = st.recursive(st.one_of(TEXT, LEAF), nested, max_leaves=25)


def lines_of(body: str) -> list[str]:
    raw = RawPage(url="http://www.x.example/1.html", body=f"<html><body>{body}</body></html>".encode(), headers={})
    return [line.text for line in page_lines(open_document(raw))]


@given(MARKUP)
def test_every_visible_text_stands_on_a_line_in_order(body: str) -> None:
    page = etree.HTML(f"<html><body>{body}</body></html>")
    seen = page.xpath("//body//text()[not(ancestor::script or ancestor::select)]")
    assert "".join("".join(lines_of(body)).split()) == "".join("".join(seen).split())


@given(st.text(alphabet=st.characters(codec="utf-8")))
def test_han_characters(text: str) -> None:
    assert han_characters(text) == len(re.findall("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]", text))


def test_hexagrams_are_no_han_characters() -> None:
    assert han_characters("䷀䷁ 乾坤 㐀 豈 𠀀，") == 4


def test_a_hidden_box_hides_its_lines_and_no_others() -> None:
    body = '<div>甲<p style="display:none">乙<br>丙</p>丁</div><span style="display: none">戊<br>己</span>庚'
    raw = RawPage(url="http://www.x.example/1.html", body=f"<html><body>{body}</body></html>".encode(), headers={})
    told = [(line.text, line.hidden) for line in page_lines(open_document(raw))]
    assert told == [("甲", False), ("乙", True), ("丙", True), ("丁", False), ("戊", True), ("己庚", False)]


def test_links_are_told_with_their_lines() -> None:
    body = (
        '<p>甲<a href="/1">乙</a><a name="here">丙</a> <a href="/2"> <b>丁</b> 戊 </a></p>'
        '己<a href="/3">庚<br>辛</a>壬<ul><li><a href="/4"></a><a href="/5">癸</a></li></ul>'
    )
    raw = RawPage(url="http://www.x.example/1.html", body=f"<html><body>{body}</body></html>".encode(), headers={})
    told = [(line.text, line.linked, line.bold, line.links) for line in page_lines(open_document(raw))]
    assert told == [
        ("甲乙丙 丁 戊", 4, 1, [("乙", "/1"), ("丁 戊", "/2")]),
        ("己庚", 1, 0, []),
        ("辛壬", 1, 0, [("辛", "/3")]),
        ("癸", 1, 0, [("癸", "/5")]),
    ]
