"""Pages that a browser draws: archived with their evidence, and nothing but our own downloader ever asks for anything."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.crawl.running import ROOT, Crawled, crawl
from tests.crawl.server import Handler, Server, listing, serve
from tests.rendering.spa import SCRIPT, TITLES, data, fill, shell, story

pytestmark = pytest.mark.browser
CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
DRAWN = ("plain", "escape", "prohibited", "polling", "greedy", "gbk", "leaving", "target")
NOTE = "drawn by a script from JSON"


@dataclass
class Run:
    server: Server
    contacts: list[object]
    """Connections to the outside, and packets."""
    done: Crawled
    pids: list[int]


def watched(folder: Path) -> tuple[Path, Path]:
    """The browser behind a script that notes its process id, and the file where it does."""
    script, pids = folder / "chromium", folder / "pids"
    script.write_text(f'#!/bin/sh\necho $$ >> "{pids}"\nexec {CHROMIUM} "$@"\n', encoding="ascii")
    script.chmod(0o755)
    return script, pids


def kill(pid: int, h: Handler) -> None:
    os.kill(pid, signal.SIGKILL)
    h.send(b"1")


def connections(server: Server) -> list[object]:
    """Whoever connects to the server from now on."""
    found: list[object] = []
    server.verify_request = lambda _, address: found.append(address) is None  # type: ignore[method-assign]
    return found


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    folder = tmp_path_factory.mktemp("render")
    browser, pids = watched(folder)
    with serve() as server, serve() as outside, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp:
        udp.bind(("127.0.0.1", 0))
        udp.setblocking(False)
        contacts = connections(outside)
        fill(server, outside.url, udp.getsockname()[1])
        server.pages["/api/kill.json"] = lambda h: kill(int(pids.read_text().split()[-1]), h)
        site = {
            "sources": [f"{server.url}/xw/"], "article_url": [r"/\d{4}/\d{4}/\w+\.shtml$"], "render": True, "note": NOTE,
            "domains": [server.url.removeprefix("http://")],
        }  # fmt: skip
        settings = {"CHROMIUM": str(browser), "RENDER_SECONDS": 8, "RENDER_REQUESTS": 40, "DOWNLOAD_MAXSIZE": 2_000_000}
        done = crawl(folder, site, settings, timeout=180)
        with suppress(BlockingIOError):
            contacts.append(udp.recv(2048))
        yield Run(server, contacts, done, [int(pid) for pid in pids.read_text().split()])


@pytest.mark.parametrize("name", DRAWN)
def test_article_drawn_from_json_is_archived(run: Run, name: str) -> None:
    found = run.done.rows("SELECT title, body, source, editors FROM articles WHERE url LIKE ?", f"%/{name}.shtml")
    assert found, (run.done.outcomes(), run.done.stderr[-3000:])
    title, body, source, editors = found[0]
    assert (title, source) == (TITLES[name], "清河日报") and body.count("渠首闸门") == 4 and "周小满" in editors


def test_document_data_and_drawn_page_are_captured(run: Run) -> None:
    found = run.done.rows(
        "SELECT substr(c.url, instr(c.url, '/api/') + 1), c.purpose, c.status, c.mime FROM captures c"
        " JOIN urls u ON u.id = c.url_id WHERE u.url LIKE '%/gbk.shtml' AND c.url NOT LIKE '%app.js' ORDER BY c.id"
    )
    assert [row[1:] for row in found] == [
        ("page", 200, "text/html"), ("subresource", 200, "application/json"), ("page", 0, "text/html"),
    ]  # fmt: skip
    assert found[1][0] == "api/article/gbk.json"


def test_the_text_points_at_the_drawn_page_and_is_read_from_it_again(run: Run) -> None:
    assert {row[0] for row in run.done.rows("SELECT c.status FROM versions v JOIN captures c ON c.record = v.capture")} == {0}
    again = scrapy("reextract", "-s", f"ARCHIVE={run.done.archive}")
    assert again.returncode == 0 and f"{len(DRAWN)} the same" in again.stdout, again.stdout + again.stderr


def test_archive_verifies(run: Run) -> None:
    done = scrapy("verify", "-s", f"ARCHIVE={run.done.archive}")
    assert done.returncode == 0, done.stdout + done.stderr


def test_outcomes(run: Run) -> None:
    found = {path.rpartition("/")[2]: (outcome, reason or "") for path, outcome, reason in run.done.outcomes()}
    assert len(found) == len(run.done.outcomes())
    assert found["missing.shtml"] == ("gone", "404")
    assert run.done.rows("SELECT count(*) FROM articles WHERE url LIKE '%/moving.shtml'") == [
        (0,)
    ]  # it is target's, whoever is first
    assert found["moving.shtml"][0] in ("duplicate", "archived")
    for name, begins in {
        "killing": "render: ",
        "broken": "render: http",
        "endless": "render: not drawn after 8",
        "huge": "render: drew more",
    }.items():
        assert found[f"{name}.shtml"][0] == "failed" and found[f"{name}.shtml"][1].startswith(begins), found
    assert "status 503" in found["broken.shtml"][1] and "Traceback" not in run.done.stderr


def test_nothing_outside_is_ever_asked(run: Run) -> None:
    assert run.contacts == []
    assert not any(path in run.server.asked for path in ("/intern/plan.json", "/sw.js", "/window", "/frame"))


def test_site_is_asked_once_for_what_is_asked_again(run: Run) -> None:
    assert run.server.asked["/static/app.js"] == 1 and run.server.asked["/api/count.json"] == 1
    assert all(run.server.asked[f"/2026/0421/{name}.shtml"] == 1 for name in DRAWN if name != "target")
    assert sum(run.server.asked[f"/api/count.json?i={i}"] for i in range(80)) < 40


def test_requests_are_ours(run: Run) -> None:
    headers = [headers for path, headers in run.server.seen if path == "/api/article/gbk.json"]
    assert len(headers) == 1 and "Cookie" not in headers[0] and headers[0]["X-Requested-With"] == "XMLHttpRequest"
    assert {headers["User-Agent"] for _, headers in run.server.seen} == {"Fangzhi/0.1.0"}


def test_contexts_and_browser_are_closed(run: Run) -> None:
    assert '"render/contexts_left": 0' in run.done.stdout and run.pids
    assert len(run.pids) >= 2  # a browser that died is started anew
    for pid in run.pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


def test_private_address_under_the_sites_own_name_gives_nothing(tmp_path: Path) -> None:
    secret = "机密库存五百吨"
    with serve() as server, serve("127.0.0.2") as inner:
        port, inner_port = server.server_address[1], inner.server_address[1]
        contacts = connections(inner)
        inner.pages["/secret.json"] = lambda h: leak(h, secret)
        steal = f"fetch('http://nw.qinghe.example:{inner_port}/secret.json').then(r => r.text()).then(t => document.title = t);"
        server.pages |= {
            "/static/app.js": lambda h: h.send(SCRIPT.encode(), type="text/javascript; charset=utf-8"),
            "/2026/0421/a.shtml": shell(f"draw('a');{steal}"),
            "/api/article/a.json": data(story("春灌提早五天送到田头")),
            "/xw/": listing(["/2026/0421/a.shtml"]),
        }
        base = f"http://www.qinghe.example:{port}"
        site = {"sources": [f"{base}/xw/"], "article_url": [r"\.shtml$"], "domains": ["qinghe.example"], "private": False,
                "render": True, "note": NOTE}  # fmt: skip
        names = {"www.qinghe.example": ["127.0.0.1"], "nw.qinghe.example": ["127.0.0.2"]}
        done = crawl(tmp_path, site, {"CHROMIUM": CHROMIUM}, names=names, public=["127.0.0.1"])
        assert done.rows("SELECT title FROM articles") == [("春灌提早五天送到田头",)], (done.outcomes(), done.stderr[-3000:])
        assert contacts == [] and '"render/refused/private address": 1' in done.stdout


def leak(h: Handler, text: str) -> None:
    h.send(text.encode(), Access_Control_Allow_Origin="*")


def test_one_sentence_without_a_browser(tmp_path: Path) -> None:
    with serve() as server:
        server.pages["/xw/"] = shell("list();")
        site = {"sources": [f"{server.url}/xw/"], "render": True, "note": NOTE}
        done = crawl(tmp_path, site, {"CHROMIUM": str(tmp_path / "none")})
        assert "Traceback" not in done.stderr and done.stderr.count("cannot be started") == 1, done.stderr
        assert done.rows("SELECT count(*) FROM outcomes WHERE outcome <> 'failed'") == [(0,)]


def scrapy(*arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "SCRAPY_SETTINGS_MODULE": "crawler.settings"}
    return subprocess.run([sys.executable, "-m", "scrapy", *arguments], cwd=ROOT, capture_output=True, text=True, timeout=120,
                          env=environment, check=False)  # fmt: skip
