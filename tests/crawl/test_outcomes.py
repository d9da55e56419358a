"""Whatever the network does, a leased URL ends in exactly one outcome; one real crawl over a server that breaks in every way."""

from __future__ import annotations

import gzip
import socket
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.crawl.running import Crawled, crawl
from tests.crawl.server import Handler, Server, article, listing, serve

CHALLENGE = (
    b"<html><head><meta charset='utf-8'></head><body><script>var _0x=['a'];document.cookie='__jsl_clearance=1';"
    b"location.href=location.pathname</script></body></html>"
)
GOOD = article("春灌提早五天").encode()
WRONG_LENGTH = article("长度写错的一页").encode()
SOFT_404 = (
    "<html><head><meta charset='utf-8'><title>页面不存在</title></head><body>抱歉，您访问的页面不存在或已被删除。</body></html>"
).encode()
HTML = "text/html; charset=utf-8"


def broken_gzip(h: Handler) -> None:
    packed = bytearray(gzip.compress(article("压缩坏了的一页", 40).encode()))
    packed[60:120] = b"\x00" * 60
    h.send(bytes(packed), type="text/html; charset=utf-8", Content_Encoding="gzip")


def cut_gzip(h: Handler) -> None:
    h.send(gzip.compress(article("压缩断了的一页", 40).encode())[:-400], type="text/html; charset=utf-8", Content_Encoding="gzip")


def hang(h: Handler) -> None:
    h.send(b"<html><body>", length=5000)
    h.wfile.flush()
    time.sleep(20)


def silent(h: Handler) -> None:
    h.connection.settimeout(30)
    h.rfile.read(1)  # until the client gives up


def reset(h: Handler) -> None:
    h.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
    h.rfile.close()  # it holds the socket open
    h.connection.close()


def endless(h: Handler) -> None:
    h.send_response(200)
    h.send_header("Content-Type", "text/html")
    h.end_headers()
    while True:
        h.wfile.write(b"<p>" + b"0123456789" * 5000 + b"</p>")


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


# path -> (what the server answers, outcome, how the reason begins)
CASES = {
    "/2026/0421/good.shtml": (lambda h: h.send(GOOD, type="text/html; charset=utf-8"), "archived", None),
    "/2026/0421/missing.shtml": (lambda h: h.send(GOOD, status=404), "gone", "404"),
    "/2026/0421/removed.shtml": (lambda h: h.send(b"<html><body>gone</body></html>", status=410), "gone", "410"),
    "/2026/0421/challenge.shtml": (lambda h: h.send(CHALLENGE, status=412), "blocked", None),
    "/2026/0421/forbidden.shtml": (lambda h: h.send(b"<html><body>403 Forbidden</body></html>", status=403), "blocked", None),
    "/2026/0421/down.shtml": (lambda h: h.send(b"<html><body>busy</body></html>", status=503), "failed", "status 503"),
    "/2026/0421/offsite.shtml": (lambda h: h.redirect("http://portal.example.cn/login"), "offsite", "redirect: http://portal"),
    "/2026/0421/loop.shtml": (lambda h: h.redirect("/2026/0421/loop2.shtml"), "failed", "redirect loop"),
    "/2026/0421/self.shtml": (lambda h: h.redirect("/2026/0421/self.shtml"), "failed", "redirect loop"),
    "/2026/0421/chain.shtml": (lambda h: h.redirect("/2026/0421/chain1.shtml"), "failed", "redirect loop: more than 8"),
    "/2026/0421/tofile.shtml": (lambda h: h.redirect("file:///etc/passwd"), "failed", "status 302"),
    "/2026/0421/moved.shtml": (lambda h: h.redirect("/2026/0421/target.shtml", 301), "duplicate", None),
    "/private/2026/0421/secret.shtml": (lambda h: h.send(GOOD), "disallowed", "robots.txt"),
    "/2026/0421/brokengzip.shtml": (broken_gzip, "unreadable", "gzip"),
    "/2026/0421/cutgzip.shtml": (cut_gzip, "unreadable", "gzip: breaks off"),
    "/2026/0421/cut.shtml": (lambda h: h.send(GOOD[:900], length=9000), "unreadable", "cut: disconnect"),
    "/2026/0421/wronglength.shtml": (lambda h: h.send(WRONG_LENGTH, length=90000, type=HTML), "archived", None),
    "/2026/0421/hang.shtml": (hang, "failed", "timeout"),
    "/2026/0421/silent.shtml": (silent, "failed", "timeout"),
    "/2026/0421/reset.shtml": (reset, "failed", "connection"),
    "/2026/0421/endless.shtml": (endless, "unreadable", "cut: length"),
    "/2026/0421/rubbish.shtml": (lambda h: h.wfile.write(b"\x00\xff no http at all\r\n\r\n"), "failed", "connection"),
    "/2026/0421/empty.shtml": (lambda h: h.send(b""), "unreadable", None),
    "/2026/0421/gone_soft.shtml": (lambda h: h.send(SOFT_404), "gone", None),
    "/2026/0421/notmodified.shtml": (lambda h: h.send(status=304), "unchanged", "304"),
}  # fmt: skip


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Crawled]]:
    folder: Path = tmp_path_factory.mktemp("outcomes")
    refusing = free_port()
    with serve() as server:
        server.pages |= {path: answer for path, (answer, _, _) in CASES.items()}
        server.pages |= {
            "/robots.txt": lambda h: h.send(b"User-agent: *\nDisallow: /private/\n", type="text/plain"),
            "/2026/0421/loop2.shtml": lambda h: h.redirect("/2026/0421/loop.shtml"),
            "/2026/0421/target.shtml": article("搬了家的新闻"),
            **{f"/2026/0421/chain{i}.shtml": (lambda h, i=i: h.redirect(f"/2026/0421/chain{i + 1}.shtml")) for i in range(1, 20)},
            "/xw/": listing([*CASES, f"http://127.0.0.1:{refusing}/2026/0421/refused.shtml"]),
        }
        site = {"sources": [f"{server.url}/xw/"], "article_url": [r"\.shtml$"]}
        yield server, crawl(folder, site, {"DOWNLOAD_MAXSIZE": 2_000_000, "DOWNLOAD_TIMEOUT": 3})


@pytest.mark.parametrize("path", [*CASES])
def test_outcome(crawled: tuple[Server, Crawled], path: str) -> None:
    _, outcome, begins = CASES[path]
    found = [(got, reason) for url, got, reason in crawled[1].outcomes() if url == path]
    assert [got for got, _ in found] == [outcome], (found, crawled[1].stderr[-2000:])
    if begins:
        assert str(found[0][1]).startswith(begins)


def test_refused_connection(crawled: tuple[Server, Crawled]) -> None:
    found = [row[1:] for row in crawled[1].outcomes() if row[0] == "/2026/0421/refused.shtml"]
    assert found[0][0] == "failed" and len(found) == 1


def test_one_outcome_a_lease(crawled: tuple[Server, Crawled]) -> None:
    counted = Counter(path for path, _, _ in crawled[1].outcomes())
    assert set(counted.values()) == {1}
    assert crawled[1].rows("SELECT count(*) FROM urls WHERE state = 'leased'") == [(0,)]


def test_no_stack_trace_for_expected_failures(crawled: tuple[Server, Crawled]) -> None:
    assert "Traceback" not in crawled[1].stderr


def test_bodies_of_refusals_are_captured(crawled: tuple[Server, Crawled]) -> None:
    statuses = {status for (status,) in crawled[1].rows("SELECT DISTINCT status FROM captures")}
    assert {200, 301, 302, 403, 404, 410, 412, 503} <= statuses


def test_cut_bodies_are_kept_and_marked(crawled: tuple[Server, Crawled]) -> None:
    reasons = dict(crawled[1].rows("SELECT url, truncated FROM captures WHERE truncated IS NOT NULL"))
    by_page = {url.rpartition("/")[2]: reason for url, reason in reasons.items()}
    assert by_page["cut.shtml"] == "disconnect" and by_page["endless.shtml"] == "length"


def test_robots_captured_and_private_page_never_asked(crawled: tuple[Server, Crawled]) -> None:
    server, done = crawled
    assert server.asked["/robots.txt"] == 1 and not server.asked["/private/2026/0421/secret.shtml"]
    assert ("robots", 200) in done.rows("SELECT purpose, status FROM captures")


def test_redirect_target_is_archived_under_its_own_address(crawled: tuple[Server, Crawled]) -> None:
    assert ("/2026/0421/target.shtml", "archived") in [row[:2] for row in crawled[1].outcomes()]
