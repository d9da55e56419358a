"""Furniture is counted once an article, known from three pages and one in five on, and no reason for a version."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from crawler.items import Candidate, Outcome, Page
from pipelines.archive import furniture, open_archive
from pipelines.archive.merging import merge
from pipelines.archive.verifying import verify
from pipelines.fingerprint import Fingerprint
from tests.archive.conftest import Archive

SHAPE = "news.example.cn/N.html"
PROMO = "云岭发布小程序上线啦，动动手指就能查公交。"
Make = Callable[..., Page]


def offering(page: Make, number: int, *texts: str, body: str = "", furniture_gone: tuple[str, ...] = (), raw: str = "") -> Page:
    """An article as reading hands it over when it found these texts and took off those."""
    text = body or f"第{number}号水闸昨日完成检修。"
    made = page(f"/{number}.html", text, raw=(raw or text).encode())
    made.furniture = [Candidate(SHAPE, text, text) for text in texts]
    assert made.article is not None
    if furniture_gone:
        made.article.original["furniture"] = list(furniture_gone)
    return Fingerprint().process_item(made)


def known(archive: Archive) -> set[str]:
    return {key for _, key in furniture.known(archive.db, "test_site")}


def test_two_pages_prove_nothing_and_three_do(archive: Archive, page: Make) -> None:
    archive.visit(*(offering(page, number, PROMO, f"只此一页{number}") for number in range(2)))
    assert known(archive) == set()
    archive.visit(offering(page, 2, PROMO, "只此一页2"))
    assert known(archive) == {PROMO}
    assert furniture.known(archive.db, "other_site") == frozenset()


def test_a_page_is_counted_once_however_often_it_is_fetched(archive: Archive, page: Make, at: Callable[[str], None]) -> None:
    for day in range(1, 6):
        at(f"2026-05-{day:02}T08:00:00+08:00")
        archive.db.conn.execute("UPDATE urls SET state = 'queued', next_due = NULL")
        body = f"第{day}天的水位已经公布。" if day % 2 else ""
        (outcome,) = archive.visit(offering(page, 1, PROMO, body=body))
        assert outcome is (Outcome.ARCHIVED if day == 1 else Outcome.CHANGED)
    assert archive.one("SELECT pages FROM furniture WHERE key = ?", PROMO) == 1
    assert known(archive) == set()


def test_a_formula_that_few_articles_have_is_no_furniture(archive: Archive, page: Make) -> None:
    """特此公告 on every seventh page: five of thirty pages are fewer than one in five."""
    for number in range(30):
        archive.visit(offering(page, number, PROMO, *(["特此公告"] if number % 7 == 0 else [])))
    assert archive.one("SELECT pages FROM furniture WHERE key = '特此公告'") == 5
    assert known(archive) == {PROMO}


def test_a_round_keeps_what_is_proven_and_forgets_the_rest(archive: Archive) -> None:
    for number in range(furniture.ROUND * 3):
        texts = [f"第{number}页第{line}段" for line in range(20)] + [PROMO] * (number < furniture.ROUND)
        with archive.db.conn:
            furniture.count(archive.db, "test_site", [Candidate(SHAPE, text, text) for text in texts], "2026-05-01")
        assert archive.one("SELECT count(*) FROM furniture") <= 2 + 20 * furniture.ROUND
    assert archive.rows("SELECT key, pages FROM furniture ORDER BY key") == [("", furniture.ROUND * 3), (PROMO, furniture.ROUND)]
    assert known(archive) == {PROMO}, "old pages are read again with what they taught"


def test_learned_furniture_makes_no_version(archive: Archive, page: Make, at: Callable[[str], None]) -> None:
    with_promo = f"第一号水闸昨日完成检修。\n{PROMO}"
    at("2026-05-01T08:00:00+08:00")
    assert archive.visit(offering(page, 1, body=with_promo, raw="一")) == [Outcome.ARCHIVED]

    def again(day: int, body: str, gone: tuple[str, ...] = ()) -> list[Outcome]:
        at(f"2026-05-{day:02}T08:00:00+08:00")
        archive.db.conn.execute("UPDATE urls SET state = 'queued', next_due = NULL")
        found = archive.visit(offering(page, 1, body=body, furniture_gone=gone, raw=body))
        faults: list[str] = []
        verify(archive.db, report=faults.append)
        assert faults == []
        return found

    assert again(2, "第一号水闸昨日完成检修。", (PROMO,)) == [Outcome.UNCHANGED]
    assert archive.one("SELECT body, versions, first_seen FROM articles") == (
        "第一号水闸昨日完成检修。", 1, "2026-05-01T08:00:00.000+08:00",
    )  # fmt: skip
    assert archive.rows("SELECT body, superseded IS NOT NULL FROM versions ORDER BY number") == [
        (with_promo, 1), ("第一号水闸昨日完成检修。", 0),
    ]  # fmt: skip
    assert again(3, "第一号水闸昨日完成检修。", (PROMO,)) == [Outcome.UNCHANGED]
    assert again(4, "第一号水闸昨日完成大修。", (PROMO,)) == [Outcome.CHANGED], "what the page itself changes is a version"
    assert again(5, f"第一号水闸昨日完成大修。\n{PROMO}") == [Outcome.UNCHANGED], "nor does forgetting make one"
    assert archive.one("SELECT versions FROM articles") == 2


def test_a_paragraph_the_site_took_out_itself_is_a_change(archive: Archive, page: Make) -> None:
    archive.visit(offering(page, 1, body=f"第一号水闸昨日完成检修。\n{PROMO}"))
    archive.db.conn.execute("UPDATE urls SET state = 'queued', next_due = NULL")
    assert archive.visit(offering(page, 1, body="第一号水闸昨日完成检修。")) == [Outcome.CHANGED]


def test_reset_forgets_one_site(archive: Archive, page: Make) -> None:
    archive.visit(*(offering(page, number, PROMO) for number in range(3)))
    archive.visit(*(offering(page, number, PROMO) for number in range(3, 6)), site="other_site")
    assert furniture.reset(archive.db, "test_site") == 1
    assert known(archive) == set()
    assert len(furniture.known(archive.db, "other_site")) == 1
    assert furniture.reset(archive.db, "test_site") == 0


@pytest.mark.parametrize("times", [1, 2])
def test_merged_furniture_is_known(archive: Archive, page: Make, times: int) -> None:
    archive.visit(*(offering(page, number, PROMO) for number in range(4)))
    other = open_archive(archive.path.parent / "other.db")
    for _ in range(times):
        merge(other, archive.path)
    assert furniture.known(other, "test_site") == {(SHAPE, PROMO)}
    other.close()
