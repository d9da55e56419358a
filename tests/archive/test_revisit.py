"""The schedule of revisits: often at first, then less, never past its bounds; visible in the ledger."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.clock import stamp
from crawler.items import Kind, Link, Outcome, Page
from pipelines.archive import frontier
from pipelines.archive.revisit import LATEST, LIST_LATEST, RETRIES, SOONEST, next_due
from tests.archive.conftest import HOST, Archive

NOW = datetime.fromisoformat("2026-05-01T08:00:00+08:00")


def wait(outcome: Outcome, kind: Kind = Kind.ARTICLE, **changes: Any) -> timedelta | None:
    values: dict[str, Any] = {"now": NOW, "changed_at": None, "attempts": 0, "quiet": 0, "proven": False, "known": True}
    due = next_due(outcome, kind, **values | changes)
    return datetime.fromisoformat(due) - NOW if due else None


def test_an_article_that_stays_the_same_is_visited_ever_less_often() -> None:
    now, visits = NOW, []
    while now < NOW + timedelta(days=730):
        due = next_due(
            Outcome.UNCHANGED, Kind.ARTICLE, now=now, changed_at=stamp(NOW), attempts=0, quiet=0, proven=False, known=True
        )
        assert due is not None
        visits.append((datetime.fromisoformat(due) - now) / timedelta(hours=1))
        now = datetime.fromisoformat(due)
    assert visits[:5] == [6, 6, 12, 24, 48]
    assert visits == sorted(visits) and max(visits) <= 180 * 24
    assert 10 <= len(visits) <= 14, "about a dozen visits in two years"


def test_a_change_starts_it_anew() -> None:
    assert wait(Outcome.UNCHANGED, changed_at="2026-01-01T08:00:00+08:00") == timedelta(days=120)
    assert wait(Outcome.CHANGED, changed_at=stamp(NOW)) == SOONEST


def test_lists_that_bring_news_are_due_every_run_and_quiet_ones_less() -> None:
    waits = [wait(Outcome.LISTED, Kind.LIST, quiet=quiet) for quiet in (0, 1, 2, 3, 50)]
    assert waits == [timedelta(), SOONEST, SOONEST * 2, SOONEST * 4, LIST_LATEST]


@pytest.mark.parametrize("outcome", [Outcome.FAILED, Outcome.BLOCKED, Outcome.UNREADABLE])
def test_failures_are_tried_again_and_then_left(outcome: Outcome) -> None:
    assert [wait(outcome, attempts=n + 1) for n in range(len(RETRIES))] == list(RETRIES)
    assert wait(outcome, attempts=len(RETRIES) + 1) is None


def test_gone_is_looked_at_again_next_day_and_seldom_after_the_proof() -> None:
    assert wait(Outcome.GONE) == timedelta(days=1)
    assert wait(Outcome.GONE, proven=True) == LATEST, "it may come back"
    assert wait(Outcome.GONE, proven=True, known=False) is None, "there never was an article"


@given(st.sampled_from(Outcome), st.sampled_from(Kind), st.integers(0, 10**6), st.integers(0, 10**6), st.integers(0, 40000))
def test_never_past_the_bounds(outcome: Outcome, kind: Kind, attempts: int, quiet: int, days: int) -> None:
    changed = stamp(NOW - timedelta(days=days))
    found = wait(outcome, kind, attempts=max(1, attempts), quiet=quiet, changed_at=changed)
    assert found is None or timedelta() <= found <= LATEST


def test_the_schedule_stands_in_the_ledger(archive: Archive, page: Callable[..., Page], at: Callable[[str], None]) -> None:
    at("2026-05-01T08:00:00+08:00")
    archive.visit(page("/", links=("/b.html",)), page("/a.html", "正文"))
    assert archive.rows("SELECT substr(url, 23), substr(next_due, 1, 13) FROM urls ORDER BY id") == [
        ("/", "2026-05-01T08"), ("/a.html", "2026-05-01T14"), ("/b.html", None),
    ]  # fmt: skip


def test_a_long_queue_is_leased_from_by_its_index(archive: Archive) -> None:
    plan = archive.rows(
        "EXPLAIN QUERY PLAN SELECT id FROM urls WHERE site = 's' AND state = 'queued' AND (next_due IS NULL OR next_due <= 'x')"
        " ORDER BY priority DESC, date DESC LIMIT 32"
    )
    assert [row[3] for row in plan] == ["SEARCH urls USING COVERING INDEX urls_due (site=? AND state=?)"], "no sorting"
    links = [Link(url=f"{HOST}/{n}", kind=Kind.ARTICLE, date=f"2026-{n % 12 + 1:02}-01") for n in range(3000)]
    frontier.seed(archive.db, "test_site", links)
    run = archive.start()
    assert {lease.date for lease in frontier.lease(archive.db, run, "test_site", 250)} == {"2026-12-01"}
