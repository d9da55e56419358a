"""Page kinds on a labelled set of our own, as a confusion table, and each guard's sign by itself."""

from collections import Counter

import pytest

from crawler.items import Kind
from tests.pages.kinds import LABELLED, page
from tests.pages.mainland import html
from tests.pages.stories import CANAL


def test_confusion_table() -> None:
    table = Counter(pair for pair in LABELLED)
    wrong = {f"{wanted} taken for {got}": count for (wanted, got), count in table.items() if wanted is not got}
    assert wrong == {}


def test_junk_never_becomes_an_article() -> None:
    junk = {Kind.CHALLENGE, Kind.SOFT_404, Kind.STUB, Kind.LOGIN, Kind.EMPTY}
    assert not [got for wanted, got in LABELLED if wanted in junk and got in (Kind.ARTICLE, Kind.GALLERY, Kind.VIDEO)]


def test_an_article_about_guards_and_lost_pages_stays_one() -> None:
    text = "".join(f"<p>{line}网站提示页面不存在，或者要求安全验证，让不少老人犯了难。</p>" for line in CANAL)
    assert page(html("当网页说“页面不存在”", f"<h1>老人上网遇到安全验证怎么办</h1>{text}")) is not Kind.CHALLENGE
    assert page(html("老人上网遇到难题", f"<h1>老人上网遇到难题</h1>{text}")) is Kind.ARTICLE


@pytest.mark.parametrize("status", [404, 410])
def test_a_status_that_says_gone(status: int) -> None:
    assert page(html("404", "<h1>404 Not Found</h1>"), status=status) is Kind.SOFT_404
