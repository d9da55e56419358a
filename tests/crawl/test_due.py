"""`scrapy due`: what is due, oldest first, once; never two runs of one site; a run that hangs is ended and recorded."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from crawler.clock import CHINA, set_clock
from crawler.engine.reserving import lock
from pipelines.archive import open_archive, runs, schedule
from tests.crawl.running import ROOT
from tests.crawl.server import Server, article, serve

NOON = datetime(2026, 5, 2, 12, 0, tzinfo=CHINA)


@pytest.fixture
def archive(tmp_path: Path):  # type: ignore[no-untyped-def]
    db = open_archive(tmp_path / "archive.db")
    yield db
    set_clock(None)
    db.close()


def ran(db: object, site: str, hours_ago: float, reason: str = "finished") -> None:
    set_clock((NOON - timedelta(hours=hours_ago)).isoformat())
    runs.finish_run(db, runs.start_run(db, site=site, command="crawl", settings={}), reason)  # type: ignore[arg-type]
    set_clock(NOON.isoformat())


SITES = [("a", "6h"), ("b", "6h"), ("c", "1d"), ("d", "30m")]


def test_oldest_first_and_never_run_before_all(archive: object) -> None:
    ran(archive, "a", 7)
    ran(archive, "b", 60)
    ran(archive, "c", 23)
    assert [turn.site for turn in schedule.due(archive, SITES)] == ["d", "b", "a"]  # type: ignore[arg-type]


def test_missed_runs_are_caught_up_once(archive: object) -> None:
    """A machine that was off for a month owes each site one run, not 120."""
    ran(archive, "a", 24 * 30)
    assert [turn.site for turn in schedule.due(archive, SITES[:1])] == ["a"]  # type: ignore[arg-type]
    ran(archive, "a", 0)
    assert schedule.due(archive, SITES[:1]) == []  # type: ignore[arg-type]


def test_a_clock_set_back_stops_nothing(archive: object) -> None:
    ran(archive, "a", -24 * 365)
    assert [turn.site for turn in schedule.due(archive, SITES[:1])] == ["a"]  # type: ignore[arg-type]


def test_a_site_at_work_is_not_due(archive: object) -> None:
    runs.start_run(archive, site="a", command="crawl", settings={})  # type: ignore[arg-type]
    set_clock((datetime.now(CHINA) + timedelta(days=9)).isoformat())
    assert schedule.due(archive, SITES[:1]) == []  # type: ignore[arg-type]


@pytest.mark.parametrize(("text", "seconds"), [("30m", 1800), ("6h", 21600), ("2d", 172800)])
def test_interval(text: str, seconds: int) -> None:
    assert schedule.interval(text).total_seconds() == seconds


def test_a_lock_holds_against_another_process(tmp_path: Path) -> None:
    with lock(str(tmp_path / "a.db"), "a") as first, lock(str(tmp_path / "a.db"), "a") as second:
        assert first is not None and second is None
    with lock(str(tmp_path / "a.db"), "a") as third:
        assert third is not None


def due(folder: Path, port: int, *arguments: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "FANGZHI_ARCHIVE": str(folder / "archive.db"), "FANGZHI_WARC_DIR": str(folder / "warc"),
                   "FANGZHI_SAMPLE_PORT": str(port), "FANGZHI_HOST_SLOTS": str(folder / "hosts")}  # fmt: skip
    command = [sys.executable, "-m", "scrapy", "due", *arguments]
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def rows(folder: Path, sql: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(folder / "archive.db") as db:
        return db.execute(sql).fetchall()


def until(condition: Callable[[], object], seconds: float = 40) -> None:
    """Poll with a deadline."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "did not come to pass in time"
        time.sleep(0.05)


def slow_pages(server: Server, seconds: float) -> None:
    def answer(h):  # type: ignore[no-untyped-def]
        time.sleep(seconds)
        h.send(article("闸门检修完毕").encode(), type="text/html; charset=utf-8")

    class Any(dict):  # type: ignore[type-arg]
        def get(self, path, default=None):  # type: ignore[no-untyped-def]
            return super().get(path) or answer

    server.pages = Any(server.pages)


def test_two_calls_at_once_run_a_site_once(tmp_path: Path) -> None:
    with serve() as server:
        slow_pages(server, 0.2)
        port = server.server_address[1]
        calls = [due(tmp_path, port, "sample") for _ in range(2)]
        errors = [call.communicate(timeout=60)[1] for call in calls]
        assert [call.returncode for call in calls] == [0, 0], errors
        assert rows(tmp_path, "SELECT site, reason FROM runs") == [("sample", "finished")]
        again = due(tmp_path, port)  # the sample is followed now, and not due
        again.communicate(timeout=60)
        assert again.returncode == 0 and len(rows(tmp_path, "SELECT id FROM runs")) == 1


def test_a_run_outlives_the_call_that_began_it_and_keeps_its_lock(tmp_path: Path) -> None:
    with serve() as server:
        slow_pages(server, 0.5)
        call = due(tmp_path, server.server_address[1], "sample")
        until(lambda: server.asked)
        call.kill()
        call.wait()
        call.stdout.close(), call.stderr.close()  # type: ignore[union-attr]
        with lock(str(tmp_path / "archive.db"), "sample") as handle:
            assert handle is None
        until(lambda: rows(tmp_path, "SELECT reason FROM runs") == [("finished",)])


def test_a_run_that_hangs_is_ended_and_recorded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from crawler.commands.turns import Here
    from crawler.engine import process

    monkeypatch.setattr(process, "GRACE", 0.5)
    with serve() as server:
        slow_pages(server, 30)
        for name, value in {"ARCHIVE": "archive.db", "WARC_DIR": "warc", "HOST_SLOTS": "hosts"}.items():
            monkeypatch.setenv(f"FANGZHI_{name}", str(tmp_path / value))
        monkeypatch.setenv("FANGZHI_SAMPLE_PORT", str(server.server_address[1]))
        monkeypatch.chdir(ROOT)
        here = Here(str(tmp_path / "archive.db"), [], seconds=8)
        crawl = here.begin("sample")
        assert crawl is not None
        until(lambda: server.asked)
        os.kill(crawl.process.pid, signal.SIGSTOP)  # it cannot even hear that it should end
        until(lambda: here.ended(crawl), 60)
        assert here.failed[0][0] == "sample" and rows(tmp_path, "SELECT reason FROM runs") == [("hung",)]
        assert rows(tmp_path, "SELECT count(*) FROM urls WHERE state = 'leased'") == [(0,)]
