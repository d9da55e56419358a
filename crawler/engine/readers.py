"""Reading on the machines of a Dask cluster: bytes go out in batches, pages come back; to be used as `crawler.workers` is.

On its machine a batch is read by supervised processes like everywhere: a page that kills its reader costs itself alone.
"""

from __future__ import annotations

import pickle
import queue
import threading
from collections.abc import Sequence
from concurrent.futures import Future
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol

from crawler.engine.address import connect
from crawler.items import Page
from crawler.workers import Job, WorkerLost, Workers, configured

if TYPE_CHECKING:
    from distributed import Client
    from scrapy.settings import BaseSettings

BATCH = 16
"""Pages of a task: some megabytes, and some tenths of a second of reading."""

_starting = threading.Lock()
_started: list[Workers] = []


class Reading(Protocol):
    """What reads pages: processes of this machine, or those of a cluster's machines."""

    stages: tuple[str, ...]

    @property
    def under_way(self) -> int:
        """Pages that keep every reader busy; more wait in vain."""

    def submit(self, job: Job) -> Future[Page]:
        """Read one page. The future raises WorkerLost, or what reading raised."""

    def close(self) -> None:
        """Finish what was submitted and end what was started."""


def readers(settings: BaseSettings, engine: str | None) -> Reading:
    """This machine's processes, or with `engine` those of a cluster. Raises WorkersError and EngineError."""
    return Readers(connect(engine), settings) if engine else configured(settings)


class Readers:
    """Reads pages on a cluster's workers. `close` ends the connection, too."""

    under_way = 128
    """However large the cluster: this process alone finds the bytes, compares and writes, some hundred pages a second."""

    def __init__(self, client: Client, settings: BaseSettings) -> None:
        here = configured(settings)
        self.client, self.stages, self.limits = client, here.stages, (here.seconds, here.pages)
        self.jobs: queue.SimpleQueue[tuple[Job, Future[Page]] | None] = queue.SimpleQueue()
        self.sender = threading.Thread(target=self._send, name="sender", daemon=True)
        self.sender.start()

    def submit(self, job: Job) -> Future[Page]:
        future: Future[Page] = Future()
        self.jobs.put((job, future))
        return future

    def close(self) -> None:
        self.jobs.put(None)
        self.sender.join()
        try:
            self.client.run(end_readers, on_error="ignore")
        finally:
            self.client.close()

    def _send(self) -> None:
        """What has come while the last batch was sent makes the next one, so a lone page waits for nobody."""
        while (first := self.jobs.get()) is not None:
            batch = [first]
            while len(batch) < BATCH and not self.jobs.empty():
                if (more := self.jobs.get()) is None:
                    self.jobs.put(None)
                    break
                batch.append(more)
            self._send_batch([job for job, _ in batch], [future for _, future in batch])

    def _send_batch(self, jobs: list[Job], futures: list[Future[Page]]) -> None:
        try:
            message = pickle.dumps(jobs, pickle.HIGHEST_PROTOCOL)
            task = self.client.submit(read_batch, message, self.stages, *self.limits, pure=False)
        except Exception as error:
            settle(futures, [error] * len(futures))
            return
        task.add_done_callback(lambda done: settle(futures, answers(done, len(futures))))


def answers(task: Any, count: int) -> Sequence[Page | BaseException]:
    """What came of a batch: its pages, or for each of them why there is none."""
    try:
        found: list[Page | BaseException] = pickle.loads(task.result())
        return found
    except BaseException as error:
        lost = WorkerLost(f"its worker machines were lost ({type(error).__name__}: {error})")
        return [lost] * count


def settle(futures: Sequence[Future[Page]], found: Sequence[Page | BaseException]) -> None:
    for future, answer in zip(futures, found, strict=True):
        if isinstance(answer, BaseException):
            future.set_exception(answer)
        else:
            future.set_result(answer)


def read_batch(message: bytes, stages: Sequence[str], seconds: float, pages: int) -> bytes:
    """The Dask task: pages or exceptions in their order, pickled."""
    from distributed import get_worker

    with _starting:
        pool = machine_readers(get_worker().state.nthreads, tuple(stages), seconds, pages)
        waiting = [pool.submit(job) for job in pickle.loads(message)]
    return pickle.dumps([done.exception() or done.result() for done in waiting], pickle.HIGHEST_PROTOCOL)


@cache
def machine_readers(count: int, stages: tuple[str, ...], seconds: float, pages: int) -> Workers:
    """This machine's reading processes, one for each thread that the Dask worker was given."""
    _started.append(Workers(count, stages, seconds=seconds, pages=pages))
    return _started[-1]


def end_readers() -> None:
    """Let this machine's reading processes go; whoever still needs some gets new ones."""
    machine_readers.cache_clear()
    while _started:
        _started.pop().close()
