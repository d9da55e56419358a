"""What cannot be true becomes None with a counted reason; short news stays."""

from collections.abc import Iterator

import pytest

from crawler import clock
from crawler.items import Article, Editor, Outcome, Page
from pipelines.validate import Validate


@pytest.fixture(autouse=True)
def in_may() -> Iterator[None]:
    clock.set_clock("2026-05-01T08:00:00+08:00")
    yield
    clock.set_clock(None)


def checked(**fields: object) -> Page:
    article = Article(url="http://127.0.0.1/a", **({"body": "今日有雨。"} | fields))  # type: ignore[arg-type]
    return Validate().process_item(Page(url=article.url, outcome=Outcome.ARCHIVED, article=article))


@pytest.mark.parametrize("stamp", ["2026-05-03", "2099-01-01T00:00:00+08:00", "1970-01-01", "1989-12-31", "2026-13-01", "昨天"])
def test_impossible_dates(stamp: str) -> None:
    article = checked(published=stamp, published_precision="day").article
    assert article is not None
    assert (article.published, article.published_precision) == (None, None)
    assert article.counts == {"invalid_published": 1}
    assert article.original["published"] == stamp


@pytest.mark.parametrize("stamp", ["2026-05-02", "2026-05-01T23:59:00+08:00", "1990-01-01", "2018-09-07T09:41:29+08:00"])
def test_possible_dates(stamp: str) -> None:
    article = checked(published=stamp, published_precision="day").article
    assert article is not None
    assert (article.published, article.counts) == (stamp, {})


def test_absurd_titles_and_names() -> None:
    article = checked(
        title="很长" * 101,
        source="",
        reporters=["王伟", "", "他说" * 20],
        editors=[Editor(name=":", role="责任编辑"), Editor(name="李娜", role="校对")],
    ).article
    assert article is not None
    assert (article.title, article.source, article.reporters) == (None, None, ["王伟"])
    assert article.editors == [Editor(name="李娜", role="校对")]
    assert article.counts == {"invalid_title": 1, "invalid_reporters": 1, "invalid_editors": 1}


def test_a_brief_stays() -> None:
    page = checked(body="今晨我县下了今年第一场雪。")
    assert page.outcome is Outcome.ARCHIVED and page.article is not None


@pytest.mark.parametrize("body", ["", " \n", "……\n——"])
def test_nothing_is_dropped(body: str) -> None:
    page = checked(body=body)
    assert (page.outcome, page.article) == (Outcome.DROPPED, None)
    assert page.reason == "empty: no word of text"
