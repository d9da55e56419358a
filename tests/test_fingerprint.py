"""The stage sets marks that survive what does not matter."""

from crawler.items import Article, Outcome, Page
from pipelines.fingerprint import Fingerprint


def marked(title: str | None, body: str) -> Article:
    page = Page(
        url="http://127.0.0.1/a", outcome=Outcome.ARCHIVED, article=Article(url="http://127.0.0.1/a", title=title, body=body)
    )
    article = Fingerprint().process_item(page).article
    assert article is not None
    return article


def test_digest_ignores_blanks_and_widths() -> None:
    assert marked("春耕", "我县 开始春耕,\n播种。").digest == marked("春耕", "我县开始春耕，播种。").digest


def test_digest_sees_a_word() -> None:
    assert marked("春耕", "我县开始春耕。").digest != marked("春耕", "我县开始秋收。").digest
    assert marked("春耕", "播种").digest != marked("春", "耕播种").digest


def test_fingerprint_is_bytes_or_none() -> None:
    assert len(marked(None, "雨").fingerprint or b"") == 512
    assert marked(None, "rain").fingerprint is None
