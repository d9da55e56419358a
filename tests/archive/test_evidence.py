"""WARC files as others read them: `warcio check` passes, pywb replays, and nothing about an exchange is prettified."""

import contextlib
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator

from crawler.items import Exchange, Outcome, Page
from pipelines.archive.writer import Writer
from tests.archive.conftest import HOST, Archive

BIN = Path(sys.executable).parent


def records(archive: Archive) -> list[tuple[str, dict[str, str], list[tuple[str, str]], bytes]]:
    """(type, WARC headers, HTTP headers, payload) of everything that was written, in order."""
    out = []
    for (name,) in archive.rows("SELECT name FROM warcs ORDER BY run"):
        with (archive.warc / name).open("rb") as file:
            for record in ArchiveIterator(file, no_record_parse=False):
                http = record.http_headers.headers if record.http_headers else []
                out.append((record.rec_type, dict(record.rec_headers.headers), http, record.raw_stream.read()))
    return out


def write(archive: Archive, *exchanges: Exchange, **options: Any) -> None:
    writer = Writer(archive.path, archive.warc, archive.start(), {"robots": "obey"}, **options)
    for exchange in exchanges:
        writer.add_exchange(exchange)
        writer.commit()
    writer.close()


def test_warcio_check_passes(archive: Archive, page: Callable[..., Page], at: Callable[[str], None]) -> None:
    for day in ("01", "02"):
        at(f"2026-05-{day}T08:00:00+08:00")
        archive.visit(page("/", links=("/a.html",)))
        archive.visit(page("/a.html", f"第{day}版"), page("/b.html", "不变"))
    files = [str(path) for path in sorted(archive.warc.iterdir())]
    done = subprocess.run([BIN / "warcio", "check", "-v", *files], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert done.stdout.count("digest pass") >= 10 and "failed" not in done.stdout


def test_the_first_record_says_what_wrote_it(archive: Archive, capture: Callable[..., Exchange]) -> None:
    write(archive, capture(f"{HOST}/a.html"))
    (kind, headers, _, payload), *_ = records(archive)
    assert kind == "warcinfo" and headers["WARC-Filename"] == archive.one("SELECT name FROM warcs")
    for line in ("software: fangzhi/", "robots: obey", "format: WARC File Format 1.1", "re-serialised"):
        assert line in payload.decode()


def test_bytes_and_headers_as_they_came(archive: Archive, capture: Callable[..., Exchange]) -> None:
    body = b"\x1f\x8b\x08" + os.urandom(20)
    headers = (
        (b"Content-Type", b"text/html;charset=gb2312"), (b"Content-Encoding", b"gzip"), (b"X-Name", "云岭".encode("gbk")),
        (b"Set-Cookie", b"a=1"), (b"Set-Cookie", b"b=2"), (b"Transfer-Encoding", b"chunked"),
    )  # fmt: skip
    write(archive, capture(f"{HOST}/a.html?x=1", body, headers=headers, ip="10.1.2.3", request_headers=((b"Accept", b"*/*"),)))
    _, response, request = records(archive)
    assert response[3] == body
    raw = {name: value.encode("latin-1", "surrogateescape") for name, value in response[2]}
    assert [value for name, value in response[2] if name == "Set-Cookie"] == ["a=1", "b=2"]
    assert "Transfer-Encoding" not in raw, "chunks are joined; a reader would try to join them again"
    assert response[1]["WARC-IP-Address"] == "10.1.2.3"
    assert request[1]["WARC-Concurrent-To"] == response[1]["WARC-Record-ID"]
    offset, length = archive.one("SELECT offset, length FROM captures")
    import gzip

    plain = gzip.decompress((archive.warc / archive.one("SELECT warc FROM captures")).read_bytes()[offset : offset + length])
    assert "X-Name: 云岭".encode("gbk") in plain, "header bytes are not percent-encoded"
    assert re.search(rb"WARC-Date: \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", plain)


def test_a_copy_says_where_it_came_from(archive: Archive, capture: Callable[..., Exchange]) -> None:
    write(archive, capture(f"{HOST}/a.html", origin="http://replay.example/20200101/a.html"))
    assert records(archive)[1][1]["WARC-Source-URI"] == "http://replay.example/20200101/a.html"


def test_cut_bodies_are_kept_and_marked(archive: Archive, capture: Callable[..., Exchange]) -> None:
    write(archive, capture(f"{HOST}/a.html", b"<html>half", truncated="length"))
    assert records(archive)[1][1]["WARC-Truncated"] == "length"
    assert archive.one("SELECT truncated FROM captures") == "length"


def test_a_known_payload_becomes_a_revisit(archive: Archive, capture: Callable[..., Exchange], at: Callable[[str], None]) -> None:
    at("2026-05-01T08:00:00+08:00")
    write(archive, capture(f"{HOST}/a.html", b"same"), capture(f"{HOST}/b.html", b"same"))
    at("2026-05-02T08:00:00+08:00")
    write(archive, capture(f"{HOST}/a.html", b"same"), capture(f"{HOST}/a.html", b"same", truncated="time"),
          capture(f"{HOST}/a.html", b"", status=304), capture(f"{HOST}/a.html", b"other"))  # fmt: skip
    kinds = [kind for kind, *_ in records(archive) if kind not in ("request", "warcinfo")]
    assert kinds == ["response", "response", "revisit", "response", "revisit", "response"]
    same, not_modified = (headers for kind, headers, *_ in records(archive) if kind == "revisit")
    first = archive.one("SELECT record FROM captures WHERE id = 1")
    assert same["WARC-Refers-To"] == first and same["WARC-Refers-To-Date"] == "2026-05-01T00:00:00.000Z"
    assert same["WARC-Profile"].endswith("/1.1/revisit/identical-payload-digest")
    assert not_modified["WARC-Profile"].endswith("/1.1/revisit/server-not-modified")
    assert archive.rows("SELECT id, revisit_of FROM captures WHERE revisit_of IS NOT NULL") == [(3, first), (5, first)]


def test_a_new_file_begins_when_one_is_full(archive: Archive, capture: Callable[..., Exchange]) -> None:
    write(archive, *(capture(f"{HOST}/{n}.html", os.urandom(3000)) for n in range(6)), warc_full=5000)
    names = [row[0] for row in archive.rows("SELECT name FROM warcs ORDER BY name")]
    assert [name[-14:-8] for name in names] == ["-00001", "-00002", "-00003"]
    assert [kind for kind, *_ in records(archive)].count("warcinfo") == 3
    assert archive.rows("SELECT count(*) FROM captures GROUP BY warc") == [(2,), (2,), (2,)]


@pytest.fixture
def replayed(archive: Archive, capture: Callable[..., Exchange], at: Callable[[str], None], tmp_path: Path, pywb_bin: Path):
    """pywb on 127.0.0.1 over our WARC files; yields a function from address and time to (status, body)."""
    import zlib

    pages = {"01": "第一天的正文".encode("gbk"), "02": "第二天的正文".encode("gbk")}
    html = {"Content-Type": "text/html; charset=gbk"}
    for day, body in [*pages.items(), ("03", pages["02"])]:
        at(f"2026-05-{day}T08:00:00+08:00")
        packed = zlib.compressobj(wbits=31)
        encoded = packed.compress(b"<html><body>" + body + b"</body></html>") + packed.flush()
        headers = tuple((k.encode(), v.encode()) for k, v in (html | {"Content-Encoding": "gzip"}).items())
        moved = capture(
            f"{HOST}/old.html", b"", status=301, headers=((b"Location", f"{HOST}/a.html".encode()),), purpose="redirect"
        )
        write(archive, moved, capture(f"{HOST}/a.html", encoded, headers=headers))
    subprocess.run([pywb_bin / "wb-manager", "init", "test"], cwd=tmp_path, check=True, capture_output=True)
    files = [str(path) for path in archive.warc.iterdir()]
    subprocess.run([pywb_bin / "wb-manager", "add", "test", *files], cwd=tmp_path, check=True, capture_output=True)
    port = _free_port()
    with (tmp_path / "log").open("w") as log:
        command = [pywb_bin / "wayback", "-b", "127.0.0.1", "-p", str(port)]
        server = subprocess.Popen(command, cwd=tmp_path, stdout=log, stderr=log)
    try:
        _wait_until_it_listens(port, server)
        opener = urllib.request.build_opener(_NoRedirect, urllib.request.ProxyHandler({}))

        def get(when: str, path: str) -> tuple[int, str, bytes]:
            try:
                with opener.open(f"http://127.0.0.1:{port}/test/{when}id_/{HOST}{path}", timeout=30) as answer:
                    return answer.status, answer.headers.get("Location", ""), _unpacked(answer)
            except urllib.error.HTTPError as error:
                return error.code, error.headers.get("Location", ""), b""

        yield get, pages
    finally:
        server.terminate()
        server.wait(30)


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


def _unpacked(answer: Any) -> bytes:
    import gzip

    body = answer.read()
    return gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_it_listens(port: int, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and server.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    raise RuntimeError("pywb did not listen")


def test_pywb_replays_every_day_also_through_a_revisit(replayed) -> None:
    get, pages = replayed
    for day, body in [*pages.items(), ("03", pages["02"])]:
        status, _, found = get(f"202605{day}000000", "/a.html")
        assert (status, body in found) == (200, True), day
    status, location, _ = get("20260502000000", "/old.html")
    assert status in (301, 302, 307) and location.endswith("/a.html")
    assert get("20260502000000", "/never.html")[0] == 404


def test_a_missing_page_keeps_its_evidence(archive: Archive, page: Callable[..., Page], at: Callable[[str], None]) -> None:
    at("2026-05-01T08:00:00+08:00")
    archive.visit(page("/a.html", "正文"))
    at("2026-05-02T08:00:00+08:00")
    gone = page("/a.html", outcome=Outcome.GONE, status=404)
    archive.visit(gone)
    record = archive.one("SELECT first_record FROM tombstones")
    assert any(headers.get("WARC-Record-ID") == record for _, headers, *_ in records(archive))
