"""What a page offers as furniture, and that known furniture goes without touching anything else."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.extraction import extract_article, open_document
from crawler.extraction.document import Document
from crawler.extraction.furniture import Known, candidates, key_of, prune, template_of
from crawler.items import Article, Block, RawPage
from tests.pages.mainland import html
from tests.pages.stories import CANAL

PROMO = "云岭发布小程序上线啦，动动手指就能查公交、交水费，欢迎体验并告诉身边的朋友。"
KEYWORDS = "云岭,云岭新闻,云岭门户,地方新闻"


def page(number: int, *, promo: bool = True) -> tuple[Document, Article]:
    texts = [
        f"第{number}号水闸昨日完成检修，{CANAL[number % 4]}",
        f"检修队第{number}组组长表示，后续还将巡查三遍，确保安全度汛。",
    ]
    body = "".join(f"<p>{text}</p>" for text in [*texts, *([PROMO] if promo else [])])
    head = f'<meta name="keywords" content="{KEYWORDS}">'
    raw = RawPage(
        url=f"http://www.x.example/yw/202605/t20260506_{number}.shtml",
        body=html(f"第{number}号水闸完成检修", f"<h1>第{number}号水闸完成检修</h1>{body}", head=head).encode(),
        headers={"content-type": "text/html"},
    )
    document = open_document(raw)
    return document, extract_article(document, site=None, lease=None)


def known(*numbers: int) -> Known:
    """What stands on all of these pages."""
    offered = [{(one.template, one.key) for one in candidates(*page(number))} for number in numbers]
    return frozenset(set.intersection(*offered))


def test_a_promotion_under_every_article_goes_and_is_kept_beside_it() -> None:
    document, article = page(9)
    assert PROMO in article.body
    assert PROMO in prune(document, article, known(1, 2, 3))
    assert len(article.body.splitlines()) == 2 and PROMO not in article.body
    assert article.original["furniture"] == [PROMO]
    assert all(block.text != PROMO for block in article.blocks)


def test_keywords_of_the_whole_site_are_no_keywords_of_an_article() -> None:
    document, article = page(9)
    before = list(article.keywords)
    assert before
    prune(document, article, known(1, 2, 3))
    assert article.keywords == [] and article.original["keywords"] == before


def test_text_of_one_page_is_never_taken_off() -> None:
    common = known(*range(1, 9))
    for number in range(1, 9):
        document, article = page(number, promo=False)
        body = article.body
        prune(document, article, common)
        assert article.body == body


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text("水闸河岸雨量上升，。 5年月日：、", min_size=1, max_size=40), min_size=1, max_size=8), st.data())
def test_only_known_texts_go_and_never_all(texts: list[str], data: st.DataObject) -> None:
    document, article = page(1)
    article = replace(article, blocks=[Block(kind="p", text=text) for text in texts], original={})
    offered = candidates(document, article)
    chosen = data.draw(st.sets(st.sampled_from(offered))) if offered else set()
    gone = prune(document, article, frozenset((one.template, one.key) for one in chosen))
    assert {key_of(text) for text in gone} <= {one.key for one in chosen}
    assert [block.text for block in article.blocks] == [text for text in texts if text not in gone]
    assert article.blocks


def test_headlines_and_dates_are_never_furniture() -> None:
    for text in ("第9号水闸完成检修", "2026年5月6日", "云岭市水务局 二〇二六年五月六日", "本网5月6日讯"):
        document, article = page(9)
        article.blocks.append(Block(kind="p", text=text))
        assert key_of(text) not in {one.key for one in candidates(document, article)}
        prune(document, article, frozenset({(template_of(document.url), key_of(text))}))
        assert article.blocks[-1].text == text and article.title == "第9号水闸完成检修"
        assert article.published == page(9)[1].published


def test_an_article_of_nothing_else_keeps_its_text() -> None:
    document, article = page(9)
    everything = frozenset((one.template, one.key) for one in candidates(document, article))
    body = article.body
    prune(document, article, everything)
    assert article.body == body and "furniture" not in article.original


def test_nothing_known_changes_nothing() -> None:
    document, article = page(1)
    body = article.body
    assert prune(document, article, frozenset()) == []
    assert article.body == body and article.original == {}


def test_templates_are_told_apart_by_address_shape() -> None:
    assert template_of("http://x.cn/yw/202605/t20260506_12.shtml?from=a") == "x.cn/*/N/tN_N.shtml"
    assert template_of("http://x.cn/ms/202604/t20260401_7.shtml") == "x.cn/*/N/tN_N.shtml"
    assert template_of("http://x.cn/2026-05/06/content_9.htm") != template_of("http://x.cn/yw/202605/t20260506_12.shtml")
    document, article = page(9)
    document.url = "http://www.x.example/2026-05/06/content_9.htm"
    assert prune(document, article, known(1, 2, 3)) == []


def test_a_key_does_not_depend_on_blanks_and_width() -> None:
    assert key_of("欢迎关注：云岭发布 ") == key_of("欢迎关注: 云岭　发布")
