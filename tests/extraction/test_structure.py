"""Structure kept: paragraphs of br, sub-headlines, lists, real tables, images with captions, links; Markdown; stitching."""

# ruff: noqa: E501 - a page is one line of markup

from crawler.extraction import extract_article, markdown, open_document, stitch
from crawler.items import Article, RawPage
from tests.pages.mainland import FOOT, SIDE, html
from tests.pages.stories import CANAL, HEAD

URL = "http://www.x.example/yw/202605/t20260506_1.html"
TABLE = "<table><tr><th>指标</th><th>数值</th></tr><tr><td><p>出口</p></td><td><p>33.2亿元</p></td></tr><tr><td>进口</td><td>8.5亿元</td></tr></table>"


def read(body: str, url: str = URL) -> Article:
    raw = RawPage(url=url, body=html(HEAD, f"<h1>{HEAD}</h1>{body}{SIDE}{FOOT}").encode(), headers={"content-type": "text/html"})
    return extract_article(open_document(raw), site=None, lease=None)


def test_blocks_keep_what_the_page_shows() -> None:
    article = read(
        f"""<div class=content><p>{CANAL[0]}</p><p><b>一渠清水惠七乡</b></p><p>{CANAL[1]}</p><p><img src="../img/1.jpg"></p><p>图为通水现场。覃亮 摄</p>
        {TABLE}<ul><li>灌溉面积十九万亩，</li><li>受益人口二十三万人。</li></ul><p>{CANAL[2]}<a href="/sl/1.html">详见水利局网站</a>。</p></div>"""
    )
    assert [block.kind for block in article.blocks] == ["p", "h", "p", "image", "table", "li", "li", "p"]
    table = next(block for block in article.blocks if block.kind == "table")
    assert table.rows == [["指标", "数值"], ["出口", "33.2亿元"], ["进口", "8.5亿元"]]
    assert [(image.url, image.caption) for image in article.images] == [
        ("http://www.x.example/yw/img/1.jpg", "图为通水现场。覃亮 摄")
    ]
    assert article.blocks[-1].links == [("详见水利局网站", "http://www.x.example/sl/1.html")]
    assert "图为通水现场" not in article.body
    rendered = markdown(article.blocks)
    assert (
        "## 一渠清水惠七乡" in rendered
        and "| 出口 | 33.2亿元 |" in rendered
        and "![图为通水现场。覃亮 摄](http://www.x.example/yw/img/1.jpg)" in rendered
    )
    assert "[详见水利局网站](http://www.x.example/sl/1.html)" in rendered


def test_a_layout_table_is_no_table() -> None:
    article = read(f"<table><tr><td>{CANAL[0]}<br><br>{CANAL[1]}<br>{CANAL[2]}</td><td>侧栏</td></tr></table>")
    assert [(block.kind, block.text) for block in article.blocks[:3]] == [("p", text) for text in CANAL[:3]]


def test_a_related_box_inside_the_text_goes_and_the_text_after_it_stays() -> None:
    box = (
        "<div class=box><h4>相关新闻</h4><ul>"
        + "".join(f"<li><a href=/{i}>另一条新闻的标题写在这里{i}</a></li>" for i in range(6))
        + "</ul></div>"
    )
    article = read(f"<div class=content><p>{CANAL[0]}</p><p>{CANAL[1]}</p>{box}<p>{CANAL[2]}</p><p>{CANAL[3]}</p></div>")
    assert article.body.splitlines() == list(CANAL)


def test_a_short_item_beside_a_big_sidebar() -> None:
    sidebar = "<div class=sidebar>" + "".join(f"<p>{text}</p>" for text in CANAL * 3) + "</div>"
    article = read(f"<div class=info>2026-05-06 来源：云岭网</div><div class=content><p>{CANAL[2]}</p></div>{sidebar}")
    assert article.body == CANAL[2]


def part(paragraphs: tuple[str, ...], number: int) -> Article:
    name = URL if number == 0 else URL.replace("_1.html", f"_1_{number}.html")
    return read("".join(f"<p>{text}</p>" for text in paragraphs), name)


def test_parts_are_stitched_in_order_without_repeats() -> None:
    first, second, third = part(CANAL[:2], 0), part((CANAL[1], CANAL[2]), 1), part((CANAL[3],), 2)
    third.editors = read(f"<p>{CANAL[3]}</p><p>责任编辑：王平</p>").editors
    whole = stitch(first, [second, third])
    assert whole is first
    assert whole.body.splitlines() == list(CANAL)
    assert whole.parts == [second.url, third.url]
    assert [editor.name for editor in whole.editors] == ["王平"]


def test_a_full_text_page_among_the_parts_adds_only_what_is_new() -> None:
    whole = stitch(part(CANAL[:2], 0), [part(CANAL, 9)])
    assert whole.body.splitlines() == list(CANAL)
