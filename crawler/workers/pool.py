"""Supervised reading processes: a page that kills or hangs its reader costs itself, never the run.

Why not a pool from a library: one SIGKILL breaks `concurrent.futures.ProcessPoolExecutor` for good, and its workers
outlive a killed parent; `pebble` 5.2.3 shares one pipe among its workers, and the death of even an idle one breaks the
pool (both tried). Here every worker has a socket of its own and a thread that watches it.
"""

from __future__ import annotations

import asyncio
import itertools
import logging
import queue
import threading
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any

from crawler.items import LISTING, Page
from crawler.processes import SMALL, Child, Ended
from crawler.workers.job import Job, Packer

AHEAD = 4
"""Pages a worker has at once: while it reads one, the next already wait in its socket, so that it never waits for the
threads of this process, which take turns."""
MEMORY = 4 << 30
"""Bytes of data a worker may hold; a page that wants more ends its worker."""

logger = logging.getLogger(__name__)


class WorkerLost(Exception):
    """A page's worker died or ran out of time, twice; raised by the page's future."""


@dataclass(slots=True)
class _Task:
    job: Job
    future: Future[Page] = field(default_factory=Future)
    lost: bool = False
    """A worker has been lost over this page already."""

    @property
    def rank(self) -> int:
        """Lists go before what they lead to: a crawl that waits for links has nothing to fetch."""
        return 0 if self.job.lease is not None and self.job.lease.kind in LISTING else 1

    def settle(self, answer: Page | Exception) -> None:
        if isinstance(answer, Exception):
            self.future.set_exception(answer)
        else:
            self.future.set_result(answer)


class Workers:
    """`count` reading processes, each started when there is a page for it. With `count` 0 pages are read in this process."""

    def __init__(self, count: int, stages: Sequence[str] = (), *, seconds: float = 30.0, pages: int = 2000) -> None:
        """`stages`: dotted names of pipelines; the pure ones run after reading. `seconds`: time for one page.
        `pages`: a worker is replaced after so many, because the libraries' caches only grow."""
        self.count, self.stages, self.seconds, self.pages = count, tuple(stages), seconds, pages
        self.replaced: Counter[str] = Counter()
        """How many workers were replaced, by reason."""
        self.tasks: queue.PriorityQueue[tuple[int, int, _Task | None]] = queue.PriorityQueue()
        self.idle = 0
        self._number = itertools.count()
        self._lock = threading.Lock()
        self._keepers: list[_Keeper] = []
        self._loaded: list[Any] | None = None

    def submit(self, job: Job) -> Future[Page]:
        """Read one page. The future raises WorkerLost, or what reading raised."""
        task = _Task(job)
        if not self.count:
            self._read_here(task)
            return task.future
        self.tasks.put((task.rank, next(self._number), task))
        if len(self._keepers) < self.count and self.tasks.qsize() > self.idle:
            self._keepers.append(_Keeper(self))
            self._keepers[-1].start()
        return task.future

    async def read(self, job: Job) -> Page:
        """`submit` for coroutines."""
        return await asyncio.wrap_future(self.submit(job))

    @property
    def under_way(self) -> int:
        """Pages that keep every worker busy; more wait in vain."""
        return 2 * AHEAD * self.count

    def map(self, jobs: Iterable[Job]) -> Iterator[Page | BaseException]:
        """Read many pages, in their order and with few under way; a page that failed gives its exception."""
        waiting: deque[Future[Page]] = deque()
        for job in jobs:
            waiting.append(self.submit(job))
            if len(waiting) > self.under_way:
                done = waiting.popleft()
                yield done.exception() or done.result()
        for done in waiting:
            yield done.exception() or done.result()

    def close(self) -> None:
        """Finish what was submitted and end the workers."""
        for _ in self._keepers:
            self.tasks.put((2, next(self._number), None))
        for keeper in self._keepers:
            keeper.join()
        self._keepers.clear()

    def count_idle(self, change: int) -> None:
        """Keepers that wait for a page."""
        with self._lock:
            self.idle += change

    def _read_here(self, task: _Task) -> None:
        from crawler.workers.child import perform, stage_objects  # only here: a process with workers does not read

        if self._loaded is None:
            self._loaded = stage_objects(self.stages)
        try:
            task.settle(perform(task.job, self._loaded))
        except Exception as error:
            task.settle(error)


class _Keeper(threading.Thread):
    """Gives one worker its pages, takes the answers, and replaces it when it is lost or has read enough."""

    def __init__(self, pool: Workers) -> None:
        super().__init__(name="reader", daemon=True)
        self.pool = pool
        self.worker: Child | None = None
        self.packer = Packer()
        self.given: deque[_Task] = deque()
        """Sent and not answered, oldest first; the oldest is the one being read."""
        self.again: deque[_Task] = deque()
        self.ending = False

    def run(self) -> None:
        while True:
            self._fill()
            if not self.given:
                break
            assert self.worker is not None
            try:
                answer = self.worker.take()
            except Ended as ended:
                self._lost(str(ended))
            else:
                self.given.popleft().settle(answer)
        self._dismiss()

    def _fill(self) -> None:
        """Give the worker what it can take; wait for a page only when it has none. Leaves `given` empty only at the end."""
        while len(self.given) < AHEAD and (task := self._next()) is not None:
            message = self.packer.pack(task.job)
            if self.given and len(message) > SMALL:
                self.again.appendleft(task)
                return
            self.given.append(task)
            try:
                if self.worker is None:
                    self.worker = self._new_worker()
                self.worker.give(message)
            except Ended as ended:
                self._lost(str(ended))

    def _new_worker(self) -> Child:
        worker = Child("crawler.workers.child", [str(MEMORY), *self.pool.stages], seconds=self.pool.seconds)
        worker.ready()
        return worker

    def _next(self) -> _Task | None:
        """A page for the worker; None when there is none now and it has work, or when all is done."""
        enough = self.worker is not None and self.worker.answers + len(self.given) >= self.pool.pages
        if enough and self.given:
            return None
        if enough:
            self.pool.replaced["had read enough"] += 1
            self._dismiss()
        if self.again:
            return self.again.popleft()
        while not self.ending:
            task = self._from_queue()
            if task is None or task.future.set_running_or_notify_cancel():
                return task
        return None

    def _from_queue(self) -> _Task | None:
        if self.given:
            if self.pool.idle:
                return None  # what is there is for those who have nothing
            try:
                task = self.pool.tasks.get_nowait()[2]
            except queue.Empty:
                return None
        else:
            self.pool.count_idle(1)
            task = self.pool.tasks.get()[2]
            self.pool.count_idle(-1)
        if task is None:
            self.ending = True
        return task

    def _lost(self, how: str) -> None:
        """Replace the worker. The page it was reading gets one more try, those behind it just go on."""
        self.pool.replaced[how] += 1
        self._dismiss()
        guilty = self.given.popleft()
        self.again.extendleft(reversed(self.given))
        self.given.clear()
        logger.warning("a reading worker was replaced (%s) at %s", how, guilty.job.raw.url)
        if guilty.lost:
            guilty.settle(WorkerLost(how))
        else:
            guilty.lost = True
            self.again.appendleft(guilty)

    def _dismiss(self) -> None:
        if self.worker is not None:
            self.worker.dismiss()
            self.worker = None
