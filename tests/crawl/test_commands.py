"""The commands as a user types them: errors in one sentence with a non-zero exit, extract prints, ingest stores."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from tests.crawl.running import ROOT
from tests.crawl.server import Handler, article, listing, serve

URL = "http://news.example.cn/2026/0421/a.shtml"


def scrapy(*arguments: object, archive: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("FANGZHI_")} | {"FANGZHI_WORKERS": "0"}
    if archive:
        environment |= {"FANGZHI_ARCHIVE": str(archive), "FANGZHI_WARC_DIR": str(archive.parent / "warc")}
    command = [sys.executable, "-m", "scrapy", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, env=kept | environment, check=False)


@pytest.fixture
def warc(tmp_path: Path) -> Path:
    """A WARC file with one page, chunked and gzipped as it came, and an image."""
    import gzip
    from io import BytesIO

    path = tmp_path / "old.warc.gz"
    packed = gzip.compress(article("五年前的旧闻").encode())
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(packed), packed)
    with path.open("wb") as stream:
        writer = WARCWriter(stream, gzip=True)
        for url, media, body, extra in (
            (URL, "text/html; charset=utf-8", chunked, [("Transfer-Encoding", "chunked"), ("Content-Encoding", "gzip")]),
            ("http://news.example.cn/a.jpg", "image/jpeg", b"\xff\xd8", []),
        ):
            headers = StatusAndHeaders("200 OK", [("Content-Type", media), *extra], protocol="HTTP/1.1")
            writer.write_record(writer.create_warc_record(
                url, "response", payload=BytesIO(body), http_headers=headers,
                warc_headers_dict={"WARC-Date": "2021-05-01T00:00:00Z"},
            ))  # fmt: skip
    return path


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("crawl", "hebei_nosuch"), "no site is called 'hebei_nosuch'"),
        (("crawl",), "name one site"),
        (("crawl", "page"), "page needs an address"),
        (("crawl", "page", "-a", "url=ftp://x.cn/"), "no http(s) address"),
        (("crawl", "page", "-a", "url=https://www.example.cn/"), "CONTACT"),
        (("crawl", "sample", "-a", "since=yesterday"), "is no day"),
        (("crawl", "sample", "-a", "limit=many"), "is no number"),
        (("crawl", "sample", "-a", "untill=2026-01-01"), "unknown"),
        (("extract",), "name at least one file"),
        (("extract", "/nonexistent/page.html"), "there is no such file"),
        (("extract", "--manifest", "/nonexistent/m.tsv"), "No such file"),
        (("ingest",), "name at least one file"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_errors_are_one_sentence(arguments: tuple[str, ...], sentence: str) -> None:
    done = scrapy(*arguments)
    assert done.returncode != 0 and sentence in done.stderr and "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_archive_that_cannot_be_opened(tmp_path: Path) -> None:
    archive = tmp_path / "archive.db"
    archive.write_bytes(b"this is no database, whatever its name says" * 100)
    done = scrapy("crawl", "sample", "-L", "ERROR", archive=archive)
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert archive.read_bytes().startswith(b"this is no database")


def test_list_shows_every_profile() -> None:
    names = scrapy("list").stdout.split()
    assert {"sample", "page"} <= set(names) and len(names) == len(set(names))


def test_extract_reads_every_form(tmp_path: Path, warc: Path) -> None:
    (tmp_path / "page.html").write_text(article("春灌提早五天"), encoding="utf-8")
    (tmp_path / "empty.txt").touch()
    done = scrapy("extract", tmp_path / "page.html", tmp_path / "empty.txt", warc, "--url", URL)
    pages = [json.loads(line) for line in done.stdout.splitlines()]
    assert [page["title"] for page in pages] == ["春灌提早五天", "五年前的旧闻"]
    assert done.returncode == 1 and "empty.txt: the file is empty" in done.stderr  # and the others were done
    first = pages[0]
    assert (first["url"], first["kind"], first["charset"], first["outcome"]) == (URL, "article", "utf-8", "archived")
    assert first["source"] == "清河日报" and first["reporters"] == ["林木森"] and first["editors"] == ["周小满"]
    assert first["published"] == "2026-04-21T08:30:00+08:00" and first["section"] == "要闻" and first["subtitle"] is None
    assert first["body"].count("\n") == 3 and first["body_original"] and first["script"] == "hans"
    assert first["provenance"]["source"]["rule"]


def test_manifest_paths_count_from_its_folder(tmp_path: Path) -> None:
    (tmp_path / "html").mkdir()
    (tmp_path / "html" / "a.html").write_text(article("清单里的一页"), encoding="utf-8")
    (tmp_path / "m.tsv").write_text(f"path\turl\nhtml/a.html\t{URL}\n", encoding="utf-8")
    (page,) = map(json.loads, scrapy("extract", "--manifest", tmp_path / "m.tsv").stdout.splitlines())
    assert page["url"] == URL and page["path"].endswith("html/a.html")


def test_ingest_keeps_the_time_of_the_capture(tmp_path: Path, warc: Path) -> None:
    archive = tmp_path / "archive.db"
    (tmp_path / "saved").mkdir()
    (tmp_path / "saved" / "page.html").write_text(article("存下来的一页"), encoding="utf-8")
    done = scrapy("ingest", warc, tmp_path / "saved", "-L", "WARNING", archive=archive)
    assert done.returncode == 0, done.stderr
    with sqlite3.connect(archive) as db:
        assert db.execute("SELECT title, substr(first_seen, 1, 10) FROM articles WHERE url = ?", (URL,)).fetchone() == (
            "五年前的旧闻", "2021-05-01",
        )  # fmt: skip
        assert db.execute("SELECT count(*) FROM articles").fetchone() == (2,)
        assert db.execute("SELECT command, reason FROM runs").fetchall() == [("ingest", "finished")]
    again = scrapy("ingest", warc, "-L", "WARNING", archive=archive)
    with sqlite3.connect(archive) as db:
        assert again.returncode == 0 and db.execute("SELECT count(*) FROM versions").fetchone() == (2,)


def test_torn_warc_is_said_and_its_whole_records_kept(tmp_path: Path, warc: Path) -> None:
    archive, torn = tmp_path / "archive.db", tmp_path / "torn.warc.gz"
    torn.write_bytes(warc.read_bytes()[:-40])
    (tmp_path / "no.warc").write_bytes(b"no warc at all")
    done = scrapy("ingest", torn, tmp_path / "no.warc", "-L", "WARNING", archive=archive)
    assert done.returncode == 1 and "no.warc: no readable WARC file" in done.stderr and "Traceback" not in done.stderr
    with sqlite3.connect(archive) as db:
        assert db.execute("SELECT count(*) FROM articles").fetchone() == (1,)


def test_ctrl_c_once_ends_cleanly_and_says_what_remains(tmp_path: Path) -> None:
    pages = [f"/yaowen/202605/t20260501_{900000 + i}.shtml" for i in range(60)]

    def slowly(h: Handler) -> None:
        time.sleep(0.1)
        h.send(article(f"慢慢来的{h.path}").encode(), type="text/html; charset=utf-8")

    with serve() as server:
        server.pages |= dict.fromkeys(pages, slowly)
        server.pages |= {"/yaowen/index.shtml": listing(pages)}
        environment = {"FANGZHI_SAMPLE_PORT": str(server.server_address[1]), "FANGZHI_ARCHIVE": str(tmp_path / "archive.db"),
                       "FANGZHI_WARC_DIR": str(tmp_path / "warc"), "FANGZHI_HOST_SLOTS": str(tmp_path / "hosts")}  # fmt: skip
        command = [sys.executable, "-m", "scrapy", "crawl", "sample", "-L", "WARNING"]
        crawl = subprocess.Popen(
            command, cwd=ROOT, env=os.environ | environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        end = time.monotonic() + 40
        while sum(server.asked[path] for path in pages) < 8:
            assert time.monotonic() < end and crawl.poll() is None, crawl.communicate()[1]
            time.sleep(0.02)
        crawl.send_signal(signal.SIGINT)
        _, errors = crawl.communicate(timeout=30)
        assert crawl.returncode == 1 and "ended early (shutdown)" in errors and "addresses are left" in errors, errors
        assert "Traceback" not in errors
        with sqlite3.connect(tmp_path / "archive.db") as db:
            assert db.execute("SELECT count(*) FROM urls WHERE state = 'leased'").fetchone() == (0,)
        done = scrapy("crawl", "sample", "-L", "WARNING", "--json", **environment)
        told = json.loads(done.stdout)
        assert done.returncode == 0 and told["reason"] == "finished" and told["queued"] == 0
        assert {path: count for path, count in server.asked.items() if path in pages and count > 2} == {}
        with sqlite3.connect(tmp_path / "archive.db") as db:
            assert db.execute("SELECT count(*), max(versions) FROM articles").fetchone() == (60, 1)
            assert json.loads(db.execute("SELECT counts FROM runs ORDER BY id DESC").fetchone()[0])["requests"] > 50
