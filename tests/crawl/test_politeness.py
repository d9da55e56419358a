"""Pauses hold between runs and processes; what the server asks for is done; the run ends when it should."""

from __future__ import annotations

import multiprocessing
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from crawler.middlewares.hosts import FARTHEST, HostSlots
from crawler.middlewares.politeness import LONGEST_BACKOFF, backoff, retry_after
from crawler.sites.profile import ListPage, ProfileError, Site
from pipelines.archive import open_archive, runs, traffic
from tests.crawl.running import crawl
from tests.crawl.server import Handler, Server, article, listing, serve

PAGES = [f"/2026/0421/t{i}.shtml" for i in range(6)]


SETUP = 0.3
"""Seconds that the first request may take longer to arrive than a later one; only lower bounds are asserted here."""


def span(server: Server) -> float:
    """Seconds between the first and the last request."""
    return server.log[-1][0] - server.log[0][0]


def reset(h: Handler) -> None:
    """Takes the question and hangs up."""
    h.close_connection = True


def fill(server: Server) -> dict[str, object]:
    server.pages |= {path: article(f"第{i}条消息") for i, path in enumerate(PAGES)}
    server.pages["/xw/"] = listing(PAGES)
    return {"sources": [f"{server.url}/xw/"], "article_url": [r"\.shtml$"]}


def test_pause_of_the_profile(tmp_path: Path) -> None:
    """Every request, robots.txt included, leaves at least the profile's delay after the one before it."""
    with serve() as server:
        crawl(tmp_path, fill(server) | {"delay": 0.3})
        assert len(server.log) == 8 and span(server) > 7 * 0.3 - SETUP


def test_crawl_delay_of_robots(tmp_path: Path) -> None:
    with serve() as server:
        site = fill(server)
        server.pages["/robots.txt"] = lambda h: h.send(b"User-agent: *\nCrawl-delay: 0.4\n", type="text/plain")
        crawl(tmp_path, site)
        assert len(server.log) == 8 and span(server) > 6 * 0.4 - SETUP  # all but robots.txt itself


@pytest.mark.parametrize("form", ["seconds", "date"])
def test_retry_after(tmp_path: Path, form: str) -> None:
    def busy(h: Handler) -> None:
        if h.server.asked[h.path] > 1:
            return h.send(article("服务器缓过来了").encode(), type="text/html; charset=utf-8")
        wait = "2" if form == "seconds" else format_datetime(datetime.now(UTC) + timedelta(seconds=3), usegmt=True)
        return h.send(b"", status=503, Retry_After=wait)

    with serve() as server:
        server.pages["/2026/0421/a.shtml"] = busy
        done = crawl(tmp_path, {"sources": [f"{server.url}/2026/0421/a.shtml"], "article_url": [r"\.shtml$"]})
        (first, second) = [at for at, path in server.log if path != "/robots.txt"]
        assert second - first > 1.8 and [row[1] for row in done.outcomes()] == ["listed"]


def test_a_long_retry_after_ends_the_run_and_keeps_the_work(tmp_path: Path) -> None:
    with serve() as server:
        site = fill(server)
        server.pages["/xw/"] = lambda h: h.send(b"", status=503, Retry_After="86400")
        done = crawl(tmp_path, site)
        assert server.asked["/xw/"] == 1 and done.rows("SELECT reason FROM runs") == [("retry_after",)]
        assert done.rows("SELECT state FROM urls") == [("queued",)]


def test_a_site_that_refuses_is_left_alone(tmp_path: Path) -> None:
    with serve() as server:
        many = [f"/2026/0421/n{i}.shtml" for i in range(80)]
        server.pages |= {path: lambda h: h.send(b"<html>403</html>", status=403) for path in many}
        server.pages["/xw/"] = listing(many)
        site = {"sources": [f"{server.url}/xw/"], "article_url": [r"\.shtml$"]}
        done = crawl(tmp_path, site, {"POLITENESS_STUBBORN": 5, "POLITENESS_LONGEST_BACKOFF": 0.1})
        assert done.rows("SELECT reason FROM runs") == [("blocked",)]
        assert sum(server.asked[path] for path in many) < 20
        assert done.rows("SELECT count(*) FROM urls WHERE state = 'leased'") == [(0,)]


def test_budget_of_the_day_holds_over_runs(tmp_path: Path) -> None:
    with serve() as server:
        site = fill(server) | {"budget": 4}
        for _ in range(3):
            done = crawl(tmp_path, site)
        assert len(server.log) == 4 and ("budget",) in done.rows("SELECT reason FROM runs")


def test_requests_without_an_answer_count(tmp_path: Path) -> None:
    """In the budget of later runs and in what `status --traffic` tells; a run that was killed has told them by its heart."""
    with serve() as server:
        site = fill(server) | {"budget": 7}
        rules = b"User-agent: *\nAllow: /\n"  # on a connection that is used again, Twisted would ask once more by itself
        server.pages |= {"/robots.txt": lambda h: h.send(rules, type="text/plain", Connection="close"), "/xw/": reset}
        for _ in range(2):
            done = crawl(tmp_path, site, {"RETRY_TIMES": 2})
        assert len(server.log) == 7  # robots.txt and /xw/ with its tries, in both
        db = open_archive(done.archive)
        found = traffic.by_host_and_hour(db, "2026-01-01")
        assert [(row["host"], row["requests"], row["unanswered"]) for row in found] == [(server.url[7:], 7, 5)]
        runs.heartbeat(db, run := runs.start_run(db, site="test_site", command="crawl", settings={}),
                       {"unanswered": {"2999-01-01T10 a.cn": 3}})  # fmt: skip
        assert traffic.requests_since(db, "test_site", "2999-01-01") == 3
        db.conn.execute("UPDATE runs SET host = 'elsewhere', heartbeat = '2026-01-01T00:00:00+08:00' WHERE id = ?", (run,))
        db.conn.commit()
        runs.take_back(db)
        assert done.rows("SELECT reason FROM runs WHERE id = ?", run) == [("died",)]
        assert traffic.requests_since(db, "test_site", "2999-01-01") == 0  # it ended before that day
        assert traffic.requests_since(db, "test_site", "2026-01-01") == 10
        db.close()


def test_outside_its_hours_a_site_is_not_asked(tmp_path: Path) -> None:
    with serve() as server:
        site = fill(server) | {"hours": "01:00-05:00"}
        crawl(tmp_path, site, environment={"FANGZHI_CLOCK": "2026-05-01T12:00:00+08:00"})
        assert not server.log
        crawl(tmp_path, site, environment={"FANGZHI_CLOCK": "2026-05-02T02:00:00+08:00"})
        assert len(server.log) == 8


@pytest.mark.parametrize(
    ("hours", "moment", "open_"),
    [("", "12:00", True), ("22:00-06:00", "23:30", True), ("22:00-06:00", "05:59", True), ("22:00-06:00", "06:00", False),
     ("01:00-05:00", "00:59", False), ("01:00-05:00", "01:00", True)],
)  # fmt: skip
def test_hours(hours: str, moment: str, open_: bool) -> None:
    site = Site(name="a", title="a", domains=("a.cn",), sources=(ListPage(url="http://a.cn/"),), hours=hours)
    assert site.open_at(datetime.fromisoformat(f"2026-05-01T{moment}").time()) is open_


def test_hours_are_checked() -> None:
    with pytest.raises(ProfileError, match="22:00-06:00"):
        Site(name="a", title="a", domains=("a.cn",), home="http://a.cn/", hours="at night")


@pytest.mark.parametrize(
    ("value", "seconds"), [(b"120", 120.0), (b" 7 ", 7.0), (b"Thu, 01 Jan 1970 00:00:00 GMT", 0.0), (b"soon", None), (None, None),
                           (b"-5", None), (b"9" * 400, 999999999.0), ("１２".encode(), None)],
)  # fmt: skip
def test_retry_after_values(value: bytes | None, seconds: float | None) -> None:
    assert retry_after(value) == seconds


def test_backoff_doubles_and_is_bounded() -> None:
    assert [backoff(n, 2.0) for n in range(4)] == [2.0, 4.0, 8.0, 16.0]
    assert backoff(1000, 2.0) == LONGEST_BACKOFF and backoff(0, 0.0) == 0.0


def take_turns(folder: Path, turns: int) -> None:
    slots = HostSlots(folder)
    for _ in range(turns):
        slots.reserve("news.example.cn", 1000.0)


def test_turns_are_shared_by_processes(tmp_path: Path) -> None:
    """Four processes take 20 turns at once: each is a full pause after the one before, so the next is 20 pauses away."""
    began = time.monotonic()
    workers = [multiprocessing.get_context("fork").Process(target=take_turns, args=(tmp_path, 5)) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert HostSlots(tmp_path).reserve("news.example.cn", 0) + (time.monotonic() - began) >= 20 * 1000.0


def test_a_clock_that_is_set_moves_no_turn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    slots = HostSlots(tmp_path)
    assert slots.reserve("news.example.cn", 50.0) == 0
    for shift in (-7 * 86400, 7 * 86400):
        monkeypatch.setattr(time, "time", lambda shift=shift: shift)
        assert 40 < slots.reserve("news.example.cn", 0) <= 50


def test_a_restarted_machine_and_rubbish_begin_anew(tmp_path: Path) -> None:
    slots = HostSlots(tmp_path)
    slots.reserve("../../etc/passwd", 1.0)
    (file,) = tmp_path.iterdir()  # a host is never a path
    assert file.stat().st_mode & 0o077 == 0
    for damage in ("rubbish", "", f"{slots.boot} nan", f"{slots.boot} inf", f"{slots.boot} {time.monotonic() + 2 * FARTHEST}",
                   "another-boot 99999999", "\xff\xfe"):  # fmt: skip
        file.write_text(damage)
        assert slots.reserve("../../etc/passwd", 100.0) == 0
        assert slots.reserve("../../etc/passwd", 0) > 90  # and what is written now holds
