"""What a hostile or broken server can send: each cause alone, with the outcome that its page must have, in one real crawl.

Addresses are tried in test_addresses.py, failures of the network in test_outcomes.py, files in test_commands.py.
"""

from __future__ import annotations

import gzip
import json
import re
import time
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import brotlicffi
import pytest
from backports import zstd

from tests.crawl.running import Crawled, crawl
from tests.crawl.server import PARAGRAPH, Handler, Server, article, listing, serve

HTML = "text/html; charset=utf-8"
LIMIT = 4_000_000
"""DOWNLOAD_MAXSIZE of this crawl."""
MEMORY = 600_000
"""KiB that the crawling process may have used at most; without any attack it uses about 150,000."""
ZEROS = b"\0" * 64_000_000
GOOD = article("一切正常的一页").encode()
Answer = Callable[[Handler], object]


def body(data: bytes, type: str = HTML, **headers: str) -> Answer:
    return lambda h: h.send(data, type=type, **headers)


def raw(data: bytes) -> Answer:
    def answer(h: Handler) -> None:
        h.wfile.write(data)
        h.close_connection = True

    return answer


def drip(start: bytes, piece: bytes, pause: float) -> Answer:
    def answer(h: Handler) -> None:
        h.wfile.write(start)
        for _ in range(400):
            h.wfile.write(piece)
            time.sleep(pause)
        h.close_connection = True

    return answer


def flood(start: bytes, piece: bytes) -> Answer:
    def answer(h: Handler) -> None:
        h.wfile.write(start)
        while True:
            h.wfile.write(piece)

    return answer


def million(h: Handler) -> None:
    """Built when it is asked for: 27 MB."""
    page("".join(f"<a href=/x/{i}.shtml>{i}</a>" for i in range(1_000_000)))(h)


def page(inner: str) -> Answer:
    return body(f"<html><head><meta charset='utf-8'><title>清河新闻</title></head><body>{inner}</body></html>".encode())


def packed(data: bytes, *layers: str) -> Answer:
    pack = {
        "gzip": gzip.compress,
        "deflate": zlib.compress,
        "br": lambda d: brotlicffi.compress(d, quality=1),
        "zstd": zstd.compress,
    }
    for layer in layers:
        data = pack[layer](data)
    return body(data, Content_Encoding=", ".join(layers))


def circle(h: Handler) -> object:
    return page(f"<script>location.href='{h.path}'</script>")(h)


OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
PACKED = gzip.compress(GOOD)
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
LENGTH = b"Content-Length: %d\r\n\r\n" % len(GOOD)
COOKIES = b"".join(b"Set-Cookie: c%d=%s\r\n" % (i, b"v" * 500) for i in range(300))
SECOND = OK + b"Content-Length: 4\r\n\r\nevil"
UTF_7 = b"<html><body>+ADw-script+AD4-alert(1)+ADw-/script+AD4-</body></html>"
NEXT = "<a href='/a/0.shtml'>下一页</a>"
READ = {"archived", "unreadable", "dropped", "listed"}
"""Judged like any page; the point is that the run goes on within its bounds."""

# name: (answer, outcomes that are right, how the reason begins)
PAGES: dict[str, tuple[Answer, set[str], str | None]] = {
    # Bombs.
    "gzip bomb": (packed(ZEROS, "gzip"), {"unreadable"}, "gzip: more than"),
    "deflate bomb": (packed(ZEROS, "deflate"), {"unreadable"}, "deflate: more than"),
    "brotli bomb": (packed(ZEROS, "br"), {"unreadable"}, "br: more than"),
    "zstd bomb": (packed(ZEROS, "zstd"), {"unreadable"}, "zstd: more than"),
    "gzip in gzip bomb": (packed(ZEROS, "gzip", "gzip"), {"unreadable"}, "gzip: more than"),
    "ten layers of gzip": (packed(GOOD, *["gzip"] * 10), {"unreadable"}, "10 encodings"),
    "unknown encoding": (body(GOOD, Content_Encoding="compress"), {"unreadable"}, "unknown encoding"),
    "plain text called gzip": (body(GOOD, Content_Encoding="gzip"), {"unreadable"}, "gzip"),
    "brotli that is noise": (body(b"\xff" * 4000, Content_Encoding="br"), {"unreadable"}, "br"),
    "rubbish after gzip": (body(PACKED + b"rubbish" * 100, Content_Encoding="gzip"), {"archived"}, None),
    "a thousand gzip members": (body(gzip.compress(b"") * 999 + PACKED, Content_Encoding="gzip"), {"archived"}, None),
    # Time and size.
    "body without end": (flood(OK + b"\r\n", b"<p>" + b"0" * 60000 + b"</p>"), {"unreadable"}, "cut: "),
    "length of ten exabytes": (raw(OK + b"Content-Length: 10000000000000000000\r\n\r\n" + GOOD[:400]), {"unreadable"}, "cut"),
    "body in drops": (drip(OK + b"\r\n", b"<p>drop</p>", 0.05), {"unreadable", "failed"}, None),
    "headers in drops": (drip(b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n", 0.05), {"failed"}, None),
    "headers without end": (flood(b"HTTP/1.1 200 OK\r\n", b"X-Flood: " + b"a" * 8000 + b"\r\n"), {"failed"}, None),
    "one header of a megabyte": (raw(b"HTTP/1.1 200 OK\r\nX-Big: " + b"a" * 1_000_000 + b"\r\n\r\n"), {"failed"}, None),
    "status line without end": (flood(b"HTTP/1.1 200 ", b"O" * 60000), {"failed"}, None),
    "100 Continue without end": (flood(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 1000), {"failed"}, None),
    "cookie flood": (raw(OK + COOKIES + LENGTH + GOOD), {"archived"}, None),
    "etag of 9 KB": (body(GOOD, ETag='"' + "e" * 9000 + '"'), {"archived"}, None),
    # The protocol.
    "negative length": (raw(OK + b"Content-Length: -5\r\n\r\n" + GOOD), {"failed"}, None),
    "two lengths": (raw(OK + b"Content-Length: 5\r\nContent-Length: 99999\r\n\r\n" + GOOD), {"failed"}, None),
    "chunk of 16 EB": (raw(CHUNKED + b"fffffffffffffff\r\n" + GOOD[:300]), {"unreadable", "failed"}, None),
    "chunk size is no number": (raw(CHUNKED + b"zz\r\nabc\r\n"), {"unreadable", "failed"}, None),
    "chunk size without end": (flood(CHUNKED, b"0" * 60000), {"unreadable", "failed"}, None),
    "a second answer nobody asked for": (raw(OK + LENGTH + GOOD + SECOND), {"archived", "duplicate"}, None),
    "HTTP/0.9": (raw(GOOD), {"failed"}, None),
    "NUL in a header": (raw(OK + b"X-Nul: a\0b\r\n" + LENGTH + GOOD), {"archived", "failed"}, None),
    "header without colon": (raw(OK + b"no colon here\r\n" + LENGTH + GOOD), {"archived"}, None),
    "content type of 10 KB": (body(GOOD, type="text/html; charset=" + "x" * 10000), {"archived"}, None),
    "charset that is a codec": (body(GOOD, type="text/html; charset=zlib_codec"), {"archived"}, None),
    "charset that is no charset": (body(GOOD, type="text/html; charset=../../etc/passwd"), {"archived"}, None),
    "UTF-7": (body(UTF_7, type="text/html; charset=utf-7"), READ, None),
    # Redirects.
    "redirect to data:": (lambda h: h.redirect("data:text/html,<p>x</p>"), {"failed"}, "status 302"),
    "redirect to javascript:": (lambda h: h.redirect("javascript:alert(1)"), {"failed"}, None),
    "redirect to ftp:": (lambda h: h.redirect("ftp://127.0.0.1/x"), {"failed"}, "status 302"),
    "redirect to gopher:": (lambda h: h.redirect("gopher://127.0.0.1:25/x"), {"failed"}, "status 302"),
    "redirect to nothing": (lambda h: h.redirect(""), {"failed"}, None),
    "redirect of 10 KB": (lambda h: h.redirect("/a/" + "x" * 10000), {"failed", "gone"}, None),
    "redirect to a broken host": (lambda h: h.redirect("http://[::1/"), {"failed"}, None),
    "redirect to //": (lambda h: h.redirect("//evil.example/"), {"offsite"}, "redirect"),
    "redirect with a user part": (lambda h: h.redirect("http://127.0.0.1@evil.example/"), {"offsite"}, "redirect"),
    "redirect to a look-alike host": (lambda h: h.redirect("http://127.0.0.1.evil.example/"), {"offsite"}, "redirect"),
    "stub that leads to itself": (circle, {"dropped", "failed", "blocked"}, None),
    "stub to a file": (page("<script>location.href='file:///etc/passwd'</script>"), {"dropped", "blocked"}, None),
    # What stands on the page.
    "tags 100,000 deep": (page("<div>" * 100_000 + PARAGRAPH), READ, None),
    "attribute of a megabyte": (page(f"<p title='{'x' * 1_000_000}'>{PARAGRAPH}</p>"), READ, None),
    "100,000 attributes": (page("<p " + " ".join(f"a{i}='x'" for i in range(100_000)) + f">{PARAGRAPH}</p>"), READ, None),
    "40,000 links": (body(listing([f"/x/{i}.shtml?{i}" for i in range(40_000)]).encode()), READ, None),
    "a million links": (million, READ, None),
    "one line of 3 MB": (page("<p>" + PARAGRAPH * 22_000 + "</p>"), READ, None),
    "brackets without end": (page("<p>" + "（" * 200_000 + "</p>"), READ, None),
    "spaces without end": (page("<p>来源：" + " " * 500_000 + "x</p>"), READ, None),
    "labels without end": (page("<p>" + "记者 " * 100_000 + "</p>"), READ, None),
    "nested tables": (page("<table><tr><td>" * 5_000 + PARAGRAPH), READ, None),
    "entities without end": (page("&amp;" * 500_000), READ, None),
    "control characters": (body(bytes(range(32)) * 5000 + GOOD), READ, None),
    "a picture called a page": (body(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 200), READ, None),
    "a program called a page": (body(b"\x7fELF" + bytes(range(256)) * 4000), READ, None),
    "escape sequences in the title": (body(article("\x1b[31m红\x1b]0;own\x07字\r\n2026 ERROR fake line").encode()), READ, None),
    "script in the title": (body(article("<script>alert(1)</script>标题里有脚本").encode()), READ, None),
    "JSON 100,000 deep": (body(b"[" * 100_000, type="application/json"), READ, None),
    "a number of a million digits": (body(b'{"list": ' + b"9" * 1_000_000 + b"}", type="application/json"), READ, None),
    "pages of one article in a circle": (page(f"<h1>循环</h1><p>{PARAGRAPH}</p>{NEXT}"), {*READ, "failed"}, None),
}  # fmt: skip

LAUGHS = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10))
FEEDS = {
    "billion laughs": f'<!DOCTYPE r [<!ENTITY l0 "ha">{LAUGHS}]><rss><channel><item><title>&l9;</title></item></channel></rss>',
    "external entity": '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><item><title>&x;</title>'
                       "<link>http://127.0.0.1:PORT/x/&x;.shtml</link></item></channel></rss>",
    "external DTD": '<!DOCTYPE rss SYSTEM "http://127.0.0.1:PORT/dtd"><rss><channel></channel></rss>',
    "parameter entity": '<!DOCTYPE r [<!ENTITY % p SYSTEM "http://127.0.0.1:PORT/dtd">%p;]><rss><channel></channel></rss>',
    "XInclude": '<rss xmlns:xi="http://www.w3.org/2001/XInclude"><channel><xi:include href="file:///etc/passwd" parse="text"/>'
                "</channel></rss>",
}  # fmt: skip
SITEMAPS = {
    "index that lists itself": "<sitemapindex><sitemap><loc>http://127.0.0.1:PORT/map/0.xml</loc></sitemap></sitemapindex>",
    "sitemap entity": '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    "<urlset><url><loc>http://127.0.0.1:PORT/&x;</loc></url></urlset>",
    "sitemap to other hosts": "<urlset>"
    + "".join(f"<url><loc>http://evil{i}.example/</loc></url>" for i in range(500))
    + "</urlset>",
    "sitemap to a file": "<urlset><url><loc>file:///etc/passwd</loc></url></urlset>",
}


def path_of(name: str) -> str:
    return f"/a/{[*PAGES].index(name)}.shtml"


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Crawled]]:
    folder: Path = tmp_path_factory.mktemp("attacks")
    with serve() as server:
        port = str(server.server_address[1])
        server.pages |= {path_of(name): answer for name, (answer, _, _) in PAGES.items()}
        server.pages["/xw/"] = listing([path_of(name) for name in PAGES])
        for kind, table in (("feed", FEEDS), ("map", SITEMAPS)):
            for number, text in enumerate(table.values()):
                server.pages[f"/{kind}/{number}.xml"] = body(text.replace("PORT", port).encode(), type="text/xml")
        sources: list[object] = [f"{server.url}/xw/"]
        sources += [("feed", f"{server.url}/feed/{i}.xml") for i in range(len(FEEDS))]
        sources += [("sitemap", f"{server.url}/map/{i}.xml") for i in range(len(SITEMAPS))]
        site = {"sources": sources, "article_url": [r"^http://[^/]+/a/\d+\.shtml$"], "domains": [f"127.0.0.1:{port}"]}
        limits = {"DOWNLOAD_MAXSIZE": LIMIT, "DOWNLOAD_TIMEOUT": 4, "DOWNLOAD_BODY_TIME": 2, "RETRY_TIMES": 0,
                  "POLITENESS_STUBBORN": 1000, "POLITENESS_PAGES": 0, "CONCURRENT_REQUESTS_PER_DOMAIN": 16}  # fmt: skip
        yield server, crawl(folder, site, limits, arguments={"limit": "150"}, timeout=240)


@pytest.mark.parametrize("name", [*PAGES])
def test_page(attacked: tuple[Server, Crawled], name: str) -> None:
    _, outcomes, begins = PAGES[name]
    found = [(outcome, reason) for path, outcome, reason in attacked[1].outcomes() if path == path_of(name)]
    assert len(found) == 1 and found[0][0] in outcomes, (found, attacked[1].stderr[-1500:])
    assert begins is None or str(found[0][1]).startswith(begins), found


@pytest.mark.parametrize("name", [*FEEDS, *SITEMAPS])
def test_data(attacked: tuple[Server, Crawled], name: str) -> None:
    """Read without entities: nothing outside is fetched, nothing of this machine comes in."""
    server, done = attacked
    kind, table = ("feed", FEEDS) if name in FEEDS else ("map", SITEMAPS)
    path = f"/{kind}/{[*table].index(name)}.xml"
    found = [row[1] for row in done.outcomes() if row[0] == path]
    assert len(found) == 1 and found[0] in ("listed", "unreadable", "dropped") and server.asked[path] == 1
    assert not server.asked["/dtd"]


def test_nothing_of_this_machine_came_in(attacked: tuple[Server, Crawled]) -> None:
    urls = [url for (url,) in attacked[1].rows("SELECT url FROM urls")]
    assert not [url for url in urls if "root:" in url or "passwd" in url or "evil" in url]


def test_bounds_held(attacked: tuple[Server, Crawled]) -> None:
    stats = json.loads(attacked[1].stdout.strip().splitlines()[-1])
    assert stats["memory"] < MEMORY and stats["finish_reason"] == "finished", stats["memory"]


def test_log_has_no_line_that_a_server_wrote(attacked: tuple[Server, Crawled]) -> None:
    lines = attacked[1].stderr.splitlines()
    assert not [line for line in lines if "\x1b" in line or "\x07" in line or line.startswith("2026 ERROR")]
    assert "Traceback" not in attacked[1].stderr


def test_log_has_a_line_of_fields_for_every_page(attacked: tuple[Server, Crawled]) -> None:
    found = re.findall(r"scraper: outcome=(\w+) site=test_site kind=\w+ (?:status=\d+ )?url=(http://\S+)", attacked[1].stderr)
    told = attacked[1].rows("SELECT o.outcome, u.url FROM outcomes o JOIN urls u ON u.id = o.url_id")
    assert sorted(found) == sorted(told)


def test_archive_is_private(attacked: tuple[Server, Crawled]) -> None:
    folder = attacked[1].archive.parent
    assert {file.stat().st_mode & 0o077 for file in [attacked[1].archive, *folder.rglob("*.warc*")]} == {0}
