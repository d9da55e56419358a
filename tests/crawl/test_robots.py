"""robots.txt holds for every one of the first requests, not for the first of them alone."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.crawl.running import crawl
from tests.crawl.server import Handler, article, listing, serve

FIRST = [f"/2026/0421/t{i}.shtml" for i in range(12)]


def slow_rules(rules: bytes):  # type: ignore[no-untyped-def]
    def answer(h: Handler) -> None:
        time.sleep(0.5)  # long enough for every request to be waiting
        h.send(rules, type="text/plain")

    return answer


def test_twelve_first_requests_to_a_forbidden_host(tmp_path: Path) -> None:
    with serve() as server:
        server.pages |= {path: article("不该被取的一页") for path in FIRST}
        server.pages["/robots.txt"] = slow_rules(b"User-agent: *\nDisallow: /\n")
        site = {"sources": [server.url + path for path in FIRST], "concurrency": 16}
        done = crawl(tmp_path, site)
        assert {path for path, _ in server.seen} == {"/robots.txt"} and server.asked["/robots.txt"] == 1
        assert sorted(done.outcomes()) == sorted((path, "disallowed", "robots.txt") for path in FIRST)


@pytest.mark.parametrize(
    ("status", "fetched"), [(404, True), (403, True), (200, True), (500, False), (503, False)], ids=lambda v: str(v)
)
def test_status_of_robots(tmp_path: Path, status: int, fetched: bool) -> None:
    """RFC 9309, 2.3.1: 4xx means no rules, 5xx that nothing may be fetched."""
    with serve() as server:
        server.pages |= {"/robots.txt": lambda h: h.send(b"", status=status), "/xw/": listing(["/2026/0421/a.shtml"])}
        server.pages["/2026/0421/a.shtml"] = article("水渠检修完毕")
        done = crawl(tmp_path, {"sources": [server.url + "/xw/"]})
        assert bool(server.asked["/xw/"]) is fetched
        if not fetched:
            assert done.outcomes() == [("/xw/", "failed", f"robots.txt unreachable: status {status}")]


def test_our_own_group_wins(tmp_path: Path) -> None:
    with serve() as server:
        rules = b"User-agent: *\nDisallow: /\n\nUser-agent: Fangzhi\nDisallow: /no/\n"
        server.pages |= {"/robots.txt": lambda h: h.send(rules, type="text/plain"), "/xw/": listing(["/no/a.shtml"])}
        done = crawl(tmp_path, {"sources": [server.url + "/xw/"], "article_url": [r"\.shtml$"]})
        assert {path: outcome for path, outcome, _ in done.outcomes()} == {"/xw/": "listed", "/no/a.shtml": "disallowed"}
