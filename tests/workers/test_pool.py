"""Worker processes read what this process would read, and no page can take more than itself with it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from crawler.items import Kind, Lease, Page, RawPage
from crawler.reading import read
from crawler.sites import get_site
from crawler.workers import Job, WorkerLost, Workers
from crawler.workers.job import Packer, unpacked
from crawler.workers.pool import AHEAD
from tests.conftest import ROOT
from tests.sample_site.pages import Pages
from tests.sample_site.truth import truth

MISBEHAVE = ("tests.workers.stages.Misbehave",)
BODY = "<html><body><h1>县里修好了一座桥</h1><p>这座桥长四十米，连着两个村子，修了三个月。</p></body></html>".encode()


def job(do: str = "", body: bytes = BODY) -> Job:
    return Job(RawPage(url=f"http://127.0.0.1/a.html?do={do}", body=body, captured_at="2026-05-01T08:00:00.000+08:00"))


@pytest.fixture
def pool() -> Iterator[Callable[..., Workers]]:
    """Makes pools and closes them."""
    made: list[Workers] = []

    def make(count: int = 1, stages: tuple[str, ...] = MISBEHAVE, **settings: float) -> Workers:
        made.append(Workers(count, stages, **settings))  # type: ignore[arg-type]
        return made[-1]

    yield make
    for one in made:
        one.close()


def pid_of(page: Page) -> int:
    assert page.reason
    return int(page.reason)


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").split()[2] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def eventually(true: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        if true():
            return True
        time.sleep(0.02)
    return False


def test_workers_read_what_this_process_reads(pool: Callable[..., Workers]) -> None:
    pages = Pages("http://127.0.0.1:1", 1, 0)
    paths = [path for path, told in truth(1, 0).items() if told.article or "listed" in told.outcomes]
    raws = [RawPage(url=pages.base + path, body=answer.body) for path in paths if (answer := pages.get(path))]
    assert len(raws) > 60
    assert list(pool(2, ()).map(Job(raw) for raw in raws)) == [read(raw) for raw in raws]


def test_profile_and_furniture_are_each_page_s_own_when_sites_take_turns(pool: Callable[..., Workers]) -> None:
    sites = [get_site("hebei_hebnews"), None, get_site("sample")]
    jobs = [job()._replace(site=sites[turn % 3], furniture=frozenset({("t", str(turn // 5))})) for turn in range(12)]
    assert [unpacked(message) for message in map(Packer().pack, jobs)] == jobs
    assert [page.site for page in pool(1, ()).map(jobs)] == [one.site and one.site.name for one in jobs]


def test_count_0_reads_in_this_process(pool: Callable[..., Workers]) -> None:
    workers = pool(0)
    assert pid_of(workers.submit(job()).result()) == os.getpid()
    with pytest.raises(ZeroDivisionError):
        workers.submit(job("raise")).result()


def test_a_page_that_kills_its_worker_is_tried_again_and_then_fails_alone(pool: Callable[..., Workers]) -> None:
    workers = pool(2)
    futures = [workers.submit(job("kill" if number == 5 else "")) for number in range(20)]
    with pytest.raises(WorkerLost, match="killed by SIGKILL"):
        futures.pop(5).result(60)
    assert all(pid_of(future.result(60)) != os.getpid() for future in futures)
    assert workers.replaced == {"killed by SIGKILL": 2}


def test_a_worker_lost_once_costs_nothing(pool: Callable[..., Workers], tmp_path: Path) -> None:
    workers = pool()
    page = workers.submit(job(f"kill-once@{tmp_path / 'done'}")).result(60)
    assert pid_of(page) and workers.replaced == {"killed by SIGKILL": 1}


def test_an_idle_worker_that_is_killed_is_replaced(pool: Callable[..., Workers]) -> None:
    workers = pool()
    first = pid_of(workers.submit(job()).result(60))
    os.kill(first, signal.SIGKILL)
    assert eventually(lambda: not alive(first))
    assert pid_of(workers.submit(job()).result(60)) != first


def test_a_stopped_worker_is_replaced(pool: Callable[..., Workers]) -> None:
    workers = pool(seconds=1)
    first = pid_of(workers.submit(job()).result(60))
    os.kill(first, signal.SIGSTOP)
    assert pid_of(workers.submit(job(body=BODY + b"<!--" + b"x" * 3_000_000 + b"-->")).result(60)) != first
    assert eventually(lambda: not alive(first))


def test_a_page_that_hangs_is_given_up(pool: Callable[..., Workers]) -> None:
    workers = pool(seconds=0.5)
    hangs, sound = workers.submit(job("hang")), workers.submit(job())
    with pytest.raises(WorkerLost, match=r"no answer in 0\.5 s"):
        hangs.result(60)
    assert pid_of(sound.result(60))


def test_a_worker_that_ends_itself_says_its_code(pool: Callable[..., Workers]) -> None:
    with pytest.raises(WorkerLost, match="ended with code 3"):
        pool().submit(job("exit")).result(60)


def test_what_reading_raises_comes_back_with_its_story(pool: Callable[..., Workers]) -> None:
    workers = pool()
    with pytest.raises(ZeroDivisionError, match="as asked") as caught:
        workers.submit(job("raise")).result(60)
    assert "stages.py" in caught.value.__notes__[0]
    assert workers.replaced == {} and workers.submit(job()).result(60)


def test_workers_are_replaced_after_so_many_pages(pool: Callable[..., Workers]) -> None:
    workers = pool(pages=4)
    pids = [pid_of(page) for page in workers.map(job() for _ in range(10)) if isinstance(page, Page)]
    assert [pids.count(pid) for pid in dict.fromkeys(pids)] == [4, 4, 2]


def test_map_keeps_order_and_takes_no_more_than_it_needs(pool: Callable[..., Workers]) -> None:
    taken: list[int] = []

    def jobs() -> Iterator[Job]:
        for number in range(100):
            taken.append(number)
            yield job(f"number-{number}")

    answers = pool(1).map(jobs())
    first = next(answers)
    assert isinstance(first, Page) and first.url.endswith("number-0") and len(taken) <= 2 * AHEAD + 1
    assert [page.url.rpartition("-")[2] for page in answers if isinstance(page, Page)] == [str(n) for n in range(1, 100)]


def test_lists_are_read_before_the_articles_that_wait(pool: Callable[..., Workers]) -> None:
    workers, order = pool(1), []
    waiting = [job(f"number-{number}") for number in range(3 * AHEAD)]
    lease = Lease(id=1, url="http://127.0.0.1/list/", site="sample", kind=Kind.LIST)
    for one in (*waiting, job("list")._replace(lease=lease)):
        workers.submit(one).add_done_callback(lambda done: order.append(done.result().url))
    workers.close()
    assert len(order) == len(waiting) + 1
    assert order.index(lease.url) <= 2 * AHEAD


def test_workers_start_only_when_there_is_a_page(pool: Callable[..., Workers]) -> None:
    workers = pool(8)
    assert len({pid_of(workers.submit(job()).result(60)) for _ in range(3)}) == 1


def test_workers_end_with_a_killed_parent(tmp_path: Path) -> None:
    """kill -9 of the parent while a worker is in the middle of a page: the worker is gone as well."""
    mark = tmp_path / "pid"
    code = (
        "from tests.workers.test_pool import job, Workers, MISBEHAVE\n"
        f"Workers(1, MISBEHAVE, seconds=600).submit(job('hang@{mark}')).result()"
    )
    with subprocess.Popen([sys.executable, "-c", code], cwd=ROOT) as parent:
        assert eventually(lambda: mark.exists() and mark.read_text(encoding="ascii") != "")
        worker = int(mark.read_text(encoding="ascii"))
        assert alive(worker)
        parent.kill()
    assert eventually(lambda: not alive(worker))
