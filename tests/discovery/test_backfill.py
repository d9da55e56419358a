"""`scrapy backfill` against a real pywb on 127.0.0.1 that serves a collection written by this project's own WARC writer."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from crawler.items import Exchange
from pipelines.archive import records

ROOT = Path(__file__).resolve().parents[2]
SITE = "http://127.0.0.1:8765"
BODY = "".join(
    f"<p>第{n}段，讲的是青禾县城北泵站改造的经过，工人们在汛期到来之前换好了三台机组，并完成了试运行。</p>" for n in range(1, 7)
)


def page(title: str, body: str = BODY, charset: str = "utf-8") -> bytes:
    text = (
        f'<html><head><meta charset="{charset}"><title>{title}</title></head><body><h1>{title}</h1>'
        f'<div class="info">2026-05-01 09:30 来源：云岭日报</div><div class="TRS_Editor">{body}</div></body></html>'
    )
    return text.encode(charset)


PARTS = '<script>createPageHTML(2, {}, "t20260501_100401", "shtml");</script>'
PAGES = (  # path, capture time, status, body
    ("/yaowen/202605/t20260501_100400.shtml", "2026-05-01T10:00:00+08:00", 200, page("泵站改造提前完工")),
    ("/yaowen/202605/t20260501_100400.shtml", "2026-05-03T10:00:00+08:00", 200, page("泵站改造提前完工 明日试运行")),
    ("/yaowen/202605/t20260501_100400.shtml", "2026-05-04T10:00:00+08:00", 200, page("泵站改造提前完工 明日试运行")),
    ("/yaowen/202605/t20260501_100401.shtml", "2026-05-01T10:00:05+08:00", 200, page("分两页的长报道", BODY + PARTS.format(0))),
    ("/yaowen/202605/t20260501_100401_1.shtml", "2026-05-01T10:00:09+08:00", 200,
     page("分两页的长报道", BODY.replace("城北", "城南") + PARTS.format(1))),
    ("/gb/system/2026/05/01/000123499.shtml", "2026-05-02T08:00:00+08:00", 200, page("乡镇赶集日恢复", charset="gb18030")),
    ("/yaowen/index.shtml", "2026-05-01T10:00:00+08:00", 200, page("要闻", '<a href="/x.html">无关的一条链接在此</a>')),
    ("/yaowen/202605/t20260501_100409.shtml", "2026-05-01T10:00:00+08:00", 404, page("页面不存在", "<p>页面不存在</p>")),
)  # fmt: skip


@pytest.fixture(scope="module")
def collection(tmp_path_factory: pytest.TempPathFactory, pywb_bin: Path) -> Path:
    """A pywb folder with the collection `coll`."""
    folder = tmp_path_factory.mktemp("pywb")
    warc = folder / "captures.warc.gz"
    with warc.open("wb") as out:
        for path, at, status, body in PAGES:
            headers = ((b"Content-Type", b"text/html"), (b"X-Powered-By", b"Yunling"))
            exchange = Exchange(url=SITE + path, status=status, headers=headers, body=body, captured_at=at)
            records.write(out, warc.name, exchange, records.payload_digest(exchange.body), None)
    for arguments in (("init", "coll"), ("add", "coll", str(warc))):
        subprocess.run([pywb_bin / "wb-manager", *arguments], cwd=folder, check=True, capture_output=True, timeout=60)
    return folder


@pytest.fixture(scope="module")
def pywb(collection: Path, pywb_bin: Path) -> Iterator[str]:
    """Address of the running server."""
    with ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as probe:
        port = probe.server_address[1]
    server = subprocess.Popen(
        [pywb_bin / "wayback", "-p", str(port), "-b", "127.0.0.1"],
        cwd=collection,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait(f"http://127.0.0.1:{port}/coll/cdx?url=127.0.0.1:8765&output=json")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=20)


def wait(url: str) -> None:
    """Until the address answers, at most a minute."""
    deadline = time.monotonic() + 60
    while True:
        try:
            urllib.request.urlopen(url, timeout=5).read()
            return
        except OSError:
            assert time.monotonic() < deadline, f"{url} does not answer"
            time.sleep(0.1)


@pytest.fixture(scope="module")
def files(collection: Path) -> Iterator[str]:
    """The collection's WARC files behind a server that answers range requests, as Common Crawl's does."""

    class Ranges(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = collection / "collections/coll/archive" / self.path.lstrip("/")
            if not path.is_file():
                self.send_error(404)
                return
            first, last = (int(n) for n in re.findall(r"\d+", self.headers["Range"]))
            body = path.read_bytes()[first : last + 1]
            self.send_response(206)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Ranges)
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()


def backfill(server: str, archive: Path, *options: str) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "FANGZHI_SAMPLE_PORT": "8765",
        "FANGZHI_ARCHIVE": str(archive),
        "FANGZHI_WARC_DIR": str(archive.parent / "warc"),
    }
    command = [sys.executable, "-m", "scrapy", "backfill", server, "--site", "sample", "-L", "WARNING", *options]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=240)


def rows(archive: Path, query: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(archive)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def test_captures_come_in_with_their_own_time_and_a_run_goes_on_where_one_stopped(pywb: str, tmp_path: Path) -> None:
    archive = tmp_path / "a.db"
    assert "1 fetched" in backfill(f"{pywb}/coll/cdx", archive, "--limit", "1").stdout
    done = backfill(f"{pywb}/coll/cdx", archive)
    assert done.returncode == 0, done.stderr
    for count in ("8 listed", "1 known", "3 fetched", "1 same content", "1 part"):
        assert count in done.stdout
    assert rows(archive, "SELECT title, first_seen FROM articles ORDER BY title") == [
        ("乡镇赶集日恢复", "2026-05-02T08:00:00.000+08:00"), ("分两页的长报道", "2026-05-01T10:00:05.000+08:00"),
        ("泵站改造提前完工 明日试运行", "2026-05-01T10:00:00.000+08:00"),
    ]  # fmt: skip
    assert rows(archive, "SELECT count(*) FROM versions")[0][0] == 4
    (body,) = rows(archive, "SELECT body FROM articles WHERE title = '分两页的长报道'")[0]
    assert "城北" in str(body) and "城南" in str(body)
    assert rows(archive, "SELECT count(*) FROM captures WHERE at LIKE '2026-05-0%'")[0][0] == 5
    assert rows(archive, "SELECT count(*) FROM urls WHERE state = 'queued'")[0][0] == 0


def test_records_of_the_days_asked_for_are_cut_out_of_warc_files_by_range(pywb: str, files: str, tmp_path: Path) -> None:
    archive = tmp_path / "a.db"
    done = backfill(f"{pywb}/coll/cdx", archive, "--warcs", files, "--since", "2026-05-02", "--until", "2026-05-03")
    assert done.returncode == 0, done.stderr
    assert "2 fetched" in done.stdout and "other digest" not in done.stdout
    assert rows(archive, "SELECT title FROM articles ORDER BY title") == [("乡镇赶集日恢复",), ("泵站改造提前完工 明日试运行",)]


@pytest.mark.parametrize(
    ("server", "options", "sentence"),
    [
        ("http://127.0.0.1:9/coll/cdx", (), "cannot be asked"),
        ("http://127.0.0.1:9/elsewhere", (), "--replay"),
        ("https://web.archive.org/cdx/search/cdx", (), "CONTACT"),
        ("nowhere", (), "no http"),
        ("http://127.0.0.1:9/coll/cdx", ("--since", "yesterday"), "is no day"),
    ],
)
def test_one_sentence_and_an_exit_code(server: str, options: tuple[str, ...], sentence: str, tmp_path: Path) -> None:
    done = backfill(server, tmp_path / "a.db", "-s", "RETRY_TIMES=0", *options)
    assert done.returncode != 0 and sentence in done.stderr and "Traceback" not in done.stderr
