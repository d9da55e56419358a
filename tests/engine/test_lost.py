"""Workers, coordinators and schedulers that die in the middle: nothing is lost, nothing stands twice."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from crawler.clock import now, stamp
from tests.crawl.server import article
from tests.engine.conftest import PAGES, Cluster, Counties, children, cluster, counties, hold, rows, until

HELD = "/xw/t20260421_3.html"
SITES = {"county_a": "127.0.0.2", "county_b": "127.0.0.3"}


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def crawl_of(site: str, machines: Cluster) -> tuple[int, int]:
    """(place in the list of workers, process id) of a site's crawl under way."""
    for place, worker in enumerate(machines.workers):
        for pid in children(worker.pid) if worker.poll() is None else ():
            if site.encode() in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0"):
                return place, pid
    raise AssertionError(f"no crawl of {site}")


@dataclass
class UnderWay:
    """Crawls of both sites on a cluster, each held at the same page."""

    land: Counties
    machines: Cluster
    away: Path
    call: subprocess.Popen[str]
    gates: list[threading.Event]

    def release(self) -> None:
        for gate in self.gates:
            gate.set()

    def again(self) -> None:
        """The same call an hour later, to its end."""
        self.land.done(self.away, "due", *SITES, "--engine", self.machines.engine, clock=stamp(now() + timedelta(hours=1)))


@contextlib.contextmanager
def under_way(tmp_path: Path) -> Iterator[UnderWay]:
    with counties(tmp_path, SITES) as land, cluster(tmp_path / "dask", land.project) as machines:
        gates = [hold(server, HELD) for server in land.servers.values()]
        away = tmp_path / "away"
        call = land.scrapy(away, "due", *SITES, "--engine", machines.engine)
        until(lambda: all(HELD in asked for asked in land.asked().values()))
        yield UnderWay(land, machines, away, call, gates)


def whole(folder: Path, sites: int) -> None:
    """Every address has its one outcome, every article its one version."""
    assert rows(folder, "SELECT outcome, count(*) FROM outcomes GROUP BY 1") == [("archived", PAGES * sites), ("listed", sites)]
    assert rows(folder, "SELECT state, count(*) FROM urls GROUP BY 1") == [("done", (PAGES + 1) * sites)]
    assert rows(folder, "SELECT count(*), sum(versions) FROM articles") == [(PAGES * sites,) * 2]
    assert rows(folder, "SELECT reason, count(*) FROM runs GROUP BY 1") == [("finished", sites)]


def test_a_worker_killed_in_the_middle(tmp_path: Path) -> None:
    with under_way(tmp_path) as it:
        place, crawl = crawl_of("county_a", it.machines)
        os.kill(it.machines.workers[place].pid, signal.SIGKILL)
        until(lambda: not alive(crawl), 10)
        it.release()
        error = it.call.communicate(timeout=120)[1]
        assert it.call.returncode == 0, error
        assert set(it.land.asked()["county_b"].values()) == {1}
        assert set(it.land.asked()["county_a"].values()) <= {1, 2} and len(it.land.asked()["county_a"]) == PAGES + 1
        whole(it.away, 2)
        assert "nothing is lost" in it.land.done(it.away, "verify")


@pytest.mark.torture
def test_a_killed_coordinator(tmp_path: Path) -> None:
    """Its crawls end with it, and the next call does it all."""
    with under_way(tmp_path) as it:
        crawls = [crawl_of(site, it.machines)[1] for site in SITES]
        it.call.kill()
        it.call.communicate()
        until(lambda: not any(map(alive, crawls)))
        it.release()
        it.again()
        assert rows(it.away, "SELECT reason, count(*) FROM runs GROUP BY 1") == [("died", 2), ("finished", 2)]
        assert rows(it.away, "SELECT state, count(*) FROM urls GROUP BY 1") == [("done", (PAGES + 1) * 2)]
        assert "nothing is lost" in it.land.done(it.away, "verify")
        until(lambda: not list(tmp_path.glob("dask/worker*/*/*/shards/*")))


@pytest.mark.torture
@pytest.mark.parametrize("moment", ["archive.db", "part"])
def test_a_coordinator_killed_while_it_takes_a_shard_in(moment: str, tmp_path: Path) -> None:
    """A shard that came whole is taken in by the next call, one that did not is crawled again."""
    with counties(tmp_path, {"county_a": "127.0.0.2"}) as land, cluster(tmp_path / "dask", land.project, workers=1) as machines:
        away = tmp_path / "away"
        away.mkdir()
        stop = KILLED.format(target="merge" if moment == "archive.db" else "os.fsync")
        command = [sys.executable, "-c", stop, "due", "county_a", "--engine", machines.engine]
        killed = subprocess.run(
            command, cwd=land.project, env=land.environment(away), check=False, capture_output=True, timeout=60
        )
        assert killed.returncode == -signal.SIGKILL, killed.stderr
        assert len(list(away.glob(f"archive.db.shards/*{moment}" if moment == "part" else "archive.db.shards/*/archive.db"))) == 1
        land.done(away, "due", "county_a", "--engine", machines.engine, clock=stamp(now() + timedelta(minutes=20)))
        assert rows(away, "SELECT count(*) FROM articles") == [(0 if moment == "part" else PAGES,)]
        land.done(away, "due", "county_a", "--engine", machines.engine, clock=stamp(now() + timedelta(minutes=40)))
        assert rows(away, "SELECT count(*), sum(versions) FROM articles") == [(PAGES,) * 2]
        times = 2 if moment == "part" else 1
        assert {times} == {asked for path, asked in land.asked()["county_a"].items() if path != "/xw/"}
        assert "nothing is lost" in land.done(away, "verify")


KILLED = """
import os, signal, sys
from crawler.engine import spool
def die(*_, **__): os.kill(os.getpid(), signal.SIGKILL)
spool.{target} = die
from scrapy.cmdline import execute
execute(["scrapy", *sys.argv[1:]])
"""


@pytest.mark.torture
def test_a_site_that_costs_every_worker_its_life(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tried on another worker, and then recorded as failed with the reason; the next site goes on."""
    monkeypatch.setenv("DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES", "1")
    with counties(tmp_path, SITES) as land, cluster(tmp_path / "dask", land.project, workers=3) as machines:
        gate, away = hold(land.servers["county_a"], HELD), tmp_path / "away"
        call = land.scrapy(away, "due", "county_a", "--engine", machines.engine)
        for times in (1, 2):
            until(lambda times=times: land.asked()["county_a"].get(HELD, 0) == times)  # type: ignore[misc]
            machines.workers[crawl_of("county_a", machines)[0]].kill()
        error = call.communicate(timeout=120)[1]
        gate.set()
        assert call.returncode == 1 and "county_a: its workers were lost, one after the other" in error
        assert rows(away, "SELECT reason FROM runs") == [("its workers were lost, one after the other",)]
        land.done(away, "due", "county_b", "--engine", machines.engine)
        assert "nothing is lost" in land.done(away, "verify")


@pytest.mark.torture
def test_a_killed_scheduler(tmp_path: Path) -> None:
    with under_way(tmp_path) as it:
        crawls = [crawl_of(site, it.machines)[1] for site in SITES]
        it.machines.scheduler.kill()
        until(lambda: not any(map(alive, crawls)))
        it.release()
        error = it.call.communicate(timeout=180)[1]
        assert it.call.returncode == 1 and "the scheduler is gone" in error
        assert rows(it.away, "SELECT count(*) FROM runs WHERE finished IS NULL") == [(0,)]
        assert "nothing is lost" in it.land.done(it.away, "verify")


@pytest.mark.torture
def test_ctrl_c_takes_in_what_was_fetched(tmp_path: Path) -> None:
    with under_way(tmp_path) as it:
        it.call.send_signal(signal.SIGINT)
        it.release()
        error = it.call.communicate(timeout=120)[1]
        assert it.call.returncode == 130 and "the next call goes on with what is left" in error
        assert rows(it.away, "SELECT reason, count(*) FROM runs GROUP BY 1") == [("shutdown", 2)]
        ((fetched,),) = rows(it.away, "SELECT count(*) FROM outcomes WHERE outcome != 'failed'")
        assert fetched >= 2, "a list each at least"
        it.again()
        assert rows(it.away, "SELECT state, count(*) FROM urls GROUP BY 1") == [("done", (PAGES + 1) * 2)]
        assert "nothing is lost" in it.land.done(it.away, "verify")


@pytest.mark.torture
def test_a_second_coordinator_leaves_the_site_alone(tmp_path: Path) -> None:
    with counties(tmp_path, SITES | {"county_c": "127.0.0.2"}) as land:
        with cluster(tmp_path / "dask", land.project) as machines:
            gate, away = hold(land.servers["county_a"], HELD), tmp_path / "away"
            first = land.scrapy(away, "due", "county_a", "--engine", machines.engine)
            until(lambda: HELD in land.asked()["county_a"])
            land.done(away, "due", "county_a", "county_c", "--engine", machines.engine)
            land.done(away, "due", "county_a", "county_c")
            gate.set()
            assert first.communicate(timeout=120)[1] == ""
        assert set(land.asked()["county_a"].values()) == {1} and not land.asked()["county_c"]


@pytest.mark.torture
def test_a_worker_killed_while_it_reads(tmp_path: Path) -> None:
    """Its pages are read by another one: no page is missing, none failed."""
    pages = 600
    (tmp_path / "saved").mkdir()
    for number in range(pages):
        page = article(f"第{number}处闸门检修完毕", paragraphs=40)
        (tmp_path / f"saved/{number}.html").write_text(page.replace("清河县", f"清河{number}县"), encoding="utf-8")
    with counties(tmp_path, {}) as land, cluster(tmp_path / "dask", land.project) as machines:
        away = tmp_path / "away"
        call = land.scrapy(away, "ingest", str(tmp_path / "saved"), "--engine", machines.engine)
        until(lambda: (away / "archive.db").exists() and rows(away, "SELECT count(*) > 20 FROM sqlite_master")[0][0])
        until(lambda: rows(away, "SELECT count(*) FROM articles")[0][0] > 0)
        readers = children(machines.workers[0].pid)
        machines.workers[0].kill()
        until(lambda: not any(map(alive, readers)))
        assert call.poll() is None, "too late to see it"
        error = call.communicate(timeout=300)[1]
        assert call.returncode == 0, error
        assert rows(away, "SELECT outcome, count(*) FROM outcomes GROUP BY 1") == [("archived", pages)]
        assert "nothing is lost" in land.done(away, "verify")
