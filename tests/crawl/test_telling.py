"""An alarm reaches its webhook over real HTTP, or the failure is said without the address's secrets."""

from __future__ import annotations

import json
import socket
from pathlib import Path

import pytest

from crawler.commands import telling
from pipelines.archive import open_archive, runs
from tests.crawl.server import Handler, Server, serve
from tests.crawl.test_commands import scrapy

PATH = "/hooks/T0PSECRET?token=S3CRET"


class Taker:
    """Answers with one status after the other and keeps what came."""

    def __init__(self, server: Server, *statuses: int) -> None:
        self.statuses, self.taken = list(statuses), list[bytes]()
        server.pages[PATH] = self

    def __call__(self, h: Handler) -> None:
        self.taken.append(h.rfile.read(int(h.headers["Content-Length"])))
        status = self.statuses.pop(0)
        h.send(status=status, **({"Location": "/elsewhere"} if status == 302 else {}))


@pytest.fixture(autouse=True)
def _no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(telling, "PAUSE", 0)


@pytest.fixture
def alarmed(tmp_path: Path) -> Path:
    """An archive whose only site's last run died."""
    archive = tmp_path / "archive.db"
    db = open_archive(archive)
    runs.finish_run(db, runs.start_run(db, site="sample", command="crawl", settings={}), "died")
    db.close()
    return archive


@pytest.mark.parametrize(("option", "environment"), [(True, {}), (False, {"FANGZHI_WEBHOOK": ""})])
def test_status_posts_its_alarms(alarmed: Path, option: bool, environment: dict[str, str]) -> None:
    with serve() as server:
        taker, url = Taker(server, 200), server.url + PATH
        done = scrapy("status", "--json", *(("--webhook", url) if option else ()), archive=alarmed,
                      **dict.fromkeys(environment, url))  # fmt: skip
    (told,) = map(json.loads, taker.taken)
    assert done.returncode == 1 and told["sites"] == json.loads(done.stdout)["sites"] and done.stderr == ""
    assert told["text"] == "sample: failing: the last run died (killed, or the machine went off)"
    headers = {name.lower(): value for name, value in server.seen[0][1].items()}
    assert headers["content-type"] == "application/json; charset=utf-8"


def test_no_alarm_is_not_told(tmp_path: Path) -> None:
    open_archive(tmp_path / "archive.db").close()
    with serve() as server:
        taker = Taker(server)
        assert scrapy("status", "--webhook", server.url + PATH, archive=tmp_path / "archive.db").returncode == 0
    assert taker.taken == []


@pytest.mark.parametrize("failed", [500, 429, 503])
def test_a_second_try(failed: int) -> None:
    with serve() as server:
        taker = Taker(server, failed, 204)
        telling.post(server.url + PATH, '{"text": "清河"}')
    assert taker.taken == ['{"text": "清河"}'.encode()] * 2


@pytest.mark.parametrize(("statuses", "tries"), [((404,), 1), ((302,), 1), ((401,), 1), ((500, 500), 2)])
def test_refusals(statuses: tuple[int, ...], tries: int) -> None:
    with serve() as server:
        taker = Taker(server, *statuses)
        with pytest.raises(telling.WebhookError, match=f"^http://127.0.0.1:.*status {statuses[-1]}$") as told:
            telling.post(server.url + PATH, "{}")
    assert len(taker.taken) == tries and server.asked.total() == tries and "SECRET" not in str(told.value)


def test_the_status_is_not_lost_with_the_message(alarmed: Path) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}{PATH}"
        done = scrapy("status", "--webhook", url, "--hook", "exit 7", archive=alarmed)
    assert done.returncode == 3 and "sample" in done.stdout and "failing" in done.stdout
    assert "did not take the message: Connection refused" in done.stderr and "exit code 7" in done.stderr
    assert "SECRET" not in done.stdout + done.stderr and "Traceback" not in done.stderr


@pytest.mark.parametrize("url", [
    "ftp://127.0.0.1/S3CRET", "file:///etc/S3CRET", "S3CRET", "http://", "http://user:S3CRET@127.0.0.1/", "http://[::1/S3CRET",
    "http://127.0.0.1:S3CRET/", "http://127.0.0.1/\r\nS3CRET: x",
])  # fmt: skip
def test_what_is_no_webhook(alarmed: Path, url: str) -> None:
    with pytest.raises(telling.WebhookError) as told:
        telling.post(url, "{}")
    assert "S3CRET" not in str(told.value) and "FANGZHI_WEBHOOK" in str(told.value)


def test_a_wrong_webhook_is_said_before_anything_else(alarmed: Path) -> None:
    done = scrapy("status", "--webhook", "ftp://127.0.0.1/", archive=alarmed)
    assert done.returncode == 2 and done.stdout == "" and len(done.stderr.splitlines()) == 1
