"""Crawls on the machines of a Dask cluster, each from a slice of the ledger into a shard of its own, which is united here.

This process alone writes the archive. Dask gives a site to another machine when its worker is lost; a shard that cannot
be fetched whole is crawled again.
"""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from secrets import token_hex
from typing import TYPE_CHECKING, Any

from crawler import clock
from crawler.engine import errand
from crawler.engine.address import EngineError
from crawler.engine.process import GRACE
from crawler.engine.reserving import reserved
from crawler.engine.spool import Spool
from crawler.scheduler.frontier import site_row
from crawler.sites import get_site
from pipelines.archive import health, mirrors, open_archive, runs, sites

if TYPE_CHECKING:
    from distributed import Client, Future

GONE = (OSError, TimeoutError)
"""What Dask's client raises when a machine does not answer."""
TRIES = 3
"""Crawls of a site whose shards cannot be fetched."""
ANSWER = 30.0
"""Seconds for a worker to tell a result."""
DESERTED = 60.0
"""Seconds without any worker after which the call gives up."""
HEARTBEAT = 60.0
"""Seconds between two signs of life in the rows of the runs that are out."""


@dataclass
class Out:
    """A site that is out with a worker."""

    site: str
    order: errand.Order
    future: Future[Any]
    run: int
    """Row that says in the archive that the site is at work; the crawl's own row takes its place."""
    handle: int
    """The site's lock."""
    tries: int = 1


class Away:
    """A place to crawl (`crawler/commands/turns.py`)."""

    def __init__(
        self, client: Client, settings: Any, given: Sequence[str], seconds: float, pages: int | None, at_once: int | None
    ) -> None:
        """`given`: settings of the command line; `at_once`: crawls at once, None for as many as the workers have threads."""
        self.client, self.spool, self.archive = client, Spool(settings), str(settings["ARCHIVE"])
        self.engine = f"dask {client.scheduler_info(0)['address']}"
        self.given = (*given, *([f"CONTACT={settings['CONTACT']}"] if settings["CONTACT"] else []))
        self.seconds, self.pages, self.at_once = seconds, pages, at_once
        self.failed: list[tuple[str, str]] = []
        self.out: list[Out] = []
        self.deserted: float | None = None
        self.beaten = time.monotonic()

    def room(self) -> int:
        """Crawls at once. Raises EngineError when there is nobody left to do them."""
        self.beat()
        try:
            threads = int(sum(self.client.nthreads().values()))
        except GONE as error:
            raise EngineError(f"the scheduler is gone ({error}); start it and call again") from error
        self.deserted = None if threads else self.deserted or time.monotonic()
        if self.deserted and time.monotonic() - self.deserted > DESERTED:
            raise EngineError("no worker is left; start some with `dask worker` and call again")
        return min(threads, self.at_once or threads)

    def begin(self, site: str) -> Out | None:
        """Send a site out, unless somebody is at it."""
        with reserved(self.archive, site) as handle:
            if handle is None or self.spool.take_leftover(site):
                return None
            profile = get_site(site)
            db = open_archive(self.archive)
            try:
                sites.register(db, [site_row(profile)])
                mirrors.declare(db, site, profile.home, profile.mirrors, clock.stamp())
                run = runs.start_run(db, site=site, command="crawl", settings={"engine": self.engine})
                slice = self.spool.slice(db, site)
            finally:
                db.close()
            moment = clock.stamp() if os.environ.get(clock.VARIABLE) else None
            order = errand.Order(token_hex(8), profile, slice, self.given, self.pages, self.seconds, moment)
            out = Out(site, order, self.send(order, 1), run, os.dup(handle))
        self.out.append(out)
        return out

    def send(self, order: errand.Order, tries: int) -> Future[Any]:
        return self.client.submit(errand.crawl_site, order, key=f"crawl-{order.site.name}-{order.token}-{tries}")

    def ended(self, out: Out) -> bool:
        """Whether the site is done with: its shard is united with the archive, or its failure recorded."""
        if not out.future.done():
            return False
        if out.future.status != "finished":
            self.close(out, why(out.future))
            return True
        try:
            shard: errand.Shard = out.future.result(ANSWER)
            if shard.files:
                self.spool.fetch(self.client, out.site, shard)
        except GONE as error:
            return self.again(out, error)
        crawled = bool(shard.files) and self.spool.unite(out.site) > 0
        self.close(out, shard.failure, keep=not crawled and bool(shard.failure))
        if crawled:
            self.tell(out.site)
        with suppress(*GONE):  # what its worker keeps is removed when that ends
            self.client.run(errand.forget, shard.folder, workers=[shard.address])
        return True

    def tell(self, site: str) -> None:
        """One line about what came of it, and whether the site looks as before."""
        db = open_archive(self.archive, read_only=True)
        (found,) = health.examine(db, [(site, get_site(site).every)])
        db.close()
        pages = ", ".join(f"{count} {outcome}" for outcome, count in found.pages.items())
        print(f"{site}: {found.last_reason}; {pages or 'no pages'}; {found.queued} left")
        if found.signs and found.last_reason == "finished":
            self.failed.append((site, f"needs a look: {'; '.join(found.signs)}"))

    def again(self, out: Out, error: Exception) -> bool:
        """Crawl once more what was lost between its worker and here; whether that has been done often enough."""
        if out.tries == TRIES:
            self.close(out, f"its shard could not be fetched from {TRIES} crawls ({error})")
            return True
        out.tries += 1
        out.future = self.send(out.order, out.tries)
        return False

    def close(self, out: Out, failure: str | None, keep: bool = True) -> None:
        """Let go of a site. `keep`: no other run's row tells of this crawl, so its own must say how it ended."""
        db = open_archive(self.archive)
        try:
            runs.finish_run(db, out.run, failure or "stopped") if keep else runs.withdraw(db, out.run)
        finally:
            db.close()
        os.close(out.handle)
        self.out.remove(out)
        if failure:
            self.failed.append((out.site, failure))

    def stop(self) -> None:
        """Let the crawls end in order and take in what they have; what cannot be had is recorded as failed."""
        end = time.monotonic() + 2 * GRACE
        with suppress(*GONE):
            self.client.run(errand.ask_to_end, [out.order.token for out in self.out], on_error="ignore")
            while [out for out in list(self.out) if not self.ended(out)] and time.monotonic() < end:
                time.sleep(errand.PACE)
        for out in list(self.out):
            out.future.cancel()
            self.close(out, "its crawl could not be ended in order")

    def beat(self) -> None:
        if self.out and time.monotonic() - self.beaten > HEARTBEAT:
            self.beaten = time.monotonic()
            db = open_archive(self.archive)
            for out in self.out:
                runs.heartbeat(db, out.run)
            db.close()


def why(future: Future[Any]) -> str:
    """Why a task has no result, as one sentence."""
    from distributed import KilledWorker

    if future.status != "error":
        return "the scheduler has lost it"
    error = future.exception(ANSWER)
    if isinstance(error, KilledWorker):
        return "its workers were lost, one after the other"
    return str(error).splitlines()[0] if str(error) else type(error).__name__
