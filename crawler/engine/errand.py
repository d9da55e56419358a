"""What a worker machine does for a site: crawls it from its slice of the ledger, and gives what came of it, piece by piece."""

from __future__ import annotations

import os
import shutil
import time
import zlib
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from typing import Any

from crawler import clock
from crawler.engine.address import EngineError
from crawler.engine.process import NEEDS_A_LOOK, Crawl, start
from crawler.sites import UnknownSite, get_site
from crawler.sites.profile import Site

ROOT = Path(__file__).resolve().parents[2]
PACE = 0.2
"""Seconds between two looks at a crawl."""
LOG = 4096
"""Bytes at the end of a crawl's log among which its last words are looked for."""

_to_end: set[str] = set()


@dataclass(frozen=True, slots=True)
class Order:
    """A site to crawl."""

    token: str
    site: Site
    slice: bytes
    """An archive file (`pipelines/archive/merging/slice.py`), deflated."""
    settings: tuple[str, ...]
    pages: int | None
    seconds: float
    clock: str | None
    """Where the coordinator's clock was set, when it was (tests)."""


@dataclass(frozen=True, slots=True)
class Shard:
    """What a crawl left on a worker machine."""

    address: str
    """The worker's, as Dask knows it."""
    folder: str
    files: dict[str, int]
    """Size by path below the folder; none when the crawl was told to end before it began."""
    failure: str | None


def crawl_site(order: Order) -> Shard:
    """The Dask task. Raises EngineError when this machine has other profiles than the coordinator."""
    from distributed import get_worker

    worker = get_worker()
    folder = Path(worker.local_directory) / "shards" / f"{order.site.name}-{token_hex(4)}"
    if order.token in _to_end:
        return Shard(worker.address, str(folder), {}, None)
    check_profile(order.site, worker.address)
    folder.mkdir(mode=0o700, parents=True)
    try:
        (folder / "slice.db").write_bytes(zlib.decompress(order.slice))
        shutil.copyfile(folder / "slice.db", folder / "archive.db")
        crawl = run(order, folder, worker)
        tidy(folder, crawl)
    except BaseException:
        forget(str(folder))
        raise
    files = {str(path.relative_to(folder)): path.stat().st_size for path in (folder / "archive.db", *folder.glob("warc/*"))}
    return Shard(worker.address, str(folder), files, failure(folder, crawl))


def check_profile(site: Site, address: str) -> None:
    """Opening hours, delays and budgets stand in the profile, so both machines must have the same."""
    try:
        same = get_site(site.name) == site
    except UnknownSite:
        same = False
    if not same:
        raise EngineError(
            f"the worker at {address} has another profile of {site.name}: bring the project there to the same state"
        )


def run(order: Order, folder: Path, worker: Any) -> Crawl:
    """The crawl, until it is over. Raises EngineError when nobody waits for it any more: what it fetched is of no use."""
    own = (f"ARCHIVE={folder / 'archive.db'}", f"WARC_DIR={folder / 'warc'}")
    shifted = {clock.VARIABLE: order.clock} if order.clock else {}
    task, told = worker.state.tasks[worker.get_current_task()], False
    with (folder / "crawl.log").open("wb") as log:
        crawl = start(
            order.site.name, (*order.settings, *own), order.pages, order.seconds, tied=True, cwd=ROOT, stdout=log, stderr=log,
            env={**os.environ, **shifted},
        )  # fmt: skip
    while not crawl.over():
        if task.state != "executing":  # its coordinator took it back, or is no more
            crawl.process.kill()
            crawl.process.wait()
            raise EngineError("nobody waits for this crawl any more")
        if order.token in _to_end and not told:
            crawl.stop()
            told = True
        time.sleep(PACE)
    return crawl


def tidy(folder: Path, crawl: Crawl) -> None:
    """Close the run of a crawl that could not, and leave in its archive what is new."""
    from pipelines.archive import open_archive
    from pipelines.archive.merging.slice import keep_changes
    from pipelines.archive.runs import take_back
    from pipelines.archive.schedule import close_hung

    db = open_archive(folder / "archive.db", create=False)
    close_hung(db, crawl.site) if crawl.killed else take_back(db)
    db.close()
    keep_changes(folder / "archive.db", folder / "slice.db")


def failure(folder: Path, crawl: Crawl) -> str | None:
    """Why the crawl failed, with its last words. How the site looks cannot be judged from a slice."""
    if crawl.failure is None or crawl.process.returncode == NEEDS_A_LOOK:
        return None
    with (folder / "crawl.log").open("rb") as log:
        log.seek(max(0, log.seek(0, os.SEEK_END) - LOG))
        words = log.read().decode("utf-8", "replace").strip()
    return f"{crawl.failure}: {words.splitlines()[-1]}" if words else crawl.failure


def piece(folder: str, name: str, offset: int, size: int) -> bytes:
    """So many bytes of a shard's file. Raises OSError."""
    with (Path(folder) / name).open("rb") as file:
        file.seek(offset)
        return file.read(size)


def forget(folder: str) -> None:
    """The shard has been taken in."""
    shutil.rmtree(folder, ignore_errors=True)


def ask_to_end(tokens: Collection[str]) -> None:
    """Let these crawls end in order, or not begin."""
    _to_end.update(tokens)
