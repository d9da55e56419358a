"""What repeats across a site's pages is learned and taken off; what stands on one page only stays."""

from crawler.extraction import extract_article, open_document
from crawler.extraction.document import Document
from crawler.extraction.furniture import Candidate, candidates, key_of, learn, prune, template_of
from crawler.items import Article, RawPage
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


def offered(numbers: range) -> list[list[Candidate]]:
    return [candidates(*page(number)) for number in numbers]


def test_a_promotion_under_every_article_is_learned_and_goes() -> None:
    known = learn(offered(range(1, 5)))
    _, article = page(9)
    assert PROMO in article.body
    assert PROMO in prune(article, known)
    assert len(article.body.splitlines()) == 2 and PROMO not in article.body


def test_keywords_of_the_whole_site_are_no_keywords_of_an_article() -> None:
    known = learn(offered(range(1, 5)))
    _, article = page(9)
    assert article.keywords
    prune(article, known)
    assert article.keywords == []


def test_text_of_one_page_is_never_taken_off() -> None:
    known = learn(offered(range(1, 9)))
    for number in range(1, 9):
        _, article = page(number, promo=False)
        body = article.body
        prune(article, known)
        assert article.body == body


def test_two_pages_prove_nothing() -> None:
    assert learn(offered(range(1, 3))) == frozenset()


def test_nothing_learned_changes_nothing() -> None:
    _, article = page(1)
    body = article.body
    assert prune(article, frozenset()) == []
    assert article.body == body


def test_templates_are_told_apart_by_address_shape() -> None:
    assert template_of("http://x.cn/yw/202605/t20260506_12.shtml?from=a") == "x.cn/*/N/tN_N.shtml"
    assert template_of("http://x.cn/ms/202604/t20260401_7.shtml") == "x.cn/*/N/tN_N.shtml"
    assert template_of("http://x.cn/2026-05/06/content_9.htm") != template_of("http://x.cn/yw/202605/t20260506_12.shtml")
    known = learn(offered(range(1, 5)))
    _, article = page(9)
    article.url = "http://www.x.example/2026-05/06/content_9.htm"
    assert prune(article, known) == []


def test_a_key_does_not_depend_on_blanks_and_width() -> None:
    assert key_of("欢迎关注：云岭发布 ") == key_of("欢迎关注: 云岭　发布")
