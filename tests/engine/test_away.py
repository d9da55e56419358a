"""Crawls and reading on real Dask workers: the same archive as on one machine, nothing fetched twice, shared hosts in turn."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from crawler.clock import now, stamp
from crawler.engine import address
from crawler.engine.address import EngineError, connect, scheduler_address
from pipelines.archive import open_archive
from tests.engine.conftest import PAGES, Cluster, Counties, cluster, counties, rows

SITES = {"county_a": "127.0.0.2", "county_b": "127.0.0.2"}
"""Two ports of one host."""

SAME = (
    "SELECT url, site, kind, state, priority, attempts, fetches, quiet, rule, title, etag, last_outcome FROM urls ORDER BY 1",
    "SELECT a.key, a.site, title, body, digest, versions, role, published, blocks FROM articles a ORDER BY 1",
    "SELECT u.key, o.outcome, o.kind, o.status, o.links, o.fresh FROM outcomes o JOIN urls u ON u.id = o.url_id ORDER BY 1",
    "SELECT url, purpose, status, payload_digest, revisit_of IS NULL FROM captures ORDER BY 1, 4",
    "SELECT site, command, reason FROM runs ORDER BY 1",
    "SELECT site, template, key, pages FROM furniture ORDER BY 1, 2, 3",
    "SELECT site, listed, fetched, archived, failed FROM coverage ORDER BY 1",
    "SELECT * FROM tallies WHERE articles ORDER BY 1, 2, 3",
    "SELECT name, domains, every FROM sites ORDER BY 1",
)
"""What does not depend on when and where a crawl ran."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("engine")


@pytest.fixture(scope="module")
def land(folder: Path) -> Iterator[Counties]:
    with counties(folder, SITES) as found:
        yield found


@pytest.fixture(scope="module")
def machines(folder: Path, land: Counties) -> Iterator[Cluster]:
    with cluster(folder / "dask", land.project) as found:
        yield found


@pytest.fixture(scope="module")
def here(folder: Path, land: Counties) -> Path:
    """What a crawl on one machine makes of the sites."""
    land.done(folder / "here", "due", *SITES)
    return folder / "here"


def later(**span: float) -> str:
    return stamp(now() + timedelta(**span))


def test_the_same_archive_as_on_one_machine_and_nothing_fetched_again(
    here: Path, folder: Path, land: Counties, machines: Cluster
) -> None:
    for server in land.servers.values():
        server.asked.clear(), server.log.clear()
    away = folder / "away"
    told = land.done(away, "due", *SITES, "--engine", machines.engine)
    assert sorted(told.splitlines()) == [f"{name}: finished; {PAGES} archived, 1 listed; 0 left" for name in SITES]
    for query in SAME:
        assert rows(away, query) == rows(here, query)
    assert all(set(asked.values()) == {1} and len(asked) == PAGES + 1 for asked in land.asked().values())
    spans = [(min(log)[0], max(log)[0]) for log in (land.servers[name].log for name in SITES)]
    assert spans[0][1] < spans[1][0] or spans[1][1] < spans[0][0], "sites of one host at the same time"

    land.done(away, "due", "county_a", "--engine", machines.engine, clock=later(minutes=31))
    asked = land.asked()["county_a"]
    assert asked.pop("/xw/") == 2 and set(asked.values()) == {1}

    land.done(away, "due", "county_a", "--engine", machines.engine, clock=later(hours=8))
    last = [headers for path, headers in land.servers["county_a"].seen[-PAGES:]]
    assert all("If-None-Match" in headers for headers in last)
    assert rows(away, "SELECT count(*) FROM captures WHERE status = 304 AND revisit_of IS NOT NULL") == [(PAGES,)]
    assert rows(away, "SELECT count(*), sum(versions) FROM articles") == [(len(SITES) * PAGES,) * 2]
    assert "nothing is lost" in land.done(away, "verify")
    assert not list(away.glob("archive.db.shards/*"))
    assert not list(folder.glob("dask/worker*/*/*/shards/*"))


def test_captures_read_elsewhere_give_the_same(here: Path, folder: Path, land: Counties, machines: Cluster) -> None:
    shutil.copytree(here, folder / "spoilt")
    db = open_archive(folder / "spoilt/archive.db")
    db.conn.execute("UPDATE versions SET body = replace(body, '春灌', '秋灌')")
    db.close()
    read = [land.done(folder / "spoilt", "reextract", *engine) for engine in ((), ("--engine", machines.engine))]
    assert read[0] == read[1] and f"{len(SITES) * PAGES} text changed" in read[0]


@pytest.mark.torture
def test_files_ingested_elsewhere_give_the_same(here: Path, folder: Path, land: Counties, machines: Cluster) -> None:
    files = [str(path) for path in sorted((here / "warc").iterdir())]
    for name, engine in (("local", ()), ("remote", ("--engine", machines.engine))):
        land.done(folder / name, "ingest", *files, *engine)
    for query in SAME[1:]:
        assert rows(folder / "remote", query) == rows(folder / "local", query)


@pytest.mark.parametrize("command", [("reextract",), ("ingest", "nothing.warc")])
def test_an_address_of_another_kind_is_one_sentence(command: tuple[str, ...], here: Path, land: Counties) -> None:
    before = rows(here, "SELECT * FROM runs")
    clock = later(hours=1)
    process = land.scrapy(here, *command, "--engine", "spark://127.0.0.1:8786", clock=clock)
    error = process.communicate(timeout=60)[1]
    assert process.returncode == 1 and rows(here, "SELECT * FROM runs") == before
    assert len(error.splitlines()) == 1 and "write dask://HOST:PORT" in error, error


@pytest.mark.parametrize(
    "engine", ["", "dask", "dask://", "dask://host", "dask://host:x", "dask://:1", "tcp://host:1", "dask://h:99999"]
)
def test_what_is_no_address(engine: str) -> None:
    with pytest.raises(EngineError, match="write dask://HOST:PORT"):
        scheduler_address(engine)


def test_addresses() -> None:
    assert scheduler_address("dask://10.0.0.1:8786") == "tcp://10.0.0.1:8786"
    assert scheduler_address("dask+tls://[fd00::1]:8786") == "tls://[fd00::1]:8786"


def test_nobody_there_is_one_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(address, "ANSWER", 0.5)
    with pytest.raises(EngineError, match="no Dask scheduler answers at dask://127"):
        connect("dask://127.0.0.1:1")
    with (
        cluster(tmp_path / "dask", tmp_path, workers=0) as idle,
        pytest.raises(EngineError, match="has no workers; start some with `dask worker`"),
    ):
        connect(idle.engine)


@pytest.mark.torture
def test_workers_that_do_not_find_the_project(tmp_path: Path) -> None:
    with (
        cluster(tmp_path / "dask", tmp_path) as strange,
        pytest.raises(EngineError, match="must find the project: start them in its folder with PYTHONPATH"),
    ):
        connect(strange.engine)


NO_DASK = """
import sys
{before}
from scrapy.cmdline import execute
try:
    execute(["scrapy", *sys.argv[1:]])
except SystemExit as end:
    loaded = [name for name in ("dask", "distributed") if sys.modules.get(name)]
    sys.exit(f"loaded: {{loaded}}" if loaded else end.code)
"""


@pytest.mark.parametrize(
    ("before", "command", "code", "says"),
    [
        ("", ("crawl", "county_b", "-a", "limit=1"), 0, ""),
        ("sys.modules['distributed'] = None", ("due", "county_b", "--engine", "dask://127.0.0.1:1"), 1, "requirements-dask.txt"),
    ],
)
def test_one_machine_needs_no_dask(
    before: str, command: tuple[str, ...], code: int, says: str, tmp_path: Path, land: Counties
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", NO_DASK.format(before=before), *command, "-L", "WARNING"], cwd=land.project, check=False,
        env=land.environment(tmp_path), capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert done.returncode == code and says in done.stderr, done.stderr
