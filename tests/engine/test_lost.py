"""Workers, coordinators and schedulers that die in the middle: nothing is lost, nothing stands twice."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from tests.engine.conftest import PAGES, Cluster, children, cluster, counties, rows, until

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


def whole(folder: Path, sites: int) -> None:
    """Every address has its one outcome, every article its one version."""
    assert rows(folder, "SELECT outcome, count(*) FROM outcomes GROUP BY 1") == [("archived", PAGES * sites), ("listed", sites)]
    assert rows(folder, "SELECT state, count(*) FROM urls GROUP BY 1") == [("done", (PAGES + 1) * sites)]
    assert rows(folder, "SELECT count(*), sum(versions) FROM articles") == [(PAGES * sites,) * 2]
    assert rows(folder, "SELECT reason, count(*) FROM runs GROUP BY 1") == [("finished", sites)]


def test_a_worker_killed_in_the_middle(tmp_path: Path) -> None:
    with counties(tmp_path, SITES, delay=0.4) as land, cluster(tmp_path / "dask", land.project) as machines:
        call = land.scrapy(tmp_path / "away", "due", *SITES, "--engine", machines.engine)
        until(lambda: all(len(asked) >= 3 for asked in land.asked().values()))  # both at once
        place, crawl = crawl_of("county_a", machines)
        os.kill(machines.workers[place].pid, signal.SIGKILL)
        until(lambda: not alive(crawl), 10)
        error = call.communicate(timeout=120)[1]
        assert call.returncode == 0, error
        assert set(land.asked()["county_b"].values()) == {1}
        assert set(land.asked()["county_a"].values()) <= {1, 2} and len(land.asked()["county_a"]) == PAGES + 1
        whole(tmp_path / "away", 2)
        assert "nothing is lost" in land.done(tmp_path / "away", "verify")
