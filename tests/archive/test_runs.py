"""Runs and leases: what the dead leave behind is taken back, what the living hold is left alone."""

import gzip
import multiprocessing
import os
import signal
from pathlib import Path

from crawler.items import Kind, Link
from pipelines.archive import frontier, open_archive, runs
from pipelines.archive.records import payload_digest
from pipelines.archive.writer import Writer
from tests.archive.conftest import HOST, Archive


def _lease_and_hang(path: Path, ready) -> None:
    db = open_archive(path)
    run = runs.start_run(db, site="test_site", command="crawl", settings={})
    frontier.lease(db, run, "test_site", 2)
    ready.set()
    signal.pause()


def _links(*paths: str, kind: Kind = Kind.ARTICLE, date: str | None = None) -> list[Link]:
    return [Link(url=HOST + path, kind=kind, date=date) for path in paths]


def test_leases_of_a_killed_run_are_taken_back(archive: Archive) -> None:
    frontier.seed(archive.db, "test_site", _links("/1", "/2", "/3"))
    context = multiprocessing.get_context("spawn")
    ready = context.Event()
    process = context.Process(target=_lease_and_hang, args=(archive.path, ready))
    process.start()
    assert ready.wait(60)
    assert runs.take_back(archive.db) == 0, "the run is alive"
    assert process.pid is not None
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    assert runs.take_back(archive.db) == 2
    assert archive.rows("SELECT state, count(*) FROM urls GROUP BY state") == [("queued", 3)]
    assert archive.one("SELECT reason FROM runs") == "died"
    assert runs.take_back(archive.db) == 0


def test_a_silent_run_elsewhere_is_dead_and_a_jumped_clock_kills_none_here(archive: Archive, at) -> None:
    at("2026-05-01T08:00:00+08:00")
    frontier.seed(archive.db, "test_site", _links("/1"))
    here = archive.start()
    frontier.lease(archive.db, here, "test_site", 1)
    at("2036-05-01T08:00:00+08:00")
    assert runs.take_back(archive.db) == 0, "same machine, same process: alive whatever the clock says"
    archive.db.conn.execute("UPDATE runs SET host = 'elsewhere'")
    runs.heartbeat(archive.db, here)
    assert runs.take_back(archive.db) == 0
    at("2036-05-01T08:16:00+08:00")
    assert runs.take_back(archive.db) == 1


def test_a_pid_used_again_is_not_the_run(archive: Archive) -> None:
    frontier.seed(archive.db, "test_site", _links("/1"))
    run = archive.start()
    frontier.lease(archive.db, run, "test_site", 1)
    archive.db.conn.execute("UPDATE runs SET process = process || '9'")
    assert runs.take_back(archive.db) == 1


def test_the_torn_end_of_a_dead_runs_warc_is_cut(archive: Archive, page) -> None:
    run = archive.start()
    writer = Writer(archive.path, archive.warc, run, {})
    writer.add(page("/a", "正文"))
    writer.commit()
    size = writer.warcs.path.stat().st_size
    with writer.warcs.path.open("ab") as file:
        file.write(gzip.compress(b"WARC/1.1\r\n")[:-5])
    archive.db.conn.execute("UPDATE runs SET process = 'x:y:z'")
    runs.take_back(archive.db)
    assert writer.warcs.path.stat().st_size == size
    assert "cut" in archive.one("SELECT json_extract(counts, '$.cut[0]') FROM runs")


def test_a_warc_file_without_a_committed_record_is_removed(archive: Archive, page) -> None:
    run = archive.start()
    writer = Writer(archive.path, archive.warc, run, {})
    (exchange,) = page("/a", "正文").exchanges
    writer.warcs.append(exchange, payload_digest(exchange.body), None)
    writer.warcs.sync()
    assert len(list(archive.warc.iterdir())) == 1
    archive.db.conn.execute("UPDATE runs SET process = 'x:y:z'")
    runs.take_back(archive.db)
    assert list(archive.warc.iterdir()) == []
    assert archive.rows("SELECT * FROM warcs") == []


def test_lists_first_then_the_newest_articles(archive: Archive) -> None:
    frontier.seed(archive.db, "test_site", _links("/old", date="2026-04-01"))
    frontier.seed(archive.db, "test_site", _links("/undated", "/undated2"))
    frontier.seed(archive.db, "test_site", _links("/new", date="2026-05-01T08:00:00+08:00"))
    frontier.seed(archive.db, "test_site", _links("/list", kind=Kind.LIST))
    run = archive.start()
    leased = frontier.lease(archive.db, run, "test_site", 3)
    assert [lease.url.removeprefix(HOST) for lease in leased] == ["/list", "/new", "/old"]
    assert frontier.waiting(archive.db, "test_site") and not frontier.waiting(archive.db, "other_site")


def test_filters_spare_lists_and_undated(archive: Archive) -> None:
    frontier.seed(archive.db, "test_site", _links("/old", date="2026-04-01") + _links("/in", date="2026-05-01T23:00:00+08:00"))
    frontier.seed(archive.db, "test_site", _links("/list", kind=Kind.LIST) + _links("/undated"))
    frontier.seed(archive.db, "test_site", _links("/later", date="2026-05-02"))
    leased = frontier.lease(archive.db, archive.start(), "test_site", 9, since="2026-05-01", until="2026-05-01")
    assert [lease.url.removeprefix(HOST) for lease in leased] == ["/list", "/in", "/undated"]


def test_closing_gives_every_lease_an_outcome_and_releasing_none(archive: Archive) -> None:
    frontier.seed(archive.db, "test_site", _links("/1", "/2", "/3"))
    run = archive.start()
    leased = frontier.lease(archive.db, run, "test_site", 3)
    assert frontier.release(archive.db, run, [leased[0].id]) == 1
    assert frontier.close_leases(archive.db, run, "shutdown") == 2
    assert archive.rows("SELECT outcome, reason FROM outcomes") == [("failed", "shutdown")] * 2
    assert archive.rows("SELECT DISTINCT state, attempts FROM urls") == [("queued", 0)]
    assert runs.finish_run(archive.db, run, "shutdown") == {"failed": 2}


def test_two_runs_never_hold_the_same_lease(archive: Archive) -> None:
    frontier.seed(archive.db, "test_site", _links(*[f"/{n}" for n in range(50)]))
    first, second = archive.start(), archive.start()
    held = [frontier.lease(archive.db, run, "test_site", 7) for run in (first, second) * 5]
    ids = [lease.id for batch in held for lease in batch]
    assert len(ids) == len(set(ids)) == 50
